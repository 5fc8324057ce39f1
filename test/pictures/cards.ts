/** Scorecards to paint in tests, and what they hang in. */
import type { Message } from '../../src/chat/message.ts';
import { t } from '../../src/chat/text.ts';
import type { Log } from '../../src/chat/world.ts';
import type { Scorecard } from '../../src/pictures/index.ts';

type Ratings = readonly [self: number | null, raters: number | null, low: number | null, high: number | null];

const dimension = (name: string, [self, raters, low, high]: Ratings) => ({ name, self, raters, low, high });

export const SCORECARD: Scorecard = {
  title: 'Mock interview: a conflict you resolved',
  level: 'Senior',
  when: 'Mon 23 November 2026',
  raters: 3,
  dimensions: [
    dimension('Setup', [4, 4.3, 4, 5]),
    dimension('Action', [3, 3.7, 3, 4]),
    dimension('Result', [4, 2.7, 2, 4]),
    dimension('Reflection', [null, 3, 3, 3]),
    dimension('Reach', [3, null, null, null]),
    dimension('Trade-offs', [3, 3, 2, 4]),
  ],
  words: {
    keep: [
      'You named both teams and what each stood to lose before you said what you did.',
      '“I asked her to show me what she had ruled out” is a step others can copy.',
    ],
    change: 'Next time, say what it cost: two weeks of the roadmap is a result too, and we had to ask.',
  },
};

export const ALT =
  'Scorecard, 3 raters. Setup 4.3, Action 3.7, Result 2.7, Reflection 3.0, Reach not rated, Trade-offs 3.0.';

export const SCORED: Message = {
  title: 'Your mock interview',
  blocks: [
    { kind: 'text', text: t`Three people listened. This is for you alone.` },
    { kind: 'image', picture: 'scorecard', data: SCORECARD, alt: ALT },
  ],
};

export const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };
