/** What those who rate are sent, each in their own direct messages and nowhere else: a card a question, and thanks at the end. */
import type { Name, PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { INTERVIEWING } from './partner-forms.ts';
import { panelCard, thanksCard } from './partner-views.ts';
import { type Member, membersOf } from './queries.ts';
import { scoresOf } from './score-queries.ts';
import type { Mock } from './states.ts';
import { editPost, type Talk } from './talk.ts';

export const panelPost = (mock: Pick<Mock, 'id'>, n: number, to: PersonId): Name => `mock:panel:${mock.id}:${n}:${to}`;
const thanksPost = (mock: Pick<Mock, 'id'>, to: PersonId): Name => `mock:thanks:${mock.id}:${to}`;

export const ratersOf = async (turn: Turn, mock: Mock): Promise<Member[]> =>
  mock.kind === 'solo'
    ? []
    : (await membersOf(turn.tx, turn.team.id, mock.id)).filter(
        ({ role, consent }) => role !== 'candidate' && consent === 'yes',
      );

/** The question that is asked now, with what to look for. */
export async function sendPanels(turn: Turn, { mock, asked }: Talk): Promise<void> {
  const question = asked.find(({ n }) => n === mock.question);
  if (!question) return;
  for (const { person } of await ratersOf(turn, mock)) {
    const name = panelPost(mock, mock.question, person);
    await turn.send({ kind: 'post', name, to: { in: 'dm', person }, message: panelCard(mock, question, 0) });
  }
}

/** Sent at the end, and rewritten when a rating or a word about the interviewing comes after it. */
export async function showThanks(turn: Turn, { mock, asked, words }: Talk, { person, role }: Member): Promise<void> {
  const scores = await scoresOf(turn.tx, turn.team.id, mock.id);
  const full = new Set(scores.filter(({ rater, steps }) => rater === person && steps === 2).map(({ n }) => n));
  const answered = asked.filter(({ n }) => words.some((one) => one.n === n && one.part === 0)).map(({ n }) => n);
  const said = scores.find(({ kind, about }) => kind === 'interviewing' && about === person);
  const given = said === undefined ? {} : (JSON.parse(said.scores) as Readonly<Record<string, number>>);
  const message = thanksCard({
    mock,
    unrated: answered.filter((n) => !full.has(n)),
    isInterviewer: role === 'interviewer',
    about: Object.entries(INTERVIEWING).flatMap(([name, item]) => {
      const rating = given[name];
      return rating === undefined ? [] : [{ item, rating }];
    }),
  });
  await turn.send({ kind: 'post', name: thanksPost(mock, person), to: { in: 'dm', person }, message });
  await editPost(turn, thanksPost(mock, person), message);
}
