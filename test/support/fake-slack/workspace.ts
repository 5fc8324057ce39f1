/** A workspace as it is made: the app installed (or not), with people, channels and a DM to each person. */
import { SCOPES } from '../../../adapters/slack/scopes.ts';
import type { Model, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage, FakeUser } from './types.ts';

/** What a workspace grants: what our manifest asks for, and nothing more. */
const GRANTED = SCOPES.map(({ scope }) => scope);

const toBe = (kind: FakeChannel['kind'], id: string, name: string, members: readonly string[]): FakeChannel => ({
  id,
  kind,
  name,
  members: new Set(members),
  archived: false,
  deleted: false,
  messages: [],
});

/** The conversation of exactly these people, made when there is none; `mpim` from three on. */
export function conversationOf(model: Model, workspace: Workspace, members: readonly string[]): FakeChannel {
  const wanted = new Set(members);
  const kind = wanted.size > 2 ? 'mpim' : 'im';
  const there = [...workspace.channels.values()].find(
    (channel) =>
      channel.kind === kind &&
      channel.members.size === wanted.size &&
      [...wanted].every((id) => channel.members.has(id)),
  );
  if (there) return there;
  const names = [...wanted].map((id) => workspace.users.get(id)?.name ?? 'greenroom').toSorted();
  const name = kind === 'mpim' ? `mpdm-${names.join('--')}-1` : '';
  const made = toBe(kind, model.newId(kind === 'im' ? 'D' : 'C'), name, [...wanted]);
  workspace.channels.set(made.id, made);
  return made;
}

function visible(channel: FakeChannel | undefined, user: string, threadTs?: string): readonly FakeMessage[] {
  if (!channel?.members.has(user) || channel.deleted) return [];
  return channel.messages.filter((message) => {
    if (message.deleted || (message.ephemeralTo !== undefined && message.ephemeralTo !== user)) return false;
    if (threadTs !== undefined) return message.ts === threadTs || message.threadTs === threadTs;
    return message.threadTs === undefined || message.threadTs === message.ts || message.broadcast === true;
  });
}

export interface WorkspaceFacts {
  readonly scopes?: readonly string[];
  readonly installed?: false;
}

const newToken = (model: Model): string => `xoxb-${model.newId('1').slice(1)}-${model.newId('2').slice(1)}-fake`;

/** Installs the app (anew): the token of a living installation stays, a revoked one gets a successor. */
export function install(model: Model, workspace: Workspace, scopes: readonly string[]): void {
  if (workspace.revoked) {
    model.formerTokens.set(workspace.botToken, workspace.revokedAs);
    workspace.botToken = newToken(model);
  }
  workspace.revoked = false;
  for (const scope of scopes) workspace.scopes.add(scope);
}

/** `account_inactive` after an uninstall; the bot is out of every channel then. */
export function revoke(workspace: Workspace, as: Workspace['revokedAs']): void {
  workspace.revoked = true;
  workspace.revokedAs = as;
  if (as === 'token_revoked') return;
  for (const channel of workspace.channels.values()) {
    if (channel.kind === 'public' || channel.kind === 'private') channel.members.delete(workspace.botUser);
  }
}

export function addWorkspace(model: Model, name: string, facts: WorkspaceFacts = {}): Workspace {
  const workspace: Workspace = {
    id: model.newId('T'),
    name,
    appId: model.app.appId,
    botUser: model.newId('U'),
    botId: model.newId('B'),
    botToken: newToken(model),
    scopes: new Set(facts.installed === false ? [] : (facts.scopes ?? GRANTED)),
    revoked: facts.installed === false,
    revokedAs: 'account_inactive',
    domain: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    users: new Map(),
    channels: new Map(),
    homes: new Map(),
    modals: new Map(),
    files: new Map(),
    posted: [],
    addUser: (nick, about = {}) => {
      const user: FakeUser = {
        id: model.newId('U'),
        name: nick.toLowerCase(),
        realName: nick,
        tz: about.tz ?? 'Europe/London',
        admin: about.admin ?? false,
      };
      workspace.users.set(user.id, user);
      for (const { kind, members } of workspace.channels.values()) if (kind === 'public') members.add(user.id);
      return user;
    },
    addChannel: (title, about = {}) => {
      const members = [...workspace.users.keys(), ...(about.without === 'bot' ? [] : [workspace.botUser])];
      const channel = toBe(about.private ? 'private' : 'public', model.newId('C'), title, members);
      workspace.channels.set(channel.id, channel);
      return channel;
    },
    dm: (user) => conversationOf(model, workspace, [workspace.botUser, user]),
    visible: (user, channel, threadTs) => visible(workspace.channels.get(channel), user, threadTs),
  };
  model.workspaces.set(workspace.id, workspace);
  return workspace;
}
