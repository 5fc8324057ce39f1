/** A practice team behind a real HTTP server, on a real store, with a clock that moves only when told. */
import { connectLocal } from '../../../adapters/local/index.ts';
import type { Paint } from '../../../src/chat/adapter.ts';
import type { ChannelId, Instant, Name, PersonId, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { AnswerTo, Delivery, OnEvent } from '../../../src/chat/outgoing.ts';
import type { Place } from '../../../src/chat/place.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import { t } from '../../../src/chat/text.ts';
import { type Log, plus, type World } from '../../../src/chat/world.ts';
import { openSite } from '../../../src/serve.ts';
import { localStore } from '../../../src/store/local.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { openPage, type Page } from '../../support/local-page.ts';

export const LOCAL = 'local' as TeamId;
export const [ANA, BO, CHEN] = ['ana', 'bo', 'chen'] as PersonId[] as [PersonId, PersonId, PersonId];
export const CHANNEL: Place<Ref> = { in: 'channel', channel: 'interview-practice' as ChannelId };
/** A Monday, ten in the morning in Berlin. */
export const MONDAY = '2026-11-23T09:00:00.000Z' as Instant;
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export const SURFACE: Surface = {
  root: 'practice',
  commands: [
    { name: 'help', summary: 'What there is', args: [], examples: ['help'] },
    {
      name: 'mock',
      alias: 'mock',
      summary: 'A mock interview',
      args: [
        {
          name: 'level',
          summary: 'Which',
          kind: 'choice',
          options: [{ label: 'Senior', value: 'senior' }],
          completes: true,
        },
        { name: 'partner', summary: 'With whom', kind: 'person' },
      ],
      examples: ['mock senior @bo'],
    },
  ],
  shortcuts: [{ label: 'Use as my answer', on: { feature: 'daily', name: 'use', subject: '' } }],
};

export type How = (event: Incoming) => AnswerTo[Incoming['kind']] | Promise<AnswerTo[Incoming['kind']]>;

export interface Practice {
  readonly url: string;
  readonly page: Page;
  readonly chat: ReturnType<typeof connectLocal>['chat'];
  readonly store: Store;
  readonly events: Incoming[];
  answering(how: How): void;
  /** Moves the clock without the page. */
  pass(ms: number): void;
  now(): Instant;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  post(name: string, to: Place<Ref>, message?: Message, thread?: string): Promise<Ref>;
  close(): Promise<void>;
}

export interface Given {
  readonly store?: Store;
  readonly how?: How;
  readonly next?: Instant;
  readonly paint?: Paint;
}

export async function openPractice({
  store: given,
  how: first,
  next,
  paint = async () => undefined,
}: Given = {}): Promise<Practice> {
  const store = given ?? (await freshStore());
  let [at, made] = [MONDAY, 0];
  const world: World = {
    now: () => at,
    newId: () => `${given ? 'b' : 'a'}${String(++made).padStart(6, '0')}`,
    roll: () => 0.5,
    sleepUntil: async () => {},
    point: () => {},
  };
  const clock = {
    now: () => at,
    nextEvent: async () => (next !== undefined && next > at ? next : undefined),
    moveTo: async (to: Instant) => void (at = to > at ? to : at),
  };
  const events: Incoming[] = [];
  let how: How = first ?? (() => ({ kind: 'nothing' }));
  const onEvent = (async (event: Incoming) => {
    events.push(event);
    return how(event);
  }) as OnEvent;
  const local = connectLocal({ world, log: SILENT, paint, store: localStore(store), clock, zone: 'Europe/Berlin' });
  await local.chat.open(onEvent, SURFACE);
  const site = await openSite({
    host: '127.0.0.1',
    port: 0,
    log: SILENT,
    ready: () => store.health(),
    http: local.http,
  });
  return {
    url: site.url,
    page: openPage(site.url, (request) => fetch(request)),
    chat: local.chat,
    store,
    events,
    answering: (other) => void (how = other),
    pass: (ms) => void (at = plus(at, ms)),
    now: () => at,
    fetch: (path, init) => fetch(new URL(path, site.url), init),
    post: (name, to, message = card(name), thread) => local.chat.deliver(postOf(name, to, message, thread)),
    async close() {
      await local.chat.close();
      await site.close();
      if (!given) await store.close();
    },
  };
}

export async function freshStore(): Promise<Store> {
  const store = await openStore('sqlite::memory:');
  await migrate(store);
  return store;
}

export const postOf = (name: string, to: Place<Ref>, message: Message, thread?: string): Delivery => ({
  kind: 'post',
  team: LOCAL,
  name: `test:${name}` as Name,
  to,
  message,
  ...(thread === undefined ? {} : { thread }),
});

export const on = (name: string, subject = 'one') => ({ feature: 'test', name, subject });

export const card = (words: string): Message => ({
  title: 'A question',
  blocks: [
    { kind: 'small', text: t`mentorship · open` },
    { kind: 'text', text: t`${words}` },
    { kind: 'buttons', buttons: [{ label: 'Answer', on: on('answer'), style: 'primary' }] },
  ],
});

export const replies = (events: readonly Incoming[]) => events.filter((event) => event.kind === 'reply');
