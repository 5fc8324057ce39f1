/** The rest of a schedule, one form each: rhythm, holidays, questions, feedback. */
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { parseDate, parseDates } from '../../schedule/parse-date.ts';
import { calendarOf } from '../../schedule/saved.ts';
import { localTime } from '../../schedule/zone.ts';
import { findSchedule, saveSchedule, type Schedule } from '../../store/schedules.ts';
import { mayChange } from './rules.ts';
import { afterChange, reject } from './save.ts';

type Values = Readonly<Record<string, string>>;
type Change = Partial<Schedule> | Extract<AnswerTo['submit'], { kind: 'reject' }>;

/** A form that changes an existing schedule: `read` turns its values into columns, or says which field is wrong. */
const saving =
  (read: (values: Values, schedule: Schedule, turn: Turn) => Change | Promise<Change>): Handler<'submit'> =>
  async (event, turn) => {
    const schedule = await findSchedule(turn.tx, turn.team.id, event.on.subject);
    if (!schedule) throw new Refusal(t`That schedule is no longer here.`);
    if (!mayChange(event.from, schedule))
      throw new Refusal(t`Only admins and the person who made a schedule can change it.`);
    const change = await read(event.values, schedule, turn);
    if ('kind' in change) return change;
    const changed: Schedule = { ...schedule, ...change };
    await saveSchedule(turn.tx, changed);
    return { kind: 'show', message: await afterChange(turn, changed) };
  };

export const saveRhythm = saving((values, schedule, turn) => {
  const everyWeeks = Number(values['weeks'] ?? 1);
  const windowDays = Number(values['window'] ?? 1);
  if (![1, 2, 3, 4].includes(everyWeeks)) return reject('weeks', 'Every 1, 2, 3 or 4 weeks.');
  if (![1, 2, 3, 5].includes(windowDays)) return reject('window', '1, 2, 3 or 5 working days.');
  const typed = (values['until'] ?? '').trim();
  const today = localTime(turn.now, schedule.zone).date;
  const until = typed === '' ? undefined : parseDate(typed, today);
  if (until && 'problem' in until) return reject('until', until.problem);
  return { every_weeks: everyWeeks, window_days: windowDays, paused_until: until?.value ?? null };
});

export const saveHolidays = saving(async (values, schedule, turn) => {
  const country = (values['country'] ?? '').trim();
  const region = (values['region'] ?? '').trim();
  const place = region === '' ? country : `${country}-${region}`;
  const calendar = place === '' ? undefined : await calendarOf(place);
  if (calendar && 'problem' in calendar) return reject(region === '' ? 'country' : 'region', calendar.problem);
  const typed = (values['dates'] ?? '').trim();
  const dates = typed === '' ? undefined : parseDates(typed, localTime(turn.now, schedule.zone).date);
  if (dates && 'problem' in dates) return reject('dates', dates.problem);
  return { holidays: place, skip_dates: (dates?.value ?? []).join(',') };
});

export const saveQuestions = saving((values, _schedule, turn) => {
  const skills = (values['skills'] ?? '').split(',').filter((skill) => skill !== '');
  const packs = (values['packs'] ?? '').split(',').filter((pack) => pack !== '');
  const wanted = turn.bank.questions.filter(
    ({ skills: has, title }) =>
      (skills.length === 0 || has.some((skill) => skills.includes(skill))) &&
      (packs.length === 0 || packs.includes(title)),
  );
  if (wanted.length === 0) return reject('skills', 'No question fits that choice. Choose more skills or packs.');
  return { skills: skills.join(','), packs: packs.join('\n') };
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
