/** Asking people for reviews: the rows, the DMs that carry the answer, and finding somebody else when one cannot. */
import { LEVELS } from '../../bank/question.ts';
import type { Name, PersonId } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import { plus } from '../../chat/world.ts';
import type { Turn } from '../../core/feature.ts';
import { isZone } from '../../schedule/zone-names.ts';
import { activePeople } from '../../store/people.ts';
import { wasSent } from '../../store/posts.ts';
import { type Answer, answersOf, askedIn, findRound, type Round, variantFor } from '../../store/rounds.ts';
import { freeLetter } from './anonymity.ts';
import { type Candidate, choose } from './assignment.ts';
import { addReview, changeReview, pastPairs, type Review, reviewsIn, reviewsOf, type Window } from './queries.ts';
import { levelOf } from '../../rubric/lens.ts';
import { endOf, mayStillAsk, MEMBER_MS } from './rules.ts';
import { freedCard, type Request, requestCard } from './views.ts';

export const askPost = (review: string): Name => `feedback:ask:${review}`;

/** The zone a person reads times in. */
export async function zoneOf(turn: Turn, person: PersonId, round: Pick<Round, 'zone'>): Promise<string> {
  const own = (await turn.person(person))?.zone ?? '';
  // A platform may name a zone this host does not know.
  return isZone(own) ? own : round.zone;
}

/** Change or take back a post of ours, if it was ever sent. */
export async function editPost(turn: Turn, name: Name, message: Message): Promise<void> {
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'edit', name, message });
}
export async function removePost(turn: Turn, name: Name): Promise<void> {
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'remove', name });
}

/** What was asked, at the answer's level. */
export const questionOf = (round: Round, answer: Answer): string =>
  variantFor(askedIn(round), answer.level, LEVELS)?.text ?? round.title;

/** Ask one person about one answer; false when they were asked before. */
export async function ask(
  turn: Turn,
  window: Window,
  of: { readonly answer: Answer; readonly reviewer: PersonId; readonly letter: string; readonly people: number },
): Promise<boolean> {
  const { answer, reviewer } = of;
  const round = await findRound(turn.tx, turn.team.id, answer.round);
  const review = round && (await addReview(turn.tx, blank(turn, window, of)));
  if (!round || !review) return false;
  const request: Request = {
    review: review.id,
    title: round.title,
    skill: round.skill,
    level: levelOf(answer.level),
    question: questionOf(round, answer),
    answer: answer.text,
    until: window.closes,
    zone: await zoneOf(turn, reviewer, round),
    people: of.people,
  };
  await turn.send(
    { kind: 'post', name: askPost(review.id), to: { in: 'dm', person: reviewer }, message: requestCard(request) },
    { expires: endOf(window) },
  );
  return true;
}

const blank = (
  turn: Turn,
  window: Window,
  of: { readonly answer: Answer; readonly reviewer: PersonId; readonly letter: string },
): Review => ({
  id: turn.newId(),
  team: turn.team.id,
  round: window.round,
  answer: of.answer.id,
  reviewer: of.reviewer,
  letter: of.letter,
  state: 'asked',
  assigned: turn.now,
  done: null,
  late: 0,
  nudged: 0,
  scores: null,
  keep: null,
  change: null,
  signed: null,
});

/** Who takes part in a window, answering or reviewing. */
export async function peopleIn(turn: Turn, round: string): Promise<ReadonlySet<PersonId>> {
  const answers = await answersOf(turn.tx, turn.team.id, round);
  const reviews = await reviewsIn(turn.tx, turn.team.id, round);
  return new Set([
    ...answers.map(({ person }) => person),
    ...reviews.flatMap(({ reviewer }) => (reviewer === null ? [] : [reviewer])),
  ]);
}

/** Answers reviewed in a window, and those of its round. */
export async function answersIn(turn: Turn, window: Window): Promise<ReadonlySet<string>> {
  const answers = await answersOf(turn.tx, turn.team.id, window.round);
  const reviews = await reviewsIn(turn.tx, turn.team.id, window.round);
  return new Set([...answers.map(({ id }) => id), ...reviews.map(({ answer }) => answer)]);
}

/** Who may be asked: people of this round, then active members. */
export async function poolOf(turn: Turn, round: string): Promise<PersonId[]> {
  const active = await activePeople(turn.tx, turn.team.id, plus(turn.now, -MEMBER_MS), turn.now);
  return [...new Set([...(await peopleIn(turn, round)), ...active.map(({ id }) => id)])];
}

export const isLive = ({ state }: Pick<Review, 'state'>): boolean => state !== 'freed';
export const countLive = (reviews: readonly Review[]): number => reviews.filter(isLive).length;

/**
 * Ask up to `want` more people about an answer, as long as they have time left; answers how many were asked. At the end of a window
 * (`prompt`) nobody is asked who has left something lying.
 */
export async function askMore(
  turn: Turn,
  window: Window,
  answer: Answer,
  { want, prompt = false }: { readonly want: number; readonly prompt?: boolean },
): Promise<number> {
  const earlier = await reviewsOf(turn.tx, turn.team.id, answer.id);
  const chosen = choose(await candidatesFor(turn, window, answer, prompt), {
    author: answer.person,
    exclude: new Set(earlier.map(({ reviewer }) => reviewer ?? '')),
    cap: window.reviewers + 1,
    want,
    past: await pastPairs(turn.tx, turn.team.id),
    seed: `${turn.team.seed} ${answer.id}`,
  });
  for (const reviewer of chosen) await askOne(turn, window, answer, reviewer as PersonId);
  return chosen.length;
}

/** Ask this person about this answer under a letter nobody has. */
export async function askOne(turn: Turn, window: Window, answer: Answer, reviewer: PersonId): Promise<boolean> {
  const letters = (await reviewsOf(turn.tx, turn.team.id, answer.id)).filter(isLive).map(({ letter }) => letter);
  const people = new Set([...(await peopleIn(turn, window.round)), reviewer]).size;
  return ask(turn, window, { answer, reviewer, letter: freeLetter(letters), people });
}

async function candidatesFor(turn: Turn, window: Window, answer: Answer, prompt: boolean): Promise<Candidate[]> {
  const round = await findRound(turn.tx, turn.team.id, answer.round);
  if (!round) return [];
  const reviews = await reviewsIn(turn.tx, turn.team.id, window.round);
  const out: Candidate[] = [];
  for (const id of await poolOf(turn, window.round)) {
    const own = reviews.filter(({ reviewer }) => reviewer === id);
    const open = own.filter(({ state }) => state === 'asked').length;
    const done = own.filter(({ state }) => state === 'done').length;
    const zone = await zoneOf(turn, id, round);
    const hasLeftLying = own.some(({ state, assigned }) => state === 'asked' && assigned < turn.now);
    if ((prompt && hasLeftLying) || !mayStillAsk(turn.now, window.closes, zone)) continue;
    out.push({ id, load: open + done, rank: open > 0 ? 2 : done > 0 ? 0 : 1 });
  }
  return out;
}

/** Give a request up; whoever was asked keeps the way back. */
export async function freeReview(turn: Turn, review: Review, why: 'declined' | 'time', title: string): Promise<void> {
  await changeReview(turn.tx, review, { state: 'freed' });
  await editPost(turn, askPost(review.id), freedCard({ id: review.id, title }, why));
}
