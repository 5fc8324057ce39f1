/** Telling who looks after a plan: its maker, else who used an admin command last. */
import type { Turn } from '../../core/feature.ts';
import { keeperOf } from '../../store/schedules.ts';
import type { Plan } from './plan-queries.ts';
import { planAlert } from './plan-views.ts';

/** `about` makes the post's name: the same thing is told once. */
export async function tellKeeper(
  turn: Turn,
  plan: Plan,
  about: string,
  words: { readonly title: string; readonly what: string },
): Promise<void> {
  const person = keeperOf(plan, turn.team);
  if (person === undefined) return;
  await turn.send({
    kind: 'post',
    name: `discussion:alert:${plan.id}:${about}`,
    to: { in: 'dm', person },
    message: planAlert(plan, words),
  });
}
