/** Durable timers: rows, run when due, each in a turn that begins by deleting its row. */
import type { Instant } from '../chat/ids.ts';
import { HOUR, MINUTE, plus } from '../chat/world.ts';
import type { Row } from '../store/schema.ts';
import type { Core } from './core.ts';
import { beginTurn, commit } from './turn.ts';

const BATCH = 100;
/** So many share a commit, where transactions run one after another in the order they were begun. */
const TOGETHER = 20;
const LONGEST_BACKOFF_MS = HOUR;

/** Run every wake that is due, oldest first, closes before posts of the same minute; the instant of the next one. */
export function openWakes(core: Core): () => Promise<Instant | undefined> {
  const failures = new Map<string, number>();
  const together = core.store.kind === 'sqlite' ? TOGETHER : 1;

  async function runOne(wake: Row<'wakes'>): Promise<void> {
    const key = [wake.team, wake.feature, wake.name, wake.subject].join('\n');
    try {
      await commit(core, async (tx, nudges) => {
        if (!(await takeWake(core, tx, wake))) return;
        const feature = core.features.find(({ name }) => name === wake.feature);
        const begin = await beginTurn(core, tx, nudges, wake.team);
        if (feature && begin) await feature.wakes?.[wake.name]?.(wake.subject, begin(feature));
      });
      failures.delete(key);
    } catch (error) {
      const times = (failures.get(key) ?? 0) + 1;
      failures.set(key, times);
      core.log.error('a timer failed and will be tried again', { wake, times, error });
      await postpone(core, wake, Math.min(MINUTE * 2 ** (times - 1), LONGEST_BACKOFF_MS));
    }
  }

  return async () => {
    for (;;) {
      const due = await dueNow(core);
      for (let at = 0; at < due.length; at += together) await Promise.all(due.slice(at, at + together).map(runOne));
      if (due.length > 0) letThreadsGo(core);
      if (due.length < BATCH) return nextWake(core);
    }
  };
}

const dueNow = ({ store, world }: Core): Promise<Row<'wakes'>[]> =>
  store.read((tx) =>
    tx
      .selectFrom('wakes')
      .selectAll()
      .where('at', '<=', world.now())
      .orderBy('at')
      .orderBy('name')
      .orderBy('subject')
      .limit(BATCH)
      .execute(),
  );

/** They were held back for what these wakes might post. */
const letThreadsGo = ({ jobs, world }: Core): void => jobs.committed('outbox', world.now());

type Tx = Parameters<Parameters<Core['store']['write']>[0]>[0];

/** A stale copy of a wake, or a second runner, deletes nothing and does nothing. */
async function takeWake(core: Core, tx: Tx, wake: Row<'wakes'>): Promise<boolean> {
  const taken = await tx
    .deleteFrom('wakes')
    .where('team', '=', wake.team)
    .where('feature', '=', wake.feature)
    .where('name', '=', wake.name)
    .where('subject', '=', wake.subject)
    .where('version', '=', wake.version)
    .where('at', '<=', core.world.now())
    .returning('at')
    .executeTakeFirst();
  return taken !== undefined;
}

async function postpone(core: Core, wake: Row<'wakes'>, ms: number): Promise<void> {
  await core.store.write((tx) =>
    tx
      .updateTable('wakes')
      .set({ at: plus(core.world.now(), ms) })
      .where('team', '=', wake.team)
      .where('feature', '=', wake.feature)
      .where('name', '=', wake.name)
      .where('subject', '=', wake.subject)
      .where('version', '=', wake.version)
      .execute(),
  );
}

/** The next wake's instant; `without` leaves some kinds out. */
export async function nextWake(
  core: Core,
  without: readonly Pick<Row<'wakes'>, 'feature' | 'name'>[] = [],
): Promise<Instant | undefined> {
  const row = await core.store.read((tx) =>
    tx
      .selectFrom('wakes')
      .select('at')
      .where((e) =>
        e.and(without.map(({ feature, name }) => e.not(e.and([e('feature', '=', feature), e('name', '=', name)])))),
      )
      .orderBy('at')
      .limit(1)
      .executeTakeFirst(),
  );
  return row?.at;
}
