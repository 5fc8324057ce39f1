/** Every card and form of a mock fits every platform, whatever people, packs and platforms put into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../src/bank/question.ts';
import type { Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import { formOverLimits, overLimits } from '../../../src/chat/limits.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import { answerPage } from '../../../src/features/mock/answer-card.ts';
import * as forms from '../../../src/features/mock/forms.ts';
import { againCard, nothingCard, scorecard, shiftCard } from '../../../src/features/mock/scorecard.ts';
import type { Row } from '../../../src/features/mock/scores.ts';
import type { Mock } from '../../../src/features/mock/states.ts';
import * as views from '../../../src/features/mock/views.ts';
import { DIMENSIONS } from '../../../src/rubric/anchors.ts';
import { cleanText } from '../../../src/store/text.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../../support/fits-platforms.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 150 };

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');
const id = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 26, maxLength: 26 });
const snowflake = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 17, maxLength: 20 });
const typed = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .tuple(fc.constantFrom('🙂', 'word ', 'a', '\n', 'ﷺ', '**x** `', '<@1> '), fc.integer({ min: 1, max: 40_000 }))
      .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length))),
  )
  .map(cleanText);
const at = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
  .map((ms) => new Date(ms).toISOString() as Instant);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const level = fc.constantFrom(...LEVELS);
const zone = fc.constantFrom('Europe/Berlin', 'America/Argentina/ComodRivadavia', 'UTC');

const mock: fc.Arbitrary<Mock> = fc.record({
  id,
  team: fc.constant('T1' as TeamId),
  kind: fc.constantFrom('solo', 'partner'),
  candidate: snowflake as fc.Arbitrary<PersonId>,
  level,
  skill: maybe(typed),
  minutes: fc.integer({ min: 10, max: 120 }),
  seed: typed,
  stage: fc.constantFrom('opening', 'answering', 'rating', 'reflecting', 'replaying', 'done', 'stopped'),
  question: fc.nat(4),
  part: fc.nat(3),
  paused: fc.constantFrom(0, 1),
  pauses: fc.nat(99),
  left_ms: fc.constant(null),
  nudge_at: fc.constant(null),
  replayed: fc.nat(4),
  overall: maybe(fc.integer({ min: 1, max: 5 })),
  keep: maybe(typed),
  keep_too: maybe(typed),
  change: maybe(typed),
  remarks: typed,
  starts: maybe(at),
  swapped: fc.constant(null),
  next_at: maybe(at),
  created: at,
  begun: maybe(at),
  ended: maybe(at),
});
const step: fc.Arbitrary<views.Step> = fc.record(
  {
    mock,
    level,
    count: fc.integer({ min: 1, max: 4 }),
    minutes: fc.integer({ min: 1, max: 16 }),
    asked: fc.record(
      {
        n: fc.integer({ min: 1, max: 4 }),
        skill: typed,
        type: fc.constantFrom('behavioural', 'situational'),
        text: typed,
        probe: fc.record({ at: fc.integer({ min: 1, max: 3 }), of: fc.constant(3), text: typed }),
        before: typed,
      },
      { requiredKeys: ['n', 'skill', 'type', 'text'] },
    ),
    ended: fc.constantFrom('Answered.', 'Skipped.'),
  },
  { requiredKeys: ['mock', 'level', 'count', 'minutes'] },
);
const mean = fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10);
const row: fc.Arbitrary<Row[]> = fc.tuple(
  ...DIMENSIONS.map((dimension) =>
    fc.record({
      dimension: fc.constant(dimension),
      self: fc.option(mean, { nil: undefined }),
      raters: fc.option(
        fc.record({ mean, count: fc.integer({ min: 1, max: 8 }), low: fc.constant(1), high: fc.constant(5) }),
        {
          nil: undefined,
        },
      ),
    }),
  ),
);
const person = snowflake as fc.Arbitrary<PersonId>;
const card = fc.record(
  {
    mock,
    level,
    zone,
    answered: fc.integer({ min: 1, max: 4 }),
    rows: row,
    raters: fc.nat(2),
    said: fc.array(fc.record({ by: maybe(person), keep: typed, change: typed }), { maxLength: 3 }),
    missing: fc.nat(2),
    replay: fc.record({ n: fc.integer({ min: 1, max: 4 }), before: typed, after: typed }),
    nextSkill: fc.option(typed, { nil: undefined }),
    first: fc.integer({ min: 1, max: 4 }),
    retentionDays: fc.constant(180),
  },
  {
    requiredKeys: [
      'mock',
      'level',
      'zone',
      'answered',
      'rows',
      'raters',
      'said',
      'missing',
      'nextSkill',
      'first',
      'retentionDays',
    ],
  },
);

const fits = <T>(name: string, of: fc.Arbitrary<T>, view: (value: T) => Message): void =>
  it(name, () => {
    fc.assert(
      fc.property(of, (value) => {
        const message = view(value);
        expect(overLimits(message)).toEqual([]);
        expectPlatformsTake(message);
      }),
      runs,
    );
  });
const fitsForm = <T>(name: string, of: fc.Arbitrary<T>, view: (value: T) => Form): void =>
  it(name, () => {
    fc.assert(
      fc.property(of, (value) => {
        const form = view(value);
        expect(formOverLimits(form)).toEqual([]);
        expectPlatformsTakeForm(form);
      }),
      runs,
    );
  });

describe('every platform takes', () => {
  fits('the card of a step', step, views.stepCard);
  fits(
    'the opening',
    fc.record({
      mock,
      level,
      count: fc.integer({ min: 1, max: 4 }),
      probes: fc.nat(3),
      retentionDays: fc.constant(180),
      practice: fc.constant('practice'),
      remarks: fc.array(typed, { maxLength: 5 }),
    }),
    views.openingCard,
  );
  fits('a pause', fc.tuple(mock, fc.constantFrom('asked' as const, 'idle' as const, 'over' as const)), ([of, why]) =>
    views.pausedCard(of, why),
  );
  fits('what was written in a pause', mock, views.stillPausedCard);
  fits('the line under what was written', mock, views.keptCard);
  fits('a live mock', mock, views.liveCard);
  fits('the scorecard', card, scorecard);
  fits('an end without an answer', fc.constant('mock'), nothingCard);
  fits(
    'the look at other levels',
    fc.record({
      mock,
      level,
      n: fc.constantFrom(1, 2),
      question: typed,
      answer: typed,
      answered: fc.constantFrom([1, 2], [1, 2, 3, 4]),
    }),
    shiftCard,
  );
  fits(
    'a page of an answer',
    fc.record({
      mock,
      n: fc.constantFrom(1, 2),
      question: typed,
      answer: typed,
      page: fc.nat(30),
      answered: fc.constantFrom([1, 2], [1, 2, 3, 4]),
    }),
    answerPage,
  );
  fits('the reminder', fc.record({ mock, skill: fc.option(typed, { nil: undefined }) }), againCard);
  fitsForm(
    'the form that starts one',
    fc.tuple(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 60 }), { maxLength: 40 }),
      fc.option(level, { nil: undefined }),
    ),
    ([skills, own]) => forms.startForm([...new Set(skills)], own),
  );
  fitsForm('the form of an answer', fc.tuple(typed, typed), ([asked, written]) =>
    forms.answerForm('id:answering.1.0', asked, written),
  );
  fitsForm(
    'the own rating',
    fc.record({ subject: id, step: fc.constantFrom(1, 2), level, skill: typed }),
    forms.selfForm,
  );
  fitsForm('looking back', fc.tuple(id, level), ([subject, of]) => forms.reflectForm(subject, of));
});
