/** The words of discussions: whom they suit, how many wrote, when they come. */
import { capital, counted } from '../../chat/card.ts';
import type { Action } from '../../chat/message.ts';
import { cut } from '../../chat/text.ts';
import { describeWeekdays } from '../../schedule/parse.ts';
import type { Plan } from './plan-queries.ts';
import type { Counts, Discussion } from './queries.ts';

export const on = (name: string, subject: string): Action => ({ feature: 'discussion', name, subject });
export const listOf = (text: string): string[] => text.split(',').filter((part) => part !== '');

/** `Mentorship, Ethics`. */
export const skillWords = ({ skills }: Pick<Discussion, 'skills'>): string =>
  cut(
    listOf(skills)
      .map((slug) => capital(slug.replaceAll('-', ' ')))
      .join(', '),
    80,
  );

/** `mid to staff`, `senior`, `every level`. */
export function levelWords({ levels }: Pick<Discussion, 'levels'>): string {
  const all = listOf(levels);
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || all.length === 4) return 'every level';
  return cut(first === last ? first : `${first} to ${last}`, 60);
}

/** `3 people wrote 7 messages.` Nobody is named, and nobody is missed. */
export const countWords = ({ people, messages }: Counts): string =>
  messages === 0
    ? 'Nobody had time for this one, and that is fine.'
    : `${people === 1 ? '1 person' : `${people} people`} wrote ${counted(messages, 'message')}.`;

/** `09:00 Europe/Berlin, Mon, every 2 weeks`. */
export function rhythmWords(plan: Pick<Plan, 'time' | 'zone' | 'weekdays' | 'every_weeks' | 'beside'>): string {
  const weeks = plan.every_weeks === 1 ? '' : `, every ${plan.every_weeks} weeks`;
  const beside = {
    any: '',
    free: ', on days without a daily question',
    other: ', every other time',
  }[plan.beside];
  return `${plan.time} ${plan.zone}, ${describeWeekdays(listOf(plan.weekdays).map(Number))}${weeks}${beside}`;
}
