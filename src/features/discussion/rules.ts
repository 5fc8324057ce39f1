/** Decisions of discussions; pure. */
import type { Scenario } from '../../bank/scenario.ts';
import { keyOf } from '../../bank/order.ts';
import type { Instant, Name, PersonId } from '../../chat/ids.ts';
import { between, DAY, plus } from '../../chat/world.ts';
import { nextRun, plusWorkingDays, type Rhythm, type Run } from '../../schedule/recurrence.ts';
import { instantOf } from '../../schedule/zone.ts';
import type { Lead } from './lead-queries.ts';
import type { Plan } from './plan-queries.ts';
import type { Discussion } from './queries.ts';

/** Working days a discussion stays open when nothing else was chosen. */
export const WINDOW_DAYS = 3;
/** A summary is still taken for this long after the close, in ms. */
const LATE_SUMMARY_MS = 7 * DAY;
/** Posting days that fail in a row before a plan pauses. */
export const FAILED_DAYS = 3;
/** Words somebody looks for; a longer text is a topic of its own. */
const SEARCH_WORDS = 4;
/** Dates looked at for the next run of a plan. */
const MOST_DATES = 400;

export const cardPost = (id: string): Name => `discussion:card:${id}`;
export const summaryPost = (id: string): Name => `discussion:summary:${id}`;
export const closePost = (id: string): Name => `discussion:close:${id}`;
/** The `n`th lead's guide. */
export const guidePost = (id: string, n: number): Name => `discussion:guide:${id}:${n}`;

/** What one of our names is about; undefined for the others. */
export function named(name: Name): { readonly what: string; readonly id: string; readonly n: number } | undefined {
  const [, what = '', id = '', n = '0'] = name.split(':');
  return id === '' ? undefined : { what, id, n: Number(n) };
}

/** The last moment a summary is taken. */
export const endOf = (discussion: Pick<Discussion, 'closes'>): Instant => plus(discussion.closes, LATE_SUMMARY_MS);

/** Whose the summary is to write: the lead's, and anybody's where nobody leads. */
export const maySummarise = ({ lead }: Pick<Discussion, 'lead'>, person: PersonId): boolean =>
  lead === null || lead === person;

/** A topic's words or a search for one, brought to one form: letters and digits of any script, in lower case. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export const wordsOf = (text: string): string[] =>
  folded(text)
    .split(' ')
    .filter((word) => word !== '');

export interface Used {
  readonly scenario: string;
  readonly opened: Instant;
}

/**
 * The scenario that is up: one that was not used yet, else the one used longest ago. Which of several is the same for
 * one seed, whatever the order of the bank.
 */
export function nextScenario(
  scenarios: readonly Scenario[],
  used: readonly Used[],
  seed: string,
): Scenario | undefined {
  const last = new Map(used.map(({ scenario, opened }) => [scenario, opened]));
  const order = ({ id }: Scenario): [string, number] => [last.get(id) ?? '', keyOf(seed, id)];
  return scenarios
    .filter(({ status }) => status === 'reviewed')
    .toSorted((a, b) => {
      const [usedA, keyA] = order(a);
      const [usedB, keyB] = order(b);
      return usedA === usedB ? keyA - keyB : usedA < usedB ? -1 : 1;
    })[0];
}

/** The scenarios a short text asks for, by id, title or skill; empty when it is a topic of its own. */
export function scenariosFor(text: string, scenarios: readonly Scenario[]): readonly Scenario[] {
  const asked = folded(text);
  const whole = scenarios.filter(({ id, title }) => id === text.trim() || folded(title) === asked);
  const words = wordsOf(text);
  if (whole.length > 0 || /^\s*["“„«]/.test(text) || words.length === 0 || words.length > SEARCH_WORDS) return whole;
  return scenarios.filter(({ id, title, skills }) => {
    const known = wordsOf(`${title} ${id} ${skills.join(' ')}`);
    return words.every((word) => known.some((one) => one.startsWith(word)));
  });
}

/** A topic somebody wrote, without the quotes that say so. */
export const ownTopic = (text: string): string =>
  text
    .trim()
    .replace(/^["“„«]\s*([^]*?)\s*["”“»]$/, '$1')
    .trim();

/** Who leads next: asked longest ago, then who offered first. Nobody is asked twice about one discussion. */
export function nextLead(leads: readonly Lead[], opened: Instant, except: PersonId | null): Lead | undefined {
  return leads
    .filter(({ person, last_asked: asked }) => person !== except && (asked === null || asked < opened))
    .toSorted((a, b) => {
      const keys = [a, b].map((one) => `${one.last_asked ?? ''} ${one.since} ${one.person}`);
      return (keys[0] ?? '') < (keys[1] ?? '') ? -1 : 1;
    })[0];
}

/** When the lead is asked for the summary: on the last working day, so that one is left to write it; else in the middle. */
export function askAt(rhythm: Rhythm, opened: Instant, closes: Instant): Instant {
  let last = plus(opened, between(opened, closes) / 2);
  for (let days = 1; ; days += 1) {
    const day = plusWorkingDays(rhythm, opened, days);
    if (day >= closes) return last;
    last = day;
  }
}

/** When a thread is quiet for a working day, seen from `now`; undefined when that would be no help any more. */
export function quietAt(
  rhythm: Rhythm,
  discussion: Pick<Discussion, 'opened' | 'last_reply' | 'closes'>,
): Instant | undefined {
  const quiet = plusWorkingDays(rhythm, discussion.last_reply ?? discussion.opened, 1);
  return quiet < discussion.closes ? quiet : undefined;
}

/** A plan's first run after `after`, among its days that are free for it. */
export function nextTopicRun(
  rhythm: Rhythm,
  after: Instant,
  {
    beside,
    last,
    isAsked,
  }: { readonly beside: Plan['beside']; readonly last: string | null; isAsked(date: string): boolean },
): Run | undefined {
  const skipped =
    beside === 'other' && last !== null ? nextRun(rhythm, instantOf(last, rhythm.time, rhythm.zone))?.date : undefined;
  let run = nextRun(rhythm, after);
  for (let n = 0; run !== undefined && n < MOST_DATES; n += 1) {
    const isFree = run.date !== skipped && (beside !== 'free' || !isAsked(run.date));
    if (isFree) return run;
    run = nextRun(rhythm, run.at);
  }
  return undefined;
}
