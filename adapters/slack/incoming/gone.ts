/** Channels that end, and installations that do. */
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import type { Removed } from '../../../src/chat/incoming.ts';
import { type Body, channelOf, timeOf } from './read.ts';

export interface GoneFacts {
  readonly team: TeamId;
  readonly eventId: string;
  readonly now: Instant;
  /** When Slack says it happened, in seconds since 1970. */
  readonly eventTime: unknown;
  readonly botUser?: string;
}

/** Events after which nothing can be posted in a channel any more. */
export const CHANNEL_GONE = [
  'channel_left',
  'group_left',
  'member_left_channel',
  'channel_archive',
  'group_archive',
  'channel_deleted',
  'group_deleted',
] as const;

/** Undefined when it was somebody else who left. */
export function readChannelGone(event: Body, facts: GoneFacts): Removed | undefined {
  const channel = channelOf(event['channel']);
  if (channel === undefined) return undefined;
  if (event['type'] === 'member_left_channel' && event['user'] !== facts.botUser) return undefined;
  return { ...removed(event, facts), what: { kind: 'channel', channel } };
}

/** Undefined when the tokens that ended are people's, of which we have none. */
export function readTeamGone(event: Body, facts: GoneFacts): Removed | undefined {
  if (event['type'] === 'app_uninstalled')
    return { ...removed(event, facts), what: { kind: 'team', why: 'uninstalled' } };
  const tokens = event['tokens'];
  const bots = typeof tokens === 'object' && tokens !== null && 'bot' in tokens ? tokens.bot : undefined;
  if (!Array.isArray(bots) || bots.length === 0) return undefined;
  return { ...removed(event, facts), what: { kind: 'team', why: 'revoked' } };
}

const removed = (event: Body, { team, eventId, eventTime, now }: GoneFacts) =>
  ({ kind: 'removed', id: `slack:${eventId}`, team, at: timeOf(now, event['event_ts'], eventTime) }) as const;
