/** The practice clock: what time it is here, and the ways to move it on. */
import { ask } from './api.js';
import { announce, h } from './dom.js';
import { notice } from './notice.js';
import { hear, state } from './state.js';
import { longTime, nearTime, nowMs } from './time.js';

const cluster = document.getElementById('clock');

const MOVES = [
  { to: 'now', label: 'now', about: 'Run what is due now' },
  { to: 'minute', label: 'next minute', about: 'Move the clock to the next minute' },
  { to: 'event', label: 'next event', about: 'Move the clock to the next thing that happens by itself' },
  { to: 'tomorrow', label: 'tomorrow 9:00', about: 'Move the clock to nine tomorrow' },
];

export function startClock() {
  const now = h('time', { id: 'now', title: 'The time of this practice team. It only moves forward.' });
  const chips = MOVES.map((move) =>
    h(
      'button',
      { type: 'button', class: 'chip', 'data-to': move.to, title: move.about, onclick: () => turn(move) },
      move.label,
    ),
  );
  cluster.append(now, ...chips);
  const next = chips.find(({ dataset }) => dataset.to === 'event');
  const tick = () => {
    now.textContent = longTime(nowMs());
    now.dateTime = new Date(nowMs()).toISOString();
    next.disabled = state.clock.next === undefined;
    next.title =
      state.clock.next === undefined ? 'Nothing is planned' : `Move the clock to ${nearTime(state.clock.next)}`;
  };
  hear('clock', ({ now: at, next: event }) => {
    state.clock = { now: at, next: event, heard: performance.now() };
    tick();
  });
  setInterval(tick, 1000);
}

async function turn({ to, label }) {
  if (cluster.getAttribute('aria-busy') === 'true') return;
  cluster.setAttribute('aria-busy', 'true');
  for (const chip of cluster.querySelectorAll('button')) chip.setAttribute('aria-busy', 'true');
  try {
    const { now, moved } = await ask('clock', { to });
    announce(moved ? `The clock says ${longTime(now)}.` : `${label}: nothing is planned.`);
  } catch (error) {
    notice(error.message, { trouble: true });
  } finally {
    cluster.removeAttribute('aria-busy');
    for (const chip of cluster.querySelectorAll('button')) chip.removeAttribute('aria-busy');
  }
}
