/** What a program does with its database while a tape runs: every statement with its values, in order. */
import Database from 'better-sqlite3';

export interface Taped {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** From now on every statement of this process can be taped; starting it answers how to stop, and what was heard until then. */
export function fitTape(): () => () => readonly Taped[] {
  let tape: Taped[] | undefined;
  // The one place where all statements come by; only a process that is not measured gets it.
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function prepareTaped(this: Database.Database, sql: string) {
    const statement: Database.Statement = prepare.call(this, sql);
    const heard =
      (how: 'all' | 'run' | 'iterate') =>
      (...given: unknown[]): unknown => {
        tape?.push({ sql, values: given.flat() });
        return statement[how](...given);
      };
    return {
      reader: statement.reader,
      readonly: statement.readonly,
      busy: false,
      all: heard('all'),
      run: heard('run'),
      iterate: heard('iterate'),
    } as unknown as Database.Statement;
  } as typeof prepare;
  return () => {
    const mine: Taped[] = [];
    tape = mine;
    return () => {
      tape = undefined;
      return mine;
    };
  };
}
