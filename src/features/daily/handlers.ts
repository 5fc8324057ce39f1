/** Answering by the form: opening it, sharing it, reading a long answer, the level, the way to answer, the one reminder. */
import { LEVELS } from '../../bank/question.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler } from '../../core/feature.ts';
import { setLevel } from '../../store/people.ts';
import { answerBy, findAnswer, findRound, type Round } from '../../store/rounds.ts';
import { storiesOf } from '../../store/stories.ts';
import { cleanText } from '../../store/text.ts';
import { answerForm, answerPage, savedCard } from './answer-views.ts';
import { changeAnswer, findBegun, lastResolve, noteBegun } from './queries.ts';
import { followInThread, recordAnswer } from './record.ts';
import { aroundOf, lowestLevel, mustFindRound, OVER, takenRound } from './round.ts';
import { isPublic, isSettled, isTaken, levelNamed, remindAt } from './rules.ts';
import { joinAnswer } from './star.ts';
import { howTo } from './views.ts';

const STANDS = 'This round has closed, so your answer stands as it was. The next question is a fresh start.';

export const openAnswer: Handler<'press'> = async (event, turn) => {
  const round = await takenRound(turn, event.on.subject);
  const who = event.from.id;
  const answer = await answerBy(turn.tx, turn.team.id, round.id, who);
  if (isSettled(round, answer)) throw new Refusal(t`${STANDS}`);
  await noteBegun(turn.tx, { round: round.id, team: turn.team.id, person: who, at: turn.now, remind: 0, reminded: 0 });
  const form = answerForm(round, {
    level: levelNamed((await turn.person(who))?.level),
    lowest: await lowestLevel(turn, round),
    answer,
    resolve: await lastResolve(turn.tx, turn.team.id, who, round.skill),
  });
  return { kind: 'ask', form };
};

/** What was typed stays in the form when it cannot be taken. */
export const shareAnswer: Handler<'submit'> = async (event, turn) => {
  const text = cleanText(joinAnswer(event.values)).trim();
  if (text === '')
    return { kind: 'reject', field: 'answer', problem: 'Write your answer here, or fill in the parts below.' };
  const round = await mustFindRound(turn, event.on.subject);
  if (!isTaken(round, turn.now)) return { kind: 'reject', field: 'answer', problem: OVER };
  const who = event.from.id;
  const before = await answerBy(turn.tx, turn.team.id, round.id, who);
  if (isSettled(round, before)) return { kind: 'reject', field: 'answer', problem: STANDS };
  const chosen = levelNamed(event.values['level']);
  if (chosen) await setLevel(turn.tx, turn.team.id, who, chosen);
  const level = chosen ?? levelNamed((await turn.person(who))?.level) ?? (await lowestLevel(turn, round));
  const isSame = before?.source === 'form' && before.text === text && before.level === level;
  const given = { person: who, level, text, source: 'form', ref: null, chosen: 1, at: turn.now } as const;
  const answer = isSame ? before : await recordAnswer(turn, round, given);
  const hasStories = (await storiesOf(turn.tx, turn.team.id, who)).length > 0;
  return { kind: 'show', message: savedCard(saved(round), answer.id, hasStories) };
};

function saved(round: Round) {
  if (round.state !== 'open')
    return t`Saved, and marked as late. Thank you; feedback on it comes to you alone, as far as somebody still has the time.`;
  return round.mode === 'open'
    ? t`Shared in the thread. You can change it until the close; feedback comes to you alone.`
    : t`Saved and sealed: nobody sees it before the close. You can change it until then; feedback comes to you alone.`;
}

/** A page of a long answer: `<answer>.<page>`. Before a sealed round closes, to its author alone. */
export const readAnswer: Handler<'press'> = async (event, turn) => {
  const [id = '', page = '1'] = event.on.subject.split('.');
  const answer = await findAnswer(turn.tx, turn.team.id, id);
  const round = answer && (await findRound(turn.tx, turn.team.id, answer.round));
  if (!answer || !round) throw new Refusal(t`That answer was taken back by its author.`);
  if (answer.person !== event.from.id && !isPublic(round))
    throw new Refusal(t`This round is sealed; its answers cannot be read here.`);
  return { kind: 'show', message: answerPage(answer, Number(page)) };
};

/** Answers the DM that asks for a level, after a first answer in the thread. */
export const setLevelOf: Handler<'choose'> = async (event, turn) => {
  const level = levelNamed(event.value);
  if (!level) throw new Refusal(t`Choose one of: ${LEVELS.join(', ')}.`);
  await setLevel(turn.tx, turn.team.id, event.from.id, level);
  const answer = await answerBy(turn.tx, turn.team.id, event.on.subject, event.from.id);
  const round = answer && (await findRound(turn.tx, turn.team.id, answer.round));
  if (!answer || round?.state !== 'open')
    return { kind: 'say', text: t`Noted: **${level}**. It counts from your next answer on.` };
  await changeAnswer(turn.tx, answer, { level });
  await followInThread(turn, round, { ...answer, level });
  return { kind: 'say', text: t`Noted: **${level}**. Reviewers read your answers against that level.` };
};

export const showHowTo: Handler<'press'> = async (event, turn) => {
  const round = await takenRound(turn, event.on.subject);
  const level = levelNamed((await turn.person(event.from.id))?.level);
  return { kind: 'show', message: howTo(round, await aroundOf(turn, round), level) };
};

export const askReminder: Handler<'press'> = async (event, turn) => {
  const round = await takenRound(turn, event.on.subject);
  const who = event.from.id;
  const team = turn.team.id;
  if (round.state !== 'open' || turn.now >= round.closes)
    throw new Refusal(t`This round has closed. Answers are still taken, as late ones.`);
  if (await answerBy(turn.tx, team, round.id, who))
    return { kind: 'say', text: t`You have answered already, so there is nothing to remind you of.` };
  if ((await findBegun(turn.tx, team, round.id, who))?.reminded === 1)
    return { kind: 'say', text: t`I have reminded you once; it stays at that.` };
  await noteBegun(turn.tx, { round: round.id, team, person: who, at: turn.now, remind: 1, reminded: 0 });
  await turn.wake('remind', `${round.id} ${who}`, remindAt(round.closes, turn.now));
  return { kind: 'say', text: t`I will remind you once, by direct message, unless you have answered by then.` };
};
