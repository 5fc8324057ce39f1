/** What happens in Discord while Greenroom is down, and what the whole program makes of it when it is back. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeMessage } from '../../support/fake-discord/types.ts';
import { eventually, type Member, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

const TUESDAY = '2027-03-02T08:00:30.000Z';

const said = (mark: string): string =>
  `${mark}: our release was stuck for two days, so I asked everyone what they had ruled out, and we found it together.`;

describe('while Greenroom is down', () => {
  let practice: Practice;
  afterEach(async () => {
    const { fake, logged } = practice;
    await practice.close();
    expect(fake.complaints).toEqual([]);
    expect(logged.filter(([level]) => level === 'error')).toEqual([]);
  });

  /** What is kept of answers, by their first word. */
  function kept(): string {
    const db = new Database(join(practice.folder, 'greenroom.db'), { readonly: true });
    const texts = db.prepare<[], { text: string }>('select text from answers').all();
    db.close();
    return texts
      .map(({ text }) => text.split(':')[0] ?? '')
      .toSorted((a, b) => a.localeCompare(b))
      .join(' ');
  }

  const isThere = ({ channel, deleted }: FakeMessage): boolean =>
    deleted !== true && !practice.fake.channel(channel).deleted;
  /** Questions in the channel that can be answered. */
  const openCards = (): FakeMessage[] =>
    practice.fake.posted().filter((one) => isThere(one) && /open until/.test(wordsIn(one)));

  async function begin(): Promise<{ ana: Member; bo: Member; cleo: Member; question: FakeMessage }> {
    practice = await openPractice(true);
    const ana = practice.someone('Ana', { admin: true });
    await ana.says('setup');
    await ana.fills({ channel: practice.channel.id, time: '09:00 Europe/Berlin' });
    await ana.sees('Running · 09:00');
    await ana.says('question');
    const question = await ana.sees(/open until/);
    return { ana, question, bo: practice.someone('Bo'), cleo: practice.someone('Cleo') };
  }

  it('answers that are written, changed and taken back are caught up, each once', async () => {
    const { ana, bo, cleo, question } = await begin();
    const mine = await ana.replies(question, said('ana-first'));
    const gone = await bo.replies(question, said('bo-first'));
    await ana.sees(/2 answers/);
    const { hands } = practice.fake;
    await practice.goTo('2027-03-01T08:40:00.000Z');
    await practice.restart(async () => {
      await hands.edit(ana.id, question.id, mine, said('ana-changed'));
      await hands.erase(bo.id, question.id, gone);
      await cleo.replies(question, said('cleo-first'));
    });
    await eventually(kept, 'ana-changed cleo-first');
    await ana.sees(/2 answers/);
    await practice.restart();
    await cleo.replies(question, said('cleo-more'));
    await ana.sees(/2 answers/);
    expect(kept()).toBe('ana-changed cleo-first');
    expect(practice.fake.threads()).toHaveLength(1);
  }, 60_000);

  it('the question and its thread go: the round ends without them, and the next one comes', async () => {
    const { ana, question } = await begin();
    const { fake, channel } = practice;
    await ana.replies(question, said('ana-first'));
    await ana.sees(/1 answer/);
    await practice.restart(async () => {
      await fake.hands.deleteChannel(question.id);
      await fake.hands.erase(ana.id, channel.id, question.id);
    });
    await practice.goTo(TUESDAY);
    await eventually(() => openCards().length, 1);
    await eventually(() => fake.threads().filter(({ deleted }) => !deleted).length, 1);
    expect(openCards()[0]?.id).not.toBe(question.id);
  }, 60_000);

  it('its channel goes: who set it up is told what to do, and nothing else of it is sent anywhere', async () => {
    const { ana } = await begin();
    const { fake, channel } = practice;
    await practice.restart(() => fake.hands.deleteChannel(channel.id));
    await practice.goTo(TUESDAY);
    await ana.sees(/could not be posted[^]*Settings/);
    expect(ana.dms().filter((words) => words.includes('could not be posted'))).toHaveLength(1);
    expect(openCards()).toEqual([]);
  }, 60_000);

  it('we are put out: nothing is sent there, and it goes on once we are asked in again', async () => {
    const { ana } = await begin();
    const { fake, guild, channel } = practice;
    let from = NaN;
    await practice.restart(async () => {
      // What was under way when it was stopped, such as the thread of the question, was sent in time.
      from = fake.calls.length;
      await fake.hands.kick(guild.id);
    });
    await practice.goTo(TUESDAY);
    await practice.restart();
    const inAgain = fake.clock.now();
    await fake.hands.invite(guild.id);
    await practice.goTo('2027-03-03T08:00:30.000Z');
    await ana.sees(/open until/);
    await eventually(() => openCards().length, 1);
    const meanwhile = fake.calls.slice(from).filter(({ at, path }) => at < inAgain && path.includes(channel.id));
    expect(meanwhile).toEqual([]);
  }, 60_000);
});
