/** What people said under a post, read from Discord, as the very events that were or would have been pushed. */
import { type Client, Routes } from 'discord.js';
import type { AdapterDeps } from '../../src/chat/adapter.ts';
import type { Page } from '../../src/chat/chat.ts';
import type { PersonId, Ref, TeamId } from '../../src/chat/ids.ts';
import type { Person, Reply } from '../../src/chat/incoming.ts';
import { plus, type World } from '../../src/chat/world.ts';
import type { Api } from './api.ts';
import { byAge, mustRead } from './deliver/scan.ts';
import { codeOf, failureOf, waitIn } from './failure.ts';
import { isWritten, readEdited, readNew } from './incoming/message.ts';
import { mayManage, personIn } from './incoming/person.ts';
import type { Thread } from './incoming/place.ts';
import { type Body, dig, idOf, personOf } from './incoming/read.ts';
import { type DiscordRef, readRef } from './refs.ts';

const PAGE = 100;

/** The thread, its channel, or our way into it is gone. */
const GONE: ReadonlySet<number | undefined> = new Set([10_003, 10_008, 50_001]);
const UNKNOWN_CHANNEL = 10_003;

export interface Asked {
  readonly team: TeamId;
  readonly under: Ref;
  readonly cursor?: string;
}

interface Deps {
  readonly client: Pick<Client, 'guilds'>;
  readonly api: Api;
  readonly world: Pick<World, 'now' | 'sleepUntil'>;
  readonly known: AdapterDeps['known'];
}

/** Reads one page, oldest first; without a cursor it starts with the first reply. Throws a DeliveryError. */
export function openReplies(deps: Deps): (of: Asked) => Promise<Page> {
  return async (asked) => {
    const root = readRef(asked.under);
    if (!root) return { events: [], gone: true };
    const cursor = asked.cursor === undefined ? undefined : idOf(asked.cursor);
    try {
      return await patiently(deps.world, () => readPage(deps, asked.team, root, cursor));
    } catch (error) {
      if (codeOf(error) === UNKNOWN_CHANNEL && cursor === undefined) return await unopened(deps.api, root);
      if (GONE.has(codeOf(error))) return { events: [], gone: true };
      throw failureOf(error, 'prepares');
    }
  };
}

/** A short wait that Discord asks for, in ms, is waited for: whoever reads goes on to the next thread, and would meet it there. */
const SHORT_MS = 5000;
const WAITS = 3;

/** Rejects as `read` does. */
async function patiently<T>(world: Deps['world'], read: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await read();
    } catch (error) {
      const wait = waitIn(error);
      if (wait === undefined || wait > SHORT_MS || waits >= WAITS) throw error;
      await world.sleepUntil(plus(world.now(), wait));
    }
  }
}

async function readPage(deps: Deps, team: TeamId, root: DiscordRef, cursor: string | undefined): Promise<Page> {
  const { api } = deps;
  const after = cursor ?? root.id;
  const read = await api.records(Routes.channelMessages(root.id), { after, limit: String(PAGE) });
  // Taken for an empty thread, one we may not read would lose all that was said in it.
  if (read.length === 0 && cursor === undefined) await mustRead({ api }, root.id);
  const messages = read.toSorted((a, b) => byAge(idOf(a['id']) ?? '', idOf(b['id']) ?? ''));
  const events = await eventsOf(deps, team, root, messages);
  const next = idOf(messages.at(-1)?.['id']) ?? after;
  return { events, next, ...(read.length >= PAGE ? { more: true as const } : {}) };
}

/** Nobody opened the thread under a post that is there: nothing was said yet. */
async function unopened(api: Api, root: DiscordRef): Promise<Page> {
  if (root.kind !== 'message') return { events: [], gone: true };
  try {
    await api.record('get', Routes.channelMessage(root.channel, root.id));
    return { events: [] };
  } catch (error) {
    if (GONE.has(codeOf(error))) return { events: [], gone: true };
    throw failureOf(error, 'prepares');
  }
}

const spotOf = ({ kind, channel, id }: DiscordRef): Thread => ({
  kind: kind === 'room' ? 'private thread' : 'thread',
  id,
  parent: channel,
  inForum: kind === 'forum post',
});

/** A message as the events it was pushed with. An edited one comes with its first moment too: an answer given in time stays in time. */
async function eventsOf(deps: Deps, team: TeamId, root: DiscordRef, messages: readonly Body[]): Promise<Reply[]> {
  const spot = spotOf(root);
  const people = new Map<PersonId, Person>();
  const events: (Reply | undefined)[] = [];
  for (const message of messages) {
    const from = isWritten(message) ? await authorOf(deps, team, message, people) : undefined;
    if (from === undefined) continue;
    const facts = { team, spot, from };
    events.push(readNew(message, facts), readEdited(message, facts));
  }
  return events.filter((event) => event !== undefined);
}

/** A message that is read does not tell what its author is called and may do here: who they are as they last were, is. */
async function authorOf({ client, known }: Deps, team: TeamId, message: Body, people: Map<PersonId, Person>) {
  const id = personOf(dig(message, 'author', 'id'));
  if (id === undefined) return undefined;
  const before = people.get(id);
  if (before) return before;
  const member = client.guilds.cache.get(team)?.members.cache.get(id);
  const last = await known(team, id).catch(() => undefined);
  const admin = member ? mayManage(member.permissions.bitfield) : (last?.admin ?? false);
  const nick = member?.nickname ?? (member ? undefined : last?.name);
  const person = personIn(message['author'], { nick }, admin);
  if (person) people.set(id, person);
  return person;
}
