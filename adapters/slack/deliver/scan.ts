/** Looks through what was said lately in a conversation or a thread for a message of our own. */
import type { ConversationsHistoryResponse } from '@slack/web-api';
import type { Found } from '../../../src/chat/chat.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import { MINUTE, msOf } from '../../../src/chat/world.ts';
import type { Tenant } from '../ports.ts';
import { refOf } from '../refs.ts';
import type { Where } from './places.ts';

export type Message = NonNullable<ConversationsHistoryResponse['messages']>[number];
/** Whether a message is the one. */
export type Sign = (message: Message) => boolean | 'cannot tell';

/** Our clock may be ahead of Slack's by this much, in ms. */
const SKEW_MS = MINUTE;
const PAGE = 200;
/** Further back than this many pages nobody looks: too much was said since. */
const PAGES = 3;

const CANNOT_TELL = { kind: 'cannot tell' } as const;

/** Our own messages in a conversation or a thread since then that bear the sign. Anybody can forge a name, nobody an author. */
export async function scan(tenant: Tenant, where: Where, since: Instant, isIt: Sign): Promise<Found> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const read = await readPage(tenant, where, since, cursor).catch(() => undefined);
    if (!read) return CANNOT_TELL;
    const ours = (read.messages ?? []).filter((message) => isOurs(tenant, message));
    const match = ours.find((message) => isIt(message) === true);
    if (match?.ts !== undefined) return { kind: 'found', ref: refOf(where.channel, match.ts) };
    if (ours.some((message) => isIt(message) === 'cannot tell')) return CANNOT_TELL;
    cursor = read.response_metadata?.next_cursor;
    if (read.has_more !== true) return { kind: 'absent' };
    if (cursor === undefined || cursor === '') return CANNOT_TELL;
  }
  return CANNOT_TELL;
}

const isOurs = ({ botId, botUser }: Tenant, { bot_id: bot, user }: Message): boolean =>
  bot === undefined ? user === botUser : bot === botId;

async function readPage({ client }: Tenant, { channel, threadTs }: Where, since: Instant, cursor?: string) {
  const args = {
    channel,
    oldest: ((msOf(since) - SKEW_MS) / 1000).toFixed(6),
    limit: PAGE,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  return threadTs === undefined
    ? client.conversations.history(args)
    : client.conversations.replies({ ...args, ts: threadTs });
}
