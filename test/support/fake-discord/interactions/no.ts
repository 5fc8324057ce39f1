/** How the routes of interactions say no. */
import type { Reply } from '../model.ts';
import { invalid, Refusal } from '../rest/refusal.ts';

const no = (status: number, code: number, message: string): Reply => ({ status, body: { message, code } });

export const NO = {
  interaction: no(404, 10062, 'Unknown interaction'),
  answered: no(400, 40060, 'Interaction has already been acknowledged.'),
  token: no(401, 50027, 'Invalid Webhook Token'),
  webhook: no(404, 10015, 'Unknown Webhook'),
  message: no(404, 10008, 'Unknown Message'),
} as const;

export function refuse(why: keyof typeof NO): never {
  throw new Refusal(NO[why]);
}

export function refuseBody(...problems: readonly string[]): never {
  throw new Refusal(invalid(problems));
}
