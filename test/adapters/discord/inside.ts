/** What people do on Discord, with the real client against the fake platform; a core that answers as told, a clock that moves when told. */
import { Client, GatewayIntentBits, Partials, Routes } from 'discord.js';
import { openDrafts } from '../../../adapters/discord/drafts.ts';
import { listen, type Listening } from '../../../adapters/discord/listen.ts';
import type { Drafts } from '../../../adapters/discord/ports.ts';
import { registerCommands } from '../../../adapters/discord/register.ts';
import { renderMessage } from '../../../adapters/discord/render/index.ts';
import type { Vault } from '../../../src/chat/adapter.ts';
import type { Incoming, Of } from '../../../src/chat/incoming.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import type { OnEvent } from '../../../src/chat/outgoing.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import { plain, t } from '../../../src/chat/text.ts';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeChannel, FakeDiscord, FakeGuild, FakeMessage, FakeUser } from '../../support/fake-discord/types.ts';
import { keepLog, type KeptLog, type ManualWorld, openManualWorld } from '../slack/world.ts';
import { wordsIn } from './words.ts';

type How = (event: Incoming) => unknown;

export interface Inside {
  readonly fake: FakeDiscord;
  readonly guild: FakeGuild;
  readonly channel: FakeChannel;
  /** May manage the server. */
  readonly ana: FakeUser;
  readonly bo: FakeUser;
  readonly client: Client<true>;
  readonly world: ManualWorld;
  readonly log: KeptLog;
  readonly vault: Vault;
  readonly drafts: Drafts;
  readonly listening: Listening;
  /** What reached the core. */
  readonly events: readonly Incoming[];
  heard<K extends Incoming['kind']>(kind: K): readonly Of<K>[];
  /** Resolves once so many events of this kind were heard. */
  hears(kind: Incoming['kind'], count?: number): Promise<void>;
  /** How the core answers from now on; a promise is a turn that takes its time, a throw one that was not committed. */
  answering(how: How): void;
  /** Our own message somewhere; its id. */
  post(message: Message, channel?: string): Promise<string>;
  /** A thread of ours under it; its id. */
  thread(message: string): Promise<string>;
  /** All words this person sees there, one message a line. */
  seen(user: FakeUser, channel?: string): readonly string[];
  /** What only this person sees there, newest last. */
  whispers(user: FakeUser, channel?: string): readonly FakeMessage[];
  close(): Promise<void>;
}

export const SURFACE: Surface = {
  root: 'practice',
  commands: [
    { name: 'today', summary: 'The question of today', args: [], examples: ['today'] },
    {
      name: 'pause',
      summary: 'A break',
      args: [{ name: 'until', summary: 'how long', kind: 'rest' }],
      examples: ['pause 2 weeks'],
    },
    {
      name: 'mentor add',
      summary: 'A mentor for somebody',
      args: [
        { name: 'note', summary: 'why', kind: 'rest' },
        { name: 'who', summary: 'whom', kind: 'person', required: true },
        { name: 'skill', summary: 'in what', kind: 'word', completes: true },
      ],
      examples: ['mentor add @ana'],
    },
    {
      name: 'mock',
      alias: 'mock',
      summary: 'A mock interview',
      args: [
        { name: 'level', summary: 'for whom', kind: 'choice', options: [{ label: 'Senior', value: 'senior' }] },
        { name: 'minutes', summary: 'how long', kind: 'number' },
      ],
      examples: ['mock senior'],
    },
  ],
  shortcuts: [{ label: 'Use as my answer', on: { feature: 'daily', name: 'use', subject: '' } }],
};

export const on = (name: string) => ({ feature: 'test', name, subject: 'one' });
export const words = (text: string): Message => ({ blocks: [{ kind: 'text', text: [plain(text)] }] });
export const CARD: Message = {
  title: 'The question',
  blocks: [
    { kind: 'buttons', buttons: [{ label: 'Answer', on: on('answer'), style: 'primary' }] },
    {
      kind: 'choice',
      on: on('level'),
      prompt: 'Choose',
      options: [
        { label: 'Mid', value: 'mid' },
        { label: 'Senior', value: 'senior' },
      ],
    },
  ],
};
export const FORM: Form = {
  on: on('form'),
  title: 'Your answer',
  submit: 'Share',
  intro: t`Say it.`,
  fields: [
    { kind: 'line', name: 'line', label: 'A line', optional: true },
    { kind: 'paragraph', name: 'text', label: 'Text', value: 'before' },
  ],
};

export interface InsideOptions {
  /** Without the intent for what people write. */
  readonly content?: false;
}

export async function openInside({ content }: InsideOptions = {}): Promise<Inside> {
  const fake = await openFakeDiscord({ heartbeatMs: 500 });
  const guild = fake.addGuild('Acme');
  const channel = guild.addChannel('interview-practice');
  const [ana, bo] = [fake.addUser('Ana'), fake.addUser('Bo')];
  fake.join(guild.id, ana.id, { admin: true });
  fake.join(guild.id, bo.id);
  const world = openManualWorld(new Date(fake.clock.now()).toISOString());
  const log = keepLog();
  const vault = makeVault();
  const drafts = openDrafts({ vault, world });
  const core = makeCore();
  const client = makeClient(fake, content !== false);
  const deps = { world, log, paint: async () => undefined };
  const listening = listen(client, { deps, onEvent: core.onEvent, surface: SURFACE, drafts });
  await Promise.all([new Promise((ready) => void client.once('clientReady', ready)), client.login(fake.token)]);
  const { rest } = client;
  await registerCommands({ rest, applicationId: fake.applicationId, surface: SURFACE, vault });
  return {
    fake,
    guild,
    channel,
    ana,
    bo,
    client,
    world,
    log,
    vault,
    drafts,
    listening,
    ...core,
    ...sightOf(fake, channel, client),
    async close() {
      await client.destroy();
      await fake.close();
    },
  };
}

function makeClient(fake: FakeDiscord, content: boolean): Client<true> {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  return new Client({
    intents: [Guilds, GuildMessages, DirectMessages, ...(content ? [MessageContent] : [])],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: fake.apiUrl, retries: 0, timeout: 10_000, rejectOnRateLimit: () => true },
  });
}

/** As the store's, without the sealing and without an end. */
export function makeVault(): Vault {
  const kept = new Map<string, string>();
  return {
    keep: async (key, text) => void kept.set(key, text),
    read: async (key) => kept.get(key),
    async take(key) {
      const text = kept.get(key);
      kept.delete(key);
      return text;
    },
    forget: async (key) => void kept.delete(key),
    keys: async (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
  };
}

function makeCore(): Pick<Inside, 'events' | 'heard' | 'hears' | 'answering'> & { readonly onEvent: OnEvent } {
  const events: Incoming[] = [];
  const lookers = new Set<() => void>();
  let how: How = (event) => (event.kind === 'complete' ? { kind: 'offer', options: [] } : { kind: 'nothing' });
  return {
    events,
    heard: (kind) => events.filter((event): event is never => event.kind === kind),
    hears: (kind, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (events.filter((event) => event.kind === kind).length >= count && lookers.delete(look)) resolve();
        };
        lookers.add(look);
        look();
      }),
    answering(next) {
      how = next;
    },
    async onEvent(event) {
      events.push(event);
      for (const look of lookers) look();
      return (await how(event)) as never;
    },
  };
}

function sightOf(
  fake: FakeDiscord,
  channel: FakeChannel,
  { rest }: Client,
): Pick<Inside, 'post' | 'thread' | 'seen' | 'whispers'> {
  return {
    async post(message, to = channel.id) {
      const { components, flags } = renderMessage(message);
      const body = { components, flags, allowed_mentions: { parse: [] } };
      return idIn(await rest.post(Routes.channelMessages(to), { body }));
    },
    thread: async (message) =>
      idIn(await rest.post(Routes.threads(channel.id, message), { body: { name: 'Answers', type: 11 } })),
    seen: (user, where = channel.id) => fake.visible(user.id, where).map(wordsIn),
    whispers: (user, where = channel.id) =>
      fake.visible(user.id, where).filter(({ ephemeralTo }) => ephemeralTo === user.id),
  };
}

export const idIn = (made: unknown): string => (made as { readonly id: string }).id;
