/** `outbox`: what waits to be posted, what could not be, and why. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { mustBeCurrent, withStore } from './open.ts';
import { say, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

type State = Row<'outbox'>['state'];
const STATES: readonly State[] = ['ready', 'sending', 'sent', 'expired', 'dead'];
/** The states that somebody may have to do something about. */
const OPEN: readonly State[] = ['ready', 'sending', 'expired', 'dead'];

interface Options {
  readonly state?: State;
  readonly limit: string;
  readonly json?: boolean;
}

interface Waiting {
  readonly counts: Readonly<Record<State, number>>;
  /** Newest first. No bodies: they are what people wrote. */
  readonly rows: readonly Pick<
    Row<'outbox'>,
    'id' | 'team' | 'name' | 'kind' | 'state' | 'due' | 'tries' | 'maybe_since' | 'last_try' | 'expires_at' | 'reason'
  >[];
}

export function addOutboxCommand(root: Command, terminal: Terminal): void {
  root
    .command('outbox')
    .description('list what waits to be posted and what could not be')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .addOption(new Option('--limit <n>', 'at most this many rows, newest first').default('50'))
    .option('--json', 'one JSON object: counts and rows')
    .addHelpText(
      'after',
      `
States:
  ready    waits for its time, or to be tried again
  sending  on its way
  sent     posted
  expired  came too late to be worth posting
  dead     refused for good; the reason says why

Examples:
  $ greenroom outbox
  $ greenroom outbox --state dead --json | jq '.rows[].reason'`,
    )
    .action(async ({ state, limit, json }: Options, command: Command) => {
      const most = Number(limit);
      if (!Number.isInteger(most) || most < 1 || most > 10_000)
        command.error('error: --limit takes a number from 1 to 10000');
      const found = await withStore(terminal, async (store) => {
        await mustBeCurrent(store);
        return store.read((tx) => look(tx, state === undefined ? OPEN : [state], most));
      });
      say(terminal, json, found, () => words(found));
    });
}

async function look(tx: Tx, states: readonly State[], most: number): Promise<Waiting> {
  const counted = await tx
    .selectFrom('outbox')
    .select((the) => ['state', the.fn.countAll().as('count')])
    .groupBy('state')
    .execute();
  const counts = Object.fromEntries(
    STATES.map((state) => [state, Number(counted.find((row) => row.state === state)?.count ?? 0)]),
  ) as Record<State, number>;
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'team', 'name', 'kind', 'state', 'due', 'tries', 'maybe_since', 'last_try', 'expires_at', 'reason'])
    .where('state', 'in', states)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return { counts, rows };
}

function words({ counts, rows }: Waiting): string {
  const summary = STATES.map((state) => `${counts[state]} ${state}`).join(', ');
  if (rows.length === 0) return `${summary}.`;
  const lines = rows.map((row) => [row.state, row.due, row.kind, row.name, String(row.tries), row.reason ?? '']);
  return `${table(['state', 'due', 'kind', 'name', 'tries', 'reason'], lines)}\n\n${summary}.`;
}
