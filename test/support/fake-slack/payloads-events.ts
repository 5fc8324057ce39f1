/** Events about the app's Home, its installation, people and reactions, as they stand inside an envelope. */
import type { InnerEvent, Model, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage, FakeUser } from './types.ts';
import { messageObject, secondsOf, userObject, viewObject } from './wire.ts';

/** With what stands on the tab, when the app has put something there. */
export function appHomeOpened(model: Model, workspace: Workspace, user: string): InnerEvent {
  const view = workspace.homes.get(user);
  const channel = workspace.dm(user);
  return {
    type: 'app_home_opened',
    user,
    channel: channel.id,
    tab: 'home',
    event_ts: model.newTs(channel),
    ...(view === undefined ? {} : { view: viewObject(workspace, view) }),
  };
}

export function userChanged(model: Model, workspace: Workspace, user: FakeUser): InnerEvent {
  return {
    type: 'user_change',
    user: userObject(model, workspace, user),
    cache_ts: secondsOf(model.clock.now()),
  };
}

/** Somebody wrote the bot's name. */
export function appMentioned(workspace: Workspace, channel: FakeChannel, message: FakeMessage): InnerEvent {
  const { subtype: _, files: __, upload: ___, ...body } = messageObject(workspace, channel, message);
  return { ...body, type: 'app_mention', channel: channel.id, event_ts: message.ts };
}

export function reactionAdded(by: string, message: FakeMessage, reaction: string, eventTs: string): InnerEvent {
  return {
    type: 'reaction_added',
    user: by,
    reaction,
    ...(message.user === undefined ? {} : { item_user: message.user }),
    item: { type: 'message', channel: message.channel, ts: message.ts },
    event_ts: eventTs,
  };
}
