/** The rest of a schedule, one form each: rhythm, holidays, questions, feedback. */
import { LIMITS } from '../../chat/limits.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { listCountries, listRegions, loadHolidays, type Place } from '../../schedule/holidays.ts';
import { parseDates, parsePause } from '../../schedule/parse.ts';
import type { Parsed } from '../../schedule/parsed.ts';
import { localTime } from '../../schedule/zone.ts';
import { saveSchedule, type Schedule } from '../../store/schedules.ts';
import { afterChange } from './announce.ts';
import { choicesIn } from './forms.ts';
import { scheduleFor } from './rights.ts';
import { hasQuestions, reject } from './save.ts';
import { listOf, spansOf } from './words.ts';

type Values = Readonly<Record<string, string>>;
type Rejected = Extract<AnswerTo['submit'], { kind: 'reject' }>;
type Change = Partial<Schedule> | Rejected;

/** A form that changes an existing schedule: `read` turns its values into columns, or says which field is wrong. */
const saving =
  (read: (values: Values, schedule: Schedule, turn: Turn) => Change | Promise<Change>): Handler<'submit'> =>
  async (event, turn) => {
    const schedule = await scheduleFor(event.from, event.on.subject, turn);
    const change = await read(event.values, schedule, turn);
    if ('kind' in change) return change;
    const changed: Schedule = { ...schedule, ...change };
    await saveSchedule(turn.tx, changed);
    return { kind: 'show', message: await afterChange(turn, changed) };
  };

const typedIn = (values: Values, field: string): string => (values[field] ?? '').trim();

export const saveRhythm = saving((values, schedule, turn) => {
  const everyWeeks = Number(values['weeks'] ?? 1);
  const windowDays = Number(values['window'] ?? 1);
  if (![1, 2, 3, 4].includes(everyWeeks)) return reject('weeks', 'Every 1, 2, 3 or 4 weeks.');
  if (![1, 2, 3, 5].includes(windowDays)) return reject('window', '1, 2, 3 or 5 working days.');
  const today = localTime(turn.now, schedule.zone).date;
  const until = typedIn(values, 'until');
  const pause: Parsed<string | null> = until === '' ? { value: null } : parsePause(until, today);
  if ('problem' in pause) return reject('until', pause.problem);
  const anchor = everyWeeks === schedule.every_weeks ? schedule.anchor : today;
  return { every_weeks: everyWeeks, anchor, window_days: windowDays, paused_until: pause.value };
});

export const saveHolidays = saving(async (values, schedule, turn) => {
  const place = await placeOf(typedIn(values, 'country'), typedIn(values, 'region'));
  if (typeof place !== 'string') return place;
  const today = localTime(turn.now, schedule.zone).date;
  const dates = parseDates(typedIn(values, 'dates'), today);
  if ('problem' in dates) return reject('dates', dates.problem);
  const ahead = dates.value.filter((date) => date >= today);
  if (spansOf(ahead).length > LIMITS.fieldValue)
    return reject('dates', 'That is more than fits in here. Write longer spans, or fewer dates.');
  return { holidays: place, skip_dates: ahead.join(',') };
});

/** Country and region as codes, `DE-BY`; '' for none. */
async function placeOf(country: string, region: string): Promise<string | Rejected> {
  if (country === '')
    return region === '' ? '' : reject('country', 'Write the country as well, or leave the region out.');
  const whole = await loadHolidays(country);
  if ('problem' in whole) return reject('country', whole.problem);
  const land = codeOf(await listCountries(), country);
  if (region === '') return land;
  const part = await loadHolidays(land, region);
  if ('problem' in part) return reject('region', part.problem);
  return `${land}-${codeOf(await listRegions(land), region.replace(new RegExp(`^${land}-`, 'i'), ''))}`;
}

/** The code of a place that is known to be among them. */
function codeOf(places: Parsed<readonly Place[]>, typed: string): string {
  const wanted = typed.trim().toLowerCase();
  const found = ('value' in places ? places.value : []).find(
    ({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  return found?.code ?? typed;
}

export const saveQuestions = saving((values, schedule, turn) => {
  const known = choicesIn(turn.bank);
  const chosen = (field: 'skills' | 'packs'): string[] =>
    listOf(values[field] ?? '').filter((one) => known[field].some(({ value }) => value === one));
  const change = { skills: chosen('skills').join(','), packs: chosen('packs').join('\n') };
  if (!hasQuestions(turn, { ...schedule, ...change }))
    return reject('skills', 'No question fits this choice at the schedule’s levels. Choose more skills or packs.');
  return change;
});

export const saveFeedback = saving((values) => {
  const reviewers = Number(values['reviewers'] ?? 3);
  if (![2, 3, 4].includes(reviewers)) return reject('reviewers', '2, 3 or 4 reviewers an answer.');
  return {
    reviewers,
    give_first: values['give'] === 'no' ? 0 : 1,
    after: values['after'] === 'reviewers' ? 'reviewers' : 'publish',
  };
});
