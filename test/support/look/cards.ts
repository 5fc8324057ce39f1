/** Every card that the papers show, as each platform shows it. `npm run pictures` draws them anew; add a line for one more. */
import { AGENDA } from './agenda.ts';
import { type Card, onEvery } from './card.ts';
import { MIRROR } from './mirror.ts';
import { QUESTION } from './question.ts';
import { SCORECARD } from './scorecard.ts';
import { TOPIC } from './topic.ts';

export const CARDS: readonly Card[] = [
  ...onEvery('question', QUESTION),
  ...onEvery('agenda', AGENDA),
  ...onEvery('scorecard', SCORECARD),
  { name: 'mirror', platform: 'slack', message: MIRROR },
  ...onEvery('topic', TOPIC),
];
