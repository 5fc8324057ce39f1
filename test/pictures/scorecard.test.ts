/** What a scorecard shows of its data, and that nothing anybody types is more than words in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFaces } from '../../src/pictures/font.ts';
import type { Scorecard } from '../../src/pictures/index.ts';
import { drawScorecard } from '../../src/pictures/scorecard.ts';
import { SCORECARD } from './cards.ts';

const FACES = readFaces();
const draw = (change: Partial<Scorecard> = {}): string => drawScorecard({ ...SCORECARD, ...change }, FACES);

const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
const count = (svg: string, mark: string): number => svg.split(mark).length - 1;
const POINT = 'r="5"';
const RING = 'r="8"';
const runs = process.env['LONG'] ? 10_000 : 150;

describe('a scorecard', () => {
  it('names the interview, its level, its day, and how many rated', () => {
    expect(textsIn(draw())).toEqual(expect.arrayContaining(['Senior · Mon 23 November 2026 · 3 raters']));
    expect(textsIn(draw()).join(' ')).toContain('Mock interview: a conflict you resolved');
    expect(textsIn(draw({ raters: 1 })).join(' ')).toContain('1 rater');
  });

  it('says the words before the numbers', () => {
    const texts = textsIn(draw());
    expect(texts.indexOf('Keep')).toBeLessThan(texts.indexOf('Change'));
    expect(texts.indexOf('Change')).toBeLessThan(texts.indexOf('Setup'));
    expect(textsIn(drawScorecard(withoutWords(SCORECARD), FACES))).not.toContain('Keep');
  });

  it('has a row for each dimension: the mean as a point in a band, the self-rating as a ring', () => {
    const svg = draw();
    expect(textsIn(svg)).toEqual(expect.arrayContaining(SCORECARD.dimensions.map(({ name }) => name)));
    // Five of six were rated by others and by themselves; one of each stands in the legend.
    expect([count(svg, POINT), count(svg, RING)]).toEqual([5 + 1, 5 + 1]);
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['4.3', '3.7', '2.7']));
  });

  it('says what was not rated', () => {
    expect(textsIn(draw()).filter((text) => text === 'not rated')).toHaveLength(1);
    expect(textsIn(draw())).toContain('Self-rating: not rated in Reflection.');
    const dimensions = SCORECARD.dimensions.map((one) => ({ ...one, self: null }));
    expect(textsIn(draw({ dimensions }))).toContain('Self-rating: not rated.');
    expect(textsIn(draw({ dimensions: SCORECARD.dimensions.slice(0, 3) })).join(' ')).not.toContain('Self-rating: not');
  });

  it('shows a self-rating alone where nobody else has rated', () => {
    const dimensions = SCORECARD.dimensions.map(({ name, self }) => ({
      name,
      self,
      raters: null,
      low: null,
      high: null,
    }));
    const svg = draw({ raters: 0, dimensions });
    const texts = textsIn(svg);
    expect(texts.join(' ')).toContain('Mon 23 November 2026 · self-rating alone');
    expect(texts).toEqual(expect.arrayContaining(['Self', 'Self-rating', '4', '3', 'not rated']));
    for (const word of ['Mean', 'Lowest to highest', '4.0']) expect(texts).not.toContain(word);
    expect([count(svg, POINT), count(svg, RING)]).toEqual([0, 5 + 1]);
  });

  it('gives no total and no verdict', () => {
    expect(textsIn(draw()).join(' ')).not.toMatch(/total|overall|average|hire|meets|pass|fail|score /i);
  });

  it('cuts what has no room, and shows at most three to keep', () => {
    const long = 'word '.repeat(200);
    const texts = textsIn(draw({ title: long, words: { keep: [long, long, long, 'fourth'], change: long } }));
    expect(texts.filter((text) => text.endsWith('…'))).toHaveLength(5);
    expect(texts).not.toContain('fourth');
  });

  it('leaves out what its letters cannot say, and says that', () => {
    const texts = textsIn(draw({ title: '模擬面接', words: { keep: ['Well said 🎉'], change: 'もっと早く' } }));
    expect(texts).toContain('Scorecard');
    expect(texts).toContain('Well said');
    expect(texts.join(' ')).toContain('Written with letters this picture does not have');
    expect(textsIn(draw({ title: 'Żółć, Ελλάς, Привет — ¿qué?' }))).toContain('Żółć, Ελλάς, Привет — ¿qué?');
  });
});

function withoutWords({ words: _, ...bare }: Scorecard): Scorecard {
  return bare;
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '</text></svg><script>alert(1)</script>',
    '<image href="file:///etc/passwd"/>',
    '" onload="x',
    "' fill='url(http://evil.example)",
    ']]>&lt;&#60;&amp;',
    '<!ENTITY a SYSTEM "file:///etc/passwd">&a;',
    '\u0000\uFFFE\uD800\u202E',
  ),
);
const rating = fc.option(fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10));
const band = fc
  .tuple(rating, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }), fc.boolean())
  .map(([self, all, isRated]) => {
    if (!isRated) return { self, raters: null, low: null, high: null };
    const raters = all.reduce((sum, one) => sum + one, 0) / all.length;
    return { self, raters, low: Math.min(...all), high: Math.max(...all) };
  });
const anyCard: fc.Arbitrary<Scorecard> = fc
  .record({
    title: hostile,
    level: hostile,
    when: hostile,
    raters: fc.nat(1000),
    dimensions: fc.array(
      fc.tuple(hostile, band).map(([name, one]) => ({ name, ...one })),
      { minLength: 1, maxLength: 10 },
    ),
    words: fc.option(fc.record({ keep: fc.array(hostile, { maxLength: 6 }), change: hostile })),
  })
  .map(({ words, ...card }) => (words === null ? card : { ...card, words }));

/** The elements a scorecard is made of, and the attributes they have: nothing that leads out of it. */
const ELEMENT =
  /<(?:svg|rect|line|circle|text)(?: (?:xmlns|width|height|viewBox|font-family|font-size|font-weight|fill|stroke|stroke-width|text-anchor|x|y|x1|x2|y1|y2|cx|cy|r|rx)="[^"<>&]*")*\/?>|<\/(?:svg|text)>/g;
const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;

describe('whatever anybody types', () => {
  it('stays words, inside the picture', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const svg = drawScorecard(card, FACES);
        expect(svg.replace(ELEMENT, '').replace(ENTITY, '')).not.toMatch(/[<>&"']/);
        // oxlint-disable-next-line no-control-regex
        expect(svg).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
        expect(svg.isWellFormed()).toBe(true);
        for (const [, x] of svg.matchAll(/ (?:x|cx|x1|x2)="([^"]*)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(440);
        }
      }),
      { numRuns: runs },
    );
  });
});
