/** Those who rate: their own cards with what to look for, their ratings, and what is said of their interviewing. */
import type { PersonId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import { t } from '../../chat/text.ts';
import { plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { refreshScorecard } from './finish.ts';
import { panelPost, showThanks } from './panel.ts';
import { INTERVIEWING, interviewingForm, scoreForm } from './partner-forms.ts';
import { panelCard, stepsCard } from './partner-views.ts';
import { type Member, membersOf } from './queries.ts';
import { LATE_MS } from './rules.ts';
import { findScore, saveScore, type Score } from './score-queries.ts';
import { ratingsIn, readRatings } from './scores.ts';
import { isOver } from './states.ts';
import { editPost, levelIn, ownTalk, saidAt, type Talk, talkOf } from './talk.ts';
import { button } from './words.ts';

interface Rating {
  readonly talk: Talk;
  readonly member: Member;
  readonly n: number;
  readonly step: number;
}

/** Subject: the mock, the question, the step: `<mock>:<n>:<step>`. */
async function ratingOf(subject: string, turn: Turn, who: PersonId): Promise<Rating> {
  const [id = '', n = '', step = ''] = subject.split(':');
  const talk = await talkOf(turn, id);
  const member = talk && (await membersOf(turn.tx, turn.team.id, id)).find((one) => one.person === who);
  if (!talk || !member || member.role === 'candidate' || member.consent !== 'yes')
    throw new Refusal(t`Only those who interview in it can rate that answer.`);
  const { ended } = talk.mock;
  if (ended !== null && turn.now > plus(ended, LATE_MS))
    throw new Refusal(
      t`Three days after the end the ratings are closed. What you noticed can still be said in person.`,
    );
  if (!talk.asked.some((one) => one.n === Number(n) && one.asked !== null))
    throw new Refusal(t`That question has not been asked.`);
  return { talk, member, n: Number(n), step: step === '2' ? 2 : 1 };
}

const keyOf = (turn: Turn, { talk, n, member }: Rating) => ({
  team: turn.team.id,
  mock: talk.mock.id,
  n,
  rater: member.person,
  about: talk.mock.candidate,
});

export const openScore: Handler<'press'> = async (event, turn) => {
  const rating = await ratingOf(event.on.subject, turn, event.from.id);
  const { talk, n, step } = rating;
  const form = scoreForm({
    subject: `${talk.mock.id}:${n}:${step}`,
    step,
    level: levelIn(talk.mock),
    skill: talk.asked.find((one) => one.n === n)?.skill ?? '',
    answer: saidAt(talk.words, n, 0),
    earlier: await findScore(turn.tx, keyOf(turn, rating)),
  });
  return { kind: 'ask', form };
};

const NOTES: Readonly<Record<number, readonly ('evidence' | 'keep' | 'change' | 'notes')[]>> = {
  1: ['evidence'],
  2: ['keep', 'change', 'notes'],
};
const OPTIONAL = 'notes';

export const giveScore: Handler<'submit'> = async (event, turn) => {
  const rating = await ratingOf(event.on.subject, turn, event.from.id);
  const { step } = rating;
  const rated = ratingsIn(event.values, step);
  if ('missing' in rated)
    return { kind: 'reject', field: rated.missing, problem: 'Choose the step that fits best, or “Can’t tell”.' };
  const noted = Object.fromEntries(
    (NOTES[step] ?? []).map((name) => [name, (event.values[name] ?? '').trim().slice(0, LIMITS.fieldValue)]),
  );
  const empty = Object.entries(noted).find(([name, text]) => name !== OPTIONAL && text === '')?.[0];
  if (empty !== undefined)
    return { kind: 'reject', field: empty, problem: 'A few words: a number alone helps nobody.' };
  const steps = await keepScore(turn, rating, rated.ratings, noted);
  await afterScore(turn, rating, steps);
  const { mock } = rating.talk;
  if (steps === 2) return { kind: 'say', text: t`Kept. Thank you.` };
  const next = button('Step 2 of 2', 'score', `${mock.id}:${rating.n}:2`, 'primary');
  return {
    kind: 'show',
    message: {
      blocks: [
        { kind: 'text', text: t`Kept. Two more, with what to keep and to change.` },
        { kind: 'buttons', buttons: [next] },
      ],
    },
  };
};

async function keepScore(
  turn: Turn,
  rating: Rating,
  ratings: ReturnType<typeof readRatings>,
  noted: Partial<Pick<Score, 'evidence' | 'keep' | 'change' | 'notes'>>,
): Promise<number> {
  const key = keyOf(turn, rating);
  const earlier = await findScore(turn.tx, key);
  const before = { evidence: null, keep: null, change: null, notes: null, ...earlier };
  const steps = Math.max(earlier?.steps ?? 0, rating.step);
  // Step 2 before step 1 happens when cards are pressed out of order; both then are kept all the same.
  const kept = earlier ? readRatings(earlier.scores) : {};
  const others = Object.fromEntries(Object.entries(kept).filter(([name]) => !isOfStep(name, rating.step)));
  await saveScore(turn.tx, {
    ...before,
    ...noted,
    ...key,
    id: earlier?.id ?? turn.newId(),
    kind: 'rater',
    scores: JSON.stringify({ ...others, ...ratings }),
    steps,
    at: turn.now,
  });
  return steps;
}

const isOfStep = (name: string, step: number): boolean => (name === 'reach' || name === 'trade-offs') === (step === 2);

async function afterScore(turn: Turn, { talk, n, member }: Rating, steps: number): Promise<void> {
  const asked = talk.asked.find((one) => one.n === n);
  if (asked) await editPost(turn, panelPost(talk.mock, n, member.person), panelCard(talk.mock, asked, steps));
  if (!isOver(talk.mock)) return;
  await refreshScorecard(turn, talk);
  await showThanks(turn, talk, member);
}

export const showSteps: Handler<'press'> = async (event, turn) => {
  const talk = await talkOf(turn, event.on.subject);
  if (!talk) throw new Refusal(t`That interview is no longer kept.`);
  return { kind: 'show', message: stepsCard(talk.mock) };
};

async function interviewerOf(turn: Turn, talk: Talk): Promise<Member> {
  const members = await membersOf(turn.tx, turn.team.id, talk.mock.id);
  const found = members.find(({ role, consent }) => role === 'interviewer' && consent === 'yes');
  if (!found) throw new Refusal(t`Nobody interviewed in it, or they have left.`);
  return found;
}

export const openInterviewing: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  await interviewerOf(turn, talk);
  return { kind: 'ask', form: interviewingForm(talk.mock.id) };
};

export const rateInterviewing: Handler<'submit'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  const interviewer = await interviewerOf(turn, talk);
  const missing = Object.keys(INTERVIEWING).find((item) => !/^[1-5]$/.test(event.values[item] ?? ''));
  if (missing !== undefined) return { kind: 'reject', field: missing, problem: 'Choose the step that fits best.' };
  const scores = Object.fromEntries(Object.keys(INTERVIEWING).map((item) => [item, Number(event.values[item])]));
  const key = { team: turn.team.id, mock: talk.mock.id, n: 0, rater: event.from.id, about: interviewer.person };
  const earlier = await findScore(turn.tx, key);
  const none = { evidence: null, keep: null, change: null, notes: null };
  await saveScore(turn.tx, {
    ...key,
    ...none,
    id: earlier?.id ?? turn.newId(),
    kind: 'interviewing',
    scores: JSON.stringify(scores),
    steps: 1,
    at: turn.now,
  });
  await showThanks(turn, talk, interviewer);
  return { kind: 'say', text: t`Sent to your interviewer alone. Thank you.` };
};
