/** Whatever people type is shown as they typed it, and nothing of it works. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../../adapters/local/view.ts';
import { lineOf, type Passage, passagesOf, typedWords, type Word } from '../../../adapters/local/words.ts';
import type { PersonId } from '../../../src/chat/ids.ts';
import { bold, markdown, person, plain, t, type Text, time } from '../../../src/chat/text.ts';
import { MONDAY } from './practice.ts';

const nameOf = (id: PersonId): string => (id === 'ana' ? 'Ana' : 'someone who left');
const numRuns = process.env['LONG'] ? 10_000 : 500;

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '[click](data:text/html,hi)',
  '**bold** _em_ `code` # heading\n- list\n> quote',
  '@everyone @channel <!here>',
  '\u202Egnirts neddih\u202C and \u2066isolates\u2069',
  '\uE0000\uE001 \uE000999\uE001',
  '```\nfence\n```',
  '\\*escaped\\*',
];

const linksIn = (value: unknown): string[] =>
  JSON.stringify(value)
    .match(/"href":"[^"]*"/g)
    ?.map((one) => one.slice(8, -1)) ?? [];

/** All characters of a tree, and whether each stands as somebody typed it. */
const leaves = (words: readonly Word[]): { v: string; isTyped: boolean }[] =>
  words.flatMap((word) => {
    if (word.t === 'typed') return [{ v: word.v, isTyped: true }];
    if ('c' in word) return leaves(word.c);
    return 'v' in word ? [{ v: word.v, isTyped: false }] : [];
  });
const wordsIn = (passages: readonly Passage[]): Word[] =>
  passages.flatMap((one) => {
    if (one.t === 'list') return one.items.flat();
    if (one.t === 'terms') return one.rows.flatMap(({ c }) => c);
    return one.t === 'pre' ? [] : one.c;
  });

describe('what people type inside our own words', () => {
  it.each(HOSTILE)('is shown letter by letter: %j', (text) => {
    const passages = passagesOf(t`**Keep** ${text} and more`, nameOf);
    expect(leaves(wordsIn(passages)).filter(({ isTyped }) => isTyped)).toEqual([{ v: text, isTyped: true }]);
    expect(linksIn(passages)).toEqual([]);
  });

  it('is kept whatever it is, wherever it stands', () => {
    const frames: ((text: string) => Text)[] = [
      (text) => [plain(text)],
      (text) => t`- ${text}\n- two`,
      (text) => t`> ${text}`,
      (text) => t`**${text}** said _${text}_`,
      (text) => t`## ${text}\n\n1. ${text}`,
      (text) => [bold(text), ...markdown(' wrote')],
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom(...frames), (text, frame) => {
        const passages = passagesOf(frame(text), nameOf);
        const typed = leaves(wordsIn(passages)).filter(({ isTyped }) => isTyped);
        expect(typed.length).toBeGreaterThan(0);
        for (const { v } of typed) expect(v).toBe(text);
        expect(linksIn(passages)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('stands once, even where a pack holds the marks our parser works with', () => {
    const passages = passagesOf(t`\uE0000\uE001 ${'typed'} \uE0000\uE001`, nameOf);
    expect(leaves(wordsIn(passages)).filter(({ isTyped }) => isTyped)).toEqual([{ v: 'typed', isTyped: true }]);
  });

  it('never becomes the address of a link or the words of a button', () => {
    expect(linksIn(passagesOf(t`[here](${'https://evil.example'})`, nameOf))).toEqual([]);
    expect(passagesOf(t`Code \`${'rm -rf'}\``, nameOf)).toEqual([
      {
        t: 'p',
        c: [
          { t: 'text', v: 'Code ' },
          { t: 'code', v: 'rm -rf' },
        ],
      },
    ]);
  });
});

describe('a message somebody wrote', () => {
  it('has web addresses to follow and nothing else to click', () => {
    expect(typedWords('see https://example.org/a?b=1 please')).toEqual([
      { t: 'typed', v: 'see ' },
      { t: 'link', href: 'https://example.org/a?b=1', c: [{ t: 'typed', v: 'https://example.org/a?b=1' }] },
      { t: 'typed', v: ' please' },
    ]);
    for (const text of HOSTILE) expect(linksIn(typedWords(text))).toEqual([]);
  });

  it('keeps every character, and links lead to the web alone', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
        const words = typedWords(text);
        expect(
          leaves(words)
            .map(({ v }) => v)
            .join(''),
        ).toBe(text);
        for (const href of linksIn(words)) expect(href).toMatch(/^https?:/);
      }),
      { numRuns },
    );
  });
});

describe('our own Markdown', () => {
  it('has bold, italics, code, lists, quotes, links and line breaks', () => {
    const text = markdown(
      '## Title\nOne **two** _three_ *four* `five` [six](https://example.org)\nnext\n\n- a\n- b\n  more\n\n1. c\n\n> q\n\n```\ncode\n\nhere\n```',
    );
    expect(passagesOf(text, nameOf).map(({ t: kind }) => kind)).toEqual([
      'heading',
      'p',
      'list',
      'list',
      'quote',
      'pre',
    ]);
    expect(linksIn(passagesOf(text, nameOf))).toEqual(['https://example.org/']);
    expect(JSON.stringify(passagesOf(text, nameOf))).not.toMatch(/\*\*|`|##|\]\(/);
    expect(passagesOf(text, nameOf).at(-1)).toEqual({ t: 'pre', v: 'code\n\nhere' });
  });

  it('leaves lone marks, snake_case words and sums as they are', () => {
    for (const words of ['2 * 3 * 4', 'a_b_c', 'a ** b', '5 > 3', '[not a link]', '-5 degrees'])
      expect(
        leaves(lineOf(markdown(words), nameOf))
          .map(({ v }) => v)
          .join(''),
      ).toBe(words);
  });

  it('links to http and https alone', () => {
    for (const to of [
      `${'javascript'}:alert(1)`,
      'data:text/html,x',
      'file:///etc/passwd',
      '//example.org',
      'vbscript:x',
    ])
      expect(linksIn(passagesOf(markdown(`[words](${to})`), nameOf))).toEqual([]);
  });

  it('shows the variants of a question by level side by side', () => {
    const [passage] = passagesOf(markdown('**Mid** Alone.\n**Senior** With a _team_.'), nameOf);
    expect(passage).toMatchObject({ t: 'terms', rows: [{ term: 'Mid' }, { term: 'Senior' }] });
    const spans = passagesOf(t`${bold('Mid')}${'  Alone.'}\n${bold('Senior')}${'  With a team.'}`, nameOf);
    expect(spans).toEqual([
      {
        t: 'terms',
        rows: [
          { term: 'Mid', c: [{ t: 'typed', v: 'Alone.' }] },
          { term: 'Senior', c: [{ t: 'typed', v: 'With a team.' }] },
        ],
      },
    ]);
  });

  it('shows what was labelled side by side, without the colon that a column makes needless', () => {
    const said = (label: string, value: string) => [bold(label), plain(value)];
    const rows = (text: Text) => passagesOf(text, nameOf).flatMap((one) => (one.t === 'terms' ? one.rows : []));
    const inside = rows([...said('You keep: ', 'Names.'), ...t`\n`, ...said('You change: ', 'Dates: early.')]);
    expect(inside.map(({ term, c }) => [term, c])).toEqual([
      ['You keep', [{ t: 'typed', v: 'Names.' }]],
      ['You change', [{ t: 'typed', v: 'Dates: early.' }]],
    ]);
    expect(rows(markdown('**Setup**: four\n**Action**: three')).map(({ term }) => term)).toEqual(['Setup', 'Action']);
  });

  it('names people and moments as what they are', () => {
    const left = person('gone' as PersonId);
    const line = lineOf(t`${person('ana' as PersonId)}, ${left}: until ${time(MONDAY, 'UTC')}`, nameOf);
    expect(line.filter(({ t: kind }) => kind === 'person')).toMatchObject([
      { name: 'Ana' },
      { name: 'someone who left' },
    ]);
    expect(line.at(-1)).toEqual({ t: 'time', at: MONDAY, show: 'both' });
  });

  it('is read in one go, however strange it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_`[]()>-# \n\\a1.'.split('')), maxLength: 300 }), (text) => {
        expect(() => passagesOf(markdown(text), nameOf)).not.toThrow();
      }),
      { numRuns },
    );
  });
});

describe('a card', () => {
  it('has its facts above the title, and its small print where it stands', () => {
    const view = cardOf(
      {
        title: 'Q',
        blocks: [
          { kind: 'small', text: t`facts` },
          { kind: 'text', text: t`words` },
          { kind: 'small', text: t`print` },
        ],
      },
      nameOf,
    );
    expect(view.facts).toEqual([{ t: 'text', v: 'facts' }]);
    expect(view.blocks.map(({ kind }) => kind)).toEqual(['text', 'small']);
    expect(cardOf({ blocks: [{ kind: 'small', text: t`print` }] }, nameOf).facts).toBeUndefined();
  });
});
