/** When the next connection may be asked for: Slack promises little more than one a minute for that. */
import { type World, MINUTE, instant, msOf } from '../../src/chat/world.ts';

export interface Pace {
  /** Resolves when it is time, not before `waitMs` are over, or when `signal` aborts. `deaf`: nothing else is open. */
  turn(ask: { readonly waitMs: number; readonly deaf: boolean; readonly signal: AbortSignal }): Promise<void>;
  /** Nobody asks before that much time is over: Slack said so. */
  hold(ms: number): void;
}

/** This many in a minute go at once: two at the start, and each of them renewed. */
const FREE = 4;
/** With nothing open, what is owed to pace is only this. */
const DEAF_MS = 5_000;
const FIRST_WAIT_MS = 1_000;

/** How long to wait after so many failures in a row, in ms: up to a minute, and never two lines in step. */
export const backOff = (failures: number, roll: number): number =>
  failures === 0 ? 0 : Math.min(MINUTE, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.75 + roll / 2);

export function makePace({ now, sleepUntil }: Pick<World, 'now' | 'sleepUntil'>): Pace {
  let notBefore = 0;
  const asked: number[] = [];
  const free = (deaf: boolean): number => {
    const nowMs = msOf(now());
    const recent = asked.filter((ms) => ms > nowMs - MINUTE);
    if (recent.length < FREE) return nowMs;
    return deaf ? (recent.at(-1) ?? nowMs) + DEAF_MS : (recent.at(-FREE) ?? nowMs) + MINUTE;
  };
  return {
    async turn({ waitMs, deaf, signal }) {
      const earliest = waitMs > 0 ? msOf(now()) + waitMs : free(deaf);
      for (let at = Math.max(earliest, notBefore); msOf(now()) < at && !signal.aborted; at = Math.max(at, notBefore))
        await sleepUntil(instant(at), signal);
      asked.push(msOf(now()));
      asked.splice(0, asked.length - FREE);
    },
    hold: (ms) => void (notBefore = Math.max(notBefore, msOf(now()) + ms)),
  };
}
