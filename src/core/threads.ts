/** Catch-up: reads what was said under our posts from a durable cursor, so nothing said while we were away is lost. */
import { type Chat, DeliveryError } from '../chat/chat.ts';
import type { Instant, Ref } from '../chat/ids.ts';
import type { OnEvent } from '../chat/outgoing.ts';
import type { Row } from '../store/schema.ts';
import type { Core } from './core.ts';

interface Followed extends Row<'threads'> {
  readonly ref: Ref;
  readonly platform: Row<'teams'>['platform'];
}

type Door = (platform: Row<'teams'>['platform']) => OnEvent;

export interface Reading {
  /** Read every followed thread not read since `before`, newest first. One that fails is left for the next time. */
  read(before: () => Instant): Promise<void>;
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
  const read = (before: () => Instant): Promise<void> =>
    (last = last
      .then(() => catchUp(core, before(), door, () => isGoing))
      .catch((error: unknown) => core.log.error('catch-up failed', { error })));
  return {
    read,
    readAll: () => void read(() => core.world.now()),
    idle: () => last,
    stop() {
      isGoing = false;
      return last;
    },
  };
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
    await readThread(core, chat, thread, { onEvent: door(thread.platform), isGoing }).catch((error: unknown) => {
      if (!(error instanceof DeliveryError)) core.log.error('catch-up stopped', { post: thread.post, error });
      else core.log.warn('catch-up will try again', { post: thread.post, error });
    });
  }
}

async function readThread(
  core: Core,
  chat: Chat,
  thread: Followed,
  { onEvent, isGoing }: { readonly onEvent: OnEvent; readonly isGoing: () => boolean },
): Promise<void> {
  const startedAt = core.world.now();
  let cursor = thread.cursor ?? undefined;
  for (;;) {
    const page = await chat.replies({
      team: thread.team,
      under: thread.ref,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const event of page.events) await onEvent(event);
    cursor = page.next ?? cursor;
    const isRead = page.more !== true || page.gone === true;
    const isClosed = page.gone === true || (isRead && startedAt > thread.until);
    await core.store.write((tx) =>
      tx
        .updateTable('threads')
        .set({
          cursor: cursor ?? null,
          ...(isRead ? { read_at: startedAt } : {}),
          ...(isClosed ? { closed: 1 as const } : {}),
        })
        .where('team', '=', thread.team)
        .where('post', '=', thread.post)
        .where('until', '=', thread.until)
        .execute(),
    );
    if (isRead || !isGoing()) return;
  }
}
