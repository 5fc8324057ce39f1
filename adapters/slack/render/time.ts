/** Moments, shown in each reader's own zone, with words for where Slack cannot. */
import type { Span } from '../../../src/chat/text.ts';
import { msOf } from '../../../src/chat/world.ts';

export type Time = Extract<Span, { kind: 'time' }>;

const FORMATS: Readonly<Record<Time['show'], string>> = {
  time: '{time}',
  day: '{date_short_pretty}',
  both: '{date_short_pretty} at {time}',
};
const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SHOWN: Readonly<Record<Time['show'], Intl.DateTimeFormatOptions>> = {
  time: CLOCK,
  day: DAY,
  both: { ...DAY, ...CLOCK },
};

export interface Moment {
  /** Seconds, as Slack counts. */
  readonly timestamp: number;
  readonly format: string;
  readonly fallback: string;
}

/** Undefined for a moment Slack cannot show. */
export function momentOf(time: Time): Moment | undefined {
  const timestamp = Math.floor(msOf(time.at) / 1000);
  if (!(timestamp > 0 && timestamp < 99_999_999_999)) return undefined;
  return { timestamp, format: FORMATS[time.show], fallback: inZone(time) };
}

/** `Mon, 23 Nov, 09:00 (Europe/Berlin)`; UTC when nobody knows the zone. */
export function inZone({ at, show, zone }: Time): string {
  const ms = msOf(at);
  if (Number.isNaN(ms)) return at;
  const named = show === 'day' ? '' : ` (${zone})`;
  try {
    return `${formatOf(show, zone).format(ms)}${named}`;
  } catch {
    return `${formatOf(show, 'UTC').format(ms)}${show === 'day' ? '' : ' (UTC)'}`;
  }
}

/** Making one takes far longer than using it. Zones are few; should they not be, all are made anew now and then. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 1000;

function formatOf(show: Time['show'], timeZone: string): Intl.DateTimeFormat {
  const key = `${show} ${timeZone}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...SHOWN[show], timeZone });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, made);
  return made;
}
