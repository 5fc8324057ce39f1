/** What a platform's doctor needs of the database: the channels that questions go to. */
import { existsSync } from 'node:fs';
import type { ChannelId, TeamId } from '../chat/ids.ts';
import type { Config } from '../config.ts';
import { pending } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import type { Store, Tx } from '../store/store.ts';
import { fileOf } from './open.ts';

export interface Channel {
  readonly team: TeamId;
  readonly channel: ChannelId;
}

/** Undefined without a database, or with one that is behind or broken, which other checks tell. */
export async function withDatabase<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T | undefined> {
  const file = fileOf(config);
  if (file !== undefined && !existsSync(file)) return undefined;
  const store = await openStore(config.databaseUrl).catch(() => undefined);
  if (!store) return undefined;
  try {
    const missing = await pending(store).catch(() => undefined);
    return missing?.length === 0 ? await work(store) : undefined;
  } finally {
    await store.close();
  }
}

/** Where schedules post, of whatever team: only those of a place that is looked at are asked for. */
export const channelsIn = (tx: Tx): Promise<Channel[]> =>
  tx
    .selectFrom('schedules')
    .select(['team', 'channel'])
    .distinct()
    .where('state', '!=', 'stopped')
    .orderBy('channel')
    .execute();
