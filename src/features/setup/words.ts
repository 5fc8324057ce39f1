/** How setup says what a schedule holds: slugs, rhythm, windows, spans of dates. */
import { capital } from '../../chat/card.ts';
import { describeDate, describeWeekdays } from '../../schedule/parse.ts';
import { plusDays } from '../../schedule/zone.ts';
import type { Schedule } from '../../store/schedules.ts';

export const skillWords = (slug: string): string => capital(slug.replaceAll('-', ' '));
export const listOf = (text: string, separator = ','): string[] => text.split(separator).filter((part) => part !== '');

/** `09:00 Europe/Berlin, Mon–Fri, every 2 weeks`. */
export function rhythmWords(schedule: Schedule): string {
  const weeks = schedule.every_weeks === 1 ? '' : `, every ${schedule.every_weeks} weeks`;
  return `${schedule.time} ${schedule.zone}, ${describeWeekdays(listOf(schedule.weekdays).map(Number))}${weeks}`;
}

export const levelWords = (schedule: Schedule): string => listOf(schedule.levels).map(capital).join(', ');

/** `all skills`, `Ethics and Hiring`, `Ethics, Hiring and 7 more`. */
export function skillsOf(schedule: Schedule): string {
  const skills = listOf(schedule.skills).map(skillWords);
  if (skills.length === 0) return 'all skills';
  if (skills.length === 1) return skills[0] ?? '';
  const shown = skills.length <= 5 ? skills.slice(0, -1) : skills.slice(0, 4);
  const last = skills.length <= 5 ? skills.at(-1) : `${skills.length - shown.length} more`;
  return `${shown.join(', ')} and ${last}`;
}

/** How long a round stays open. */
export const windowWords = ({ window_days: days }: Pick<Schedule, 'window_days'>): string =>
  days === 1 ? 'until the next working day' : `for ${days} working days`;

/** `2026-12-24, 2026-12-27 – 2026-12-31`: sorted dates, neighbours joined; reads back as the same dates. */
export function spansOf(dates: readonly string[]): string {
  const spans: { from: string; to: string }[] = [];
  for (const date of dates) {
    const last = spans.at(-1);
    if (last && plusDays(last.to, 1) === date) last.to = date;
    else spans.push({ from: date, to: date });
  }
  return spans.map(({ from, to }) => (from === to ? from : `${from} – ${to}`)).join(', ');
}

/** The date a pause ends, in words; undefined when there is none ahead. */
export const pauseWords = (schedule: Schedule, today: string): string | undefined =>
  schedule.paused_until !== null && schedule.paused_until > today ? describeDate(schedule.paused_until) : undefined;
