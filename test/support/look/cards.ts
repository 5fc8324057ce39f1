/** Every card that the papers show, as each platform shows it. `npm run pictures` draws them anew; add a line for one more. */
import { SCORED } from '../../pictures/cards.ts';
import { type Card, onEvery } from './card.ts';
import { QUESTION } from './question.ts';

export const CARDS: readonly Card[] = [...onEvery('question', QUESTION), ...onEvery('scorecard', SCORED)];
