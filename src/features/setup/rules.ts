/** What a schedule may look like; pure. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { ChannelId, Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Person } from '../../chat/incoming.ts';
import { localTime } from '../../schedule/zone.ts';
import type { Schedule } from '../../store/schedules.ts';

/** Platform admins and a schedule's maker may change it; a new one is for admins. */
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

/**
 * What a schedule becomes when its card goes out again: it waits for the card, unless somebody paused it on purpose. A
 * pause that failing posts brought about ends with a card that arrives.
 */
export const stateForCard = (schedule: Pick<Schedule, 'state' | 'failed_days'>): Schedule['state'] =>
  schedule.state === 'paused' && schedule.failed_days === 0 ? 'paused' : 'new';
