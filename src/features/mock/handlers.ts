/** What the candidate does while a mock runs: begin, answer, skip, rate, pause, resume, stop. */
import type { Of } from '../../chat/incoming.ts';
import { LIMITS } from '../../chat/limits.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { answerForm, reflectForm, selfForm } from './forms.ts';
import { move } from './move.ts';
import { openingOf } from './open.ts';
import { changeMember, changeMock, keepWords } from './queries.ts';
import { LONGEST } from './rules.ts';
import { callOff } from './room.ts';
import { findScore, saveScore } from './score-queries.ts';
import { ratingsIn, readRatings } from './scores.ts';
import { isOver, isUnderway, keyOf } from './states.ts';
import { editPost, levelIn, openPost, ownTalk, saidAt, slotOf, stepOf, type Talk } from './talk.ts';
import { liveCard, openingCard } from './opening-views.ts';

const NOTHING = { kind: 'nothing' } as const;
const BEHIND = t`That step is behind you already. The newest card shows where you are.`;

/** The mock a button is about, as long as it still stands where the button was shown: `<mock>:<key>`. */
async function talkAt(event: Of<'press' | 'submit'>, turn: Turn): Promise<Talk> {
  const [id = '', key = ''] = event.on.subject.split(':');
  const talk = await ownTalk(turn, id, event.from.id);
  if (isOver(talk.mock)) throw new Refusal(t`That interview has ended. Its scorecard is in our direct messages.`);
  if (keyOf(talk.mock) !== key) throw new Refusal(BEHIND);
  if (talk.mock.paused === 1) throw new Refusal(t`The interview is paused. *Resume* goes on where you were.`);
  return talk;
}

export const begin: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  if (talk.mock.stage !== 'opening') throw new Refusal(BEHIND);
  await changeMember(
    turn.tx,
    { mock: talk.mock.id, team: turn.team.id, person: event.from.id },
    { consent: 'yes', at: turn.now },
  );
  await editPost(turn, openPost(talk.mock), openingCard({ ...openingOf(turn, talk), ended: 'Begun.' }));
  await move(turn, talk, 'begin');
  return NOTHING;
};

export const done: Handler<'press'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  const slot = slotOf(talk.mock);
  if (slot && saidAt(talk.words, slot.n, slot.part) === '')
    throw new Refusal(t`Nothing is written yet. Write your answer here first, or press *Skip*.`);
  await move(turn, talk, 'answer');
  return NOTHING;
};

export const skip: Handler<'press'> = async (event, turn) => {
  await move(turn, await talkAt(event, turn), 'skip');
  return NOTHING;
};

export const openAnswer: Handler<'press'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  const { asked } = stepOf(talk);
  const slot = slotOf(talk.mock);
  if (!slot) throw new Refusal(BEHIND);
  const own = talk.words.find(({ id }) => id === formId(talk, slot));
  return { kind: 'ask', form: answerForm(event.on.subject, asked?.probe?.text ?? asked?.text ?? '', own?.text ?? '') };
};

/** One form's words a slot: sent twice they are still one answer. */
const formId = ({ mock }: Talk, { n, part }: { readonly n: number; readonly part: number }): string =>
  `${mock.id}.${n}.${part}`;

export const writeAnswer: Handler<'submit'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  const slot = slotOf(talk.mock);
  const text = (event.values['answer'] ?? '').trim().slice(0, LONGEST);
  if (!slot) throw new Refusal(BEHIND);
  if (text === '')
    return { kind: 'reject', field: 'answer', problem: 'Write your answer, or close this and press Skip.' };
  const words = {
    ...slot,
    id: formId(talk, slot),
    team: turn.team.id,
    mock: talk.mock.id,
    person: event.from.id,
    ref: null,
    text,
    at: turn.now,
  };
  await keepWords(turn.tx, words);
  await move(turn, { ...talk, words: [...talk.words, words] }, 'answer');
  return { kind: 'say', text: t`Kept. The next step is below.` };
};

export const openRating: Handler<'press'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  const skill = stepOf(talk).asked?.skill ?? '';
  const form = selfForm({ subject: event.on.subject, step: talk.mock.part, level: levelIn(talk.mock), skill });
  return { kind: 'ask', form };
};

export const rate: Handler<'submit'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  const { mock } = talk;
  const rated = ratingsIn(event.values, mock.part);
  if ('missing' in rated)
    return { kind: 'reject', field: rated.missing, problem: 'Choose the step that fits best, or “Can’t tell”.' };
  const { id: person } = event.from;
  const key = { team: turn.team.id, mock: mock.id, n: mock.question, rater: person, about: person };
  const earlier = await findScore(turn.tx, key);
  await saveScore(turn.tx, {
    ...key,
    id: earlier?.id ?? turn.newId(),
    kind: 'self',
    scores: JSON.stringify({ ...(earlier ? readRatings(earlier.scores) : {}), ...rated.ratings }),
    evidence: null,
    keep: null,
    change: null,
    notes: null,
    steps: mock.part,
    at: turn.now,
  });
  await move(turn, talk, 'rate');
  return { kind: 'say', text: mock.part === 1 ? t`Kept. Two more, below.` : t`Kept.` };
};

export const leaveUnrated: Handler<'press'> = async (event, turn) => {
  await move(turn, await talkAt(event, turn), 'leave unrated');
  return NOTHING;
};

export const openReflection: Handler<'press'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  return { kind: 'ask', form: reflectForm(event.on.subject, levelIn(talk.mock)) };
};

export const reflect: Handler<'submit'> = async (event, turn) => {
  const talk = await talkAt(event, turn);
  const text = (name: string): string => (event.values[name] ?? '').trim().slice(0, LIMITS.fieldValue);
  const overall = event.values['overall'] ?? '';
  if (!/^[1-5]$/.test(overall)) return { kind: 'reject', field: 'overall', problem: 'Choose the step that fits best.' };
  for (const [field, what] of [
    ['keep', 'something that worked'],
    ['change', 'one thing to change'],
  ] as const)
    if (text(field) === '') return { kind: 'reject', field, problem: `Write ${what}; a few words are enough.` };
  const kept = {
    overall: Number(overall),
    keep: text('keep'),
    keep_too: text('keep-too') === '' ? null : text('keep-too'),
    change: text('change'),
  };
  await changeMock(turn.tx, talk.mock, kept);
  await move(turn, { ...talk, mock: { ...talk.mock, ...kept } }, 'reflect');
  return { kind: 'say', text: t`Kept.` };
};

/** The ways out have no key: they mean the same wherever it stands, and twice is once. */
export const pause: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  if (isOver(talk.mock)) throw new Refusal(t`That interview has ended already.`);
  if (talk.mock.paused === 1) return { kind: 'say', text: t`It is paused already.` };
  await move(turn, talk, 'pause');
  return NOTHING;
};

export const resume: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  const { mock } = talk;
  if (isOver(mock)) throw new Refusal(t`That interview has ended. \`/${turn.words.mock}\` begins another.`);
  if (mock.paused === 1) await move(turn, talk, 'resume');
  else if (!isUnderway(mock)) return { kind: 'show', message: liveCard(mock, event.from.id) };
  return { kind: 'say', text: t`The newest card ${where(talk)} shows where you are.` };
};

const where = ({ mock }: Talk): string => (mock.kind === 'solo' ? 'in our direct messages' : 'in your room');

export const stop: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  if (isOver(talk.mock)) return { kind: 'say', text: t`It has ended already.` };
  if (talk.mock.kind === 'partner' && talk.mock.begun === null) {
    await callOff(turn, talk, t`Called off; nothing was kept.`);
    return { kind: 'say', text: t`Called off. Nothing was kept of it.` };
  }
  await move(turn, talk, 'stop');
  if (talk.mock.begun === null) {
    await editPost(turn, openPost(talk.mock), openingCard({ ...openingOf(turn, talk), ended: 'Not begun.' }));
    return { kind: 'say', text: t`All right. Nothing was kept of it. \`/${turn.words.mock}\` begins another.` };
  }
  return { kind: 'say', text: t`Ended. What there is to see is in our direct messages.` };
};
