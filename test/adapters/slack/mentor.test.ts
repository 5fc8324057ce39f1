/** Mentorship on Slack: profiles, a match, the group message with its agenda, a check-in, a fresh match, the close. */
import { afterEach, expect, it } from 'vitest';
import type { FakeMessage } from '../../support/fake-slack/types.ts';
import { eventually, type Member, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

let practice: Practice;
afterEach(() => practice.close());

/** Both steps of the profile; the zone is Slack's own. */
async function joins(member: Member, about: Readonly<Record<string, string>>, never = ''): Promise<void> {
  await member.says('mentor profile');
  expect(await member.form()).toContain('Mentorship: about you');
  expect(await member.fills(about)).toContain('One step is left');
  await member.says('mentor');
  await member.presses('Time and limits');
  expect(await member.form()).not.toContain('Your time zone');
  await member.fills({ hours: '1', capacity: '1', ...(never === '' ? {} : { never }) });
}

const isAfresh = (words: string): boolean => words.includes('can be matched afresh');
const MENTOR = { role: 'mentor', level: 'staff', offers: 'hiring' };

/** The value of the option with that label in a message's select. */
function valueOf(message: FakeMessage, label: string): string {
  const options = JSON.stringify(message.blocks).match(/\{"text":\{[^{}]*\},"value":"[^"]*"\}/g) ?? [];
  const read = options.map((one) => JSON.parse(one) as { text: { text: string }; value: string });
  return read.find(({ text }) => text.text === label)?.value ?? '';
}

/** The thread of the pair's group message, as one of them sees it. */
function roomOf(member: Member): { channel: string; root: string; words: readonly string[] } {
  const group = [...practice.workspace.channels.values()].find(
    ({ kind, members }) => kind === 'mpim' && members.has(member.id),
  );
  const root =
    group && practice.workspace.visible(member.id, group.id).find((one) => wordsIn(one).includes('Mentorship:'));
  if (!group || !root) return { channel: '', root: '', words: [] };
  const thread = practice.workspace.visible(member.id, group.id, root.ts);
  return { channel: group.id, root: root.ts, words: thread.map(wordsIn) };
}

it('on Slack leads from a profile to a pair, its agenda, a fresh match and the close', async () => {
  practice = await openPractice('socket');
  const ana = practice.someone('Ana');
  const bo = practice.someone('Bo');
  const cleo = practice.someone('Cleo');
  const unwanted = practice.someone('Zoe');
  await joins(bo, MENTOR, unwanted.id);
  await joins(ana, { role: 'mentee', level: 'mid', wants: 'hiring' });
  await practice.goTo('2027-03-01T08:45:00.000Z');

  const offers = await ana.sees('Mentors for you');
  expect(wordsIn(offers)).toContain('strong in hiring, two levels above, 40 shared hours a week');
  const on = { channel: offers.channel, ts: offers.ts };
  await practice.fake.hands.choose(practice.workspace.id, ana.id, on, valueOf(offers, 'bo'));
  await bo.sees('You mentor');
  await ana.sees('mentors you from now on');

  await eventually(() => roomOf(ana).words.some((words) => words.includes('Three to pick from')), true);
  const { channel, root } = roomOf(ana);
  const said = await practice.fake.hands.write(
    practice.workspace.id,
    ana.id,
    channel,
    'How do I say no to a candidate?',
    { threadTs: root },
  );
  await practice.fake.hands.shortcut(practice.workspace.id, bo.id, { channel, ts: said }, 'mentor.agenda:');
  await eventually(
    () => roomOf(bo).words.some((words) => words.includes('Next: How do I say no to a candidate?')),
    true,
  );
  expect(practice.workspace.visible(cleo.id, channel)).toEqual([]);

  await practice.goTo('2027-03-15T09:00:00.000Z');
  await ana.presses('I’d rather have somebody else', 'Two weeks in');
  await ana.sees('Somebody else?');
  await ana.presses('Match me afresh', 'Somebody else?');
  // What was said before, and what is said now; the clock goes on once both are there.
  for (const one of [ana, bo]) await eventually(() => one.dms().filter(isAfresh).length, 2);
  await joins(cleo, MENTOR);
  await practice.goTo('2027-03-15T09:10:00.000Z');
  await eventually(() => ana.dms().at(-1)?.includes('One mentor fits you') === true, true);
  await practice.goTo('2027-03-17T09:20:00.000Z');
  await cleo.sees('You mentor');
  await practice.goTo('2027-06-10T09:00:00.000Z');
  await cleo.presses('Write a closing note', 'Twelve weeks');
  await cleo.fills({ text: 'You ask better questions than I did.' });
  await ana.sees('You ask better questions than I did.');
  expect(bo.dms().join('\n')).not.toContain('better questions');
  const posts = practice.fake.calls.filter(({ method }) => /^(?:chat|conversations)\./.test(method));
  expect(posts.length).toBeGreaterThan(10);
  expect(JSON.stringify(posts)).not.toContain(unwanted.id);
  expect(practice.fake.complaints).toEqual([]);
  expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
}, 120_000);
