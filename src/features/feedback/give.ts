/** *Give feedback* under a question: what is open for this person, and one more for whoever wants it. */
import type { PersonId } from '../../chat/ids.ts';
import type { Press } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { plus } from '../../chat/world.ts';
import { plain, t, time } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { findAnswer, findRound, type Round } from '../../store/rounds.ts';
import { answersIn, askOne, countLive, freeReview, zoneOf } from './ask.ts';
import { findWindow, openReviews, ownAnswersIn, type Review, reviewsBy, reviewsOf, type Window } from './queries.ts';
import { findResult } from './result-queries.ts';
import { endOf, LATE_REVIEW_MS, reassignAt, WINDOW_DAYS } from './rules.ts';
import { openCard, quietCard, volunteerCard } from './views.ts';

type PressAnswer = AnswerTo['press'];

export const showOpen: Handler<'press'> = async (event, turn) => {
  const round = await findRound(turn.tx, turn.team.id, event.on.subject);
  if (!round) throw new Refusal(t`That question is no longer here.`);
  const zone = await zoneOf(turn, event.from.id, round);
  if (round.state === 'open') return beforeClose(turn, event, round, zone);
  const window = await findWindow(turn.tx, turn.team.id, round.id);
  if (!window)
    return {
      kind: 'say',
      text: t`Nobody answered that question, so there is nothing to review. The next one comes soon.`,
    };
  const mine = await reviewsBy(turn.tx, turn.team.id, event.from.id, round.id);
  const open = turn.now > endOf(window) ? [] : mine.filter(({ state }) => state === 'asked');
  if (open.length > 0) return listOpen(turn, round, window, { open, zone });
  return nothingOpen(turn, event, { round, window, given: mine.filter(({ state }) => state === 'done').length });
};

/** People press the newest card: what is open from the rounds before it is listed there too. */
async function beforeClose(turn: Turn, event: Press, round: Round, zone: string): Promise<PressAnswer> {
  const when = t`Feedback starts when this question closes, at ${time(round.closes, zone)}. Each answer then goes to up to ${round.reviewers} colleagues; what is yours to review comes by direct message, and you have ${WINDOW_DAYS} working days for it.`;
  const open = await openReviews(turn.tx, turn.team.id, event.from.id, plus(turn.now, -LATE_REVIEW_MS));
  const first = open[0];
  if (!first) return { kind: 'say', text: when };
  const until = first.closes > turn.now ? first.closes : endOf(first);
  const about = { title: 'earlier questions', until, zone, isLate: first.closes <= turn.now };
  const card = openCard(await listed(turn, open), about);
  return { kind: 'show', message: { ...card, blocks: [{ kind: 'text', text: when }, ...card.blocks] } };
}

async function listed(turn: Turn, open: readonly Pick<Review, 'id' | 'answer'>[]) {
  const out = [];
  for (const { id, answer } of open) {
    const about = await findAnswer(turn.tx, turn.team.id, answer);
    out.push({ id, preview: about?.text ?? '', level: about?.level ?? '' });
  }
  return out;
}

async function listOpen(
  turn: Turn,
  round: Round,
  window: Window,
  { open, zone }: { readonly open: readonly Review[]; readonly zone: string },
): Promise<PressAnswer> {
  const isLate = turn.now > window.closes;
  const until = isLate ? endOf(window) : window.closes;
  return { kind: 'show', message: openCard(await listed(turn, open), { title: round.title, until, zone, isLate }) };
}

async function nothingOpen(
  turn: Turn,
  event: Press,
  { round, window, given }: { readonly round: Round; readonly window: Window; readonly given: number },
): Promise<PressAnswer> {
  const results = await resultsOf(turn, event.from.id, round.id);
  if (turn.now >= window.closes) {
    const thanks = given > 0 ? ' for your feedback' : '';
    const text = t`The review window of this question is over. Thank you${thanks}; the next question brings new answers.`;
    return { kind: 'show', message: quietCard(text, results) };
  }
  const could = await answersFor(turn, window, event.from.id);
  if (could.length > 0) return { kind: 'show', message: volunteerCard(round, given, results) };
  const text =
    given > 0
      ? t`You have given all the feedback there is to give here. Thank you.`
      : t`There is nothing for you to review in this round: no answer but your own, or all of them are taken care of.`;
  return { kind: 'show', message: quietCard(text, results) };
}

/** This person's own answers in a round that have their feedback. */
async function resultsOf(turn: Turn, person: PersonId, round: string): Promise<string[]> {
  const out = [];
  for (const id of await ownAnswersIn(turn.tx, turn.team.id, person, round))
    if (await findResult(turn.tx, turn.team.id, id)) out.push(id);
  return out;
}

interface Open {
  readonly answer: string;
  readonly done: number;
  readonly live: number;
  /** A request nobody has begun. */
  readonly unclaimed: Review | undefined;
}

/** Answers of a window this person could still review, those with the fewest reviewers first. */
async function answersFor(turn: Turn, window: Window, person: PersonId): Promise<Open[]> {
  const out: Open[] = [];
  for (const id of await answersIn(turn, window)) {
    const answer = await findAnswer(turn.tx, turn.team.id, id);
    const reviews = await reviewsOf(turn.tx, turn.team.id, id);
    const isTheirs = answer?.person === person || reviews.some(({ reviewer }) => reviewer === person);
    if (!answer || isTheirs || (await findResult(turn.tx, turn.team.id, id))) continue;
    const unclaimed = reviews.find(({ state }) => state === 'asked');
    const done = reviews.filter(({ state }) => state === 'done').length;
    out.push({ answer: id, done, live: countLive(reviews), unclaimed });
  }
  return out.toSorted((a, b) => a.live - b.live || a.done - b.done || (a.answer < b.answer ? -1 : 1));
}

/** One more review for somebody who asks for it: now where an answer can take one, else first in line when slots are freed. */
export const volunteer: Handler<'press'> = async (event, turn) => {
  const round = await findRound(turn.tx, turn.team.id, event.on.subject);
  const window = round && (await findWindow(turn.tx, turn.team.id, round.id));
  if (!round || !window) throw new Refusal(t`That question is no longer here.`);
  if (turn.now >= window.closes)
    throw new Refusal(t`The review window of this question is over. Thank you for offering.`);
  const zone = await zoneOf(turn, event.from.id, round);
  const mine = await reviewsBy(turn.tx, turn.team.id, event.from.id, round.id);
  const open = mine.filter(({ state }) => state === 'asked');
  if (open.length > 0) return listOpen(turn, round, window, { open, zone });
  const next = (await answersFor(turn, window, event.from.id)).find(({ live }) => live <= window.reviewers);
  const answer = next && (await findAnswer(turn.tx, turn.team.id, next.answer));
  if (answer && (await askOne(turn, window, answer, event.from.id)))
    return { kind: 'say', text: t`Thank you. It is in your direct messages, with the answer and the time you have.` };
  const when = reassignAt(window, round.zone);
  if (turn.now >= when) return { kind: 'say', text: t`Every answer has its readers. Thank you for offering.` };
  await turn.wake('claim', `${round.id} ${event.from.id}`, when);
  return {
    kind: 'say',
    text: [
      ...t`Every answer has its readers at the moment. If one of them cannot, you are asked first, at about `,
      time(when, zone),
      plain('.'),
    ],
  };
};

/** A volunteer's turn: an answer that still waits for a reader. Subject: `<round> <person>`. */
export async function claimOne(subject: string, turn: Turn): Promise<void> {
  const space = subject.indexOf(' ');
  const person = subject.slice(space + 1) as PersonId;
  const window = await findWindow(turn.tx, turn.team.id, subject.slice(0, space));
  const round = window && (await findRound(turn.tx, turn.team.id, window.round));
  if (!window || !round || turn.now >= window.closes || !(await turn.person(person))) return;
  const waiting = (await answersFor(turn, window, person)).filter(({ done }) => done < window.reviewers);
  const next = waiting.toSorted((a, b) => a.done - b.done)[0];
  const answer = next && (await findAnswer(turn.tx, turn.team.id, next.answer));
  if (!next || !answer) return;
  if (next.unclaimed && next.live >= window.reviewers) await freeReview(turn, next.unclaimed, 'time', round.title);
  await askOne(turn, window, answer, person);
}
