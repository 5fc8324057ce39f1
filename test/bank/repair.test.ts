/** Text whose UTF-8 was once read as Windows-1252 is mended; text that only looks a little like it is not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairText } from '../../src/bank/repair.ts';

const RUNS = process.env['LONG'] ? 10_000 : 500;
const LOST = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Does to a text what a careless program did: each byte becomes a character, five kinds get lost if `lossy`. */
function spoil(text: string, lossy = false): string {
  const bytes = [...new TextEncoder().encode(text)].filter((byte) => !lossy || !LOST.has(byte));
  return new TextDecoder('windows-1252').decode(Uint8Array.from(bytes));
}

describe('broken characters', () => {
  it.each(['💡', '📚', '’', '“words”', '– — …', '→', '✅', 'café', 'naïve déjà vu', 'Привет', '質問', '½ € £'])(
    'brings %s back',
    (text) => {
      expect(repairText(`a ${spoil(text)} b`)).toMatchObject({ text: `a ${text} b` });
    },
  );

  it('drops what a lost byte leaves of a selector and keeps the sign', () => {
    expect(repairText(spoil('🛠️ and 🗣️ and ⚠️.', true)).text).toBe('🛠 and 🗣 and ⚠.');
  });

  it('closes a quote whose last byte got lost', () => {
    expect(repairText(spoil('“yes” she said', true)).text).toBe('“yes” she said');
  });

  it('drops a picture that lost a byte of its own', () => {
    expect(repairText(spoil('🏆 won', true)).text).toBe(' won');
  });

  it('names the line, what stood there and what was put there', () => {
    expect(repairText(`one\ntwo ${spoil('’')}\n\nfour ${spoil('💡')} ${spoil('📚')}`).repairs).toEqual([
      { line: 2, from: 'â€™', to: '’' },
      { line: 4, from: 'ðŸ’¡', to: '💡' },
      { line: 4, from: 'ðŸ“š', to: '📚' },
    ]);
  });

  it('mends what is certain in a text that also has real accents, and lets the accents be', () => {
    expect(repairText(`déjà vu – ${spoil('it’s')}`).text).toBe('déjà vu – it’s');
  });

  it.each([
    '„Spaß“ und „groß“, “quotes”, ‘single’',
    'voilà » et « ça »',
    'Ångström naïve façade – € 5 … ™',
    'À À Â Ã Ä “Ä”',
    '质量 и качество 💡 — real',
    'Größe: 5 µm ± 2 °C',
  ])('leaves %s alone', (text) => {
    expect(repairText(text)).toEqual({ text, repairs: [] });
  });

  it('never touches plain ASCII and never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const ascii = (all: string) => all.replace(/[^\n\u0020-\u007e]/g, '');
        expect(ascii(repairText(text).text)).toBe(ascii(text));
      }),
      { numRuns: RUNS },
    );
  });

  it('brings back every sentence of signs, quotes and accents that was spoiled whole', () => {
    const word = fc.constantFrom(
      'plan',
      'it’s',
      '“yes”',
      '–',
      '💡',
      '📚',
      'naïve',
      'déjà',
      '…',
      '→',
      '👩‍💻',
      'Zürich',
      '5 €',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const text = words.join(' ');
        expect(repairText(spoil(text)).text).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('finds nothing more to do in what it has mended', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('💡', '🛠️', '’', 'é', 'plan'), { minLength: 1 }),
        fc.boolean(),
        (words, lossy) => {
          const { text } = repairText(spoil(words.join(' '), lossy));
          expect(repairText(text)).toEqual({ text, repairs: [] });
        },
      ),
      { numRuns: RUNS },
    );
  });
});
