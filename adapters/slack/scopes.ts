/** What we ask a workspace for, each with its reason in plain words: the scopes of our bot, and the events it hears. */
import type { AppsManifestCreateArguments } from '@slack/web-api';

export type Manifest = AppsManifestCreateArguments['manifest'];
type Scopes = NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>;
type Events = NonNullable<NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']>;
export type BotScope = NonNullable<Scopes['bot']>[number];
export type BotEvent = Events[number];

export interface Scope {
  readonly scope: BotScope;
  readonly reason: string;
}

/** Nothing is asked for that is not used. */
export const SCOPES: readonly Scope[] = [
  { scope: 'commands', reason: 'answers slash commands and message shortcuts' },
  { scope: 'chat:write', reason: 'posts the question, its thread and direct messages, and corrects them' },
  { scope: 'users:read', reason: 'knows people by name, by time zone and as admins' },
  { scope: 'channels:history', reason: 'reads answers in threads of its own posts in public channels' },
  { scope: 'groups:history', reason: 'the same in private channels it was invited to' },
  { scope: 'im:history', reason: 'reads what people write to it directly' },
  { scope: 'mpim:history', reason: 'reads what people write in its practice rooms' },
  { scope: 'channels:read', reason: 'sees whether it is in a public channel, and whether that is archived' },
  { scope: 'groups:read', reason: 'the same for private channels it was invited to' },
  { scope: 'im:write', reason: 'opens direct messages: results, reminders, requests to review' },
  { scope: 'mpim:write', reason: 'opens practice rooms, which are group messages' },
  { scope: 'files:write', reason: 'uploads pictures, and the export people ask for' },
];

export interface Subscription {
  readonly event: BotEvent;
  /** The scope without which Slack does not send it. */
  readonly needs?: BotScope;
  readonly reason: string;
}

/** Exactly the events something listens to. Slack may withhold `channel_left`; `member_left_channel` then tells the same. */
export const EVENTS: readonly Subscription[] = [
  { event: 'message.channels', needs: 'channels:history', reason: 'somebody answers in a thread' },
  { event: 'message.groups', needs: 'groups:history', reason: 'somebody answers in a thread of a private channel' },
  { event: 'message.im', needs: 'im:history', reason: 'somebody writes to it directly' },
  { event: 'message.mpim', needs: 'mpim:history', reason: 'somebody writes in a practice room' },
  { event: 'app_home_opened', reason: 'somebody opens its Home tab' },
  { event: 'channel_left', needs: 'channels:read', reason: 'it was put out of a channel: schedules there wait' },
  { event: 'group_left', needs: 'groups:read', reason: 'the same for a private channel' },
  { event: 'member_left_channel', needs: 'channels:read', reason: 'the same, when Slack tells it in this way' },
  { event: 'channel_archive', needs: 'channels:read', reason: 'a channel was archived: schedules there wait' },
  { event: 'group_archive', needs: 'groups:read', reason: 'the same for a private channel' },
  { event: 'channel_deleted', needs: 'channels:read', reason: 'a channel is gone: schedules there wait for another' },
  { event: 'group_deleted', needs: 'groups:read', reason: 'the same for a private channel' },
  { event: 'user_change', needs: 'users:read', reason: 'somebody has a new name or time zone' },
  { event: 'app_uninstalled', reason: 'it was removed: what it kept of the workspace is deleted' },
  { event: 'tokens_revoked', reason: 'its access ended: it stops there' },
];
