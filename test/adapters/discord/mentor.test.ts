/** Mentorship on Discord: profiles, a match, the private thread with its agenda, a check-in, a fresh match, the close. */
import { afterEach, expect, it } from 'vitest';
import type { FakeChannel, FakeMessage } from '../../support/fake-discord/types.ts';
import { eventually, type Member, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

let practice: Practice;
afterEach(() => practice.close());

/** Both steps of the profile; Discord tells no zone, so it is asked. */
async function joins(member: Member, about: Readonly<Record<string, string>>, never = ''): Promise<void> {
  await member.says('mentor profile');
  expect(member.form()).toContain('Mentorship: about you');
  await member.fills(about);
  await member.says('mentor home');
  await member.presses('Time and limits');
  expect(member.form()).toContain('Your time zone');
  await member.fills({ hours: '1', capacity: '1', zone: 'Europe/Berlin', ...(never === '' ? {} : { never }) });
}

const isAfresh = (words: string): boolean => words.includes('can be matched afresh');
const MENTOR = { role: 'mentor', level: 'staff', offers: 'hiring' };

/** The value of the option with that label in a message's select. */
function valueOf(message: FakeMessage, label: string): string {
  const options = JSON.stringify(message.components).match(/\{[^{}]*"value":"[^"]*"[^{}]*\}/g) ?? [];
  const read = options.map((one) => JSON.parse(one) as { label: string; value: string });
  return read.find((one) => one.label === label)?.value ?? '';
}

const room = (): FakeChannel | undefined => practice.fake.threads().find(({ kind }) => kind === 'private thread');
const wordsInRoom = (member: Member): string =>
  practice.fake
    .visible(member.id, room()?.id ?? '')
    .map(wordsIn)
    .join('\n');

it('on Discord leads from a profile to a pair, its agenda, a fresh match and the close', async () => {
  practice = await openPractice(true);
  const ana = practice.someone('Ana');
  const bo = practice.someone('Bo');
  const cleo = practice.someone('Cleo');
  const unwanted = practice.someone('Zoe');
  await joins(bo, MENTOR, unwanted.id);
  await joins(ana, { role: 'mentee', level: 'mid', wants: 'hiring' });
  await practice.goTo('2027-03-01T08:45:00.000Z');

  const offers = await ana.sees('Mentors for you');
  expect(wordsIn(offers)).toContain('strong in hiring, two levels above, 40 shared hours a week');
  // Nobody is as quick as a test: a card in a DM is answered once the program knows that it stands there.
  await eventually(async () => {
    const value = valueOf(offers, 'Bo');
    if (value !== '') await practice.fake.hands.choose(ana.id, offers.channel, offers.id, value);
    return value;
  }, '');
  await bo.sees('You mentor');
  await ana.sees('mentors you from now on');

  await eventually(() => room() !== undefined && wordsInRoom(ana).includes('Three to pick from'), true);
  const said = await practice.fake.hands.write(ana.id, room()!.id, 'How do I say no to a candidate?');
  await practice.fake.hands.pick(practice.guild.id, bo.id, room()!.id, said, 'Add to agenda');
  await eventually(() => wordsInRoom(bo).includes('Next: How do I say no to a candidate?'), true);
  expect(room()?.members).not.toContain(cleo.id);

  await practice.goTo('2027-03-15T09:00:00.000Z');
  await ana.presses('I’d rather have somebody else', 'Two weeks in');
  await ana.presses('Match me afresh', 'Somebody else?');
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
  const posts = practice.fake.calls.filter(({ route }) => route.startsWith('/channels/'));
  expect(posts.length).toBeGreaterThan(10);
  expect(JSON.stringify(posts)).not.toContain(unwanted.id);
  expect(practice.fake.complaints).toEqual([]);
  expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
}, 120_000);
