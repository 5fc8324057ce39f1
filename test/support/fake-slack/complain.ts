/** What Slack would tell a person in red, kept for the test to see. */
import type { Answer } from './courier.ts';
import type { Model } from './model.ts';
import type { Acked } from './types.ts';

export function ackedOf(model: Model, what: string, answer: Answer, problem?: string): Acked {
  const trouble = answer.ok ? problem : (problem ?? answer.reason);
  if (trouble !== undefined) model.complaints.push(`${what}: ${trouble}`);
  return {
    ok: answer.ok && problem === undefined,
    body: answer.ok ? answer.body : '',
    ...(trouble === undefined ? {} : { problem: trouble }),
    tookMs: answer.tookMs,
  };
}
