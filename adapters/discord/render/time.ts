/** Moments, shown in each reader's own zone, with words for where Discord cannot. */
import type { Span } from '../../../src/chat/text.ts';
import { msOf } from '../../../src/chat/world.ts';

export type Time = Extract<Span, { kind: 'time' }>;

const FORMATS: Readonly<Record<Time['show'], string>> = { time: 't', day: 'D', both: 'F' };
const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SHOWN: Readonly<Record<Time['show'], Intl.DateTimeFormatOptions>> = {
  time: CLOCK,
  day: DAY,
  both: { ...DAY, ...CLOCK },
};

/** `<t:1795424400:F>`; undefined for a moment Discord cannot show. */
export function momentOf({ at, show }: Time): string | undefined {
  const seconds = Math.floor(msOf(at) / 1000);
  return seconds >= 0 ? `<t:${seconds}:${FORMATS[show]}>` : undefined;
}

/** `Mon, 23 Nov, 09:00 (Europe/Berlin)`; UTC when nobody knows the zone. */
export function inZone({ at, show, zone }: Time): string {
  const ms = msOf(at);
  if (Number.isNaN(ms)) return at;
  const write = (timeZone: string): string =>
    new Intl.DateTimeFormat('en-GB', { ...SHOWN[show], timeZone }).format(new Date(ms));
  const named = show === 'day' ? '' : ` (${zone})`;
  try {
    return `${write(zone)}${named}`;
  } catch {
    return `${write('UTC')}${show === 'day' ? '' : ' (UTC)'}`;
  }
}
