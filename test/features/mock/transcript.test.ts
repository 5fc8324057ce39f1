import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import type { Asked, Words } from '../../../src/features/mock/queries.ts';
import type { Mock } from '../../../src/features/mock/states.ts';
import { transcript } from '../../../src/features/mock/transcript.ts';
import { playExample } from '../../support/example/play.ts';

const runs = { numRuns: process.env['LONG'] ? 10_000 : 200 };
const AT = '2026-11-23T08:00:00.000Z' as Instant;
const ANA = 'ana' as PersonId;
const TEAM = 'T1' as TeamId;

const mock = {
  id: 'm1',
  team: TEAM,
  kind: 'solo',
  candidate: ANA,
  level: 'senior',
  stage: 'done',
  overall: 3,
  keep: 'k',
  keep_too: null,
  change: 'c',
  created: AT,
  begun: AT,
  ended: AT,
} as Mock;
const asked = {
  n: 1,
  skill: 'ethics',
  type: 'behavioural',
  text: 'What happened?',
  probes: '["Why?"]',
  asked: AT,
  answered: AT,
  skipped: 0,
} as Asked;
const wordsOf = (text: string, part: number): Words => ({
  id: `w${part}`,
  team: TEAM,
  mock: 'm1',
  person: ANA,
  n: 1,
  part,
  ref: null,
  text,
  at: AT,
});
const of = (text: string, name: string): string =>
  transcript({
    talk: { mock: { ...mock, keep: text }, asked: [asked], words: [wordsOf(text, 0), wordsOf(text, 1)] },
    members: [],
    scores: [],
    names: new Map([[ANA, name]]),
    reader: ANA,
    zone: 'Europe/Berlin',
    retentionDays: 180,
  });

describe('a transcript', () => {
  it('of a whole mock is the one the papers show: `npm run example` writes it anew', async () => {
    const kept = await readFile(new URL('../../../docs/examples/mock-transcript.md', import.meta.url), 'utf8');
    expect((await playExample()).transcript).toBe(kept);
  });

  it('quotes what people wrote, so that nothing of it can pose as ours', () => {
    const own = of('x', 'Ana')
      .split('\n')
      .filter((line) => !line.startsWith('>'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('# Heading\n## 2. Ethics', 'a\r# b', 'a\u2028# b', '> quote', '```', '| a | b |'),
        ),
        (text) => {
          fc.pre(text.trim() !== '');
          const lines = of(text, 'Ana')
            .split(/\r\n|[\n\r\u2028\u2029]/)
            .filter((line) => !line.startsWith('>'));
          expect(lines).toEqual(own);
        },
      ),
      runs,
    );
  });

  it('keeps a name in its line', () => {
    expect(of('x', 'Ana\n# **Boss**')).toContain('- Ana \\# \\*\\*Boss\\*\\*, alone with Greenroom');
  });
});
