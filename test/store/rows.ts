/** The smallest row there is. */
import type { Instant } from '../../src/chat/ids.ts';
import type { Tx } from '../../src/store/store.ts';

export const note = (tx: Tx, id: string): Promise<unknown> =>
  tx
    .insertInto('inbox')
    .values({ id, at: '2026-11-23T09:00:00.000Z' as Instant })
    .execute();
