/** Playing a mock in a test: people who answer, rate and look back as people do. */
import type { Form } from '../../../src/chat/message.ts';
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { plus } from '../../../src/chat/world.ts';
import { features } from '../../../src/features/index.ts';
import type { Row } from '../../../src/store/schema.ts';
import { formIn, type Someone } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import { openWorld, type TestWorld, type WorldOptions } from '../../support/world.ts';

const opened: TestWorld[] = [];
export const closeAll = async (): Promise<void> => {
  for (const team of opened.splice(0)) await team.close();
};

export async function practice(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const team = await openWorld({ features, ...options });
  opened.push(team);
  return team;
}

type Table = 'mocks' | 'mock_seats' | 'mock_words' | 'mock_scores' | 'mock_questions' | 'mock_people';
export const rows = <T extends Table>(team: TestWorld, table: T): Promise<Row<T>[]> =>
  team.store.read((tx) =>
    tx
      .selectFrom(table as Table)
      .selectAll()
      .execute(),
  ) as Promise<unknown> as Promise<Row<T>[]>;

export const mockOf = async (team: TestWorld) => {
  const all = await team.store.read((tx) =>
    tx.selectFrom('mocks').selectAll().orderBy('created').orderBy('id').execute(),
  );
  const last = all.at(-1);
  if (!last) throw new Error('no mock was begun');
  return last;
};

/** The newest of what this person finds in their DM, as it reads. */
export const lastOf = (who: Someone): string => who.inbox().at(-1) ?? '';
export const inboxOf = (who: Someone): string => who.inbox().join('\n---\n');

export const FIRST = { setup: '3', action: '4', result: '2', reflection: '3' };
export const LAST = { reach: '3', 'trade-offs': 'none' };
export const LOOKED = {
  overall: '3',
  keep: 'I began with what was at stake.',
  'keep-too': '',
  change: 'Say what came of it, with a number.',
};

export const fills = (who: Someone, form: Form | AnswerTo['press'], values: Readonly<Record<string, string>>) =>
  who.submits(formIn(form), values);

/** Both steps of the own rating. */
export async function rates(who: Someone, first = FIRST, last = LAST): Promise<void> {
  await fills(who, await who.presses('Rate it'), first);
  await fills(who, await who.presses('Rate the last two'), last);
}

/** Minutes go by. */
export const pass = (team: TestWorld, minutes: number): Promise<void> =>
  team.jump(plus(team.now(), Math.round(minutes * 60_000)));

/** One question with its follow-ups and the rating, in five minutes. */
export async function answers(
  team: TestWorld,
  who: Someone,
  words: string,
  {
    probes = 2,
    first = FIRST,
    room,
  }: { readonly probes?: number; readonly first?: typeof FIRST; readonly room?: string } = {},
): Promise<void> {
  const at = room === undefined ? {} : { room };
  await pass(team, 3);
  await who.writes(words, at);
  await who.presses('That is my answer');
  await pass(team, 2);
  for (let probe = 1; probe <= probes; probe += 1) {
    await who.writes(`${words} To follow-up ${probe}: because we had measured it.`, at);
    await who.presses('That is my answer');
  }
  await rates(who, first);
}

export async function looksBack(who: Someone, again: string, room?: string): Promise<void> {
  await fills(who, await who.presses('Look back'), LOOKED);
  await who.writes(again, room === undefined ? {} : { room });
  await who.presses('That is my answer');
}

export const said = (n: number): string =>
  `Answer ${n}: our nightly import had failed for a week, so I sat down with its owner and we found the stale cache together.`;

/** From `/mock` to the scorecard. */
export async function playsSolo(team: TestWorld, who: Someone, level = 'senior', probes = 2): Promise<void> {
  await who.says(`mock ${level}`);
  await who.presses('Begin');
  for (let n = 1; n <= 4; n += 1) await answers(team, who, said(n), { probes });
  await pass(team, 1);
  await looksBack(
    who,
    'Once more: the import failed for a week; I paired with its owner, and it has not failed since May.',
  );
}

export const cardOf = (team: TestWorld, prefix: string): string => read(team.chat.named(prefix).at(-1)?.message);
export const filesOf = (team: TestWorld) =>
  team.chat.posted.flatMap(({ delivery }) => (delivery.kind === 'file' ? [delivery] : []));
