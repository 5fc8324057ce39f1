/** The whole program with a Discord server: real store, real discord.js, the fake platform, and a clock both of them share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Log } from '../../../src/chat/world.ts';
import { msOf } from '../../../src/chat/world.ts';
import { readConfig } from '../../../src/config.ts';
import { openClock } from '../../../src/core/clock.ts';
import { type Greenroom, serve } from '../../../src/main.ts';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { Answered, FakeChannel, FakeDiscord, FakeGuild, FakeMessage } from '../../support/fake-discord/types.ts';
import { wordsIn, wordsOfModal } from './words.ts';

/** A Monday, 09:30 in Berlin. */
export const MONDAY = '2027-03-01T08:30:00.000Z';
const HOW_LONG = { timeout: 15_000, interval: 10 };

export interface Practice {
  readonly fake: FakeDiscord;
  readonly guild: FakeGuild;
  readonly channel: FakeChannel;
  /** Where the program keeps what it knows. */
  readonly folder: string;
  /** `[level, what, facts]` of what was logged. */
  readonly logged: (readonly [string, string, unknown])[];
  greenroom: Greenroom;
  someone(name: string, facts?: { readonly admin?: boolean }): Member;
  /** Both clocks go on to `at`. */
  goTo(at: string): Promise<void>;
  /** Ends the program and starts it again on the same folder. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A person of the server. */
export interface Member {
  readonly id: string;
  /** `/practice …` in the channel. */
  says(words: string, options?: Readonly<Record<string, unknown>>): Promise<Answered>;
  /** The newest message they can see in the channel, its threads or their DM that reads so. */
  sees(words: string | RegExp): Promise<FakeMessage>;
  presses(label: string, on?: string | RegExp): Promise<Answered>;
  /** The form they have open, in words. */
  form(): string;
  fills(values: Readonly<Record<string, string>>): Promise<Answered>;
  /** In the thread under a question. */
  replies(under: FakeMessage, text: string): Promise<string>;
  /** Everything in their DM, newest last. */
  dms(): readonly string[];
}

export async function openPractice(content: boolean, at = MONDAY): Promise<Practice> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-discord-'));
  const fake = await openFakeDiscord({ identifyEveryMs: 0 });
  fake.contentSwitch = content;
  const world = openClock();
  const goTo = async (to: string): Promise<void> => {
    world.setOffset(world.offset() + Date.parse(to) - msOf(world.now()));
    await fake.clock.advance(Date.parse(to) - fake.clock.now());
  };
  await goTo(at);
  const guild = fake.addGuild('Acme');
  const channel = guild.addChannel('interview-practice');
  const logged: (readonly [string, string, unknown])[] = [];
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    DISCORD_TOKEN: fake.token,
    DISCORD_APPLICATION_ID: fake.applicationId,
    DISCORD_API_URL: fake.apiUrl,
    DISCORD_MESSAGE_CONTENT: content ? '1' : '0',
  });
  const begin = (): Promise<Greenroom> => serve(config, 'Europe/Berlin', logInto(logged), world);
  const practice: Practice = {
    fake,
    guild,
    channel,
    folder,
    logged,
    greenroom: await begin(),
    someone(name, facts = {}) {
      const { id } = fake.addUser(name);
      fake.join(guild.id, id, facts);
      return memberOf(practice, id);
    },
    goTo,
    async restart(meanwhile) {
      await practice.greenroom.stop();
      await meanwhile?.();
      practice.greenroom = await begin();
    },
    async close() {
      await practice.greenroom.stop();
      await fake.close();
      await rm(folder, { recursive: true });
    },
  };
  return practice;
}

const logInto = (lines: (readonly [string, string, unknown])[]): Log => ({
  info: (what, facts) => void lines.push(['info', what, facts]),
  warn: (what, facts) => void lines.push(['warn', what, facts]),
  error: (what, facts) => void lines.push(['error', what, facts]),
});

/** What a person sees in the server and in their DM, oldest first. */
function sightOf({ fake, guild }: Practice, user: string): FakeMessage[] {
  const places = [...guild.channels.keys(), ...fake.threads().map(({ id }) => id), fake.dm(user).id];
  const all = [...new Set(places)].flatMap((id) => fake.visible(user, id));
  return all.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

const reads = (message: FakeMessage, words: string | RegExp): boolean =>
  typeof words === 'string' ? wordsIn(message).includes(words) : words.test(wordsIn(message));

function memberOf(practice: Practice, user: string): Member {
  const { fake, guild, channel } = practice;
  const { hands } = fake;
  const find = (words: string | RegExp) => sightOf(practice, user).findLast((message) => reads(message, words));
  const sees = async (words: string | RegExp): Promise<FakeMessage> => {
    await expect.poll(() => (find(words) ? '' : sightOf(practice, user).map(wordsIn)), HOW_LONG).toBe('');
    return find(words)!;
  };
  const ok = (answered: Answered): Answered => {
    expect(answered).toMatchObject({ ok: true });
    return answered;
  };
  return {
    id: user,
    sees,
    says: async (words, options = {}) =>
      ok(await hands.command(guild.id, user, channel.id, 'practice', words.split(' '), options)),
    async presses(label, words) {
      const message = await sees(words ?? label);
      return ok(await hands.press(user, message.channel, message.id, label));
    },
    form: () => wordsOfModal(fake.modal(user) ?? { title: '', components: [] }),
    fills: async (values) => ok(await hands.submit(user, values)),
    async replies(under, text) {
      await expect.poll(() => fake.threads().some(({ id }) => id === under.id), HOW_LONG).toBe(true);
      return hands.write(user, under.id, text);
    },
    dms: () => fake.visible(user, fake.dm(user).id).map(wordsIn),
  };
}

/** Polls until `look` says what `is` expects. */
export async function eventually(look: () => unknown, is: unknown): Promise<void> {
  await expect.poll(look, HOW_LONG).toBe(is);
}
