/** Proposals while somebody types: there is no later for these. */
import type { AnswerTo } from '../../../src/chat/outgoing.ts';
import { cut } from '../../../src/chat/text.ts';
import type { AnswerDeps, Asker } from './asker.ts';
import { RESPOND } from './callback.ts';
import { withinTime } from './in-time.ts';

const MOST = 25;
const LONGEST = 100;

/** Never rejects. A value Discord would not keep is not proposed. */
export async function answerComplete(
  { world, log }: Pick<AnswerDeps, 'world' | 'log'>,
  { interaction, callback, until }: Asker,
  turn: Promise<AnswerTo['complete']>,
): Promise<void> {
  const caught = turn.catch((error: unknown) => {
    log.error('a turn failed', { team: interaction.team, error });
    return undefined;
  });
  const answer = await withinTime(world, caught, until);
  const options = (answer?.options ?? []).filter(({ label, value }) => label !== '' && fits(value));
  const choices = options.slice(0, MOST).map(({ label, value }) => ({ name: cut(label, LONGEST), value }));
  await callback.respond(RESPOND.choices, { body: { choices } });
  await caught;
}

const fits = (value: string): boolean => value !== '' && value.length <= LONGEST;
