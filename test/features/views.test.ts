/** Every card and form of setup and the daily question fits any platform, whatever people, packs and platforms put into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadedBank } from '../../src/bank/load.ts';
import { LEVELS, type Question } from '../../src/bank/question.ts';
import type { ChannelId, Instant, PersonId } from '../../src/chat/ids.ts';
import { formOverLimits, LIMITS, overLimits } from '../../src/chat/limits.ts';
import type { Action, Form, Message } from '../../src/chat/message.ts';
import type { Text } from '../../src/chat/text.ts';
import { decodeAction, encodeAction } from '../../src/chat/wire.ts';
import * as answers from '../../src/features/daily/answer-views.ts';
import * as closing from '../../src/features/daily/close-views.ts';
import { joinAnswer, splitAnswer } from '../../src/features/daily/star.ts';
import * as cards from '../../src/features/daily/views.ts';
import * as forms from '../../src/features/setup/forms.ts';
import * as settings from '../../src/features/setup/views.ts';
import { spansOf } from '../../src/features/setup/words.ts';
import { parseDates, splitTime } from '../../src/schedule/parse.ts';
import { plusDays } from '../../src/schedule/zone.ts';
import type { Answer, Round } from '../../src/store/rounds.ts';
import type { Schedule } from '../../src/store/schedules.ts';
import { cleanText } from '../../src/store/text.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../support/fits-platforms.ts';
import { read } from '../support/words.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 150 };

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');
const id = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 26, maxLength: 26 });
const snowflake = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 17, maxLength: 20 });
/** Anything, as the store gives it back: short, odd, or as long as a platform lets people write. */
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
const date = fc.integer({ min: 0, max: 4000 }).map((days) => plusDays('2024-01-01', days));
const zone = fc.constantFrom('Europe/Berlin', 'America/Argentina/ComodRivadavia', 'UTC', 'Australia/Lord_Howe');
const level = fc.constantFrom(...LEVELS);
const subset = <T>(of: readonly T[], least = 1) => fc.subarray([...of], { minLength: least });

const round: fc.Arbitrary<Round> = fc.record({
  id,
  team: fc.constant('T1' as Round['team']),
  schedule: id,
  local_date: date,
  state: fc.constantFrom('open', 'closed'),
  reason: fc.constant(null),
  channel: snowflake as fc.Arbitrary<ChannelId>,
  zone,
  skill: typed,
  facet: typed,
  title: typed,
  questions: subset(LEVELS, 0).chain((levels) =>
    fc
      .tuple(...levels.map((one) => fc.record({ level: fc.constant(one), id, text: typed })))
      .map((all) => JSON.stringify(all)),
  ),
  why: typed,
  mode: fc.constantFrom('open', 'sealed'),
  after: fc.constantFrom('publish', 'reviewers'),
  reviewers: fc.constantFrom(2, 3, 4),
  give_first: fc.constantFrom(0, 1),
  opened: at,
  closes: at,
  closed: fc.constant(null),
  erased: fc.nat(20),
});

const answer: fc.Arbitrary<Answer> = fc.record({
  id,
  team: fc.constant('T1' as Answer['team']),
  round: id,
  person: snowflake as fc.Arbitrary<PersonId>,
  level,
  text: typed,
  source: fc.constantFrom('thread', 'form'),
  ref: fc.constant(null),
  chosen: fc.constantFrom(0, 1),
  at,
  edited: fc.constant(null),
  late: fc.constantFrom(0, 1),
  carried: fc.constant(0 as const),
});

const schedule: fc.Arbitrary<Schedule> = fc.record({
  id,
  team: fc.constant('T1' as Schedule['team']),
  channel: fc.oneof(snowflake, typed) as fc.Arbitrary<ChannelId>,
  creator: fc.oneof(fc.constant(''), snowflake) as fc.Arbitrary<PersonId>,
  time: fc.constantFrom('09:00', '23:59'),
  zone,
  weekdays: subset([1, 2, 3, 4, 5, 6, 7]).map((days) => days.join(',')),
  every_weeks: fc.constantFrom(1, 2, 3, 4),
  anchor: date,
  levels: subset(LEVELS).map((levels) => levels.join(',')),
  skills: fc.array(typed, { maxLength: 30 }).map((all) => all.join(',')),
  packs: fc.array(typed, { maxLength: 30 }).map((all) => all.join('\n')),
  mode: fc.constantFrom('open', 'sealed'),
  after: fc.constantFrom('publish', 'reviewers'),
  window_days: fc.constantFrom(1, 2, 3, 5),
  holidays: fc.constantFrom('', 'DE', 'DE-BY', 'GB-SCT'),
  skip_dates: fc.uniqueArray(date, { maxLength: 400 }).map((all) => all.toSorted().join(',')),
  paused_until: fc.oneof(fc.constant(null), date),
  reviewers: fc.constantFrom(2, 3, 4),
  give_first: fc.constantFrom(0, 1),
  state: fc.constantFrom('new', 'active', 'paused', 'stopped'),
  failed_days: fc.nat(5),
  next_run: fc.constant(null),
  next_date: fc.constant(null),
  created: at,
});

const question: fc.Arbitrary<Question> = fc.record(
  {
    id,
    text: typed,
    level,
    skills: fc.array(typed, { minLength: 1, maxLength: 3 }),
    facet: typed,
    title: typed,
    category: typed,
    type: fc.constant('behavioural' as const),
    domain: fc.constant([]),
    minutes: fc.constant(3),
    probes: fc.array(fc.record({ kind: fc.constant('why' as const), text: typed }), { maxLength: 3 }),
    good: fc.array(typed, { maxLength: 5 }),
    redFlags: fc.array(typed, { maxLength: 5 }),
    outline: fc.record({ setup: typed, action: typed, result: typed, reflection: typed, level_signal: typed }),
    answer: typed,
    focus: fc.constant([]),
    status: fc.constantFrom('reviewed', 'draft'),
    file: fc.constant('a.md'),
    line: fc.constant(1),
  },
  {
    requiredKeys: [
      'id',
      'text',
      'level',
      'skills',
      'facet',
      'title',
      'category',
      'type',
      'domain',
      'minutes',
      'probes',
      'good',
      'redFlags',
      'focus',
      'status',
      'file',
      'line',
    ],
  },
) as fc.Arbitrary<Question>;

const planned: fc.Arbitrary<settings.Planned> = fc.record({
  schedule,
  runs: fc.array(fc.record({ at, date }), { maxLength: 3 }),
  today: date,
  keepDays: fc.integer({ min: 1, max: 10_000 }),
});
const around: fc.Arbitrary<cards.Around> = fc.record({
  answers: fc.nat(100_000),
  keepDays: fc.integer({ min: 1, max: 10_000 }),
  readsThreads: fc.boolean(),
});

const actionsIn = (message: Message): Action[] =>
  message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ on }) => on) : block.kind === 'choice' ? [block.on] : [],
  );
const wellFormed = (text: Text): boolean => text.every((span) => !('value' in span) || span.value.isWellFormed());

function expectToFit(message: Message): void {
  expect(overLimits(message)).toEqual([]);
  expectPlatformsTake(message);
  for (const block of message.blocks) if ('text' in block) expect(wellFormed(block.text)).toBe(true);
  for (const action of actionsIn(message)) expect(decodeAction(encodeAction(action))).toEqual(action);
  const styles = message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ style }) => style) : [],
  );
  expect(styles.filter((style) => style === 'primary').length).toBeLessThanOrEqual(1);
}

function expectFormToFit(form: Form): void {
  expect(formOverLimits(form)).toEqual([]);
  expectPlatformsTakeForm(form);
  expect(decodeAction(encodeAction(form.on))).toEqual(form.on);
  expect(wellFormed(form.intro ?? [])).toBe(true);
  for (const field of form.fields) {
    if (field.kind !== 'choice' || field.value === undefined) continue;
    const known = field.options.map(({ value }) => value);
    expect(new Set(known).size).toBe(known.length);
    for (const value of field.many ? field.value.split(',') : [field.value]) expect(known).toContain(value);
  }
}

describe('every card of the daily question', () => {
  it('fits, whatever packs and people wrote', () => {
    fc.assert(
      fc.property(round, around, fc.option(level, { nil: undefined }), fc.boolean(), (one, words, own, has) => {
        expectToFit(cards.questionCard(one, words));
        expectToFit(cards.todayCard(one, words, has));
        expectToFit(cards.howTo(one, words, own));
        expectToFit(cards.reminder(one));
        expectToFit(answers.levelQuestion(one, own ?? 'mid'));
        expectToFit(answers.sealedHint(one));
        expectToFit(answers.answerKept(one));
      }),
      runs,
    );
  });

  it('fits when every text in it is as long as people can write', () => {
    const longest = fc.constantFrom('🙂'.repeat(20_000), 'word '.repeat(8000), 'a'.repeat(40_000));
    const worst = fc.tuple(round, longest).map(([one, text]): Round => {
      const asked = LEVELS.map((name) => ({ level: name, id: one.id, text }));
      return { ...one, skill: text, facet: text, title: text, why: text, questions: JSON.stringify(asked) };
    });
    fc.assert(
      fc.property(worst, around, longest, (one, words, resolve) => {
        expectToFit(cards.questionCard(one, words));
        expectToFit(cards.howTo(one, words, undefined));
        const filled = { level: undefined, lowest: 'mid', answer: undefined, resolve } as const;
        expectFormToFit(answers.answerForm(one, filled));
        expectFormToFit(answers.answerForm(one, { ...filled, level: 'staff' }));
      }),
      { numRuns: 20 },
    );
  });

  it('shows any answer, whole in its pages', () => {
    fc.assert(
      fc.property(answer, fc.integer({ min: -5, max: 50 }), (one, page) => {
        expectToFit(answers.answerMessage(one));
        expectToFit(answers.answerPage(one, page));
        const total = Number(/page 1 of (\d+)/.exec(read(answers.answerPage(one, 1)))?.[1]);
        const whole = Array.from({ length: total }, (_, i) => {
          const block = answers.answerPage(one, i + 1).blocks[1];
          return block?.kind === 'text' && block.text[0]?.kind === 'plain' ? block.text[0].value : '';
        });
        expect(whole.join('').replaceAll(/\s+/g, '')).toBe(one.text.replaceAll(/\s+/g, ''));
      }),
      runs,
    );
  });

  it('opens a form that loses nothing of an earlier answer', () => {
    const filled = fc.record({
      level: fc.option(level, { nil: undefined }),
      lowest: level,
      answer: fc.option(answer, { nil: undefined }),
      resolve: fc.option(typed, { nil: undefined }),
    });
    fc.assert(
      fc.property(round, filled, (one, values) => {
        const form = answers.answerForm(one, values);
        expectFormToFit(form);
        const again = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
        const isShown = joinAnswer(again) !== '';
        const text = values.answer?.text ?? '';
        if (isShown) expect(joinAnswer(again).replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''));
        else expect(text.trim() === '' || text.length > LIMITS.fieldValue).toBe(true);
      }),
      runs,
    );
  });

  it('closes with a digest and model answers from any pack', () => {
    fc.assert(
      fc.property(round, fc.nat(5000), fc.array(question, { maxLength: 4 }), (one, count, known) => {
        expectToFit(closing.digest(one, count, known));
        for (const each of known)
          expectToFit(
            closing.modelAnswer(
              one,
              each,
              known.map((other) => other.level),
            ),
          );
      }),
      { numRuns: runs.numRuns / 5 },
    );
  });
});

describe('every card and form of setup', () => {
  it('fits, whatever was set', () => {
    fc.assert(
      fc.property(
        fc.array(planned, { minLength: 1, maxLength: 5 }),
        fc.nat(100),
        typed,
        fc.boolean(),
        (all, more, what, mayAdd) => {
          const [one] = all;
          if (!one) return;
          expectToFit(settings.scheduleCard(one));
          expectToFit(settings.moreCard(one));
          expectToFit(settings.stopQuestion(one.schedule));
          expectToFit(settings.scheduleList(all, all.length + more, mayAdd));
          expectToFit(settings.notRunning(one.schedule, { title: 'x', what: what.slice(0, 300).toWellFormed() }));
          expectFormToFit(forms.rhythmForm(one.schedule, one.today));
          expectFormToFit(forms.holidaysForm(one.schedule));
          expectFormToFit(forms.feedbackForm(one.schedule));
        },
      ),
      { numRuns: runs.numRuns / 5 },
    );
    expectToFit(settings.replacedCard);
  });

  it('fills the five questions from a schedule or from what is known of the person', () => {
    const usual = fc.record({
      channel: fc.option(snowflake as fc.Arbitrary<ChannelId>, { nil: undefined }),
      zone: fc.option(zone, { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.option(schedule, { nil: undefined }), usual, (one, known) => {
        const fitting = one && { ...one, channel: one.channel.slice(0, 100) as ChannelId };
        expectFormToFit(forms.basicsForm(fitting, known));
      }),
      runs,
    );
  });

  it('offers any bank’s skills and packs, each once', () => {
    const bank = fc.array(question, { maxLength: 60 }).map((questions) => ({ questions }) as unknown as LoadedBank);
    fc.assert(
      fc.property(schedule, bank, (one, known) => {
        const form = forms.questionsForm(one, known);
        if (form) expectFormToFit(form);
      }),
      { numRuns: runs.numRuns / 10 },
    );
  });
});

describe('words read back', () => {
  it('the parts of an answer, unless a part looks like another’s label', () => {
    const part = typed.map((text) => text.trim()).filter((text) => !/(Situation and task|Action|Result): /.test(text));
    fc.assert(
      fc.property(fc.record({ answer: part, setup: part, action: part, result: part }), (parts) => {
        expect(splitAnswer(joinAnswer(parts))).toEqual(parts);
      }),
      runs,
    );
  });

  it('spans of dates', () => {
    fc.assert(
      fc.property(fc.uniqueArray(date, { maxLength: 60 }), (dates) => {
        const sorted = dates.toSorted();
        expect(parseDates(spansOf(sorted), '2024-01-01')).toEqual({ value: sorted });
      }),
      runs,
    );
  });

  it('a time and a zone in any order', () => {
    const times = fc.constantFrom('9:00', '9am', '9 am', '21.15', 'noon', '0930');
    fc.assert(
      fc.property(times, zone, fc.boolean(), fc.constantFrom(' ', ', ', '  at '), (time, where, isFirst, gap) => {
        const text = isFirst ? `${time}${gap}${where}` : `${where}${gap}${time}`;
        expect(splitTime(text)).toEqual({ time, zone: where });
      }),
      runs,
    );
    fc.assert(
      fc.property(typed, (text) => {
        expect(splitTime(text).time.length).toBeLessThanOrEqual(200);
      }),
      runs,
    );
  });
});
