/** The heartbeat: once a minute, in case a wake was missed. node-cron lives here alone, and no schedule of a person's goes into it. */

import { schedule } from 'node-cron';
import { followsHostZone } from './host-zone.ts';

/** node-cron calls a beat that starts later than this missed; just under a minute, so a late one still counts. */
const LATE_BUT_FINE_MS = 59_000;

const quiet = { info() {}, warn() {}, error() {}, debug() {} };

/** A running heartbeat; `stop` ends it and waits for the beat under way. */
export interface Heartbeat {
  readonly stop: () => Promise<void>;
}

/**
 * Calls `beat` at every full minute. A beat still running when the next is due lets that one go by. What a beat throws goes
 * to `failed` and stops nothing. The process has to be in UTC (`leaveHostZone`); `failed` hears it when it is not.
 */
export function startHeartbeat(
  beat: () => Promise<void>,
  failed: (error: unknown) => void = (error) => process.emitWarning(error instanceof Error ? error : String(error)),
): Heartbeat {
  if (followsHostZone())
    failed(new Error('The heartbeat loses an hour each autumn: call leaveHostZone before it starts.'));
  let running = Promise.resolve();
  const task = schedule(
    '* * * * *',
    () => {
      running = Promise.resolve().then(beat).catch(failed);
      return running;
    },
    { timezone: 'Etc/UTC', noOverlap: true, missedExecutionTolerance: LATE_BUT_FINE_MS, logger: quiet },
  );
  return {
    stop: async () => {
      await task.destroy();
      await running;
    },
  };
}
