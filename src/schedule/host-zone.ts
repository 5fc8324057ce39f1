/** The host's own zone: learned once for its people, then left, so that no clock change of the host reaches the process. */

import { canonicalZone } from './zone-names.ts';

/**
 * Gives the host's zone and moves the process to UTC. To be called once, first thing, with `process.env`: node-cron drops
 * milliseconds by the host's clock, and in the hour an autumn clock shows twice it would stay silent and spin.
 */
export function leaveHostZone(env: Record<string, string | undefined>): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  env['TZ'] = 'Etc/UTC';
  return canonicalZone(timeZone) ?? 'UTC';
}

/** Whether the process still follows a clock other than UTC's. */
export function followsHostZone(): boolean {
  return !['UTC', 'Etc/UTC'].includes(Intl.DateTimeFormat().resolvedOptions().timeZone);
}
