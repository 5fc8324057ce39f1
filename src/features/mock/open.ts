/** Making a mock: level and time are checked, questions are chosen and frozen, seats are taken. */
import type { Level, Question } from '../../bank/question.ts';
import type { PersonId } from '../../chat/ids.ts';
import { plus } from '../../chat/world.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { choose } from './choose.ts';
import { addMember, addMock, addQuestions, type Asked, ratingsBySkill, takeSeat, timesAsked } from './queries.ts';
import { IDLE_MS, probesFor } from './rules.ts';
import { weakestSkill } from './scores.ts';
import { storyLine } from './story-line.ts';
import type { Mock } from './states.ts';
import { levelIn, openPost, placeOf, probesOf, type Talk } from './talk.ts';
import { type Opening, openingCard } from './opening-views.ts';

export interface Wanted {
  readonly candidate: PersonId;
  readonly level: Level;
  readonly skill: string | undefined;
  readonly minutes: number;
}

/** A new mock with its questions, its candidate in their seat. Refuses when the bank has nothing for it. */
export async function makeMock(turn: Turn, wanted: Wanted, kind: Mock['kind']): Promise<Talk> {
  const { tx, team, now } = turn;
  const id = turn.newId();
  const focus = wanted.skill ?? weakestSkill(await ratingsBySkill(tx, team.id, wanted.candidate));
  const asked = await timesAsked(tx, team.id, wanted.candidate);
  const { questions, remarks } = choose(turn.bank.questions, {
    seed: `${team.seed} ${id}`,
    level: wanted.level,
    focus,
    asked,
  });
  if (questions.length === 0)
    throw new Refusal(t`The question bank has no question at ${wanted.level} level, so there is nothing to ask yet.`);
  const mock = blank(turn, wanted, { id, kind, remarks: remarks.join('\n') });
  await addMock(tx, mock);
  if (!(await takeSeat(tx, { team: team.id, person: wanted.candidate, mock: id })))
    throw new Refusal(t`You are in another mock interview. \`/${turn.words.mock}\` shows it.`);
  await addMember(tx, {
    mock: id,
    team: team.id,
    person: wanted.candidate,
    role: 'candidate',
    consent: 'asked',
    at: now,
  });
  const rows = questions.map((question, i) => frozen(mock, question, i + 1));
  await addQuestions(tx, rows);
  return { mock, asked: rows, words: [] };
}

const blank = (
  { team, now }: Turn,
  { candidate, level, skill, minutes }: Wanted,
  made: Pick<Mock, 'id' | 'kind' | 'remarks'>,
): Mock => ({
  ...made,
  team: team.id,
  candidate,
  level,
  skill: skill ?? null,
  minutes,
  seed: `${team.seed} ${made.id}`,
  stage: made.kind === 'solo' ? 'opening' : 'invited',
  question: 0,
  part: 0,
  paused: 0,
  pauses: 0,
  left_ms: null,
  nudge_at: null,
  replayed: 0,
  overall: null,
  keep: null,
  keep_too: null,
  change: null,
  starts: null,
  swapped: null,
  next_at: null,
  created: now,
  begun: null,
  ended: null,
});

const frozen = (mock: Mock, question: Question, n: number): Asked => ({
  mock: mock.id,
  team: mock.team,
  n,
  question: question.id,
  skill: question.skills[0] ?? 'general',
  type: question.type,
  text: question.text,
  probes: JSON.stringify(probesFor(question)),
  good: JSON.stringify(question.good),
  flags: JSON.stringify(question.redFlags),
  asked: null,
  answered: null,
  skipped: 0,
});

export const openingOf = (turn: Turn, { mock, asked }: Talk): Opening => ({
  mock,
  level: levelIn(mock),
  count: asked.length,
  probes: Math.max(0, ...asked.map((one) => probesOf(one).length)),
  retentionDays: turn.team.retention_days,
  practice: turn.words.practice,
  remarks: mock.remarks.split('\n').filter((line) => line !== ''),
});

/** The opening card, where the interview will be held; nothing is asked before it is agreed to. */
export async function openSolo(turn: Turn, talk: Talk): Promise<void> {
  const { mock } = talk;
  await turn.listen(placeOf(mock), mock.id);
  const skills = turn.bank.questions.filter(({ level }) => level === mock.level).flatMap((one) => one.skills);
  const stories = await storyLine(turn, mock.candidate, skills.toSorted());
  await turn.send({
    kind: 'post',
    name: openPost(mock),
    to: placeOf(mock),
    message: openingCard({ ...openingOf(turn, talk), ...(stories ? { stories } : {}) }),
  });
  await turn.wake('idle', mock.id, plus(turn.now, IDLE_MS));
}
