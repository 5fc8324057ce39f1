/** Whatever is logged, no secret is in the line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLog } from '../../src/log.ts';

function recorder(): { lines: string[]; write(line: string): void } {
  const lines: string[] = [];
  return { lines, write: (line) => void lines.push(line) };
}

/** Made up, in the shapes of the real ones; joined here so that no scanner takes them for somebody's. */
const CANARIES: Readonly<Record<string, string>> = {
  'Slack bot token': ['xoxb', '123456789012', '1234567890123', 'CanaryCanaryCanaryCanary'].join('-'),
  'Slack configuration token': `${['xoxe.xoxp', '1', 'Mi0yLTEyMzQ1Njc4OTAxMjM0NTY3'].join('-')}`,
  'Slack app token': ['xapp', '1', 'A012CANARY', '1234567890', 'abcdef0123456789'].join('-'),
  'Discord bot token': ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'GcAnAr', 'canary_canary_canary_canary_canary_ca'].join('.'),
  'bearer header': 'Bearer canary.canary~canary/canary+1234==',
  'PostgreSQL password': 'postgres://greenroom:canary-pass!word@db.example:5432/greenroom',
  'Slack webhook': 'https://hooks.slack.com/services/T0CANARY/B0CANARY/canaryCANARYcanary',
  'Discord interaction': 'https://discord.com/api/v10/interactions/123/canaryCANARYcanary/callback',
  'encryption key': 'c0ffee'.repeat(11).slice(0, 64),
};
const TELLTALE = /canary|c0ffeec0ffee|Mi0yLTEy|A012|MTIzNDU2/i;

function logged(what: string, facts?: Readonly<Record<string, unknown>>): string {
  const to = recorder();
  makeLog('info', to).error(what, facts);
  expect(to.lines).toHaveLength(1);
  return to.lines[0] ?? '';
}

describe('a log line', () => {
  it('is one JSON object with its level, its time and its facts', () => {
    const line = JSON.parse(logged('a delivery failed', { tries: 3, name: 'daily:s1:2026-11-23', level: 'senior' }));
    expect(line).toMatchObject({
      level: 'error',
      what: 'a delivery failed',
      tries: 3,
      name: 'daily:s1:2026-11-23',
      its_level: 'senior',
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('stays one line when a fact holds line breaks', () => {
    expect(logged('two\nlines', { text: 'a\nb', more: 'c\r\nd' }).trimEnd()).not.toMatch(/[\r\n]/);
  });

  it('is not written below the level that was asked for', () => {
    const to = recorder();
    const log = makeLog('error', to);
    log.info('quiet');
    log.warn('quiet');
    makeLog('silent', to).error('quiet');
    expect(to.lines).toEqual([]);
  });

  it('keeps what only looks a little like a secret', () => {
    const plain = 'round 2026-11-23 in C0123456789 closed with 12 answers; see http://127.0.0.1:3000/healthz';
    expect(JSON.parse(logged(plain)).what).toBe(plain);
  });

  it('ends somewhere, however deep, long or circular its facts are', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    expect(logged('circle', { circle }).length).toBeLessThan(2_000);
    expect(logged('long', { story: 'x'.repeat(100_000) }).length).toBeLessThan(5_000);
  });
});

describe.each(Object.entries(CANARIES))('a %s', (_kind, canary) => {
  it('never appears, wherever it stands', () => {
    const error = new Error(`failed with ${canary}`, { cause: new Error(canary) });
    Object.assign(error, { config: { headers: { authorization: canary } }, request: canary });
    const places = [
      logged(`said ${canary} aloud`),
      logged('in a fact', { fact: canary }),
      logged('deep', { a: [{ b: { c: `before ${canary} after` } }] }),
      logged('as a name', { [canary]: 1 }),
      logged('in an error', { error }),
      logged('at the edge', { story: `${'x '.repeat(1_985)}${canary}` }),
    ];
    for (const line of places) expect(line).not.toMatch(TELLTALE);
  });

  it('never appears inside any other words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(logged('said', { words: `${before} ${canary} ${after}` })).not.toMatch(TELLTALE);
      }),
      { numRuns: process.env['LONG'] === '1' ? 10_000 : 200 },
    );
  });
});

describe('a fact whose name tells that it is private', () => {
  it.each([
    'token',
    'botToken',
    'signing_secret',
    'password',
    'Authorization',
    'cookie',
    'key',
    'apiKey',
    'text',
    'answer',
  ])('is hidden: %s', (name) => {
    expect(logged('said', { [name]: 'plainly canary', deep: { [name]: ['canary'] } })).not.toMatch(/canary/);
  });
});
