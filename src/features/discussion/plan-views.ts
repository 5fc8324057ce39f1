/** A plan as a card: when topics come, where, and what can be changed. */
import { buttons, capital, small, text } from '../../chat/card.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, cut, person, plain, t, type Text, time } from '../../chat/text.ts';
import type { Run } from '../../schedule/recurrence.ts';
import { describeDate } from '../../schedule/parse.ts';
import type { Plan } from './plan-queries.ts';
import { on, rhythmWords } from './words.ts';

/** A plan with what its card says besides. */
export interface Planned {
  readonly plan: Plan;
  /** The next three. */
  readonly runs: readonly Run[];
  /** Local date. */
  readonly today: string;
  readonly keepDays: number;
  /** Our command, without the slash. */
  readonly root: string;
}

const isPaused = ({ plan, today }: Planned): boolean =>
  plan.state === 'paused' || (plan.paused_until !== null && plan.paused_until > today);

function stateWords(planned: Planned): string {
  const { plan } = planned;
  if (plan.state === 'new') return 'Starts when its card is in the channel';
  if (plan.state !== 'active') return capital(plan.state);
  return isPaused(planned) ? `Paused until ${describeDate(plan.paused_until ?? '')}` : 'Running';
}

function runsText({ plan, runs }: Planned): Text {
  if (plan.state === 'paused' || plan.state === 'stopped') return t`No topic is planned.`;
  if (runs.length === 0) return t`No day fits these settings: look at the days and the pause.`;
  return runs.flatMap((run, i) => [...(i === 0 ? t`Next: ` : t` · `), time(run.at, plan.zone)]);
}

const openWords = ({ window_days: days }: Plan): string => (days === 1 ? 'one working day' : `${days} working days`);

/** In the channel, and to the person who changed something. */
export function planCard(planned: Planned): Message {
  const { plan, keepDays, root } = planned;
  const maker: Text = plan.creator === '' ? [] : t` Set up by ${person(plan.creator)}; admins can change it.`;
  return {
    title: 'A mentorship discussion, in turn',
    blocks: [
      small(t`${stateWords(planned)} · ${rhythmWords(plan)}`),
      text(
        t`A situation from work, a few questions, a thread to talk in for ${openWords(plan)}. Those who offered by \`/${root} mentor lead\` take turns in leading.`,
      ),
      text(runsText(planned)),
      ...(plan.state === 'stopped' ? [] : [buttons({ label: 'Settings', on: on('plan', plan.id) })]),
      small([...t`The channel reads the thread. Only summaries are kept, for ${keepDays} days.`, ...maker]),
    ],
  };
}

/** What an older card says once a newer one is on its way. */
export const replacedPlanCard: Message = {
  title: 'A mentorship discussion, in turn',
  blocks: [small(t`A newer card has taken the place of this one, here or in another channel.`)],
};

function onOff(planned: Planned): Button {
  const { plan } = planned;
  if (plan.state === 'new') return { label: 'Post the card again', on: on('resume', plan.id), style: 'primary' };
  return isPaused(planned)
    ? { label: 'Resume', on: on('resume', plan.id), style: 'primary' }
    : { label: 'Pause', on: on('pause', plan.id) };
}

/** Everything one can do to a plan. */
export const planSettings = (planned: Planned): Message => ({
  title: 'Discussions: settings',
  blocks: [
    text(t`${stateWords(planned)} · ${rhythmWords(planned.plan)}\nOpen for ${openWords(planned.plan)}.`),
    text(runsText(planned)),
    buttons(
      { label: 'Change', on: on('edit', planned.plan.id) },
      { label: 'Length and pause', on: on('more', planned.plan.id) },
      onOff(planned),
      { label: 'Stop for good', on: on('stop', planned.plan.id), style: 'danger' },
    ),
    small(t`Only you see this.`),
  ],
});

export function planList(shown: readonly Planned[], total: number, mayAdd: boolean): Message {
  const rest = total - shown.length;
  const blocks = shown.flatMap((planned): Block[] => [
    text([bold(rhythmWords(planned.plan)), ...t` · ${stateWords(planned)}\n`, ...runsText(planned)]),
    buttons({ label: 'Settings', on: on('plan', planned.plan.id) }),
  ]);
  return {
    title: 'Discussions that come by themselves',
    blocks: [
      ...blocks,
      ...(rest > 0 ? [small(t`and ${rest} more; open them from the card in their channel.`)] : []),
      ...(mayAdd ? [buttons({ label: 'Add another', on: on('new', ''), style: 'primary' })] : []),
    ],
  };
}

export const stopPlan = (plan: Plan): Message => ({
  title: 'Stop these discussions for good?',
  blocks: [
    text(t`${rhythmWords(plan)}. A pause can be ended again; a stop cannot.`),
    buttons(
      { label: 'Stop it', on: on('stop-now', plan.id), style: 'danger' },
      { label: 'Back to the settings', on: on('plan', plan.id) },
    ),
    small(t`An open discussion still closes as planned, and every note stays.`),
  ],
});

/** To who looks after the plan, when something keeps it from running. */
export const planAlert = (plan: Plan, words: { readonly title: string; readonly what: string }): Message => ({
  title: words.title,
  blocks: [
    text([plain(cut(words.what, 600))]),
    buttons({ label: 'Settings', on: on('plan', plan.id), style: 'primary' }),
    small([...t`About the discussions `, plain(rhythmWords(plan)), ...t`. Only you see this.`]),
  ],
});
