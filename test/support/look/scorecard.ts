/** The scorecard of a mock interview, as its candidate gets it. */
import type { Instant, PersonId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import { type Scorecard, scorecard } from '../../../src/features/mock/scorecard.ts';

const BEGUN = '2026-11-23T14:00:00.000Z' as Instant;

type Rated = readonly [self: number | undefined, mean: number, low: number, high: number];

const row = (dimension: Scorecard['rows'][number]['dimension'], [self, mean, low, high]: Rated) => ({
  dimension,
  self,
  raters: { mean, count: 6, low, high },
});

export const SCORECARD: Message = scorecard({
  mock: {
    id: '01KAPRACT1CE0000000000M0CK',
    level: 'senior',
    stage: 'done',
    created: BEGUN,
    begun: BEGUN,
    next_at: null,
    keep: 'I said what each team stood to lose.',
    keep_too: null,
    change: 'Say sooner what came of it.',
  } as Scorecard['mock'],
  level: 'senior',
  zone: 'Europe/Berlin',
  answered: 2,
  rows: [
    row('setup', [4, 4.3, 4, 5]),
    row('action', [3, 3.7, 3, 4]),
    row('result', [4, 2.7, 2, 4]),
    row('reflection', [undefined, 3.2, 3, 4]),
    row('reach', [3, 3.5, 3, 4]),
    row('trade-offs', [3, 3, 2, 4]),
  ],
  raters: 2,
  said: [
    {
      by: 'bo' as PersonId,
      keep: '“I asked her to show me what she had ruled out” is a step others can copy.',
      change: 'Next time, say what it cost: two weeks of the roadmap is a result too.',
    },
  ],
  missing: 0,
  nextSkill: 'ethics',
  first: 1,
  retentionDays: 180,
});
