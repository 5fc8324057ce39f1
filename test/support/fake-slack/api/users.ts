/** users.*: the people of a workspace, and the conversations the bot is in. */
import { botAsUser, channelObject, secondsOf, userObject } from '../wire.ts';
import { needText, pageOf, Refusal, textOf, type Methods } from './call.ts';
import { conversationsOf, counted } from './conversations.ts';

export const USERS: Methods = {
  'users.info': {
    token: 'bot',
    scopes: ['users:read'],
    args: ['user', 'include_locale'],
    run: (call) => {
      const { model, workspace } = call;
      const id = needText(call, 'user', 'user_not_found');
      const user = id === workspace.botUser ? botAsUser(workspace) : workspace.users.get(id);
      if (!user) throw new Refusal('user_not_found');
      return { user: userObject(model, workspace, user) };
    },
  },
  'users.list': {
    token: 'bot',
    scopes: ['users:read'],
    args: ['cursor', 'limit', 'include_locale'],
    run: (call) => {
      const { model, workspace } = call;
      const people = [...workspace.users.values(), botAsUser(workspace)];
      const { page, next } = pageOf(call, people, { usual: 1000, most: 1000 });
      return {
        members: page.map((user) => userObject(model, workspace, user)),
        cache_ts: secondsOf(model.clock.now()),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.conversations': {
    token: 'bot',
    args: ['user', 'types', 'exclude_archived', 'limit', 'cursor'],
    run: (call) => {
      const { workspace } = call;
      const member = textOf(call, 'user') ?? workspace.botUser;
      const theirs = conversationsOf(call).filter(
        ({ members }) => members.has(member) && members.has(workspace.botUser),
      );
      const { page, next } = pageOf(call, theirs, { usual: 100, most: 1000 });
      return {
        channels: page.map((channel) => counted(channelObject(workspace, channel), channel)),
        response_metadata: { next_cursor: next },
      };
    },
  },
};
