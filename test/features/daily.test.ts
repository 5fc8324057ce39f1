import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/chat/chat.ts';
import { daily } from '../../src/features/daily/index.ts';
import { setup } from '../../src/features/setup/index.ts';
import { formIn, textIn } from '../support/someone.ts';
import { read } from '../support/words.ts';
import { CHANNEL, openWorld, type TestWorld } from '../support/world.ts';

const LONG =
  'Last spring our release was stuck for two days, so I asked the team to list what they had ruled out, and we found the cause together.';

const practice = (at?: string): Promise<TestWorld> =>
  openWorld({ features: [setup, daily], ...(at === undefined ? {} : { at }) });
const question = (team: TestWorld, date: string) =>
  team.chat.posted.filter(({ name }) => name.endsWith(`:${date}`) && name.startsWith('daily:'));
const todayOf = (team: TestWorld, date = '2026-11-23') => {
  const post = question(team, date)[0];
  if (!post) throw new Error(`no question on ${date}`);
  return post;
};

describe('the daily question', () => {
  it('is asked at once when practice starts, and counts as today’s', async () => {
    const team = await practice();
    expect(read(todayOf(team).message)).toContain('[Answer] [How to answer] [Give feedback]');
    await team.at('2026-11-23T12:00:00.000Z');
    expect(question(team, '2026-11-23')).toHaveLength(1);
  });

  it('comes at nine local time on working days, and not at weekends', async () => {
    const team = await practice();
    await team.at('2026-11-30T08:00:00.000Z');
    const sent = team.chat.channel(CHANNEL).filter(({ name }) => name.startsWith('daily:'));
    expect(sent.map(({ at }) => at)).toEqual([
      '2026-11-23T07:00:00.000Z',
      '2026-11-24T08:00:00.000Z',
      '2026-11-25T08:00:00.000Z',
      '2026-11-26T08:00:00.000Z',
      '2026-11-27T08:00:00.000Z',
      '2026-11-30T08:00:00.000Z',
    ]);
  });

  it('takes the first long reply in the thread as the answer and short ones as talk', async () => {
    const team = await practice();
    const post = todayOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, 'Good one!');
    expect(read(post.message)).toContain('No answer yet.');
    await bo.replies(post.name, LONG);
    await bo.replies(post.name, `${LONG} And here is some more talk about it.`);
    expect(read(post.message)).toContain('1 answer so far.');
    expect(bo.inbox().join()).toContain('Which level do you practise for?');
  });

  it('takes an answer by the form, shows it in the thread and follows its change', async () => {
    const team = await practice();
    const post = todayOf(team);
    const bo = team.someone('Bo');
    const form = formIn(await bo.presses('Answer'));
    expect(form.fields.map(({ name }) => name)).toEqual(['level', 'answer', 'setup', 'action', 'result']);
    expect(textIn(await bo.submits(form, { level: 'senior', answer: '  ' }))).toContain('Write your answer');
    expect(textIn(await bo.submits(form, { level: 'senior', action: 'I asked.' }))).toContain('Shared');
    expect(read(team.chat.thread(post.name)[0]?.message)).toContain('Action: I asked.');
    const again = formIn(await bo.presses('Answer'));
    expect(again.fields[0]).toMatchObject({ name: 'answer', value: 'Action: I asked.' });
    await bo.submits(again, { answer: 'I asked twice.' });
    const thread = team.chat.thread(post.name);
    expect(thread).toHaveLength(1);
    expect(read(thread[0]?.message)).toContain('I asked twice.');
    expect(read(post.message)).toContain('1 answer so far.');
  });

  it('closes on the next working day, reveals the model answer, and takes late answers', async () => {
    const team = await practice();
    const post = todayOf(team);
    const bo = team.someone('Bo');
    await bo.replies(post.name, LONG);
    await team.at('2026-11-24T08:00:00.000Z');
    const digest = team.chat.thread(post.name).at(-1);
    expect(read(digest?.message)).toContain('One answer.');
    expect(read(digest?.message)).toContain('What good looks like');
    expect(read(post.message)).toContain('[Give feedback] [Answer late]');
    expect(textIn(await bo.presses('Model answer: mid'))).toContain('A model answer');
    const chen = team.someone('Chen');
    await chen.replies(post.name, LONG);
    expect(read(post.message)).toContain('2 answers.');
  });

  it('is recorded as missed, and said so, when nobody ran for more than twelve hours', async () => {
    const team = await practice();
    await team.jump('2026-11-25T21:30:00.000Z');
    expect(question(team, '2026-11-24')).toHaveLength(0);
    expect(question(team, '2026-11-25')).toHaveLength(0);
    const ana = team.someone('Ana');
    expect(ana.inbox().join()).toContain('The question of 2026-11-24 was not posted');
    await team.at('2026-11-26T08:00:00.000Z');
    expect(question(team, '2026-11-26')).toHaveLength(1);
  });

  it('pauses its schedule after three days of failing, telling its maker each time', async () => {
    const team = await practice();
    const refused = new DeliveryError('channel_not_found', { effect: 'none', retry: 'never' });
    const schedule = todayOf(team).name.split(':')[1] ?? '';
    for (const date of ['2026-11-24', '2026-11-25', '2026-11-26'])
      team.chat.troubles.push({ about: `daily:${schedule}:${date}`, trouble: { error: refused, effect: 'before' } });
    await team.at('2026-11-30T12:00:00.000Z');
    const inbox = team.someone('Ana').inbox().join('\n');
    expect(inbox).toContain('The question of 2026-11-24 could not be posted: channel_not_found');
    expect(inbox).toContain('so the schedule pauses');
    expect(question(team, '2026-11-27')).toHaveLength(0);
  });
});
