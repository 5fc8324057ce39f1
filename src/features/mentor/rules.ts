/** Who may be paired with whom, how well they go together, and why, in words. Pure. */
import { LEVELS, type Level } from '../../bank/question.ts';
import { counted } from '../../chat/card.ts';
import type { PersonId } from '../../chat/ids.ts';
import { cut } from '../../chat/text.ts';
import { DAY, HOUR } from '../../chat/world.ts';
import type { SharedHours } from './hours.ts';

export const TERM_MS = 84 * DAY;
export const CHECK_IN_MS = 14 * DAY;
/** After “not yet” it is asked once more. */
export const ASK_AGAIN_MS = 7 * DAY;
export const RANK_MS = 48 * HOUR;
/** Nobody is asked for anything twice within this, in ms. */
export const REST_MS = 7 * DAY;
export const OFFERS_EACH = 3;
const LEAST_HOURS = 2;
/** What a first, second and third choice adds. */
export const RANK_BONUS: readonly number[] = [0.3, 0.15, 0.05];
/** Between equals, somebody who was left in peace for a week. */
const REST_BONUS = 0.02;

/** What matching knows of a person. */
export interface Someone {
  readonly id: PersonId;
  readonly level: Level;
  readonly zone: string;
  readonly offers: readonly string[];
  readonly wants: readonly string[];
  readonly topics: readonly string[];
  /** Never to be paired with. */
  readonly never: readonly string[];
  readonly manager: string | null;
  /** Plain mean of their own last answers by skill, where there are any. */
  readonly means: Readonly<Record<string, number>>;
  /** Mentees at a time, and how many they have. */
  readonly capacity: number;
  readonly load: number;
  /** Has a mentor; one at a time. */
  readonly mentored: boolean;
  /** Offers of them that are open. */
  readonly offered: number;
  /** Was given nobody new for a week. */
  readonly rested: boolean;
}

/** What is known about two people together. */
export interface Ground {
  readonly hours: SharedHours;
  /** Times they were paired before; undefined: one of them ended it, or passed, so never again. */
  readonly past: (a: string, b: string) => number | undefined;
  /** Everybody's manager, where it is known. */
  readonly managerOf: (person: string) => string | null | undefined;
}

const rankOf = (level: Level): number => LEVELS.indexOf(level);

/** Whether one reports to the other, through whomever. */
export function inLine(a: string, b: string, managerOf: Ground['managerOf']): boolean {
  const above = (from: string, to: string): boolean => {
    const seen = new Set<string>();
    for (let next = managerOf(from); next && !seen.has(next); next = managerOf(next)) {
      if (next === to) return true;
      seen.add(next);
    }
    return false;
  };
  return above(a, b) || above(b, a);
}

/** Any two people: never oneself, somebody unwanted, a reporting line, or somebody who is asleep. */
export function mayMeet(a: Someone, b: Someone, ground: Ground): boolean {
  if (a.id === b.id || a.never.includes(b.id) || b.never.includes(a.id)) return false;
  if (inLine(a.id, b.id, ground.managerOf) || ground.past(a.id, b.id) === undefined) return false;
  return ground.hours(a.zone, b.zone) >= LEAST_HOURS;
}

export const mayMentor = (mentee: Someone, mentor: Someone, ground: Ground): boolean =>
  rankOf(mentor.level) >= rankOf(mentee.level) && mayMeet(mentee, mentor, ground);

/** How much somebody needs a skill, 0 to 1.5: what they asked for, and what their own last answers say. */
function needOf({ wants, means }: Someone, skill: string): number {
  const mean = means[skill];
  const low = mean === undefined ? 0 : Math.min(1, Math.max(0, (4 - mean) / 2));
  return low + (wants.includes(skill) ? 0.5 : 0);
}

function skillOf(mentee: Someone, mentor: Someone): number {
  const skills = [...new Set([...mentee.wants, ...Object.keys(mentee.means)])];
  const need = skills.reduce((sum, skill) => sum + needOf(mentee, skill), 0);
  const met = skills.filter((skill) => mentor.offers.includes(skill));
  return need === 0 ? 0 : met.reduce((sum, skill) => sum + needOf(mentee, skill), 0) / need;
}

const LEVEL_SCORE: readonly number[] = [0.4, 1, 0.8, 0.4];

function aimsOf(a: Someone, b: Someone): number {
  const shared = a.topics.filter((topic) => b.topics.includes(topic)).length;
  const all = new Set([...a.topics, ...b.topics]).size;
  return all === 0 ? 0 : shared / all;
}

/** 0 to 1: how well this mentor suits this mentee (skill, level, shared hours, aims, new to each other). */
export function scoreOf(mentee: Someone, mentor: Someone, ground: Ground): number {
  const above = rankOf(mentor.level) - rankOf(mentee.level);
  return (
    0.4 * skillOf(mentee, mentor) +
    0.2 * (LEVEL_SCORE[above] ?? 0) +
    0.15 * Math.min(1, ground.hours(mentee.zone, mentor.zone) / 4) +
    0.15 * aimsOf(mentee, mentor) +
    0.1 / (1 + (ground.past(mentee.id, mentor.id) ?? 0))
  );
}

/** The worth of a pair to the solver; undefined: never. */
export const worthOf = (mentee: Someone, mentor: Someone, ground: Ground): number | undefined =>
  mayMentor(mentee, mentor, ground) ? scoreOf(mentee, mentor, ground) + (mentor.rested ? REST_BONUS : 0) : undefined;

/** 0 to 1: how well two practice buddies go together, the same both ways. */
export function buddyFit(a: Someone, b: Someone, ground: Ground): number | undefined {
  if (!mayMeet(a, b, ground)) return undefined;
  const wants = [...new Set([...a.wants, ...b.wants])];
  const shared = wants.filter((skill) => a.wants.includes(skill) && b.wants.includes(skill)).length;
  return (
    0.3 * (wants.length === 0 ? 0 : shared / wants.length) +
    0.2 * (1 - Math.abs(rankOf(a.level) - rankOf(b.level)) / 3) +
    0.1 * Math.min(1, ground.hours(a.zone, b.zone) / 4) +
    0.1 * aimsOf(a, b) +
    0.3 / (1 + (ground.past(a.id, b.id) ?? 0))
  );
}

const ABOVE: readonly string[] = ['at your level', 'one level above', 'two levels above', 'three levels above'];
/** A pack may call a skill anything. */
const LONGEST = 60;
export const skillWords = (slug: string): string => cut(slug.replaceAll('-', ' '), LONGEST);

/** `hiring`, `hiring and ethics`, `hiring, ethics and strategy`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/** `strong in hiring, one level above, 6 shared hours a week`. Says nothing that only one of the two may know. */
export function reasonsFor(mentee: Someone, mentor: Someone, ground: Ground): string {
  const skills = mentee.wants.filter((skill) => mentor.offers.includes(skill)).map(skillWords);
  const aims = mentee.topics.filter((topic) => mentor.topics.includes(topic)).map(skillWords);
  const hours = Math.round(ground.hours(mentee.zone, mentor.zone));
  return [
    ...(skills.length === 0 ? [] : [`strong in ${listed(skills.slice(0, 3))}`]),
    ABOVE[rankOf(mentor.level) - rankOf(mentee.level)] ?? '',
    `${counted(hours, 'shared hour')} a week`,
    ...(aims.length === 0 ? [] : [`also cares about ${listed(aims.slice(0, 2))}`]),
  ].join(', ');
}
