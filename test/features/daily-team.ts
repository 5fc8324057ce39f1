/** A team with a daily question, and the ways these stories look at it. */
import { DeliveryError } from '../../src/chat/chat.ts';
import type { ChannelId } from '../../src/chat/ids.ts';
import type { Removed } from '../../src/chat/incoming.ts';
import type { AnswerTo } from '../../src/chat/outgoing.ts';
import { daily } from '../../src/features/daily/index.ts';
import { setup } from '../../src/features/setup/index.ts';
import type { Posted } from '../support/fake-chat.ts';
import { formIn, type Someone } from '../support/someone.ts';
import { buttonsOf, read } from '../support/words.ts';
import { openWorld, TEAM, type TestWorld, type WorldOptions } from '../support/world.ts';

export const LONG =
  'Last spring our release was stuck for two days, so I asked the team to list what they had ruled out, and we found the cause together.';

const opened: TestWorld[] = [];
export const closeAll = async (): Promise<void> => {
  for (const team of opened.splice(0)) await team.close();
};

/** Ana made the schedule in the channel: 09:00 Berlin, Mon–Fri; the first question is there. */
export async function practice(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const team = await openWorld({ features: [setup, daily], ...options });
  opened.push(team);
  return team;
}

/** A team that has installed Greenroom and set nothing up. */
export async function newTeam(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const team = await practice({ ...options, started: false });
  await team.chat.emit({ kind: 'installed', id: 'installed', team: TEAM, at: team.now(), name: 'Test team' });
  return team;
}

/** A schedule set up by Ana, an admin, in a channel; `more` changes what the form would say. */
export async function scheduled(
  team: TestWorld,
  more: Readonly<Record<string, string>> = {},
): Promise<AnswerTo['submit']> {
  const ana = team.someone('Ana', { admin: true });
  const basics = {
    channel: 'C1',
    time: '9:00 Europe/Berlin',
    days: 'Mon–Fri',
    levels: 'mid,senior,staff,principal',
    mode: 'open',
  };
  return ana.submits(formIn(await ana.press({ feature: 'setup', name: 'new', subject: '' })), { ...basics, ...more });
}

/** Questions posted in any channel, oldest first, the ones of `date` if given. */
export const questions = (team: TestWorld, date = ''): Posted[] =>
  team.chat.posted.filter(({ name }) => /^daily:[^:]+:\d{4}-\d\d-\d\d$/.test(name) && name.endsWith(date));

export function questionOf(team: TestWorld, date = '2026-11-23'): Posted {
  const post = questions(team, date)[0];
  if (!post) throw new Error(`no question on ${date}`);
  return post;
}

export const thread = (team: TestWorld, post: Posted): string[] =>
  team.chat.thread(post.name).map(({ message }) => read(message));

export const inboxOf = (someone: Someone): string => someone.inbox().join('\n');

/** Press a button of a message only this person sees. */
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

/** Open the form and share an answer by it. */
export const shares = async (
  someone: Someone,
  post: Posted,
  values: Readonly<Record<string, string>>,
): Promise<AnswerTo['submit']> => someone.submits(formIn(await opens(someone, post)), values);

export function opens(someone: Someone, post: Posted): Promise<AnswerTo['press']> {
  const button = buttonsOf(post.message).find(({ label }) => label.startsWith('Answer'));
  if (!button) throw new Error(`no way to answer ${post.name}`);
  return someone.press(button.on);
}

export const USE = { feature: 'daily', name: 'use', subject: '' };

/** The platform refuses the next delivery whose name begins so, for good. */
export function refuse(team: TestWorld, about: string, reason = 'channel_not_found'): void {
  const error = new DeliveryError(reason, { effect: 'none', retry: 'never' });
  team.chat.troubles.push({ about, trouble: { error, effect: 'before' } });
}

let removals = 0;
export async function remove(team: TestWorld, what: Removed['what']): Promise<void> {
  await team.chat.emit({ kind: 'removed', id: `gone${++removals}`, team: TEAM, at: team.now(), what });
  await team.settle();
}

export const removeChannel = (team: TestWorld, channel: string): Promise<void> =>
  remove(team, { kind: 'channel', channel: channel as ChannelId });

export const errorsIn = (team: TestWorld): unknown[] => team.logged.filter(([level]) => level === 'error');

export const rounds = (team: TestWorld) =>
  team.store.read((tx) => tx.selectFrom('rounds').selectAll().orderBy('local_date').execute());
export const answers = (team: TestWorld) =>
  team.store.read((tx) => tx.selectFrom('answers').selectAll().orderBy('at').execute());
export const schedules = (team: TestWorld) =>
  team.store.read((tx) => tx.selectFrom('schedules').selectAll().orderBy('created').execute());
