/** A mock as a turn works on it: its rows read once, where it is held, and its open card. */
import type { Level } from '../../bank/question.ts';
import type { Name } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import type { Place } from '../../chat/place.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { levelOf } from '../../rubric/lens.ts';
import { wasSent } from '../../store/posts.ts';
import { type Asked, findMock, questionsOf, type Words, wordsOf } from './queries.ts';
import { answerMinutes, REPLAY } from './rules.ts';
import { keyOf, type Mock, type Plan } from './states.ts';
import type { Step } from './views.ts';

export interface Talk {
  readonly mock: Mock;
  readonly asked: readonly Asked[];
  readonly words: readonly Words[];
}

export async function talkOf(turn: Turn, id: string): Promise<Talk | undefined> {
  const mock = await findMock(turn.tx, turn.team.id, id);
  return mock && readTalk(turn, mock);
}

const readTalk = async (turn: Turn, mock: Mock): Promise<Talk> => ({
  mock,
  asked: await questionsOf(turn.tx, turn.team.id, mock.id),
  words: await wordsOf(turn.tx, turn.team.id, mock.id),
});

/** The mock a person's action is about, if it is theirs as a candidate. */
export async function ownTalk(turn: Turn, id: string, person: string): Promise<Talk> {
  const talk = await talkOf(turn, id);
  if (!talk) throw new Refusal(t`That interview is no longer kept. \`/${turn.words.mock}\` begins a new one.`);
  if (talk.mock.candidate !== person) throw new Refusal(t`Only the person who is interviewed can do that.`);
  return talk;
}

export const roomOf = (mock: Pick<Mock, 'id'>): Name => `mock:room:${mock.id}`;
export const placeOf = (mock: Pick<Mock, 'id' | 'kind' | 'candidate'>): Place =>
  mock.kind === 'solo' ? { in: 'dm', person: mock.candidate } : { in: 'room', room: roomOf(mock) };

/** Each pause ends a card; the same step is then posted anew. */
export const cardOf = (mock: Mock): Name => `mock:step:${mock.id}:${keyOf(mock)}:${mock.pauses}`;
export const keptPost = (mock: Mock): Name => `mock:kept:${mock.id}:${keyOf(mock)}:${mock.pauses}`;
/** Each appointment that did not come about ends a card of the room; the one alone is another. */
export const openPost = (mock: Pick<Mock, 'id' | 'kind' | 'pauses'>): Name =>
  mock.kind === 'solo' ? `mock:open:${mock.id}` : `mock:join:${mock.id}:${mock.pauses}`;
export const pausePost = (mock: Mock): Name => `mock:pause:${mock.id}:${mock.pauses}`;

/** Change a post of ours, if it was ever sent. */
export async function editPost(turn: Turn, name: Name, message: Message): Promise<void> {
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'edit', name, message });
}
export async function removePost(turn: Turn, name: Name): Promise<void> {
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'remove', name });
}

/** What was said at one place of the interview, in one text. */
export const saidAt = (words: readonly Words[], n: number, part: number): string =>
  words
    .filter((one) => one.n === n && one.part === part)
    .map(({ text }) => text)
    .join('\n\n');

/** The numbers of the questions that got an answer. */
export const answeredIn = ({ asked, words }: Talk): number[] =>
  asked.filter(({ n, skipped }) => skipped === 0 && saidAt(words, n, 0) !== '').map(({ n }) => n);

export const probesOf = (asked: Asked): readonly string[] => JSON.parse(asked.probes) as string[];

export const planOf = (talk: Talk): Plan => ({
  probes: talk.asked.map((one) => probesOf(one).length),
  canReplay: answeredIn(talk).length > 0,
});

/** Where words belong that are written now. */
export function slotOf(mock: Mock): { readonly n: number; readonly part: number } | undefined {
  if (mock.stage === 'answering') return { n: mock.question, part: mock.part };
  return mock.stage === 'replaying' ? { n: mock.replayed, part: REPLAY } : undefined;
}

export const levelIn = (mock: Mock): Level => levelOf(mock.level);

/** The step it is at, ready to be shown. */
export function stepOf({ mock, asked, words }: Talk, ended?: string): Step {
  const n = mock.stage === 'replaying' ? mock.replayed : mock.question;
  const question = asked.find((one) => one.n === n);
  const probes = question ? probesOf(question) : [];
  const probe = mock.stage === 'answering' && mock.part > 0 ? probes[mock.part - 1] : undefined;
  return {
    mock,
    level: levelIn(mock),
    count: asked.length,
    minutes: answerMinutes(levelIn(mock), mock.minutes),
    ...(question
      ? {
          asked: {
            n,
            skill: question.skill,
            type: question.type,
            text: question.text,
            ...(probe === undefined ? {} : { probe: { at: mock.part, of: probes.length, text: probe } }),
            ...(mock.stage === 'replaying' ? { before: saidAt(words, n, 0) } : {}),
          },
        }
      : {}),
    ...(ended === undefined ? {} : { ended }),
  };
}
