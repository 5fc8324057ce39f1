/** Every card and form of a mock fits every platform, whatever people, packs and platforms put into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../src/bank/question.ts';
import type { Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import { formOverLimits, overLimits } from '../../../src/chat/limits.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import { answerPage } from '../../../src/features/mock/answer-card.ts';
import { whenWords } from '../../../src/features/mock/appointment.ts';
import * as opening from '../../../src/features/mock/opening-views.ts';
import * as partnerForms from '../../../src/features/mock/partner-forms.ts';
import * as partner from '../../../src/features/mock/partner-views.ts';
import type { Asked } from '../../../src/features/mock/queries.ts';
import type { Score } from '../../../src/features/mock/score-queries.ts';
import { t } from '../../../src/chat/text.ts';
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

const people = fc.array(person, { minLength: 1, maxLength: 2 });
const texts = fc.array(typed, { maxLength: 9 }).map((all) => JSON.stringify(all));
const question: fc.Arbitrary<Asked> = fc.record({
  mock: id,
  team: fc.constant('T1' as TeamId),
  n: fc.integer({ min: 1, max: 4 }),
  question: typed,
  skill: typed,
  type: fc.constantFrom('behavioural', 'situational'),
  text: typed,
  probes: fc.array(typed, { maxLength: 3 }).map((all) => JSON.stringify(all)),
  good: texts,
  flags: texts,
  asked: maybe(at),
  answered: maybe(at),
  skipped: fc.constantFrom(0, 1),
});
const score: fc.Arbitrary<Score> = fc.record({
  id,
  team: fc.constant('T1' as TeamId),
  mock: id,
  n: fc.constant(1),
  rater: maybe(person),
  about: person,
  kind: fc.constant('rater' as const),
  scores: fc.constantFrom('{}', '{"setup":3}'),
  evidence: maybe(typed),
  keep: maybe(typed),
  change: maybe(typed),
  notes: maybe(typed),
  steps: fc.constantFrom(1, 2),
  at,
});

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
    opening.openingCard,
  );
  fits('a pause', fc.tuple(mock, fc.constantFrom('asked' as const, 'idle' as const, 'over' as const)), ([of, why]) =>
    views.pausedCard(of, why),
  );
  fits('what was written in a pause', mock, views.stillPausedCard);
  fits('the line under what was written', mock, views.keptCard);
  fits('a live mock', mock, (of) => opening.liveCard(of, of.candidate));
  fits('a live mock for who interviews', mock, (of) => opening.liveCard(of, 'U0' as PersonId));
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
  fits(
    'an invitation',
    fc.record(
      {
        mock,
        by: person,
        role: fc.constantFrom('candidate', 'interviewer', 'rater'),
        retentionDays: fc.constant(180),
        roomNoun: fc.constant('private thread'),
        when: at.map((one) => whenWords(one, ['America/Argentina/ComodRivadavia', 'Europe/Berlin', 'Asia/Kolkata'])),
        ended: fc.constant('Agreed.'),
      },
      { requiredKeys: ['mock', 'by', 'role', 'retentionDays', 'roomNoun'] },
    ),
    partner.invitationCard,
  );
  fits('waiting for others', fc.tuple(mock, people, fc.boolean()), ([of, others, isOpen]) =>
    partner.waitingCard(of, others, t`I have asked.`, isOpen),
  );
  fits(
    'the room',
    fc.record({
      mock,
      candidate: person,
      others: people,
      here: people,
      retentionDays: fc.constant(180),
      practice: fc.constant('practice'),
      remarks: fc.array(typed, { maxLength: 5 }),
    }),
    partner.roomCard,
  );
  fits('who has not come', fc.tuple(mock, people), ([of, missing]) => partner.absentCard(of, missing));
  fits('when it ends', fc.tuple(at, zone), ([end, where]) => partner.endsLine(end, where));
  fits('the interviewer’s card', fc.tuple(mock, question, fc.constantFrom(0, 1, 2)), ([of, asked, steps]) =>
    partner.panelCard(of, asked, steps),
  );
  fits('the steps', mock, partner.stepsCard);
  fits(
    'the thanks',
    fc.record({
      mock,
      unrated: fc.constantFrom([], [1], [1, 2, 3, 4]),
      isInterviewer: fc.boolean(),
      about: fc.constantFrom([], [{ item: 'Listened', rating: 4 }]),
    }),
    partner.thanksCard,
  );
  fitsForm('another time', fc.tuple(id, zone), ([subject, where]) => partnerForms.timeForm(subject, where));
  fitsForm(
    'a rating',
    fc.record({
      subject: id,
      step: fc.constantFrom(1, 2),
      level,
      skill: typed,
      answer: typed,
      earlier: fc.option(score, { nil: undefined }),
    }),
    partnerForms.scoreForm,
  );
  fitsForm('the interviewing', id, partnerForms.interviewingForm);
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
