/** Discord with the real discord.js against the fake platform, driven as people drive it. */
import { expect } from 'vitest';
import { connectDiscord } from '../../../adapters/discord/index.ts';
import { readRef, refOf } from '../../../adapters/discord/refs.ts';
import type { ChannelId, PersonId, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import type { AnswerTo, OnEvent } from '../../../src/chat/outgoing.ts';
import type { Place } from '../../../src/chat/place.ts';
import { parseCommand } from '../../../src/chat/surface.ts';
import type { Log } from '../../../src/chat/world.ts';
import { openClock } from '../../../src/core/clock.ts';
import { type ChatHarness, type Seen, type SeenForm, SURFACE } from '../../contract/chat.ts';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeDiscord, FakeGuild, FakeMessage } from '../../support/fake-discord/types.ts';
import { memoryVault } from '../slack/harness.ts';
import { initialOf, inputsIn, wordsIn } from './words.ts';

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface DiscordHarness extends ChatHarness {
  readonly fake: FakeDiscord;
  readonly guild: FakeGuild;
  /** What a platform said that makes the process end. */
  readonly fatal: readonly string[];
}

export async function openDiscordChat(content: boolean, log = SILENT): Promise<DiscordHarness> {
  const fake = await openFakeDiscord({ heartbeatMs: 500, identifyEveryMs: 0 });
  fake.contentSwitch = content;
  const guild = fake.addGuild('Acme');
  const channel = guild.addChannel('interview-practice');
  const people = [fake.addUser('Ana'), fake.addUser('Bo')] as const;
  // Who manages a server may look into every private thread of it; these two do not.
  for (const { id } of people) fake.join(guild.id, id);
  const fatal: string[] = [];
  const { chat } = connectDiscord({
    world: openClock(),
    log,
    vault: memoryVault(),
    known: () => Promise.resolve(undefined),
    paint: () => Promise.resolve(undefined),
    fatal: (why) => void fatal.push(why),
    token: { reveal: () => fake.token },
    applicationId: fake.applicationId,
    apiUrl: fake.apiUrl,
    content,
  });
  const heard = makeCore();
  await chat.open(heard.onEvent, SURFACE);
  return {
    fake,
    guild,
    fatal,
    // The core opens a thread by a delivery of its own.
    chat: {
      ...chat,
      async deliver(delivery) {
        const ref = await chat.deliver(delivery);
        if (delivery.kind !== 'post' || delivery.to.in !== 'channel' || delivery.thread === undefined) return ref;
        await chat.deliver({ kind: 'thread', team: delivery.team, name: delivery.name, title: delivery.thread, ref });
        return ref;
      },
    },
    team: guild.id as TeamId,
    channel: channel.id as ChannelId,
    people: [people[0].id as PersonId, people[1].id as PersonId],
    onlyKnownCommands: true,
    ...(content ? {} : { hidesThreads: true as const }),
    events: heard.events,
    answering: heard.answering,
    ...handsOf(fake, guild, channel.id, heard),
    async close() {
      await chat.close();
      expect(fake.complaints).toEqual([]);
      await fake.close();
    },
  };
}

type How = (event: Incoming) => AnswerTo[Incoming['kind']];

interface Heard {
  readonly events: Incoming[];
  readonly onEvent: OnEvent;
  answering(how: How): void;
}

/** Stands where the core stands: keeps what people did, and answers as it is told to. */
function makeCore(): Heard {
  const events: Incoming[] = [];
  let how: How = () => ({ kind: 'nothing' });
  return {
    events,
    onEvent: async (event) => {
      events.push(event);
      return how(event) as never;
    },
    answering(next) {
      how = next;
    },
  };
}

type Hands = Omit<
  ChatHarness,
  'chat' | 'team' | 'channel' | 'people' | 'events' | 'answering' | 'close' | 'onlyKnownCommands' | 'hidesThreads'
>;

function handsOf(fake: FakeDiscord, guild: FakeGuild, channel: string, heard: Heard): Hands {
  const { hands } = fake;
  /** Messages reach us by the gateway, some time after they were written. */
  const told = async (act: () => Promise<unknown>): Promise<void> => {
    const before = heard.events.length;
    await act();
    await expect.poll(() => heard.events.length, { interval: 5 }).toBeGreaterThan(before);
  };
  return {
    async see(person, place) {
      const where = channelOf(fake, place);
      return where === undefined ? [] : fake.visible(person, where).map((message) => seen(fake, message));
    },
    form: (person) => formOf(fake, person),
    async press(person, ref, label) {
      const { channel: at, message } = messageOf(ref);
      await hands.press(person, at, message, label);
    },
    async choose(person, ref, value) {
      const { channel: at, message } = messageOf(ref);
      await hands.choose(person, at, message, value);
    },
    async submit(person, values) {
      await formOf(fake, person);
      await hands.submit(person, values);
    },
    async command(person, text) {
      const { command, args } = parseCommand(SURFACE, text);
      if (command === '') throw new Error(`nobody can send ${text}: it is not on the list`);
      await hands.command(guild.id, person, channel, SURFACE.root, command.split(' '), args);
    },
    async write(person, place, text) {
      const where = must(channelOf(fake, place));
      let id = '';
      await told(async () => (id = await hands.write(person, where, text)));
      return refOf('message', where, id);
    },
    async edit(person, ref, text) {
      const { channel: at, message } = messageOf(ref);
      await told(() => hands.edit(person, at, message, text));
    },
    async erase(person, ref) {
      const { channel: at, message } = messageOf(ref);
      await told(() => hands.erase(person, at, message));
    },
    async pick(person, ref, label) {
      const { channel: at, message } = messageOf(ref);
      await hands.pick(guild.id, person, at, message, label);
    },
  };
}

/** Undefined: it is not there, or was never opened. */
function channelOf(fake: FakeDiscord, place: Place<Ref>): string | undefined {
  if (place.in === 'channel') return place.channel;
  if (place.in === 'dm') return fake.dm(place.person).id;
  return readRef(place.in === 'thread' ? place.under : place.room)?.id;
}

function messageOf(ref: Ref): { channel: string; message: string } {
  const at = must(readRef(ref));
  return { channel: at.kind === 'message' ? at.channel : at.id, message: at.id };
}

/** The first message of a forum post is the post. */
const seen = (fake: FakeDiscord, message: FakeMessage): Seen => {
  const { kind, parent } = fake.channel(message.channel);
  const isForumPost = kind === 'public thread' && message.id === message.channel && parent !== undefined;
  return {
    ref: isForumPost ? refOf('forum post', parent, message.id) : refOf('message', message.channel, message.id),
    text: wordsIn(message),
    only: message.ephemeralTo !== undefined,
  };
};

/** The form a person has open. One that was rejected is behind *Open again*, in the last thing they alone were told. */
async function formOf(fake: FakeDiscord, person: string): Promise<SeenForm | undefined> {
  const open = fake.modal(person);
  if (open) return { title: open.title, values: valuesIn(open.components) };
  const offer = lastOffer(fake, person);
  if (!offer) return undefined;
  await fake.hands.press(person, offer.channel, offer.id, 'Open again');
  const again = must(fake.modal(person));
  const [label = '', text = ''] = (/⚠️ (.*?): (.*)/.exec(wordsIn(offer)) ?? []).slice(1);
  const field = inputsIn(again.components).find((input) => input.label === label)?.name ?? label;
  return { title: again.title, values: valuesIn(again.components), problem: { field, text } };
}

function lastOffer(fake: FakeDiscord, person: string): FakeMessage | undefined {
  const all = [...fake.guilds.values()].flatMap(({ channels }) =>
    [...channels.keys()].flatMap((id) => fake.visible(person, id)),
  );
  const last = all.filter(({ ephemeralTo }) => ephemeralTo === person).at(-1);
  return last && wordsIn(last).includes('Open again') ? last : undefined;
}

const valuesIn = (components: Parameters<typeof inputsIn>[0]): Record<string, string> =>
  Object.fromEntries(inputsIn(components).map((input) => [input.name, initialOf(input.part)]));

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Discord shows no such thing');
  return value;
}
