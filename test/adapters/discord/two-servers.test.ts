/** Two servers on one bot, and people who are in both: nothing of one is ever seen or sent in the other. */
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeChannel, FakeGuild, FakeMessage } from '../../support/fake-discord/types.ts';
import { eventually, openPractice, type Practice } from './practice.ts';
import { wordsIn, wordsOfModal } from './words.ts';

interface Side {
  readonly guild: FakeGuild;
  readonly channel: FakeChannel;
  /** Stands in every answer of this server. */
  readonly mark: string;
}

describe('two servers on one bot', () => {
  let practice: Practice;
  afterEach(() => practice.close());

  const shows = (user: string, where: string, words: RegExp): FakeMessage | undefined =>
    practice.fake.visible(user, where).findLast((message) => words.test(wordsIn(message)));
  async function sees(user: string, where: string, words: RegExp): Promise<FakeMessage> {
    await eventually(() => shows(user, where, words) !== undefined, true);
    return shows(user, where, words)!;
  }

  /** Everybody of them answers today's question there. */
  async function practise(side: Side, people: readonly string[]): Promise<void> {
    const { hands } = practice.fake;
    const [admin = ''] = people;
    const { guild, channel, mark } = side;
    for (const id of people) practice.fake.join(guild.id, id, { admin: id === admin });
    await hands.command(guild.id, admin, channel.id, 'practice', ['setup'], {});
    await hands.submit(admin, { channel: channel.id, time: '09:00 Europe/Berlin' });
    await sees(admin, channel.id, /Running/);
    await hands.command(guild.id, admin, channel.id, 'practice', ['question'], {});
    const question = await sees(admin, channel.id, /open until/);
    await eventually(() => practice.fake.threads().some(({ id }) => id === question.id), true);
    for (const id of people) {
      const text = `${mark}: the release was stuck for two days, so I asked everyone what they had ruled out, and we found it.`;
      await hands.write(id, question.id, text);
    }
    await sees(admin, channel.id, new RegExp(`${people.length} answers`));
  }

  async function begin(): Promise<{ sides: readonly [Side, Side]; ana: string; bo: string }> {
    practice = await openPractice(true);
    const { fake, guild, channel } = practice;
    const other = fake.addGuild('Bee');
    const acme = { guild, channel, mark: 'canary-acme' };
    const bee = { guild: other, channel: other.addChannel('bee-practice'), mark: 'canary-bee' };
    const ana = fake.addUser('Ana').id;
    const bo = fake.addUser('Bo').id;
    await practise(acme, [ana, bo]);
    await practise(bee, [ana, bo]);
    await practice.goTo('2027-03-02T08:00:30.000Z');
    return { sides: [acme, bee], ana, bo };
  }

  it('a button in a DM, also one below an answer to a button, belongs to the server it came from', async () => {
    const { sides, ana } = await begin();
    const { fake } = practice;
    const dm = fake.dm(ana).id;
    for (const { mark } of sides) await sees(ana, dm, new RegExp(`A review for you[^]*${mark}`));
    for (const { mark } of sides) {
      const card = await sees(ana, dm, new RegExp(`A review for you[^]*${mark}`));
      await fake.hands.press(ana, dm, card.id, 'What the steps mean');
      const steps = await sees(ana, dm, /The steps at/);
      expect(await fake.hands.press(ana, dm, steps.id, 'Review')).toMatchObject({ type: 9 });
      expect(wordsOfModal(fake.modal(ana)!)).toContain('Keep and change');
      const comment = `Keep: When you said “${mark}: the release was stuck”, I saw it.\n\nChange: Next time, tell me sooner what came of it.`;
      await fake.hands.submit(ana, { setup: '4', action: '4', result: '3', reach: '3', comment });
      const given = await sees(ana, dm, /Review given/);
      expect(await fake.hands.press(ana, dm, given.id, 'Change it')).toMatchObject({ type: 9 });
      fake.hands.dismiss(ana);
    }
    expect(fake.complaints).toEqual([]);
  }, 60_000);

  it('what is said in one never goes out to the other', async () => {
    const { sides } = await begin();
    const { fake } = practice;
    await eventually(() => fake.posted().filter((one) => wordsIn(one).includes('A review for you')).length, 4);
    for (const side of sides) {
      const there = new Set<string>(side.guild.channels.keys());
      for (const thread of fake.threads()) if (there.has(thread.parent ?? '')) there.add(thread.id);
      const alien = sides.find((one) => one !== side)!;
      const calls = fake.calls.filter(({ path }) => [...there, side.guild.id].some((id) => path.includes(id)));
      expect(calls.length).toBeGreaterThan(3);
      const said = JSON.stringify(calls.map(({ path, body }) => [path, body]));
      for (const word of [alien.mark, alien.guild.id, alien.channel.id]) expect(said).not.toContain(word);
    }
    expect(JSON.stringify(practice.logged)).not.toMatch(/canary-/);
  }, 60_000);
});
