/** The page's live stream: what was missed since its last event, then everything as it happens. */
import type { SSEStreamingApi } from 'hono/streaming';
import type { Log } from '../../src/chat/world.ts';
import type { Hub, News } from './hub.ts';
import type { MessageRow } from './ports.ts';
import { peopleOf, timeOf, viewsOf } from './show.ts';
import type { House } from './show.ts';
import { seesMessage } from './sight.ts';

/** More than this was missed: the page begins anew. */
const CATCH_UP = 300;

/** Runs until the page goes away or the chat closes. */
export async function stream(
  { house, hub, log }: { house: House; hub: Hub; log: Log },
  to: SSEStreamingApi,
  reader: string,
  since: number,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  // One after the other, in the order things happened; the missed ones stand first in the line.
  const queue = (work: () => Promise<void>): void => {
    last = last.then(work).catch((error: unknown) => log.warn('a page missed a change', { error }));
  };
  await new Promise<void>((resolve) => {
    const stop = hub.listen((news) => queue(() => push(house, to, reader, news)), resolve);
    to.onAbort(() => {
      stop();
      resolve();
    });
    queue(() => catchUp(house, to, reader, since));
  });
}

async function catchUp(house: House, to: SSEStreamingApi, reader: string, since: number): Promise<void> {
  await to.writeSSE({ event: 'hello', data: JSON.stringify(await timeOf(house.clock)) });
  const missed = await house.store.writtenAfter(since, CATCH_UP + 1);
  if (missed.length > CATCH_UP) return to.writeSSE({ event: 'anew', data: '{}' });
  for (const row of missed) await pushMessage(house, to, reader, row);
  return undefined;
}

async function push(house: House, to: SSEStreamingApi, reader: string, news: News): Promise<void> {
  switch (news.kind) {
    case 'message':
      await pushMessage(house, to, reader, news.row);
      if (news.row.place.startsWith('dm ')) await pushPeople(house, to);
      return;
    case 'clock':
      await to.writeSSE({ event: 'clock', data: JSON.stringify(await timeOf(house.clock)) });
      return;
    case 'people':
      await pushPeople(house, to);
      return;
  }
}

const pushPeople = async ({ store }: House, to: SSEStreamingApi): Promise<void> =>
  to.writeSSE({ event: 'people', data: JSON.stringify(await peopleOf(store)) });

/** A message, and after one in a thread the message the thread hangs under: its count of replies has changed. */
async function pushMessage({ store }: House, to: SSEStreamingApi, reader: string, row: MessageRow): Promise<void> {
  if (!(await seesMessage(store, reader, row))) return;
  const under = /^thread (.+)$/.exec(row.place)?.[1];
  const root = under === undefined ? undefined : await store.message(under);
  for (const view of await viewsOf(store, root ? [row, root] : [row], reader)) {
    const id = view.ref === row.ref ? { id: String(row.seq) } : {};
    await to.writeSSE({ event: 'message', data: JSON.stringify(view), ...id });
  }
}
