/** Until when answers are taken; pure. */
import type { Instant } from '../../chat/ids.ts';
import { plus } from '../../chat/world.ts';
import type { Round } from '../../store/rounds.ts';
import { LATE_ANSWER_MS } from './rules.ts';

export const isTaken = (round: Pick<Round, 'state' | 'closes'>, now: Instant): boolean =>
  round.state === 'open' || (round.state === 'closed' && now <= plus(round.closes, LATE_ANSWER_MS));
