/** Asks the run's door (test/global-setup.ts) for something that is started once for all tests. */
import { inject } from 'vitest';

/** What stands behind the door, or why there is none. */
export type Behind<T> = T | { readonly missing: string };

export async function knock<T>(path: 'postgres' | 'browser'): Promise<Behind<T>> {
  const answer = await fetch(`${inject('door')}/${path}`);
  return (await answer.json()) as Behind<T>;
}

/** Fails where `REQUIRE_…=1` says the thing must be there; else says loudly that its tests are left out. */
export function leaveOut(what: string, variable: string, why: string): void {
  if (process.env[variable] === '1') throw new Error(`${variable}=1, but there is no ${what}: ${why}`);
  process.stderr.write(`\n!!! NO ${what.toUpperCase()}: its tests are left out. ${why}\n\n`);
}
