/** What mocks keep about a person: handed out to them, or forgotten. Ratings they gave stay with their reader, unlinked. */
import type { PersonId } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { dropMocks } from '../../store/mocks.ts';
import { refreshScorecard } from './finish.ts';
import { showWaiting } from './partner.ts';
import { freeSeats, membersOf, mocksWith, postsOf, unlinkMember } from './queries.ts';
import { scoresOf } from './score-queries.ts';
import { placeOf, removePost, talkOf } from './talk.ts';
import { isOver, type Mock } from './states.ts';

type Export = Readonly<Record<string, unknown>>;

export async function exportPerson(person: PersonId, turn: Turn): Promise<Export> {
  const all = await mocksWith(turn.tx, turn.team.id, person);
  if (all.length === 0) return {};
  const interviews = [];
  for (const mock of all) interviews.push(await exportOne(turn, mock, person));
  return { interviews };
}

/** A candidate's is whole; an interviewer's holds what they gave and what was said of their interviewing. */
async function exportOne(turn: Turn, mock: Mock, person: PersonId): Promise<Export> {
  const members = await membersOf(turn.tx, turn.team.id, mock.id);
  const scores = (await scoresOf(turn.tx, turn.team.id, mock.id)).filter(
    ({ rater, about }) => rater === person || about === person,
  );
  return {
    level: mock.level,
    role: members.find((one) => one.person === person)?.role,
    created: mock.created,
    begun: mock.begun,
    ended: mock.ended,
    ratings: scores.map(({ n, kind, rater, scores: given, evidence, keep, change, notes, at }) => ({
      question: n,
      kind,
      byYou: rater === person,
      ratings: JSON.parse(given) as unknown,
      evidence,
      keep,
      change,
      notes,
      at,
    })),
    ...(mock.candidate === person ? await ownPart(turn, mock) : {}),
  };
}

async function ownPart(turn: Turn, mock: Mock): Promise<Export> {
  const talk = await talkOf(turn, mock.id);
  return {
    overall: mock.overall,
    keep: [mock.keep, mock.keep_too].filter((one) => one !== null),
    change: mock.change,
    nextPractice: mock.next_at,
    questions: (talk?.asked ?? []).map(({ n, text, asked, skipped }) => ({ n, text, asked, skipped: skipped === 1 })),
    said: (talk?.words ?? []).map(({ n, part, text, at }) => ({ question: n, part, text, at })),
  };
}

export async function erasePerson(person: PersonId, turn: Turn): Promise<void> {
  for (const mock of await mocksWith(turn.tx, turn.team.id, person)) {
    if (mock.candidate === person) await forgetMock(turn, mock);
    else await forgetMember(turn, mock, person);
  }
}

/** What they gave stays with its reader, unlinked; a mock under way goes on without them. */
async function forgetMember(turn: Turn, mock: Mock, person: PersonId): Promise<void> {
  for (const name of await postsOf(turn.tx, turn.team.id, mock.id))
    if (name.split(':').includes(person)) await removePost(turn, name);
  await freeSeats(turn.tx, mock, person);
  await unlinkMember(turn.tx, mock, person);
  const talk = await talkOf(turn, mock.id);
  if (!talk) return;
  if (isOver(mock)) await refreshScorecard(turn, talk);
  else if (mock.begun === null) await showWaiting(turn, mock, t`Your partner has left.`, true);
}

/** Everything the bot said in it goes, to whomever it was said. */
async function forgetMock(turn: Turn, mock: Mock): Promise<void> {
  for (const name of await postsOf(turn.tx, turn.team.id, mock.id)) await removePost(turn, name);
  for (const name of ['idle', 'abandon', 'absent', 'appointed', 'next']) await turn.unwake(name, mock.id);
  await turn.unwake('nudge', `${mock.id}:${mock.question}`);
  await turn.unlisten(placeOf(mock));
  await dropMocks(turn.tx, turn.team.id, [mock.id]);
}
