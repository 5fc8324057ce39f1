/** `mentor schedule`: opening the list and the forms, saving them, pausing, resuming, stopping. */
import type { ChannelId } from '../../chat/ids.ts';
import type { Of, Person } from '../../chat/incoming.ts';
import type { Form } from '../../chat/message.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { cut, t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { parsePause, parseTime, parseWeekdays, parseZone, splitTime } from '../../schedule/parse.ts';
import { localTime } from '../../schedule/zone.ts';
import { moreForm, planForm } from './forms.ts';
import { afterChange, announce, plannedOf } from './plan-card.ts';
import { findPlan, type Plan, plansOf } from './plan-queries.ts';
import { planList, planSettings, stopPlan } from './plan-views.ts';
import { WINDOW_DAYS } from './rules.ts';

type Values = Readonly<Record<string, string>>;
type Rejected = Extract<AnswerTo['submit'], { kind: 'reject' }>;
const SHOWN = 5;

const mayChange = (person: Person, plan: Plan): boolean => person.admin || plan.creator === person.id;

function mustBeAdmin(person: Person, turn: Turn): void {
  if (!person.admin)
    throw new Refusal(
      t`Discussions that come by themselves are for admins to set up. Ask one of them to type \`/${turn.words.practice} mentor schedule\`; \`mentor topic\` starts one now.`,
    );
}

async function planFor(person: Person, id: string, turn: Turn): Promise<Plan> {
  const plan = await findPlan(turn.tx, turn.team.id, id);
  if (!plan || plan.state === 'stopped')
    throw new Refusal(
      t`Those discussions were stopped. \`/${turn.words.practice} mentor schedule\` shows what there is.`,
    );
  if (!mayChange(person, plan))
    throw new Refusal(
      t`Only admins and the person who set this up can change it. Tell one of them what you would like.`,
    );
  return plan;
}

export const openPlans: Handler<'command'> = async (event, turn) => {
  const plans = (await plansOf(turn.tx, turn.team.id)).filter((plan) => mayChange(event.from, plan));
  if (plans.length === 0) mustBeAdmin(event.from, turn);
  if (plans.length === 0) return { kind: 'ask', form: await newForm(event, turn) };
  const shown = await Promise.all(plans.slice(0, SHOWN).map((plan) => plannedOf(turn, plan)));
  return { kind: 'show', message: planList(shown, plans.length, event.from.admin) };
};

export const openNewPlan: Handler<'press'> = async (event, turn) => {
  mustBeAdmin(event.from, turn);
  return { kind: 'ask', form: await newForm(event, turn) };
};

async function newForm(event: Of<'press' | 'command'>, turn: Turn): Promise<Form> {
  const channel = event.place.in === 'channel' ? event.place.channel : undefined;
  const zone = (await turn.person(event.from.id))?.zone ?? event.from.zone;
  return planForm(undefined, { channel, zone });
}

export const openPlan: Handler<'press'> = async (event, turn) => {
  const plan = await planFor(event.from, event.on.subject, turn);
  return { kind: 'show', message: planSettings(await plannedOf(turn, plan)) };
};

export const editPlan: Handler<'press'> = async (event, turn) => {
  const plan = await planFor(event.from, event.on.subject, turn);
  return { kind: 'ask', form: planForm(plan, { channel: undefined, zone: undefined }) };
};

export const openMore: Handler<'press'> = async (event, turn) => {
  const plan = await planFor(event.from, event.on.subject, turn);
  return { kind: 'ask', form: moreForm(plan, localTime(turn.now, plan.zone).date) };
};

type Basics = Pick<Plan, 'channel' | 'time' | 'zone' | 'weekdays' | 'every_weeks' | 'beside'>;

export const savePlanForm: Handler<'submit'> = async (event, turn) => {
  const isNew = event.on.subject === '';
  if (isNew) mustBeAdmin(event.from, turn);
  const known = isNew ? undefined : await planFor(event.from, event.on.subject, turn);
  const basics = readBasics(event.values, known?.zone);
  if ('kind' in basics) return basics;
  const today = localTime(turn.now, basics.zone).date;
  if (known) {
    const anchor = basics.every_weeks === known.every_weeks ? known.anchor : today;
    const plan: Plan = { ...known, ...basics, anchor };
    if (plan.channel === known.channel && known.state !== 'new') return changed(turn, plan);
    const state = known.state === 'paused' && known.failed_days === 0 ? 'paused' : 'new';
    await announce(turn, { ...plan, state });
    return saying(t`Saved. The card is on its way to the channel.`);
  }
  await announce(turn, newPlan(turn, basics, event.from, today));
  return saying(
    t`The card is on its way to the channel, and the discussions start with it. If it cannot be posted, I write to you here.`,
  );
};

const saying = (text: ReturnType<typeof t>) => ({ kind: 'say', text }) as const;

const newPlan = (turn: Turn, basics: Basics, by: Person, today: string): Plan => ({
  ...basics,
  id: turn.newId(),
  team: turn.team.id,
  creator: by.id,
  anchor: today,
  window_days: WINDOW_DAYS,
  paused_until: null,
  state: 'new',
  failed_days: 0,
  next_run: null,
  next_date: null,
  last_date: null,
  created: turn.now,
});

async function changed(turn: Turn, plan: Plan) {
  await afterChange(turn, plan);
  return { kind: 'show', message: planSettings(await plannedOf(turn, plan)) } as const;
}

function readBasics(values: Values, usualZone: string | undefined): Basics | Rejected {
  const channel = values['channel'] ?? '';
  if (channel === '') return reject('channel', 'Choose the channel in which the team discusses.');
  const typed = splitTime(values['time'] ?? '');
  if (typed.time === '') return reject('time', 'Write a time and its zone, like 10:00 Europe/Berlin.');
  const time = parseTime(typed.time);
  if ('problem' in time) return reject('time', time.problem);
  const named = typed.zone === '' ? (usualZone ?? '') : typed.zone;
  if (named === '') return reject('time', `Write the zone too, like ${time.value} Europe/Berlin.`);
  const zone = parseZone(named);
  if ('problem' in zone) return reject('time', zone.problem);
  const days = parseWeekdays(values['days'] ?? '');
  if ('problem' in days) return reject('days', days.problem);
  const weeks = Number(values['weeks'] ?? 1);
  if (![1, 2, 3, 4].includes(weeks)) return reject('weeks', 'Every 1, 2, 3 or 4 weeks.');
  const chosen = values['beside'];
  const beside = chosen === 'free' || chosen === 'other' ? chosen : 'any';
  return {
    channel: channel as ChannelId,
    time: time.value,
    zone: zone.value,
    weekdays: days.value.join(','),
    every_weeks: weeks,
    beside,
  };
}

const reject = (field: string, problem: string): Rejected => ({ kind: 'reject', field, problem: cut(problem, 300) });

export const saveMore: Handler<'submit'> = async (event, turn) => {
  const plan = await planFor(event.from, event.on.subject, turn);
  const windowDays = Number(event.values['window'] ?? WINDOW_DAYS);
  if (![1, 2, 3, 5].includes(windowDays)) return reject('window', '1, 2, 3 or 5 working days.');
  const typed = (event.values['until'] ?? '').trim();
  const pause = typed === '' ? { value: null } : parsePause(typed, localTime(turn.now, plan.zone).date);
  if ('problem' in pause) return reject('until', pause.problem);
  return changed(turn, { ...plan, window_days: windowDays, paused_until: pause.value });
};

export const pausePlan: Handler<'press'> = async (event, turn) => {
  const plan = await planFor(event.from, event.on.subject, turn);
  return changed(turn, plan.state === 'active' ? { ...plan, state: 'paused', failed_days: 0 } : plan);
};

/** One that failing posts paused, or that lost its channel, proves itself by its card first. */
export const resumePlan: Handler<'press'> = async (event, turn) => {
  const plan = await planFor(event.from, event.on.subject, turn);
  const runsAgain: Plan = { ...plan, paused_until: null };
  if (plan.state === 'active' || (plan.state === 'paused' && plan.failed_days === 0))
    return changed(turn, { ...runsAgain, state: 'active' });
  await announce(turn, { ...runsAgain, state: 'new' });
  return saying(
    t`The card is on its way to the channel, and the discussions start with it. If it cannot be posted, I write to you here.`,
  );
};

export const askToStop: Handler<'press'> = async (event, turn) => ({
  kind: 'show',
  message: stopPlan(await planFor(event.from, event.on.subject, turn)),
});

export const stopNow: Handler<'press'> = async (event, turn) => {
  await afterChange(turn, { ...(await planFor(event.from, event.on.subject, turn)), state: 'stopped' });
  return saying(t`Stopped. An open discussion still closes as planned; no new one comes by itself.`);
};
