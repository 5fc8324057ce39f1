/** The two minutes of a team on Discord: set-up, today's question and its thread, answers, the close, reviews, a result. */
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeMessage } from '../../support/fake-discord/types.ts';
import { eventually, type Member, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

const ANA_SAID =
  'A new colleague had been stuck for two days on a flaky import. I asked her to show me what she had ruled out, ' +
  'and we found the stale cache in an hour. I wrote the first checks down, and the next person needed ten minutes.';
const BO_SAID =
  'Our nightly run failed three times & the owner said it was <nearly> there. I sat down beside him, asked for the ' +
  'smallest case that fails, and we agreed on a time to call for help. It worked the same evening.';
const CLEO_SAID =
  'Two teams wanted the same week of testing. I wrote down what each would lose by waiting, let both read it, and ' +
  'asked them to choose together. They split the week, and the release went out with one day of delay.';

const quote = (said: string): string => said.split(' ').slice(2, 9).join(' ');
const SCORES = { setup: '4', action: '4', result: '3', reach: '3' };

describe.each([true, false])('on Discord (message content: %s), the first two minutes', (content) => {
  let practice: Practice;
  afterEach(() => practice.close());

  /** Set up the channel, and ask at once. */
  async function begins(ana: Member): Promise<FakeMessage> {
    await ana.says('setup');
    expect(ana.form()).toContain('Daily question');
    await ana.fills({ channel: practice.channel.id, time: '09:00 Europe/Berlin' });
    await ana.sees('Running · 09:00');
    await ana.says('question');
    return ana.sees(/open until/);
  }

  /** In the thread where it can be read, else by the form. */
  async function answers(member: Member, question: FakeMessage, text: string): Promise<void> {
    if (content) return void (await member.replies(question, text));
    await member.presses('Answer', /open until/);
    await member.fills({ answer: text });
  }

  const requests = (member: Member): string[] => member.dms().filter((words) => words.includes('I can’t this time'));

  /** Gives every review that waits in the DM of this person. */
  async function reviews(member: Member, count: number): Promise<void> {
    await eventually(() => requests(member).length, count);
    for (let left = count; left > 0; left -= 1) {
      const request = await member.sees(/I can’t this time/);
      const words = wordsIn(request);
      const said = [ANA_SAID, BO_SAID, CLEO_SAID].find((text) => words.includes(quote(text)));
      expect(said).toBeDefined();
      await member.presses('Review', /I can’t this time/);
      const comment = `Keep: When you said “${quote(said!)}”, I saw how you think.\n\nChange: Next time, tell me sooner what came of it.`;
      await member.fills({ ...SCORES, comment });
      await eventually(() => requests(member).length, left - 1);
    }
  }

  it('lead from set-up to what peers wrote about one’s own answer', async () => {
    practice = await openPractice(content);
    const ana = practice.someone('Ana', { admin: true });
    const bo = practice.someone('Bo');
    const cleo = practice.someone('Cleo');

    const question = await begins(ana);
    await answers(ana, question, ANA_SAID);
    await ana.sees(/1 answer/);
    await bo.presses('Answer', /open until/);
    await bo.fills({ answer: BO_SAID });
    await bo.sees(/2 answers/);
    await answers(cleo, question, CLEO_SAID);
    await cleo.sees(/3 answers/);

    await practice.goTo('2027-03-02T08:00:30.000Z');
    await ana.sees('What good looks like');
    for (const member of [ana, bo, cleo]) {
      await reviews(member, 2);
      await member.presses('Rate my answer');
      await member.fills(SCORES);
    }
    await ana.sees('Keep: When you said');
    expect(ana.dms().filter((words) => words.includes('Feedback:'))).toHaveLength(1);
    expect(bo.dms().join('\n')).not.toContain(`${quote(ANA_SAID)}”, I saw`);
    expect(practice.fake.complaints).toEqual([]);
    expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
  }, 60_000);
});
