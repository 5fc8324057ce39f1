/** A team that discusses, and the ways these stories look at it. */
import { expect } from 'vitest';
import { DeliveryError } from '../../../src/chat/chat.ts';
import type { ChannelId } from '../../../src/chat/ids.ts';
import type { Removed } from '../../../src/chat/incoming.ts';
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { features } from '../../../src/features/index.ts';
import type { Posted } from '../../support/fake-chat.ts';
import { formIn, type Someone } from '../../support/someone.ts';
import { buttonsOf, read } from '../../support/words.ts';
import { openWorld, TEAM, type TestWorld, type WorldOptions } from '../../support/world.ts';

/** A topic of Monday, 08:00 in Berlin, closes three working days later. */
export const CLOSES = '2026-11-26T07:00:00.000Z';
/** The last working day before it. */
export const ASKED = '2026-11-25T07:00:00.000Z';

const opened: TestWorld[] = [];
export const closeAll = async (): Promise<void> => {
  for (const team of opened.splice(0)) await team.close();
};

/** Ana's channel has a daily question, 09:00 Berlin, Mon–Fri. Cards of others do not come in between. */
export async function discussing(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const team = await openWorld({ features, ...options });
  opened.push(team);
  return team;
}

export const cards = (team: TestWorld): Posted[] => team.chat.named('discussion:card:');
export function card(team: TestWorld): Posted {
  const newest = cards(team).at(-1);
  if (!newest) throw new Error('no topic was posted');
  return newest;
}
export const cardText = (team: TestWorld): string => read(card(team).message);

/** What we said in the thread of the newest topic. */
export const thread = (team: TestWorld, of: Posted = card(team)): string[] =>
  team.chat.thread(of.name).map(({ message }) => read(message));

export const inboxOf = (someone: Someone): string => someone.inbox().join('\n');

export const ADMIN = { admin: true };

/** Press a button of a message only this person sees, or one in their DMs. */
export function pressIn(
  someone: Someone,
  answer: AnswerTo['press'] | AnswerTo['submit'],
  label: string,
): Promise<AnswerTo['press']> {
  const message = answer.kind === 'show' ? answer.message : undefined;
  const button = buttonsOf(message).find((one) => one.label === label);
  if (!button) throw new Error(`no button "${label}" in ${JSON.stringify(answer)}`);
  return someone.press(button.on);
}

/** `lead` writes the summary from the newest button that opens its form. */
export async function summarises(
  lead: Someone,
  values: Readonly<Record<string, string>>,
  label = 'Write the summary',
): Promise<AnswerTo['submit']> {
  return lead.submits(formIn(await lead.presses(label)), values);
}

export const SUMMARY = {
  agreed: 'We say after an hour that we are stuck.',
  open: 'Who keeps the glossary?',
  remember: 'Ask on the first day.',
};

/** An admin lets discussions come by themselves; `more` changes what the form says. */
export async function planned(
  team: TestWorld,
  more: Readonly<Record<string, string>> = {},
): Promise<AnswerTo['submit']> {
  const ana = team.someone('Ana', ADMIN);
  const basics = { channel: 'C1', time: '10:00 Europe/Berlin', days: 'Wed', weeks: '1', beside: 'any' };
  const form = formIn(await ana.press({ feature: 'discussion', name: 'new', subject: '' }));
  return ana.submits(form, { ...basics, ...more });
}

/** The platform refuses the next delivery whose name begins so, for good. */
export function refuse(team: TestWorld, about: string, reason = 'channel_not_found'): void {
  const error = new DeliveryError(reason, { effect: 'none', retry: 'never' });
  team.chat.troubles.push({ about, trouble: { error, effect: 'before' } });
}

let removals = 0;
export async function remove(team: TestWorld, what: Removed['what']): Promise<void> {
  await team.chat.emit({ kind: 'removed', id: `discussion-gone${++removals}`, team: TEAM, at: team.now(), what });
  await team.settle();
}
export const removeChannel = (team: TestWorld, channel: string): Promise<void> =>
  remove(team, { kind: 'channel', channel: channel as ChannelId });

export const expectNoErrors = (team: TestWorld): void =>
  expect(team.logged.filter(([level]) => level === 'error')).toEqual([]);

export const discussions = (team: TestWorld) =>
  team.store.read((tx) => tx.selectFrom('discussions').selectAll().orderBy('opened').orderBy('id').execute());
export const plans = (team: TestWorld) =>
  team.store.read((tx) => tx.selectFrom('discussion_plans').selectAll().orderBy('created').execute());
