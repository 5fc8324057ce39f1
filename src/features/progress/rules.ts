/** What a person's page may take in: levels, zones and pauses as they are typed or chosen. Pure. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { Instant } from '../../chat/ids.ts';
import { parseZone } from '../../schedule/parse.ts';
import { parsePause } from '../../schedule/parse-date.ts';
import type { Parsed } from '../../schedule/parsed.ts';
import { instantOf, localTime } from '../../schedule/zone.ts';

/** Days that the counts on the page look back. */
export const COUNTED_DAYS = 30;
/** Where nothing is known about a person's clock. */
const LAST_RESORT = 'Etc/UTC';

export const levelNamed = (word: string): Level | undefined => LEVELS.find((level) => level === word);

/** A person's zone: their own, else their team's first schedule's, else UTC. */
export const zoneFor = (own: string | null | undefined, schedule: string | undefined): string =>
  own ?? schedule ?? LAST_RESORT;

export function readZone(text: string): Parsed<string> {
  return text.trim() === '' ? { problem: 'Write a zone like Europe/Berlin.' } : parseZone(text);
}

/** The instant a pause ends: the start of the first day after it, in that person's zone. */
export function readPause(text: string, now: Instant, zone: string): Parsed<Instant> {
  const read = parsePause(text, localTime(now, zone).date);
  return 'problem' in read ? read : { value: instantOf(read.value, '00:00', zone) };
}

export const isPaused = (until: Instant | null | undefined, now: Instant): until is Instant =>
  until !== null && until !== undefined && until > now;
