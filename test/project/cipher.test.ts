/** What is sealed opens with the same key, for the same purpose, unchanged; everything else is refused in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCipher, randomToken } from '../../src/config/cipher.ts';
import { Secret } from '../../src/config/secret.ts';

const KEY = new Secret('ab'.repeat(32));
const OTHER = new Secret('cd'.repeat(32));
const ABOUT = 'slack/install/T1';
const { seal, open } = makeCipher(KEY);
const RUNS = process.env['LONG'] ? 10_000 : 500;

describe('a sealed text', () => {
  it('opens again, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, about) => {
        expect(open(seal(text, about), about)).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('opens for a process that starts later with the same key', () => {
    expect(makeCipher(new Secret(KEY.reveal())).open(seal('xoxb-1', ABOUT), ABOUT)).toBe('xoxb-1');
  });

  it('never looks the same twice, and shows nothing of what it says', () => {
    const many = new Set(Array.from({ length: 200 }, () => seal('canary', ABOUT)));
    expect(many.size).toBe(200);
    for (const one of many) expect(one).toMatch(/^v1\.[0-9a-f]{8}\.(?!.*canary)[\w-]+$/);
  });

  it('does not open for another purpose', () => {
    expect(() => open(seal('xoxb-1', ABOUT), 'slack/install/T2')).toThrow('sealed for something else');
  });

  it('says which key to put back when another one is in use', () => {
    const sealed = seal('canary', ABOUT);
    const id = sealed.split('.')[1] ?? '?';
    const attempt = (): string => makeCipher(OTHER).open(sealed, ABOUT);
    expect(attempt).toThrow(/^(?!.*canary).*another key: put back GREENROOM_KEY/);
    expect(attempt).toThrow(id);
    expect(attempt).not.toThrow(KEY.reveal().slice(0, 8));
  });

  it('does not open with one letter changed, cut or added, wherever it is', () => {
    const sealed = seal('xoxb-1234', ABOUT);
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'b' ? 'c' : 'b';
      expect(() => open(sealed.slice(0, at) + other + sealed.slice(at + 1), ABOUT), `letter ${at}`).toThrow(/./);
      expect(() => open(sealed.slice(0, at), ABOUT), `cut at ${at}`).toThrow(/./);
    }
    expect(() => open(`${sealed}AAAA`, ABOUT)).toThrow('was changed');
  });

  it.each(['', 'v1', 'v2.00000000.AAAA', 'xoxb-1234', 'v1.0000000.AA', '{"botToken":"x"}'])('is not: %j', (text) =>
    expect(() => open(text, ABOUT)).toThrow('is damaged'),
  );

  it('needs a key of 32 bytes', () => {
    for (const key of ['', 'ab', 'ab'.repeat(31), 'zz'.repeat(32)])
      expect(() => makeCipher(new Secret(key))).toThrow('32 bytes');
  });
});

describe('a token of chance', () => {
  it('holds 256 bits and fits into an address', () => {
    const tokens = Array.from({ length: 500 }, randomToken);
    expect(new Set(tokens).size).toBe(500);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });
});
