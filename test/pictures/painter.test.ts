/** Data in, PNG out; what cannot be painted is told in words, and nothing breaks. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/chat/world.ts';
import { openPainter } from '../../src/pictures/index.ts';
import { readPng } from '../support/png.ts';
import { SCORECARD } from './cards.ts';

let warned: [string, unknown][] = [];
const log: Log = {
  info: () => {},
  warn: (what, facts) => void warned.push([what, facts]),
  error: () => {},
};
beforeEach(() => {
  warned = [];
});

const { words: _words, ...BARE } = SCORECARD;

describe('a painter', () => {
  it('paints a scorecard wide enough for a sharp screen, and taller when there is more to say', async () => {
    const paint = openPainter({ log });
    const [short, tall] = [await paint('scorecard', BARE), await paint('scorecard', SCORECARD)];
    const [bare, full] = [readPng(short ?? new Uint8Array()), readPng(tall ?? new Uint8Array())];
    expect([bare.width, full.width]).toEqual([1100, 1100]);
    expect(full.height).toBeGreaterThan(bare.height + 200);
    expect(warned).toEqual([]);
  });

  it('draws letters: with a title there is more ink at its place than without', async () => {
    const paint = openPainter({ log });
    const titled = readPng((await paint('scorecard', BARE)) ?? new Uint8Array());
    const short = readPng((await paint('scorecard', { ...BARE, title: 'I' })) ?? new Uint8Array());
    const top = { from: 50, to: 115 };
    expect(titled.dark(top)).toBeGreaterThan(2000);
    expect(short.dark(top)).toBeLessThan(titled.dark(top) / 10);
    expect(short.dark(top)).toBeGreaterThan(20);
  });

  it('gives the same bytes for the same data, whoever asks at the same time', async () => {
    const paint = openPainter({ log });
    const [one, two, three] = await Promise.all(['a', 'b', 'c'].map(() => paint('scorecard', BARE)));
    expect(one).toEqual(two);
    expect(two).toEqual(three);
  });

  it('says nothing of a picture nobody paints', async () => {
    const paint = openPainter({ log });
    for (const name of ['radar', '', 'constructor', '__proto__', 'toString'])
      expect([name, await paint(name, BARE)]).toEqual([name, undefined]);
    expect(warned).toEqual([]);
  });

  it('leaves data that fit no scorecard to the words, and logs which picture but nothing of it', async () => {
    const paint = openPainter({ log });
    const [first] = BARE.dimensions;
    const strange: unknown[] = [
      undefined,
      null,
      'secret',
      [],
      {},
      { ...BARE, title: 7 },
      { ...BARE, raters: -1 },
      { ...BARE, raters: 1.5 },
      { ...BARE, dimensions: [] },
      { ...BARE, dimensions: 'secret' },
      { ...BARE, dimensions: Array.from({ length: 11 }, () => first) },
      { ...BARE, dimensions: [null] },
      { ...BARE, dimensions: [{ ...first, self: 0 }] },
      { ...BARE, dimensions: [{ ...first, raters: 5.1, high: 5 }] },
      { ...BARE, dimensions: [{ ...first, raters: Number.NaN }] },
      { ...BARE, dimensions: [{ ...first, low: 5, raters: 4, high: 5 }] },
      { ...BARE, words: { keep: 'secret' } },
      { ...BARE, words: { keep: [], change: 3 } },
    ];
    for (const data of strange) expect([data, await paint('scorecard', data)]).toEqual([data, undefined]);
    expect(warned).toHaveLength(strange.length);
    expect(JSON.stringify(warned)).not.toContain('secret');
    expect(await paint('scorecard', BARE)).toBeInstanceOf(Uint8Array);
  });

  it('that was not made for this machine says so once, and every picture is told in words', async () => {
    const paint = openPainter({ log, load: () => Promise.reject(new Error('no binary for this machine')) });
    expect(await Promise.all([paint('scorecard', BARE), paint('scorecard', BARE)])).toEqual([undefined, undefined]);
    expect(await paint('scorecard', BARE)).toBeUndefined();
    expect(warned.map(([what]) => what)).toEqual([
      'pictures cannot be painted on this machine; their words stand instead',
    ]);
  });

  it('that fails at one picture paints the next', async () => {
    let count = 0;
    const { renderAsync } = await import('@resvg/resvg-js');
    const load = async (): Promise<typeof renderAsync> => (svg, options) =>
      ++count === 1 ? Promise.reject(new Error('out of paint')) : renderAsync(svg, options);
    const paint = openPainter({ log, load });
    const [first, second] = await Promise.all([paint('scorecard', BARE), paint('scorecard', BARE)]);
    expect(first).toBeUndefined();
    expect(second).toBeInstanceOf(Uint8Array);
    expect(warned.map(([what]) => what)).toEqual(['a picture could not be painted; its words stand instead']);
  });
});
