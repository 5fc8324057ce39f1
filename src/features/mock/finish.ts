/** The end of a mock: seats are freed, the scorecard and the transcript go to the people they are for. */
import type { Name, PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { isZone } from '../../schedule/zone-names.ts';
import { schedulesOf } from '../../store/schedules.ts';
import { ratersOf, showThanks } from './panel.ts';
import { changeMock, freeSeats, type Member, membersOf } from './queries.ts';
import { REPLAY } from './rules.ts';
import { type Score, scoresOf } from './score-queries.ts';
import { nothingCard, type Scorecard, scorecard } from './scorecard.ts';
import { ofKind, ratersIn, rowsOf, weakestOf } from './scores.ts';
import type { Mock } from './states.ts';
import { answeredIn, editPost, levelIn, placeOf, saidAt, type Talk } from './talk.ts';
import { transcript } from './transcript.ts';

export const scorecardPost = (mock: Pick<Mock, 'id'>): Name => `mock:card:${mock.id}`;

export async function finish(turn: Turn, talk: Talk): Promise<void> {
  const { mock } = talk;
  await freeSeats(turn.tx, mock);
  await turn.unlisten(placeOf(mock));
  if (mock.begun === null) return;
  const to = { in: 'dm', person: mock.candidate } as const;
  if (answeredIn(talk).length === 0) {
    await turn.send({ kind: 'post', name: scorecardPost(mock), to, message: nothingCard(turn.words.mock) });
    return;
  }
  await turn.send({
    kind: 'post',
    name: scorecardPost(mock),
    to,
    message: scorecard(await scorecardOf(turn, talk)),
  });
  for (const member of await ratersOf(turn, mock)) await showThanks(turn, talk, member);
  const members = await membersOf(turn.tx, turn.team.id, mock.id);
  for (const member of members.filter(({ consent }) => consent === 'yes'))
    await sendTranscript(turn, talk, member.person, `mock:transcript:${mock.id}:${member.person}`);
}

/** The scorecard says what is known by now; ratings may come after it. */
export async function refreshScorecard(turn: Turn, talk: Talk): Promise<void> {
  if (answeredIn(talk).length > 0)
    await editPost(turn, scorecardPost(talk.mock), scorecard(await scorecardOf(turn, talk)));
}

/** The zone a person reads times in. */
export async function zoneOf(turn: Turn, person: PersonId): Promise<string> {
  const own = (await turn.person(person))?.zone ?? '';
  if (isZone(own)) return own;
  const [first] = await schedulesOf(turn.tx, turn.team.id);
  return first?.zone ?? 'Etc/UTC';
}

export async function scorecardOf(turn: Turn, talk: Talk): Promise<Scorecard> {
  const { mock, asked, words } = talk;
  const scores = await scoresOf(turn.tx, turn.team.id, mock.id);
  const members = await membersOf(turn.tx, turn.team.id, mock.id);
  const answered = answeredIn(talk);
  const weakest = weakestOf(scores, answered);
  const after = saidAt(words, mock.replayed, REPLAY);
  return {
    mock,
    level: levelIn(mock),
    zone: await zoneOf(turn, mock.candidate),
    answered: answered.length,
    rows: rowsOf(scores),
    raters: ratersIn(scores),
    said: saidBy(scores),
    missing: missingFrom(members, scores),
    nextSkill: asked.find(({ n }) => n === weakest)?.skill,
    first: weakest ?? answered[0] ?? 1,
    retentionDays: turn.team.retention_days,
    ...(after === '' ? {} : { replay: { n: mock.replayed, before: saidAt(words, mock.replayed, 0), after } }),
  };
}

/** A rater's keeps and changes of all questions, each in one text. */
function saidBy(scores: readonly Score[]): Scorecard['said'] {
  const joined = (given: readonly Score[], what: 'keep' | 'change'): string =>
    given.flatMap((score) => (score[what] ? [`(${score.n}) ${score[what]}`] : [])).join(' ');
  return [...Map.groupBy(ofKind(scores, 'rater'), ({ rater }) => rater)]
    .map(([by, given]) => ({ by, keep: joined(given, 'keep'), change: joined(given, 'change') }))
    .filter(({ keep, change }) => keep !== '' || change !== '');
}

function missingFrom(members: readonly Member[], scores: readonly Score[]): number {
  const gave = new Set(ofKind(scores, 'rater').map(({ rater }) => rater));
  return members.filter(({ role, consent, person }) => role !== 'candidate' && consent === 'yes' && !gave.has(person))
    .length;
}

/** A person's copy, under a name of its own. */
export async function sendTranscript(turn: Turn, talk: Talk, reader: PersonId, name: Name): Promise<void> {
  const members = await membersOf(turn.tx, turn.team.id, talk.mock.id);
  const names = new Map<PersonId, string>();
  for (const { person } of members) names.set(person, (await turn.person(person))?.name ?? 'somebody');
  const text = transcript({
    talk,
    members,
    names,
    reader,
    scores: await scoresOf(turn.tx, turn.team.id, talk.mock.id),
    zone: await zoneOf(turn, talk.mock.candidate),
    retentionDays: turn.team.retention_days,
  });
  await turn.send({ kind: 'file', name, to: { in: 'dm', person: reader }, type: 'text/markdown', text });
}

export const planNext = (turn: Turn, mock: Mock, at: Mock['next_at']): Promise<void> =>
  changeMock(turn.tx, mock, { next_at: at });
