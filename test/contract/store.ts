/** What every engine of the store must do; run once for SQLite and once for a real PostgreSQL. */
import { afterAll, beforeAll, describe } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import type { Store } from '../../src/store/store.ts';
import { keepsRows } from './store-rows.ts';
import { keepsOrder } from './store-races.ts';
import { takesSteps } from './store-steps.ts';

export interface Opened {
  readonly store: Store;
  readonly url: string;
  /** One more store on the same database; the same that another process would have. */
  again(): Promise<Store>;
  /** Closes every store it opened and removes the database. */
  drop(): Promise<void>;
}

/** Handed to the parts of the contract; the database in it is migrated and shared by the tests of one part. */
export interface Subject {
  readonly opened: () => Opened;
  readonly store: () => Store;
  readonly fresh: () => Promise<Opened>;
}

export function storeContract(name: string, open: () => Promise<Opened>): void {
  describe(`the store on ${name}`, () => {
    let opened: Opened | undefined;
    const extra: Opened[] = [];
    beforeAll(async () => {
      opened = await open();
      await migrate(opened.store);
    });
    afterAll(async () => {
      for (const one of [opened, ...extra]) await one?.drop();
    });
    const subject: Subject = {
      opened: () => opened!,
      store: () => opened!.store,
      fresh: async () => {
        const one = await open();
        extra.push(one);
        return one;
      },
    };
    keepsRows(subject);
    keepsOrder(subject);
    takesSteps(subject);
  });
}
