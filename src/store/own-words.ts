/** What a person said themselves, found by a short name such as `answer:<id>`; nobody else's words are ever found. */
import type { Instant, PersonId, TeamId } from '../chat/ids.ts';
import { skillsOfStory } from './stories.ts';
import type { Tx } from './store.ts';

export interface OwnWords {
  /** The question it answers, or the title it was given. */
  readonly title: string;
  readonly text: string;
  readonly skills: readonly string[];
  readonly at: Instant;
}

interface Whose {
  readonly team: TeamId;
  readonly person: PersonId;
}
type Find = (tx: Tx, whose: Whose, id: string) => Promise<OwnWords | undefined>;

/** Each kind of text that a feature lets its author look at or keep. */
const KINDS: Readonly<Record<string, Find>> = { answer: dailyAnswer, story, 'mock-answer': mockAnswer };

/** Undefined when it is gone, or is not theirs. */
export async function ownWords(tx: Tx, whose: Whose, name: string): Promise<OwnWords | undefined> {
  const [kind = '', ...id] = name.split(':');
  return Object.hasOwn(KINDS, kind) ? KINDS[kind]?.(tx, whose, id.join(':')) : undefined;
}

async function dailyAnswer(tx: Tx, { team, person }: Whose, id: string): Promise<OwnWords | undefined> {
  const found = await tx
    .selectFrom('answers')
    .innerJoin('rounds', 'rounds.id', 'answers.round')
    .select(['rounds.title', 'rounds.skill', 'answers.text', 'answers.at'])
    .where('answers.team', '=', team)
    .where('answers.person', '=', person)
    .where('answers.id', '=', id)
    .executeTakeFirst();
  return found && { title: found.title, text: found.text, skills: [found.skill], at: found.at };
}

async function story(tx: Tx, { team, person }: Whose, id: string): Promise<OwnWords | undefined> {
  const found = await tx
    .selectFrom('stories')
    .select(['title', 'skills', 'text', 'at'])
    .where('team', '=', team)
    .where('person', '=', person)
    .where('id', '=', id)
    .executeTakeFirst();
  return found && { ...found, skills: skillsOfStory(found) };
}

/** What was answered to question `n` of a mock, without its follow-ups: `<mock>.<n>`. */
async function mockAnswer(tx: Tx, { team, person }: Whose, id: string): Promise<OwnWords | undefined> {
  const [mock = '', n = ''] = id.split('.');
  const said = await tx
    .selectFrom('mock_words')
    .innerJoin('mock_questions', (join) =>
      join.onRef('mock_questions.mock', '=', 'mock_words.mock').onRef('mock_questions.n', '=', 'mock_words.n'),
    )
    .select(['mock_questions.text as question', 'mock_questions.skill', 'mock_words.text', 'mock_words.at'])
    .where('mock_words.team', '=', team)
    .where('mock_words.person', '=', person)
    .where('mock_words.mock', '=', mock)
    .where('mock_words.n', '=', Number(n) || 0)
    .where('mock_words.part', '=', 0)
    .orderBy('mock_words.at')
    .orderBy('mock_words.id')
    .execute();
  const [first] = said;
  const text = said.map((one) => one.text).join('\n\n');
  return first && { title: first.question, text, skills: [first.skill], at: first.at };
}
