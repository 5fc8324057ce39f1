/** What people said under a post, read from Slack, as the very events that were or would have been pushed. */
import type { ConversationsRepliesResponse } from '@slack/web-api';
import type { Page } from '../../src/chat/chat.ts';
import type { Instant, Ref, TeamId } from '../../src/chat/ids.ts';
import type { Person, Reply } from '../../src/chat/incoming.ts';
import { between, plus, type World } from '../../src/chat/world.ts';
import { codeOf, failureOf, tooFast } from './failure.ts';
import { type MessageFacts, readMessage } from './incoming/message.ts';
import { mentionedIn, type Unsigned } from './incoming/read.ts';
import type { People, Tenant } from './ports.ts';
import { readRef, type SlackRef } from './refs.ts';

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

interface Deps {
  readonly people: Pick<People, 'of'>;
  readonly world: World;
}

interface Thread {
  readonly root: SlackRef;
  readonly messages: readonly Message[];
}

/** Reads one page, oldest first; without a cursor it starts with the first reply. Throws a DeliveryError. */
export type Replies = (tenant: Tenant, of: Asked) => Promise<Page>;

/** A workspace that was told to slow down is not asked again before its time; the others are. */
export function openReplies(deps: Deps): Replies {
  const { world } = deps;
  const held = new Map<TeamId, Instant>();
  return async (tenant, { team, under, cursor }) => {
    const root = readRef(under);
    if (!root) return { events: [], gone: true };
    const until = held.get(team) ?? world.now();
    if (until > world.now()) throw tooFast(between(world.now(), until));
    const from = readCursor(cursor);
    const read = await fetchPage(tenant, root, from).catch((error: unknown) => {
      if (GONE.has(codeOf(error) ?? '')) return undefined;
      const failure = failureOf(error, 'prepares');
      if (failure.scope === 'lane' && failure.retry !== 'never')
        held.set(team, plus(world.now(), failure.retry.afterMs));
      throw failure;
    });
    const messages: Message[] = read?.messages?.toSorted((a, b) => ofTs(a.ts ?? '0', b.ts ?? '0')) ?? [];
    const isGone = messages.some(({ ts, subtype }) => ts === root.ts && subtype === 'tombstone');
    if (!read || isGone) return { events: [], gone: true };
    // What is missing from a whole reading counts as deleted: an answer without its beginning is no reading.
    if (isFirst(from) && !messages.some(({ ts }) => ts === root.ts)) throw failureOf(undefined, 'prepares');
    const events = await eventsOf(deps, tenant, under, { root, messages });
    return { events, ...onwards(read, messages, from) };
  };
}

/** Where a reading is: after which message, and on which page of Slack's when that reading is not over. */
interface Cursor {
  readonly after?: string;
  readonly page?: string;
  /** The newest message read. */
  readonly last?: string;
}

const isFirst = ({ after, page }: Cursor): boolean => after === undefined && page === undefined;

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

/** A message as the events it was pushed with. An edited one comes with its first moment too: an answer given in time stays in time. */
function heardIn(message: Message, { channel, ts }: SlackRef, facts: MessageFacts): Unsigned<Reply>[] {
  if (message.ts === ts) return [];
  const first = readMessage({ ...message, channel }, facts);
  if (first === undefined || 'signed' in first) return [];
  const change = readMessage({ subtype: 'message_changed', channel, message }, facts);
  return change !== undefined && 'unsigned' in change ? [first.unsigned, change.unsigned] : [first.unsigned];
}

/** Of people who are only mentioned so many are asked for by name, a page. */
const MOST_NAMES = 100;

async function eventsOf({ people, world }: Deps, tenant: Tenant, under: Ref, read: Thread): Promise<Reply[]> {
  const { team, botUser, botId } = tenant;
  const known = new Map<string, Person>();
  const facts = { team, botUser, botId, eventId: '', now: world.now(), nameOf: (id: string) => known.get(id)?.name };
  const heardNow = () => read.messages.flatMap((message) => heardIn(message, read.root, facts));
  const called = new Map(heardNow().map(({ by, called: name }) => [by, name]));
  const mentioned = read.messages.flatMap(({ text = '' }) => mentionedIn(text)).slice(0, MOST_NAMES);
  const ids = new Set([...called.keys(), ...mentioned]);
  await Promise.all([...ids].map(async (id) => known.set(id, await people.of(tenant, id, called.get(id)))));
  return heardNow().flatMap(({ event, by }) => {
    const from = known.get(by);
    return from === undefined ? [] : [{ ...event, place: { in: 'thread', under }, from }];
  });
}
