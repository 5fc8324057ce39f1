/** A mock's stage on Discord: the real program with discord.js, and the fake server with its rooms as private threads. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { FakeMessage } from '../../support/fake-discord/types.ts';
import { type Member, openPractice, type Practice } from '../discord/practice.ts';
import { wordsIn } from '../discord/words.ts';
import { hasButton } from './buttons.ts';
import type { Actor, Stage } from './stage.ts';

const HOW_LONG = { timeout: 15_000, interval: 10 };

function sightOf({ fake, guild }: Practice, user: string): FakeMessage[] {
  const places = [...guild.channels.keys(), ...fake.threads().map(({ id }) => id), fake.dm(user).id];
  return [...new Set(places)]
    .flatMap((id) => fake.visible(user, id))
    .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/** A DM names no server, so a press there is known by its card; nobody is as quick as a test, which waits until that is kept. */
async function linked({ folder }: Practice): Promise<void> {
  const db = new Database(join(folder, 'greenroom.db'), { readonly: true });
  const waiting = (): unknown =>
    db.prepare("select count(*) as n from outbox where state in ('ready', 'sending')").pluck().get();
  try {
    await expect.poll(waiting, HOW_LONG).toBe(0);
  } finally {
    db.close();
  }
}

const filesIn = (message: FakeMessage): string =>
  message.attachments.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n');

function actorOf(practice: Practice, member: Member, name: string): Actor {
  const { fake, guild, channel } = practice;
  const user = member.id;
  const words = (): string =>
    sightOf(practice, user)
      .map((one) => `${wordsIn(one)}\n${filesIn(one)}`)
      .join('\n');
  const withButton = async (label: string): Promise<FakeMessage> => {
    const find = () => sightOf(practice, user).findLast(({ components }) => hasButton(components, label));
    await expect.poll(() => find() !== undefined, { ...HOW_LONG, message: `${name} sees no ${label}` }).toBe(true);
    return find()!;
  };
  return {
    id: user,
    async mock(level, partner) {
      const options = partner === undefined ? { level } : { level, partner: partner.id };
      expect(await fake.hands.command(guild.id, user, channel.id, 'mock', [], options)).toMatchObject({ ok: true });
    },
    sees: async (text) => {
      await expect.poll(words, { ...HOW_LONG, message: `${name} should see ${text}` }).toContain(text);
    },
    async presses(label) {
      const message = await withButton(label);
      await linked(practice);
      expect(await fake.hands.press(user, message.channel, message.id, label)).toMatchObject({ ok: true });
    },
    async fills(values) {
      await expect.poll(() => fake.modal(user) !== undefined, HOW_LONG).toBe(true);
      await member.fills(values);
    },
    async writes(text) {
      const card = await withButton('That is my answer');
      await fake.hands.write(user, card.channel, text);
      // The gateway has carried it; the line under it says that it is kept.
      await expect.poll(async () => (await withButton('That is my answer')).id !== card.id, HOW_LONG).toBe(true);
    },
    everything: async () => words(),
  };
}

export async function discordStage(): Promise<Stage> {
  const practice = await openPractice(true);
  const people = { Ana: practice.someone('Ana', { admin: true }), Bo: practice.someone('Bo') };
  return {
    async begin() {
      await people.Ana.says('setup');
      await people.Ana.fills({ channel: practice.channel.id, time: '09:00 Europe/Berlin' });
      await people.Ana.sees('Running · 09:00');
    },
    someone: (name) => actorOf(practice, people[name], name),
    pass: (minutes) => practice.goTo(new Date(practice.fake.clock.now() + minutes * 60_000).toISOString()),
    trouble: () => [...practice.fake.complaints, ...practice.logged.filter(([level]) => level === 'error')],
    close: () => practice.close(),
  };
}
