/** Catch-up: reads what was said under our posts from a durable cursor, so nothing said while we were away is lost. */
import { type Chat, DeliveryError } from '../chat/chat.ts';
import type { Instant, Ref } from '../chat/ids.ts';
import type { Reply } from '../chat/incoming.ts';
import type { OnEvent } from '../chat/outgoing.ts';
import { between, DAY } from '../chat/world.ts';
import type { Row } from '../store/schema.ts';
import { StoreError } from '../store/store.ts';
import type { Core } from './core.ts';
import { knownUnder, vanished } from './vanished.ts';

interface Followed extends Row<'threads'> {
  readonly ref: Ref;
  readonly platform: Row<'teams'>['platform'];
}

type Door = (platform: Row<'teams'>['platform']) => OnEvent;

export interface Reading {
  /** Read every followed thread not read since `before`, newest first. One that fails is left for the next time. */
  read(before: () => Instant): Promise<void>;
  /** Read every followed thread from its beginning: we were away, so changes and deletions may have been missed too. */
  readAll(): void;
  /** Resolves when nothing is being read. */
  idle(): Promise<void>;
  /** Resolves when the page under way is taken in; the rest is read after the next start. */
  stop(): Promise<void>;
}

/** One reading at a time: it takes as long as the platforms' limits make it. */
export function openReading(core: Core, door: Door): Reading {
  let last = Promise.resolve();
  let isGoing = true;
  const read = (before: () => Instant, first?: () => Promise<void>): Promise<void> =>
    (last = last
      .then(first)
      .then(() => catchUp(core, before(), door, () => isGoing))
      .catch((error: unknown) => core.log.error('catch-up failed', { error })));
  return {
    read,
    readAll: () =>
      void read(
        () => core.world.now(),
        () => unread(core),
      ),
    idle: () => last,
    stop() {
      isGoing = false;
      return last;
    },
  };
}

/** Threads count as never read, so that they are read whole, also when this reading is cut short. */
async function unread(core: Core): Promise<void> {
  await core.store.write((tx) => tx.updateTable('threads').set({ read_at: null }).where('closed', '=', 0).execute());
}

async function catchUp(core: Core, before: Instant, door: Door, isGoing: () => boolean): Promise<void> {
  const threads: Followed[] = await core.store.read((tx) =>
    tx
      .selectFrom('threads')
      .innerJoin('posts', (join) =>
        join.onRef('posts.team', '=', 'threads.team').onRef('posts.name', '=', 'threads.post'),
      )
      .innerJoin('teams', 'teams.id', 'threads.team')
      .selectAll('threads')
      .select(['posts.ref', 'teams.platform'])
      .where('threads.closed', '=', 0)
      .where('teams.gone', 'is', null)
      .where((e) =>
        e.or([
          e('threads.read_at', 'is', null),
          e('threads.read_at', '<', before),
          e('threads.until', '<=', core.world.now()),
        ]),
      )
      .orderBy('posts.sent', 'desc')
      .execute(),
  );
  for (const thread of threads) {
    const chat = core.chats.get(thread.platform);
    if (!chat || !isGoing()) continue;
    await readThread({ core, chat, thread, onEvent: door(thread.platform), isGoing }).catch((error: unknown) => {
      if (!(error instanceof DeliveryError)) core.log.error('catch-up stopped', { post: thread.post, error });
      else core.log.warn('catch-up will try again', { post: thread.post, error });
    });
  }
}

interface Scope {
  readonly core: Core;
  readonly chat: Chat;
  readonly thread: Followed;
  readonly onEvent: OnEvent;
  readonly isGoing: () => boolean;
}

/** From its cursor on; whole when something may have been missed, and a last time once its window is over. */
async function readThread(scope: Scope): Promise<void> {
  const { core, chat, thread, isGoing } = scope;
  const startedAt = core.world.now();
  const isWhole = thread.read_at === null || startedAt > thread.until;
  const known = isWhole ? await knownUnder(core, thread.team, thread.ref, startedAt) : [];
  const seen = new Set<Ref>();
  let cursor = isWhole ? undefined : (thread.cursor ?? undefined);
  let isSound = true;
  for (;;) {
    const page = await chat.replies({
      team: thread.team,
      under: thread.ref,
      ...(cursor === undefined ? {} : { cursor }),
    });
    isSound = (await takeIn(scope, page.events)) && isSound;
    for (const { ref } of page.events) seen.add(ref);
    cursor = page.next ?? cursor;
    const isRead = page.more !== true || page.gone === true;
    if (isRead && page.gone !== true) {
      const gone = known.filter(({ ref }) => !seen.has(ref));
      isSound = (await takeIn(scope, await vanished(core, thread, gone))) && isSound;
    }
    const isClosed = page.gone === true || (isRead && mayClose(startedAt, thread, isSound));
    await mark(core, thread, {
      cursor: isSound ? cursor : undefined,
      readAt: isRead ? startedAt : undefined,
      isClosed,
    });
    if (isRead || !isGoing()) return;
  }
}

/** A thread with a reply that cannot be taken in is read again, for a day. */
const mayClose = (startedAt: Instant, { until }: Followed, isSound: boolean): boolean =>
  startedAt > until && (isSound || between(until, startedAt) > DAY);

/** False when one of them could not be taken in; it holds up no other. Throws when the store is away. */
async function takeIn({ core, thread, onEvent }: Scope, events: readonly Reply[]): Promise<boolean> {
  let isSound = true;
  for (const event of events) {
    try {
      await onEvent(event);
    } catch (error) {
      if (error instanceof Error && error.cause instanceof StoreError) throw error;
      core.log.error('a reply could not be taken in', { post: thread.post, reply: event.id, error });
      isSound = false;
    }
  }
  return isSound;
}

async function mark(
  core: Core,
  thread: Followed,
  { cursor, readAt, isClosed }: { cursor: string | undefined; readAt: Instant | undefined; isClosed: boolean },
): Promise<void> {
  await core.store.write((tx) =>
    tx
      .updateTable('threads')
      .set({
        cursor: cursor ?? thread.cursor,
        ...(readAt === undefined ? {} : { read_at: readAt }),
        ...(isClosed ? { closed: 1 as const } : {}),
      })
      .where('team', '=', thread.team)
      .where('post', '=', thread.post)
      .where('until', '=', thread.until)
      .execute(),
  );
}
