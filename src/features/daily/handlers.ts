/** Answering by the form: opening it, sharing it, the level, the way to answer, the one reminder. */
import { LEVELS, type Level } from '../../bank/question.ts';
import { t } from '../../chat/text.ts';
import { between, HOUR, plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { answerBy, findRound, type Answer, type Round } from '../../store/rounds.ts';
import { findSchedule } from '../../store/schedules.ts';
import { setLevel } from '../../store/people.ts';
import { cleanText } from '../../store/text.ts';
import { changeAnswer, lastResolve, noteBegun } from './queries.ts';
import { joinAnswer, levelsOf } from './rules.ts';
import { recordAnswer } from './record.ts';
import { isTaken } from './taken.ts';
import { answerForm, howTo } from './views.ts';

/** The round a button is about, while answers are taken. */
export async function takenRound(turn: Turn, id: string): Promise<Round> {
  const round = await findRound(turn.tx, turn.team.id, id);
  if (!round || round.state === 'missed') throw new Refusal(t`That question is no longer here.`);
  if (!isTaken(round, turn.now))
    throw new Refusal(t`This round is over. The next question is a good place to try it again.`);
  return round;
}

const asLevel = (text: string | null | undefined): Level | undefined => LEVELS.find((level) => level === text);

/** The lowest level its schedule asks for: assumed until a person chose their own. */
export async function lowestLevel(turn: Turn, round: Round): Promise<Level> {
  const schedule = await findSchedule(turn.tx, turn.team.id, round.schedule);
  return (schedule && levelsOf(schedule)[0]) ?? 'mid';
}

export const openAnswer: Handler<'press'> = async (event, turn) => {
  const round = await takenRound(turn, event.on.subject);
  const who = event.from.id;
  await noteBegun(turn.tx, { round: round.id, team: turn.team.id, person: who, at: turn.now, remind: 0, reminded: 0 });
  const form = answerForm(round, {
    level: asLevel((await turn.person(who))?.level),
    lowest: await lowestLevel(turn, round),
    answer: await answerBy(turn.tx, turn.team.id, round.id, who),
    resolve: await lastResolve(turn.tx, turn.team.id, who, round.skill),
  });
  return { kind: 'ask', form };
};

export const shareAnswer: Handler<'submit'> = async (event, turn) => {
  const text = cleanText(joinAnswer(event.values));
  if (text === '')
    return { kind: 'reject', field: 'answer', problem: 'Write your answer here, or fill the parts below.' };
  const round = await takenRound(turn, event.on.subject);
  const person = await turn.person(event.from.id);
  const chosen = asLevel(event.values['level']);
  if (chosen) await setLevel(turn.tx, turn.team.id, event.from.id, chosen);
  const level = chosen ?? asLevel(person?.level) ?? (await lowestLevel(turn, round));
  const { late } = await recordAnswer(turn, round, {
    person: event.from.id,
    level,
    text,
    source: 'form',
    ref: null,
    chosen: 1,
  });
  return { kind: 'say', text: late === 1 ? t`Saved, and marked as late. Thank you.` : saved(round) };
};

const saved = (round: Round) =>
  round.mode === 'open'
    ? t`Shared in the thread. You can change it until the close; feedback comes to you alone.`
    : t`Saved and sealed. You can change it until the close; feedback comes to you alone.`;

/** Answers the DM that asks for a level, after a first answer in the thread. */
export const setLevelOf: Handler<'choose'> = async (event, turn) => {
  const level = asLevel(event.value);
  if (!level) throw new Refusal(t`Choose one of: ${LEVELS.join(', ')}.`);
  await setLevel(turn.tx, turn.team.id, event.from.id, level);
  const answer: Answer | undefined = await answerBy(turn.tx, turn.team.id, event.on.subject, event.from.id);
  const round = await findRound(turn.tx, turn.team.id, event.on.subject);
  if (answer && round?.state === 'open') await changeAnswer(turn.tx, answer, { level });
  return { kind: 'say', text: t`Noted: ${level}. Reviewers read your answers against that level.` };
};

export const showHowTo: Handler<'press'> = async (event, turn) => {
  const round = await takenRound(turn, event.on.subject);
  return { kind: 'show', message: howTo(round, asLevel((await turn.person(event.from.id))?.level)) };
};

/** How long before the close the one reminder comes, in ms; never more than half the time that is left. */
const REMIND_BEFORE_MS = 2 * HOUR;

export const askReminder: Handler<'press'> = async (event, turn) => {
  const round = await takenRound(turn, event.on.subject);
  const left = between(turn.now, round.closes);
  if (left <= 0) throw new Refusal(t`This round has closed; answers are still taken, as late ones.`);
  await noteBegun(turn.tx, {
    round: round.id,
    team: turn.team.id,
    person: event.from.id,
    at: turn.now,
    remind: 1,
    reminded: 0,
  });
  const at = plus(round.closes, -Math.min(REMIND_BEFORE_MS, left / 2));
  await turn.wake('remind', `${round.id} ${event.from.id}`, at);
  return { kind: 'say', text: t`I will remind you once, by direct message, unless you have answered by then.` };
};
