/** Lines of words: as wide as they will be drawn, never wider than their room, nothing lost that has room. */
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fontFiles, readFaces } from '../../src/pictures/font.ts';
import { inLines, legible } from '../../src/pictures/legible.ts';
import { words } from '../../src/pictures/svg.ts';

const FACES = readFaces();
const { regular, strong } = FACES;
const runs = process.env['LONG'] ? 10_000 : 200;

/** How wide the painter draws it. */
function drawn(text: string, face = regular): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="100" font-family="Inter">${words(text, { x: 10, y: 50, face, size: 20 })}</svg>`;
  const font = { loadSystemFonts: false, fontFiles: [...fontFiles()], defaultFontFamily: 'Inter' };
  return new Resvg(svg, { font }).getBBox()?.width ?? 0;
}

describe('the width of words', () => {
  it.each(['Mock interview: a conflict you resolved', 'WAVE To AV', 'Żółć Ελλάς Привет', '“1–5” · 4.3 …'])(
    'is about what the painter draws, and not less: %s',
    (text) => {
      for (const face of [regular, strong]) {
        const [told, real] = [face.widthOf(text, 20), drawn(text, face)];
        expect(told).toBeGreaterThan(real - 1);
        expect(told).toBeLessThan(real * 1.12 + 6);
      }
    },
  );
});

describe('words that can be drawn', () => {
  it('have only letters the font has, in one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const said = legible(text, regular);
        expect([...(said ?? '')].filter((letter) => !regular.has(letter))).toEqual([]);
        expect(said ?? '').not.toMatch(/[\n\r\t]| {2}|^ | $/);
      }),
      { numRuns: runs },
    );
  });

  it('lose emoji and marks of direction quietly, and are none at all where a letter is missing', () => {
    expect(legible(' Well\n\tdone 🎉 \u202Enow\u202C ', regular)).toBe('Well done now');
    expect(legible('Ana と Bo', regular)).toBeUndefined();
    expect(legible('e\u0301le\u0300ve', regular)).toBe('e\u0301le\u0300ve');
  });
});

describe('lines', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'abcW .,’–é i'), maxLength: 120 })
    .map((raw) => legible(raw, regular) ?? '');
  const room = fc.record({ width: fc.integer({ min: 40, max: 400 }), lines: fc.integer({ min: 1, max: 4 }) });

  it('are never wider than their room nor more than asked for, and end in an ellipsis only where something is cut', () => {
    fc.assert(
      fc.property(text, room, (whole, { width, lines }) => {
        const got = inLines(whole, { face: regular, size: 15, width, lines });
        expect(got.length).toBeLessThanOrEqual(lines);
        for (const one of got) expect(regular.widthOf(one, 15)).toBeLessThanOrEqual(width);
        const bare = (words: string): string => words.replaceAll(' ', '');
        const said = bare(got.join(''));
        if (said.endsWith('…')) expect(bare(whole)).toContain(said.slice(0, -1));
        else expect(said).toBe(bare(whole));
      }),
      { numRuns: runs },
    );
  });

  it('break between words where they can, and inside a word where they must', () => {
    const room = { face: regular, size: 15, width: 80, lines: 3 };
    expect(inLines('one two three four', room)).toEqual(['one two', 'three four']);
    expect(inLines('Donaudampfschifffahrt', room).length).toBeGreaterThan(1);
    expect(inLines('', room)).toEqual([]);
  });
});
