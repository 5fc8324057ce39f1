/** What people said under a post, read from Slack, as the very events that were or would have been pushed. */
import type { ConversationsRepliesResponse } from '@slack/web-api';
import type { Page } from '../../src/chat/chat.ts';
import type { PersonId, Ref, TeamId } from '../../src/chat/ids.ts';
import type { Person, Reply } from '../../src/chat/incoming.ts';
import { codeOf, failureOf } from './failure.ts';
import type { People, Tenant } from './ports.ts';
import { atOf, readRef, refOf, type SlackRef } from './refs.ts';
import { readText } from './render/index.ts';

type Read = ConversationsRepliesResponse;
type Message = NonNullable<Read['messages']>[number] & { readonly subtype?: string };

/** Slack gives some apps 15 at a time; then there is more to read. */
const LIMIT = 200;

/** The thread, its channel, or our way into it is gone. A channel we come back to starts new threads. */
const GONE: ReadonlySet<string> = new Set([
  'thread_not_found',
  'message_not_found',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);

export interface Asked {
  readonly team: TeamId;
  readonly under: Ref;
  readonly cursor?: string;
}

/** One page, oldest first. Without a cursor it starts with the first reply. Throws a DeliveryError. */
export async function readReplies(people: Pick<People, 'of'>, tenant: Tenant, of: Asked): Promise<Page> {
  const root = readRef(of.under);
  if (!root) return { events: [], gone: true };
  const from = readCursor(of.cursor);
  let read: Read;
  try {
    read = await fetchPage(tenant, root, from);
  } catch (error) {
    if (GONE.has(codeOf(error) ?? '')) return { events: [], gone: true };
    throw failureOf(error, 'prepares');
  }
  const messages: Message[] = read.messages ?? [];
  if (messages.some(({ ts, subtype }) => ts === root.ts && subtype === 'tombstone')) return { events: [], gone: true };
  const replies = messages.flatMap((message) => toReply(message, tenant, root)).toSorted(byTime);
  const events = await eventsOf(people, tenant, of, replies);
  return { events, ...onwards(read, messages, from) };
}

/** Where a reading is: after which message, and on which page of Slack's when that reading is not over. */
interface Cursor {
  readonly after?: string;
  readonly page?: string;
  /** The newest message read. */
  readonly last?: string;
}

const TS = /^\d{1,12}\.\d{6}$/;

/** A cursor nobody can read starts over. */
function readCursor(text = ''): Cursor {
  if (TS.test(text)) return { after: text, last: text };
  const [, after = '', last = '', page = ''] = /^(\S*) (\S*) (.+)$/.exec(text) ?? [];
  return {
    ...(TS.test(after) ? { after } : {}),
    ...(TS.test(last) ? { last } : {}),
    ...(page === '' ? {} : { page }),
  };
}

function onwards(read: Read, messages: readonly Message[], from: Cursor): Pick<Page, 'next' | 'more'> {
  const last = [from.last, ...messages.map(({ ts }) => ts)]
    .filter((ts) => ts !== undefined)
    .toSorted(ofTs)
    .at(-1);
  const page = read.response_metadata?.next_cursor ?? '';
  if (read.has_more === true && page !== '' && page !== from.page)
    return { next: `${from.after ?? ''} ${last ?? ''} ${page}`, more: true };
  if (last === undefined) return {};
  return { next: last, ...(read.has_more === true && last !== from.last ? { more: true as const } : {}) };
}

/** Slack's own page cursor ends some time; then the page is the one after the newest message read. */
async function fetchPage({ client }: Tenant, { channel, ts }: SlackRef, from: Cursor): Promise<Read> {
  const after = (oldest: string | undefined) => ({
    channel,
    ts,
    limit: LIMIT,
    ...(oldest === undefined ? {} : { oldest }),
  });
  if (from.page === undefined) return client.conversations.replies(after(from.after));
  try {
    return await client.conversations.replies({ ...after(from.after), cursor: from.page });
  } catch (error) {
    if (codeOf(error) !== 'invalid_cursor') throw error;
    return client.conversations.replies(after(from.last));
  }
}

const ofTs = (a: string, b: string): number => Number(a) - Number(b);
const byTime = (a: Said, b: Said): number => ofTs(a.ts, b.ts);

/** A message a person wrote. */
interface Said {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly editedTs?: string;
  readonly extras: number;
}

/** The kinds of message people write; others tell of something else. */
const WRITTEN: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast', 'me_message']);

function toReply(message: Message, { botUser }: Tenant, root: SlackRef): Said[] {
  const { ts, user, bot_id: bot, subtype, text = '', edited, files = [] } = message;
  if (ts === undefined || ts === root.ts || user === undefined) return [];
  if (bot !== undefined || user === botUser) return [];
  if (subtype !== undefined && !WRITTEN.has(subtype)) return [];
  const editedTs = edited?.ts;
  return [{ ts, user, text, extras: files.length, ...(editedTs === undefined ? {} : { editedTs }) }];
}

async function eventsOf(
  people: Pick<People, 'of'>,
  tenant: Tenant,
  { team, under }: Asked,
  replies: readonly Said[],
): Promise<Reply[]> {
  const channel = readRef(under)?.channel ?? '';
  const authors = new Map<string, Person>();
  const ids = [...new Set(replies.map(({ user }) => user))];
  await Promise.all(ids.map(async (id) => authors.set(id, await people.of(tenant, id as PersonId))));
  return replies.flatMap((said) => {
    const from = authors.get(said.user);
    const ref = refOf(channel, said.ts);
    const id = `slack:${team}:${ref}`;
    if (from === undefined) return [];
    const common = {
      kind: 'reply',
      team,
      from,
      place: { in: 'thread', under },
      ref,
      text: readText(said.text, (user) => authors.get(user)?.name),
      extras: said.extras,
    } as const;
    const first: Reply = { ...common, id: `${id}:new`, at: atOf(said.ts), change: 'new' };
    if (said.editedTs === undefined) return [first];
    // An edited message comes with its first moment too: an answer given in time stays in time.
    const at = atOf(said.editedTs);
    return [first, { ...common, id: `${id}:edited:${said.editedTs}`, at, change: 'edited' }];
  });
}
