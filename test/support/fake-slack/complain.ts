/** How it went, as the person who acted sees it. What the app did wrong is a complaint; that it was not there is none. */
import type { Answer } from './courier.ts';
import type { Model } from './model.ts';
import type { Acked } from './types.ts';

export function ackedOf(model: Model, what: string, answer: Answer, wrong?: string): Acked {
  if (wrong !== undefined) model.complaints.push(`${what}: ${wrong}`);
  const problem = wrong ?? (answer.ok ? undefined : answer.reason);
  return {
    ok: answer.ok && wrong === undefined,
    body: answer.ok ? answer.body : '',
    ...(problem === undefined ? {} : { problem }),
    tookMs: answer.tookMs,
  };
}
