/** People who opt in to mentorship, and what they find of it. */
import type { PersonId, Ref } from '../../../src/chat/ids.ts';
import { MINUTE, plus } from '../../../src/chat/world.ts';
import { features } from '../../../src/features/index.ts';
import { formIn, type Someone, textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import { openWorld, type TestWorld, type WorldOptions } from '../../support/world.ts';

export const on = (name: string, subject = '') => ({ feature: 'mentor', name, subject });

export const openTeam = (options: Partial<WorldOptions> = {}): Promise<TestWorld> =>
  openWorld({ features, ...options });

interface Opts {
  readonly role: 'mentor' | 'mentee' | 'both';
  readonly level?: string;
  readonly offers?: string;
  readonly wants?: string;
  readonly topics?: string;
  readonly zone?: string;
  readonly capacity?: number;
  readonly manager?: string;
  readonly never?: string;
}

/** Both steps of the profile. */
export async function joins(team: TestWorld, name: string, opts: Opts): Promise<Someone> {
  const { role, level = role === 'mentee' ? 'mid' : 'staff', zone = 'Europe/Berlin' } = opts;
  const one = team.someone(name, { zone });
  const { offers = role === 'mentee' ? '' : 'hiring', wants = role === 'mentor' ? '' : 'hiring', topics = '' } = opts;
  const first = await one.says('mentor profile');
  const page = await one.submits(first, { role, level, offers, wants, topics });
  if (page.kind !== 'show') throw new Error(textIn(page));
  const { manager = '', never = '', capacity = 1 } = opts;
  const limits = await one.press(on('limits'));
  const done = await one.submits(formIn(limits), { hours: '1', capacity: String(capacity), manager, never });
  if (done.kind !== 'show') throw new Error(textIn(done));
  return one;
}

/** The time in which people are gathered is over. */
export const gathered = (team: TestWorld): Promise<void> => team.at(plus(team.now(), 6 * MINUTE));

export const rowsOf = (team: TestWorld) =>
  team.store.read(async (tx) => ({
    pairs: await tx.selectFrom('mentor_pairs').selectAll().orderBy('id').execute(),
    members: await tx.selectFrom('mentor_members').selectAll().orderBy('person').execute(),
    offers: await tx.selectFrom('mentor_offers').selectAll().orderBy('id').execute(),
    requests: await tx.selectFrom('mentor_requests').selectAll().execute(),
    agenda: await tx.selectFrom('mentor_agenda').selectAll().orderBy('id').execute(),
    profiles: await tx.selectFrom('mentor_profiles').selectAll().execute(),
  }));

/** Everything anybody was sent except this person's own DMs, as text. */
export const toOthers = (team: TestWorld, person: string): string =>
  team.chat.arrived
    .filter((one) => !('to' in one && one.to.in === 'dm' && one.to.person === person))
    .map((one) => JSON.stringify(one))
    .join('\n');

export const agendaIn = (team: TestWorld): string => read(team.chat.named('mentor:agenda:').at(-1)?.message);

/** A message in the pair's room, picked with the shortcut. */
export const picksInRoom = (team: TestWorld, who: Someone, text: string, author?: PersonId, ref = 'r-agenda') => {
  const room = team.chat.named('mentor:room:').at(-1)?.name ?? '';
  return who.picks(on('agenda'), ref as Ref, room, text, author);
};

/** The choice on the newest offers of this person: their options as `[label, value]`. */
export function choicesOf(team: TestWorld, who: Someone) {
  const card = team.chat.dms(who.id).findLast(({ name }) => name.startsWith('mentor:offers:'))?.message;
  const block = card?.blocks.find(({ kind }) => kind === 'choice');
  if (block?.kind !== 'choice') throw new Error('nothing to choose');
  return block;
}

/** Chooses these people in this order. */
export async function ranks(team: TestWorld, who: Someone, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const block = choicesOf(team, who);
    const option = block.options.find(({ label }) => label === name);
    if (!option) throw new Error(`${name} is not offered`);
    await who.choose(block.on, option.value);
  }
}
