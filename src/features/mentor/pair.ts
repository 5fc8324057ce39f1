/** A pair begins, has a place to meet, and ends: by its term, by somebody's wish, or because somebody left. */
import type { ChannelId, Instant, PersonId } from '../../chat/ids.ts';
import { MINUTE, plus } from '../../chat/world.ts';
import type { Turn } from '../../core/feature.ts';
import { levelOf } from '../../rubric/lens.ts';
import { schedulesOf } from '../../store/schedules.ts';
import { addPair, changePair, entriesOf, findPair, type Member, membersOf, type Pair } from './pair-queries.ts';
import { agendaCard, endedCard, introCard, roomTitle } from './pair-views.ts';
import { partsOf, usualZone, zoneOf } from './people.ts';
import { agendaPost, endedPost, introPost, rewrite, roomPost, write } from './posts.ts';
import { promptsFor } from './prompts.ts';
import { findProfile } from './queries.ts';
import { CHECK_IN_MS } from './rules.ts';

/** People who come at the same time are matched together. */
const GATHER_MS = 5 * MINUTE;

/** Look for mentors again soon: somebody came, or somebody has room. */
export const matchSoon = (turn: Turn): Promise<void> => turn.wake('match', 'team', plus(turn.now, GATHER_MS));

export interface NewPair {
  readonly kind: Pair['kind'];
  readonly members: readonly { readonly person: PersonId; readonly role: Member['role'] }[];
  readonly about: string;
  readonly reasons: string;
  readonly ends: Instant;
}

export async function startPair(turn: Turn, of: NewPair): Promise<Pair> {
  const near = await nearFor(
    turn,
    of.members.map(({ person }) => person),
  );
  const pair: Pair = {
    id: turn.newId(),
    team: turn.team.id,
    kind: of.kind,
    about: of.about,
    started: turn.now,
    ends: of.ends,
    state: 'active',
    why: null,
    ended: null,
    near,
    rooms: near === null ? 0 : 1,
    room: near === null ? 'none' : 'coming',
  };
  const blank = { pair: pair.id, team: turn.team.id, met: null, closing: null };
  await addPair(
    turn.tx,
    pair,
    of.members.map((member) => ({ ...blank, ...member })),
  );
  if (near !== null) await sendRoom(turn, pair, near);
  for (const member of of.members) await sayHello(turn, pair, of, member);
  if (of.kind === 'mentor') await turn.wake('check-in', pair.id, plus(turn.now, CHECK_IN_MS));
  await turn.wake('closing', pair.id, of.ends);
  return pair;
}

async function sayHello(turn: Turn, pair: Pair, of: NewPair, member: NewPair['members'][number]): Promise<void> {
  const others = of.members.filter(({ person }) => person !== member.person).map(({ person }) => person);
  const as = member.role === 'buddy' ? 'buddy' : member.role === 'mentor' ? 'mentor' : 'mentee';
  const intro = { pair, others, as, reasons: of.reasons, roomNoun: turn.traits.roomNoun } as const;
  const zone = await zoneOf(turn, member.person);
  await write(turn, introPost(pair.id, member.person), member.person, introCard({ ...intro, zone }));
}

/** Where a private thread can hang: where one of them asked from, else where the team practises. */
async function nearFor(turn: Turn, people: readonly PersonId[]): Promise<ChannelId | null> {
  for (const person of people) {
    const profile = await findProfile(turn.tx, turn.team.id, person);
    if (profile?.near) return profile.near;
  }
  const [first] = await schedulesOf(turn.tx, turn.team.id);
  return first?.channel ?? null;
}

async function sendRoom(turn: Turn, pair: Pair, near: ChannelId): Promise<void> {
  const members = (await membersOf(turn.tx, turn.team.id, pair.id)).map(({ person }) => person);
  await turn.send({ kind: 'room', name: roomPost(pair), title: roomTitle(pair), members, near });
}

/** One more try to have a place; false when there is no channel to hang it near, or one is open. */
export async function openRoom(turn: Turn, pair: Pair, from: ChannelId | undefined): Promise<boolean> {
  if (pair.state !== 'active' || pair.room === 'open' || pair.room === 'coming') return false;
  const members = await membersOf(turn.tx, turn.team.id, pair.id);
  const near =
    from ??
    (await nearFor(
      turn,
      members.map(({ person }) => person),
    ));
  if (near === null) return false;
  const next: Pair = { ...pair, near, rooms: pair.rooms + 1, room: 'coming' };
  await changePair(turn.tx, pair, { near, rooms: next.rooms, room: 'coming' });
  await sendRoom(turn, next, near);
  return true;
}

/** The agenda as it is now. */
export async function agendaOf(turn: Turn, pair: Pair): Promise<ReturnType<typeof agendaCard>> {
  const entries = await entriesOf(turn.tx, turn.team.id, pair.id);
  const decisions = entries.filter(({ kind }) => kind === 'decision');
  const by = await learnersOf(turn, pair);
  return agendaCard({
    pair,
    topics: entries.filter(({ kind, done }) => kind === 'topic' && done === 0),
    decision: decisions.at(-1),
    notes: entries.filter(({ kind }) => kind === 'note').length,
    prompts: promptsFor(turn.bank.questions, { ...by, seed: pair.id, round: decisions.length }),
    zone: await usualZone(turn),
    keepDays: turn.team.retention_days,
  });
}

/** Whose gaps the prompts are for: the mentee's, or all buddies'. Only what they said they want; never how they were rated. */
async function learnersOf(turn: Turn, pair: Pair) {
  const members = await membersOf(turn.tx, turn.team.id, pair.id);
  const skills = new Set<string>();
  let level = '';
  for (const { person, role } of members) {
    if (role === 'mentor') continue;
    const profile = await findProfile(turn.tx, turn.team.id, person);
    for (const skill of partsOf(profile?.wants ?? '')) skills.add(skill);
    level ||= (await turn.person(person))?.level ?? '';
  }
  return { skills: [...skills], level: levelOf(level) };
}

/** Show the agenda in the pair's place as it is now. */
export async function refresh(turn: Turn, id: string): Promise<void> {
  const pair = await findPair(turn.tx, turn.team.id, id);
  if (pair && pair.rooms > 0) await rewrite(turn, agendaPost(pair), await agendaOf(turn, pair));
}

/**
 * The end, once. `leaver` left the team's mentorship for good: they are told nothing, and the others not who. Whoever is without a
 * mentor now is matched again.
 */
export async function endPair(turn: Turn, pair: Pair, why: NonNullable<Pair['why']>, leaver?: PersonId): Promise<void> {
  if (pair.state === 'ended') return;
  await changePair(turn.tx, pair, { state: 'ended', why, ended: turn.now });
  for (const wake of ['check-in', 'closing']) await turn.unwake(wake, pair.id);
  const members = await membersOf(turn.tx, turn.team.id, pair.id);
  for (const { person } of members) {
    if (person === leaver) continue;
    const others = members.map((member) => member.person).filter((other) => other !== person && other !== leaver);
    const card = endedCard(why, others, turn.now, await zoneOf(turn, person));
    await rewrite(turn, introPost(pair.id, person), card);
    if (why !== 'term' && why !== 'month') await write(turn, endedPost(pair.id, person), person, card);
  }
  await refresh(turn, pair.id);
  if (pair.kind === 'mentor') await matchSoon(turn);
}

/** Ended pairs of somebody who left: their cards with the others name nobody any more. */
export async function unname(turn: Turn, pair: Pair, leaver: PersonId): Promise<void> {
  for (const { person } of await membersOf(turn.tx, turn.team.id, pair.id)) {
    if (person === leaver) continue;
    const card = endedCard('left', [], pair.ended ?? turn.now, await zoneOf(turn, person));
    for (const name of [introPost(pair.id, person), endedPost(pair.id, person)]) await rewrite(turn, name, card);
  }
}
