/** What the rest of the house knows of the database: work inside one transaction, and how the database is doing. */
import type { Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** One transaction. It is all that work may touch; it is dead once the work has ended. */
export type Tx = Transaction<Schema>;

export type Kind = 'sqlite' | 'postgres';

export interface Store {
  readonly kind: Kind;
  /**
   * Run work as one serializable transaction: all of it is kept, or nothing. Work that met another transaction is run
   * again, so it must touch only `tx` and values. Throws what the work throws, and {@link StoreError}; after
   * `unreachable` nobody knows whether it was kept.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `write`, for looking only: one moment of the database, and a change is refused. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** How the database is doing, from what the last calls met. */
  health(): Health;
  /** Look again after trouble, and put the disk reserve in place where there is one. Call it at each heartbeat. */
  recover(): Promise<Health>;
  /** Finishes what was begun, then lets go of the database. Once is enough. */
  close(): Promise<void>;
}

export interface Health {
  readonly ok: boolean;
  readonly problem?: string;
}

/** What stands between us and the database, in words for the person who runs Greenroom. Never holds a password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason: Reason;
  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export type Reason =
  | 'address'
  | 'unreachable'
  | 'not a database'
  | 'read-only'
  | 'busy'
  | 'full'
  | 'nested'
  | 'newer'
  | 'migration'
  | 'backup';
