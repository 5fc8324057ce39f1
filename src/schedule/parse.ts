/** The room's door for words: what people type about a schedule, read into values, and a schedule written in words. */

export { describeDate, describeRhythm, describeWeekdays } from './describe.ts';
export { parseDate, parseDates, parseDuration, parsePause } from './parse-date.ts';
export { parseRhythm } from './parse-rhythm.ts';
export { parseTime, parseWeekdays, parseZone } from './parse-time.ts';
export { splitTime } from './split-time.ts';
