/** Decisions of a mock interview that need only values: its time, its probes, what people typed, which answer was weakest. */
import { LEVELS, type Level, type Probe, type Question } from '../../bank/question.ts';
import type { Instant } from '../../chat/ids.ts';
import { between, DAY, HOUR, MINUTE } from '../../chat/world.ts';

/** Characters kept of one message or form. */
export const LONGEST = 40_000;
/** The replay's words stand under this part, apart from answer and probes. */
export const REPLAY = 100;
/** Nobody did anything for so long: it is paused, and asks before it goes on, in ms. */
export const IDLE_MS = DAY;
/** A paused mock waits so long before it ends with what there is, in ms. */
export const ABANDONED_MS = 14 * DAY;
/** Somebody who has not come after this long will not, in ms. */
export const NO_SHOW_MS = 10 * MINUTE;
/** Ratings are taken for so long after the end, in ms. */
export const LATE_MS = 72 * HOUR;
const SHORTEST_MINUTES = 10;
const LONGEST_MINUTES = 120;

interface Format {
  readonly minutes: number;
  /** Of one question, with its probes and the rating. */
  readonly question: number;
  readonly answer: number;
  readonly probes: readonly Probe[];
}

const DEFAULTS: Readonly<Record<Probe['kind'], string>> = {
  clarify: 'What was your role then, exactly?',
  'own-part': 'Which step was yours?',
  why: 'What else did you consider, and why not that?',
  evidence: 'How did you know that it worked?',
  'other-side': 'What would your strongest critic say about it?',
  scale: 'Now it is three teams in two time zones. What changes?',
  transfer: 'What do you do differently since then?',
};
const planned = (...kinds: readonly Probe['kind'][]): readonly Probe[] =>
  kinds.map((kind) => ({ kind, text: DEFAULTS[kind] }));

const FORMATS: Readonly<Record<Level, Format>> = {
  mid: { minutes: 30, question: 5.5, answer: 3, probes: planned('own-part', 'evidence') },
  senior: { minutes: 30, question: 5.5, answer: 3, probes: planned('why', 'evidence') },
  staff: { minutes: 45, question: 8, answer: 4, probes: planned('why', 'other-side', 'scale') },
  principal: { minutes: 45, question: 8, answer: 4, probes: planned('other-side', 'scale', 'transfer') },
};

export const minutesFor = (level: Level): number => FORMATS[level].minutes;

/** Time for one question of an interview of `minutes`, in ms. */
export const budgetMs = (level: Level, minutes: number): number =>
  Math.round((minutes / FORMATS[level].minutes) * FORMATS[level].question * MINUTE);

/** About how long a spoken answer takes, in whole minutes. */
export const answerMinutes = (level: Level, minutes: number): number =>
  Math.max(1, Math.round((minutes / FORMATS[level].minutes) * FORMATS[level].answer));

/** The question's own probes, filled up from those of the level that ask something else. */
export function probesFor({ probes, level }: Pick<Question, 'probes' | 'level'>): readonly string[] {
  const wanted = FORMATS[level].probes;
  const kinds = new Set(probes.map(({ kind }) => kind));
  const more = wanted.filter(({ kind }) => !kinds.has(kind));
  return [...probes, ...more, ...wanted].slice(0, wanted.length).map(({ text }) => text);
}

/** Minutes as typed; the level's own when nothing was. */
export function readMinutes(typed: string | undefined, level: Level): { minutes: number } | { problem: string } {
  const text = (typed ?? '').trim();
  if (text === '') return { minutes: minutesFor(level) };
  const minutes = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES) return { minutes };
  return { problem: `Write whole minutes from ${SHORTEST_MINUTES} to ${LONGEST_MINUTES}, or leave it out.` };
}

export const levelNamed = (word: string | undefined): Level | undefined =>
  LEVELS.find((level) => level === word?.trim().toLowerCase());

/** The neighbours of a level; undefined at an end. */
export const levelBelow = (level: Level): Level | undefined => LEVELS[LEVELS.indexOf(level) - 1];
export const levelAbove = (level: Level): Level | undefined => LEVELS[LEVELS.indexOf(level) + 1];

/** `12 minutes`, `2 hours`, `3 days`: about how long something took. */
export function lasted(from: Instant, to: Instant): string {
  const minutes = Math.max(0, Math.round(between(from, to) / MINUTE));
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
