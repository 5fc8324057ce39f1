/** Mentorship in the local chat: profiles, a match, the private thread with its agenda, a check-in, a fresh match, the close. */
import { afterEach, expect, it } from 'vitest';
import type { MessageView } from '../../../adapters/local/view.ts';
import { type LocalMember, openWhole, type Whole } from './whole.ts';
import { wordsOf } from './words.ts';

let practice: Whole;
afterEach(() => practice.close());

/** Both steps of the profile. */
async function joins(member: LocalMember, about: Readonly<Record<string, string>>, never = ''): Promise<void> {
  await member.says('mentor profile');
  await member.fills(about);
  await member.presses('Time and limits');
  await member.fills({ hours: '1', capacity: '1', ...(never === '' ? {} : { never }) });
}

const MENTOR = { role: 'mentor', level: 'staff', offers: 'hiring' };
const MENTEE = { role: 'mentee', level: 'mid', wants: 'hiring' };

/** The thread of Ana's pair, as this person sees it. */
async function inRoom(person: string): Promise<readonly MessageView[]> {
  const { rooms } = await practice.page.start(person);
  const [room] = rooms;
  return room ? practice.page.messages(person, `room ${room.ref}`) : [];
}
const agenda = async (person: string): Promise<string> => (await inRoom(person)).map(wordsOf).join('\n');

/** Puts the only offer first. */
async function takes(ana: LocalMember): Promise<void> {
  const offers = await ana.sees('One mentor fits you');
  const block = offers.card?.blocks.find(({ kind }) => kind === 'choice');
  if (block?.kind !== 'choice') throw new Error('nothing to choose');
  const value = block.options[0]?.value;
  await practice.page.post('ana', 'choose', { ref: offers.ref, on: block.on, value });
}

it('in the local chat leads from a profile to a pair, its agenda, a fresh match and the close', async () => {
  practice = await openWhole();
  const ana = practice.someone('ana');
  const bo = practice.someone('bo');
  const chen = practice.someone('chen');
  await joins(bo, MENTOR);
  await joins(ana, MENTEE);
  await practice.passUntil(() => ana.finds('One mentor fits you'));
  await takes(ana);
  await practice.passUntil(() => bo.finds('You mentor'));
  await expect.poll(() => agenda('ana')).toContain('Three to pick from');

  const [root] = (await practice.page.start('ana')).rooms;
  const said = await practice.page.post('ana', 'say', { place: `room ${root!.ref}`, text: 'How do I say no?' });
  const { shortcuts } = (await practice.page.start('bo')).surface;
  const on = shortcuts.find(({ label }) => label === 'Add to agenda')?.on;
  await practice.page.post('bo', 'pick', { ref: said.kind === 'said' ? said.ref : '', on });
  await expect.poll(() => agenda('bo')).toContain('Next: How do I say no?');
  expect((await practice.page.start('chen')).rooms).toEqual([]);

  await practice.passUntil(() => ana.finds('Two weeks in'));
  await ana.presses('I’d rather have somebody else', 'Two weeks in');
  await ana.presses('Match me afresh', 'Somebody else?');
  await bo.sees('can be matched afresh');
  await joins(chen, MENTOR);
  await practice.passUntil(() => ana.finds('One mentor fits you'));
  await takes(ana);
  await practice.passUntil(() => chen.finds('You mentor'));
  for (let n = 0; n < 4; n += 1) await practice.passUntil(() => chen.finds('Twelve weeks'));
  await chen.presses('Write a closing note', 'Twelve weeks');
  await chen.fills({ text: 'You ask better questions than I did.' });
  await ana.sees('You ask better questions than I did.');
  expect((await bo.dms()).join('\n')).not.toContain('better questions');
  expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
}, 180_000);
