/** Short cards outside of a pair: a mentor offered for a low trend, and nobody to practise with this month. */
import { buttons, counted, small, text } from '../../chat/card.ts';
import type { Message } from '../../chat/message.ts';
import { t } from '../../chat/text.ts';
import { on } from './forms.ts';
import { skillWords } from './rules.ts';

export interface Low {
  readonly skill: string;
  readonly mean: number;
  readonly answers: number;
  readonly ratings: number;
}

export const trendCard = ({ skill, mean, answers, ratings }: Low, isMentee: boolean): Message => ({
  title: 'Would a mentor help?',
  blocks: [
    text(
      t`Your last ${counted(answers, 'answer')} on ${skillWords(skill)} had a plain mean of ${mean.toFixed(1)} over ${counted(ratings, 'rating')}. That says little about you and a lot about where an hour with somebody could pay off. It is an offer, nothing more.`,
    ),
    buttons(
      { label: isMentee ? 'Add it to my profile' : 'Find a mentor', on: on('profile', skill), style: 'primary' },
      { label: 'No more such offers', on: on('trend-off') },
    ),
    small(t`Only you see this; no mentor learns of any rating. At most one such offer comes in three months.`),
  ],
});

export const loneCard = (): Message => ({
  title: 'Practice buddies',
  blocks: [
    text(
      t`Nobody fits you as a practice buddy this month, by shared working hours or limits. The next month is another chance.`,
    ),
    buttons({ label: 'My mentorship page', on: on('page') }),
  ],
});
