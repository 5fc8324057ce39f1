/** Clock times in the team's zone. */
import { state } from './state.js';

const made = new Map();
function format(kind, options) {
  const key = `${kind} ${state.zone}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: state.zone, ...options }));
  return made.get(key);
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY = { weekday: 'short', day: 'numeric', month: 'short' };

export const clockTime = (at) => format('time', TIME).format(new Date(at));
export const shortDay = (at) => format('day', DAY).format(new Date(at)).replace(',', '');
const weekday = (at) => format('weekday', { weekday: 'short' }).format(new Date(at));
/** Local date, comparable. */
export const dateOf = (at) =>
  format('date', { year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(new Date(at))
    .split('/')
    .toReversed()
    .join('-');

const DAY_MS = 86_400_000;

/** `Mon 23 Nov 09:04`. */
export const longTime = (at) => `${shortDay(at)} ${clockTime(at)}`;

/** `09:04` today, `Tue 09:00` this week, else with the date. */
export function nearTime(at) {
  const apart = Math.abs(new Date(at) - nowMs());
  if (dateOf(at) === dateOf(nowMs())) return clockTime(at);
  return apart < 6 * DAY_MS ? `${weekday(at)} ${clockTime(at)}` : longTime(at);
}

export function dayName(at) {
  const day = dateOf(at);
  if (day === dateOf(nowMs())) return 'Today';
  if (day === dateOf(nowMs() - DAY_MS)) return 'Yesterday';
  return format('longday', { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));
}

/** The practice clock: what the server said, plus what has passed since. */
export const nowMs = () => Date.parse(state.clock.now) + (performance.now() - state.clock.heard);

/** A moment inside a text. */
export function spanTime(at, show) {
  if (show === 'time') return clockTime(at);
  if (show === 'day') return shortDay(at);
  return Math.abs(new Date(at) - nowMs()) < 6 * DAY_MS ? `${weekday(at)} ${clockTime(at)}` : longTime(at);
}
