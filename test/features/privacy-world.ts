/** A team in which Ben and Cleo have answered, with one feature more that writes to people and keeps something about them. */
import type { PersonId } from '../../src/chat/ids.ts';
import { t } from '../../src/chat/text.ts';
import { DAY, plus } from '../../src/chat/world.ts';
import type { Feature } from '../../src/core/feature.ts';
import { daily } from '../../src/features/daily/index.ts';
import { privacyOf } from '../../src/features/privacy/index.ts';
import { progress } from '../../src/features/progress/index.ts';
import { setup } from '../../src/features/setup/index.ts';
import { openWorld, type TestWorld } from '../support/world.ts';

export const WORDS =
  'CANARY-ben When our release slipped I gathered the three teams, named the decision nobody owned, and took it along.';
const OTHERS =
  'CANARY-cleo I asked the person who was most against the plan to review it with me before I showed it to anybody.';

/** Stands in for any feature that writes to people and keeps something about them. */
const notes: Feature = {
  name: 'notes',
  wakes: { soon: async () => {} },
  commands: {
    note: {
      summary: 'Sends a card about an answer',
      args: [{ name: 'text', summary: 'Whose answer', kind: 'rest' }],
      examples: ['note'],
      run: async (event, turn) => {
        const answer = await turn.tx
          .selectFrom('answers')
          .selectAll()
          .where('person', '=', (event.args['text'] ?? '') as PersonId)
          .executeTakeFirstOrThrow();
        const blocks = [{ kind: 'text', text: t`${answer.text}` }] as const;
        const to = { in: 'dm', person: event.from.id } as const;
        await turn.send({ kind: 'post', name: `notes:card:${answer.id}:${event.from.id}`, to, message: { blocks } });
        await turn.wake('soon', answer.person, plus(turn.now, DAY));
        return { kind: 'nothing' };
      },
    },
  },
  exports: async (person, turn) => ({
    reminders: (
      await turn.tx
        .selectFrom('wakes')
        .selectAll()
        .where('feature', '=', 'notes')
        .where('subject', '=', person)
        .execute()
    ).length,
  }),
  erases: (person, turn) => turn.unwake('soon', person),
};

const others = [setup, daily, progress, notes];
const opened: TestWorld[] = [];
export const closeAll = async (): Promise<void> => {
  for (const world of opened.splice(0)) await world.close();
};

/** Today's question is posted and both have answered; `root` is its name. */
export async function answered(): Promise<{ readonly team: TestWorld; readonly root: string }> {
  const team = await openWorld({ features: [...others, privacyOf(others)] });
  opened.push(team);
  await team.at('2026-11-23T08:05:00.000Z');
  const root = team.chat.named('daily:')[0]?.name ?? '';
  await team.someone('Ben').replies(root, WORDS);
  await team.someone('Cleo').replies(root, OTHERS);
  return { team, root };
}

export const erase = { feature: 'privacy', name: 'erase', subject: '' };

/** Every row of every table, as text. */
export async function everything(team: TestWorld): Promise<string> {
  const tables = [
    'people',
    'answers',
    'begun',
    'outbox',
    'listeners',
    'strays',
    'schedules',
    'teams',
    'wakes',
  ] as const;
  return team.store.read(async (tx) => {
    const rows = [];
    for (const table of tables) rows.push(await tx.selectFrom(table).selectAll().execute());
    return JSON.stringify(rows);
  });
}
