/** What a schedule may look like; pure. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { ChannelId, Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Person } from '../../chat/incoming.ts';
import { localTime } from '../../schedule/zone.ts';
import type { Schedule } from '../../store/schedules.ts';

/** Platform admins and a schedule's creator may change it. */
export const mayChange = (person: Person, schedule: Schedule | undefined): boolean =>
  person.admin || schedule?.creator === person.id;

/** Levels in their order from a comma-joined choice; unknown words are dropped. */
export const levelsIn = (text: string): readonly Level[] => {
  const chosen = text.split(',');
  return LEVELS.filter((level) => chosen.includes(level));
};

export interface Basics {
  readonly channel: ChannelId;
  readonly time: string;
  readonly zone: string;
  readonly weekdays: readonly number[];
  readonly levels: readonly Level[];
  readonly mode: 'open' | 'sealed';
}

/** A schedule with everything at its default except what was asked. */
export function newSchedule(
  basics: Basics,
  about: { readonly id: string; readonly team: TeamId; readonly creator: PersonId; readonly now: Instant },
): Schedule {
  return {
    ...columnsOf(basics),
    id: about.id,
    team: about.team,
    creator: about.creator,
    every_weeks: 1,
    anchor: localTime(about.now, basics.zone).date,
    skills: '',
    packs: '',
    after: 'publish',
    window_days: 1,
    holidays: '',
    skip_dates: '',
    paused_until: null,
    reviewers: 3,
    give_first: 1,
    state: 'new',
    failed_days: 0,
    next_run: null,
    next_date: null,
    created: about.now,
  };
}

export const columnsOf = (
  basics: Basics,
): Pick<Schedule, 'channel' | 'time' | 'zone' | 'weekdays' | 'levels' | 'mode'> => ({
  channel: basics.channel,
  time: basics.time,
  zone: basics.zone,
  weekdays: basics.weekdays.join(','),
  levels: basics.levels.join(','),
  mode: basics.mode,
});

/** `9:30 Europe/Berlin`, `Berlin 9:30` or `9:30` into its two parts; the zone is '' when none was written. */
export function splitTime(text: string): { readonly time: string; readonly zone: string } {
  const words = text.trim().split(/\s+/);
  const at = words.findIndex((word) => /^\d/.test(word));
  if (at < 0) return { time: '', zone: text.trim() };
  const hasHalf = /^[ap]\.?m\.?$/i.test(words[at + 1] ?? '');
  const time = words.slice(at, at + (hasHalf ? 2 : 1));
  const zone = [...words.slice(0, at), ...words.slice(at + time.length)];
  return { time: time.join(' '), zone: zone.join('_') };
}
