/** A team in which everything runs, and the ways these tests look at somebody's story bank. */
import type { Ref } from '../../../src/chat/ids.ts';
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { features } from '../../../src/features/index.ts';
import { type Someone, textIn } from '../../support/someone.ts';
import { openWorld, type TestWorld, type WorldOptions } from '../../support/world.ts';
import { pressIn, questionOf } from '../daily-team.ts';

export const SAVE = { feature: 'stories', name: 'save', subject: '' };
/** Found nowhere but in what Ben wrote. */
export const CANARY = 'CANARY-ben';
export const WORDS =
  `${CANARY} Last spring our import failed three times in a week. I asked the two newest colleagues what they had ` +
  'ruled out, and we drew the path of a record. I wrote a check that stops the run. Since then it has failed once.';

const opened: TestWorld[] = [];
export const closeAll = async (): Promise<void> => {
  for (const team of opened.splice(0)) await team.close();
};

/** Today's question is posted. */
export async function morning(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const team = await openWorld({ features, ...options });
  opened.push(team);
  await team.at('2026-11-23T08:05:00.000Z');
  return team;
}

/** Keep a message of one's own under today's question; `values` change what the form proposes. */
export async function keeps(
  team: TestWorld,
  someone: Someone,
  text: string,
  values: Readonly<Record<string, string>> = {},
): Promise<AnswerTo['submit']> {
  const under = questionOf(team).name;
  const ref = await someone.replies(under, text);
  const asked = await someone.picks(SAVE, ref, under, text);
  return someone.submits(asked, { title: 'The import', text, ...values });
}

export const bankOf = async (someone: Someone, word = ''): Promise<string> =>
  textIn(await someone.says(`stories ${word}`));

/** Press a button of the list, and then of what it shows. */
export async function goes(someone: Someone, ...labels: readonly string[]): Promise<AnswerTo['press']> {
  let shown: AnswerTo['press'] = await someone.says('stories');
  for (const label of labels) shown = await pressIn(someone, shown, label);
  return shown;
}

export const rowsOf = (team: TestWorld, table: 'stories' | 'story_uses') =>
  team.store.read((tx) => tx.selectFrom(table).selectAll().execute());

export const anyRef = (ref: string): Ref => ref as Ref;
