/** A team that answers and reviews, for the stories of peer feedback. */
import { expect } from 'vitest';
import type { Form } from '../../../src/chat/message.ts';
import { daily } from '../../../src/features/daily/index.ts';
import { feedback } from '../../../src/features/feedback/index.ts';
import { setup } from '../../../src/features/setup/index.ts';
import { formIn, type Someone, textIn } from '../../support/someone.ts';
import { read } from '../../support/words.ts';
import { openWorld, type TestWorld } from '../../support/world.ts';

export const QUESTION = '2026-11-23';
export const CLOSE = '2026-11-24T08:00:00.000Z';
export const NUDGE = '2026-11-25T08:00:00.000Z';
export const HAND_ON = '2026-11-25T18:00:00.000Z';
export const END = '2026-11-26T08:00:00.000Z';
export const LATE_END = '2026-11-29T08:00:00.000Z';

export const answerOf = (name: string): string =>
  `This is how ${name} handled it: the release was stuck, so we listed what we had ruled out and found the cause in two days together.`;
export const COMMENT =
  'Keep: when you said “we listed what we had ruled out”, I could follow you.\nChange: end with what it cost and how you know.';
export const rating = (step: number | string) => ({
  setup: `${step}`,
  action: `${step}`,
  result: `${step}`,
  reach: `${step}`,
});
export const full = (step: number) => ({ ...rating(step), comment: COMMENT });

/** Practice has begun, with the rule on that asks for two reviews before one's own result. */
export async function practice(url?: string): Promise<TestWorld> {
  const team = await openWorld({ features: [setup, daily, feedback], ...(url === undefined ? {} : { url }) });
  await team.store.write(async (tx) => {
    await tx.updateTable('schedules').set({ give_first: 1 }).execute();
    await tx.updateTable('rounds').set({ give_first: 1 }).execute();
  });
  return team;
}

export const cardOf = (team: TestWorld, date = QUESTION) => {
  const post = team.chat.posted.find(({ name }) => name.startsWith('daily:') && name.endsWith(`:${date}`));
  if (!post) throw new Error(`no question on ${date}`);
  return post;
};

/** These people answer today's question in its thread. */
export async function answers(team: TestWorld, ...names: string[]): Promise<Someone[]> {
  const people = names.map((name) => team.someone(name));
  for (const [i, one] of people.entries()) await one.replies(cardOf(team).name, answerOf(names[i] ?? ''));
  return people;
}

export const requestsTo = (team: TestWorld, who: Someone) =>
  team.chat
    .dms(who.id)
    .filter(({ name, message }) => name.startsWith('feedback:ask:') && read(message).includes('[Review]'));
export const reviewId = (name: string): string => name.split(':')[2] ?? '';
export const on = (name: string, subject: string) => ({ feature: 'feedback', name, subject });

export async function openReview(team: TestWorld, who: Someone, at = 0): Promise<Form> {
  const request = requestsTo(team, who)[at];
  if (!request) throw new Error(`${who.id} has no request`);
  return formIn(await who.press(on('review', reviewId(request.name))));
}

/** Gives everything asked of this person, at that step. */
export async function reviewsAll(team: TestWorld, who: Someone, step = 3): Promise<number> {
  let given = 0;
  for (; requestsTo(team, who).length > 0; given += 1)
    expect(textIn(await who.submits(await openReview(team, who), full(step)))).toContain('Thank you');
  return given;
}

export const ratesSelf = async (team: TestWorld, who: Someone, step = 2) =>
  who.submits(await who.presses('Rate my answer'), rating(step));
export const resultOf = (team: TestWorld, who: Someone): string =>
  read(team.chat.dms(who.id).find(({ name }) => name.startsWith('feedback:result:'))?.message);
export const heldOf = (team: TestWorld, who: Someone): string =>
  read(team.chat.dms(who.id).find(({ name }) => name.startsWith('feedback:held:'))?.message);

/** The round a question's buttons are about. */
export const cardSubject = (team: TestWorld, date = QUESTION): string => {
  const blocks = cardOf(team, date).message?.blocks ?? [];
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  return buttons.find(({ label }) => label === 'Give feedback')?.on.subject ?? '';
};
