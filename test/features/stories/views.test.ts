/** Every card and form of the story bank fits any platform, whatever people wrote and a bank names its skills. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import { formOverLimits, LIMITS, overLimits } from '../../../src/chat/limits.ts';
import type { Action, Form, Message } from '../../../src/chat/message.ts';
import { t, type Text } from '../../../src/chat/text.ts';
import { decodeAction, encodeAction } from '../../../src/chat/wire.ts';
import { offeredSkills, storyForm } from '../../../src/features/stories/forms.ts';
import { mirrorCard } from '../../../src/features/stories/mirror-view.ts';
import {
  chosenSkills,
  LONGEST_TITLE,
  messageSource,
  proposeTitle,
  readSought,
  sliceOf,
  soughtSubject,
  soughtWord,
  storiesWith,
} from '../../../src/features/stories/rules.ts';
import { bankCard, removeCard, storyCard, toldCard } from '../../../src/features/stories/views.ts';
import { on } from '../../../src/features/stories/words.ts';
import { mirrorOf } from '../../../src/mirror/mirror.ts';
import { type Story, uncovered } from '../../../src/store/stories.ts';
import { cleanText } from '../../../src/store/text.ts';
import { expectPlatformsTake, expectPlatformsTakeForm } from '../../support/fits-platforms.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 200 };

const id = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), minLength: 26, maxLength: 26 });
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
const slug = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz-'), minLength: 1, maxLength: 90 });
const at = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
  .map((ms) => new Date(ms).toISOString() as Instant);
const zone = fc.constantFrom('Europe/Berlin', 'America/Argentina/ComodRivadavia', 'UTC');

const story: fc.Arbitrary<Story> = fc.record({
  id,
  team: fc.constant('T1' as TeamId),
  person: fc.constant('U1' as PersonId),
  source: id,
  title: typed.map((text) => text.trim().slice(0, LONGEST_TITLE) || 'A'),
  skills: fc.array(slug, { maxLength: 30 }).map((all) => all.join(',')),
  text: typed.filter((text) => text.trim() !== ''),
  note: typed.map((text) => text.slice(0, LIMITS.fieldValue)),
  at,
  edited: fc.constant(null),
});
const told = fc.record({ story, told: fc.nat(1000), last: fc.option(at, { nil: undefined }) });

const actionsIn = (message: Message): Action[] =>
  message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map((button) => button.on) : block.kind === 'choice' ? [block.on] : [],
  );
const textsIn = (message: Message): Text[] =>
  message.blocks.flatMap((block) => (block.kind === 'text' || block.kind === 'small' ? [block.text] : []));

function expectFits(message: Message): void {
  expect(overLimits(message)).toEqual([]);
  expectPlatformsTake(message);
  for (const action of actionsIn(message)) expect(decodeAction(encodeAction(action))).toEqual(action);
}
function expectFitsForm(form: Form): void {
  expect(formOverLimits(form)).toEqual([]);
  expectPlatformsTakeForm(form);
  encodeAction(form.on);
}

describe('the cards of the story bank', () => {
  it('the list fits', () => {
    const bank = fc.record({
      slice: fc.record({
        items: fc.array(told, { maxLength: 5 }),
        page: fc.integer({ min: 1, max: 40 }),
        of: fc.integer({ min: 1, max: 40 }),
      }),
      word: typed.map(soughtWord),
      all: fc.nat(200),
      missing: fc.array(slug, { maxLength: 30 }),
      often: fc.array(fc.record({ title: typed, count: fc.nat(99) }), { maxLength: 9 }),
      zone,
    });
    fc.assert(
      fc.property(bank, (of) => expectFits(bankCard(of))),
      runs,
    );
  });

  it('a story fits, page after page, and its pages hold all of it', () => {
    fc.assert(
      fc.property(told, zone, fc.boolean(), fc.nat(30), (of, where, isNew, page) => {
        expectFits(storyCard({ ...of, page, zone: where, ...(isNew ? { said: t`Kept.` } : {}) }));
      }),
      runs,
    );
  });

  it('deleting one and choosing one fit', () => {
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 40 }), typed, (stories, title) => {
        expectFits(removeCard(stories[0]!));
        expectFits(toldCard(`answer:${stories[0]!.id}`, title, stories));
      }),
      { numRuns: runs.numRuns / 4 },
    );
  });

  it('the mirror fits any text', () => {
    fc.assert(
      fc.property(typed, typed, id, fc.boolean(), (text, title, about, hedges) => {
        expectFits(mirrorCard(`mock-answer:${about}`, title, mirrorOf(text, { hedges })));
      }),
      runs,
    );
  });

  it('what people wrote is plain or bold, never Markdown', () => {
    const mark = '*mine*';
    fc.assert(
      fc.property(told, (of) => {
        const marked = { ...of, story: { ...of.story, title: mark, text: mark, note: mark } };
        const all = [
          storyCard({ ...marked, page: 1, zone: 'UTC' }),
          removeCard(marked.story),
          toldCard('answer:1', mark, [marked.story]),
          mirrorCard('answer:1', mark, mirrorOf(`I asked ${mark} and the rest of it. `.repeat(9))),
          bankCard({
            slice: { items: [marked], page: 1, of: 1 },
            word: mark,
            all: 1,
            missing: [],
            often: [{ title: mark, count: 3 }],
            zone: 'UTC',
          }),
        ];
        const own = all.flatMap(textsIn).flatMap((text) => text.filter(({ kind }) => kind === 'markdown'));
        expect(JSON.stringify(own)).not.toContain(mark);
      }),
      { numRuns: 20 },
    );
  });

  it('its form fits, and shows the text only when it holds all of it', () => {
    const draft = fc.record({
      title: typed.map((text) => text.slice(0, LONGEST_TITLE)),
      text: typed,
      skills: fc.array(slug, { maxLength: 5 }),
      note: typed,
    });
    fc.assert(
      fc.property(draft, fc.uniqueArray(slug, { maxLength: 60 }), id, (of, bank, subject) => {
        const form = storyForm(on('save', `answer:${subject}`), of, offeredSkills(bank, of.skills));
        expectFitsForm(form);
        const field = form.fields.find(({ name }) => name === 'text');
        if (field?.value !== undefined) expect(field.value).toBe(of.text);
        expect(field === undefined).toBe(of.text.length > LIMITS.fieldValue);
      }),
      runs,
    );
  });
});

describe('the rules of the story bank', () => {
  it('a proposed title is never empty and never longer than a title may be', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const title = proposeTitle(text);
        expect(title).not.toBe('');
        expect(title.length).toBeLessThanOrEqual(LONGEST_TITLE);
        expect(title.isWellFormed()).toBe(true);
      }),
      runs,
    );
  });

  it('what is looked for travels in a button and comes back', () => {
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 999_999 }), (text, page) => {
        const word = soughtWord(text);
        const subject = soughtSubject({ page, word });
        expect(readSought(subject)).toEqual({ page, word });
        encodeAction(on('list', subject));
      }),
      runs,
    );
    expect(readSought('nonsense')).toEqual({ page: 1, word: '' });
  });

  it('every story stands on one page, and a page beyond the end is the last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (all) => {
        const { of } = sliceOf(all, 1);
        expect(Array.from({ length: of }, (_, i) => sliceOf(all, i + 1).items).flat()).toEqual(all);
        expect(sliceOf(all, of + 5)).toEqual(sliceOf(all, of));
        expect(sliceOf(all, Number.NaN).page).toBe(1);
      }),
      runs,
    );
  });

  it('a story is found by every piece of its title and text', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 4 }), story, fc.nat(), (others, one, from) => {
        const letters = Array.from(one.text);
        const piece = letters.slice(from % letters.length, (from % letters.length) + 5).join('');
        expect(storiesWith([...others, one], piece)).toContain(one);
        expect(storiesWith([...others, one], '')).toHaveLength(others.length + 1);
      }),
      runs,
    );
  });

  it('a Greek word is found by its beginning', () => {
    const [one] = fc.sample(story, { numRuns: 1, seed: 1 });
    expect(storiesWith([{ ...one!, title: 'ΟΔΥΣΣΕΥΣ' }], 'οδυσ')).toHaveLength(1);
    expect(storiesWith([{ ...one!, title: 'Οδυσσέας' }], 'ΟΔΥΣ')).toHaveLength(1);
  });

  it('a skill is covered exactly when a story is about it, and only what was offered is chosen', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(slug, { maxLength: 9 }),
        fc.array(story, { maxLength: 5 }),
        typed,
        (bank, all, value) => {
          const missing = uncovered(bank, all);
          const covered = new Set(all.flatMap(({ skills }) => skills.split(',')));
          expect(bank.filter((skill) => !missing.includes(skill))).toEqual(bank.filter((skill) => covered.has(skill)));
          expect(bank).toEqual(expect.arrayContaining(chosenSkills(value, bank)));
          expect(chosenSkills(bank.join(','), bank)).toEqual(bank);
        },
      ),
      runs,
    );
  });

  it('a message has one source, unless its name would fit no button', () => {
    expect(messageSource('m:1/2' as never, 'id1')).toBe('message:m:1/2');
    expect(messageSource('x'.repeat(80) as never, 'id1')).toBe('new:id1');
  });
});
