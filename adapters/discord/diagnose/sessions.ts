/** How often we may still connect today. Discord resets the token of whoever uses them up. */
import { HOUR } from '../../../src/chat/world.ts';
import { type Ask, jsonOf } from './ask.ts';
import { type Found, bad, unclear, well } from './words.ts';

const FEW = 50;

export async function lookAtSessions(ask: Ask): Promise<Found> {
  const answer = await ask('/gateway/bot');
  if (answer.kind !== 'said') return unclear(answer, 'the gateway');
  const limit = jsonOf(jsonOf(answer.body)['session_start_limit']);
  const [remaining, total, after] = [limit['remaining'], limit['total'], limit['reset_after']];
  if (typeof remaining !== 'number' || typeof total !== 'number' || typeof after !== 'number')
    return well('the gateway answers');
  const hours = Math.max(1, Math.ceil(after / HOUR));
  const said = `${remaining} of ${total} connections are left for the next ${hours} h`;
  if (remaining <= 0) return bad(said, 'leave it stopped until then, and look why it starts again and again');
  return remaining < FEW ? well(said, 'look why it starts again and again') : well(`the gateway answers; ${said}`);
}
