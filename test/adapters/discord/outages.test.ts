/** The line to Discord breaks while people answer: one question, one thread, and every answer counts, once. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { FakeDiscord, FakeShard } from '../../support/fake-discord/types.ts';
import { openPractice } from './practice.ts';
import { wordsIn } from './words.ts';

const LONG_ENOUGH = { timeout: 30_000, interval: 20 };

/** Breaks the line; resolves when something may be said that it does not bring. */
type Outage = (shard: FakeShard, fake: FakeDiscord) => void;
const closed =
  (code: number): Outage =>
  (shard) =>
    shard.close(code);

const OUTAGES: readonly (readonly [string, Outage])[] = [
  ['closed with a session that goes on (4000)', closed(4000)],
  ['closed with a session that is over (4007)', closed(4007)],
  ['closed for too much at once (4008)', closed(4008)],
  ['closed because the session took too long (4009)', closed(4009)],
  ['closed as if for good (1000)', closed(1000)],
  ['closed to go elsewhere (1001)', closed(1001)],
  ['cut', (shard) => shard.drop()],
  ['asked to be opened anew (op 7)', (shard) => shard.reconnect()],
  ['called in doubt (op 9, true)', (shard) => shard.invalidate(true)],
  ['called over (op 9, false)', (shard) => shard.invalidate(false)],
  [
    'cut, and nobody answers at the gateway',
    (shard, fake) => {
      fake.refuseGateway(true);
      shard.drop();
    },
  ],
];

/** Whose answers are kept. */
function keptIn(folder: string): string[] {
  const db = new Database(join(folder, 'greenroom.db'), { readonly: true });
  const rows = db.prepare<[], { text: string }>('select text from answers order by text').all();
  db.close();
  return rows.map(({ text }) => text.split(':')[0] ?? '');
}

const said = (who: string): string => `${who}: ${'I asked what they saw, and we tried it for a week. '.repeat(3)}`;

describe('while people answer, the line is', () => {
  it.for(OUTAGES)('%s', { timeout: 90_000 }, async ([, breakLine], { onTestFinished }) => {
    const practice = await openPractice(true);
    onTestFinished(() => practice.close());
    const { fake } = practice;
    const [ana, bo, cleo] = [
      practice.someone('Ana', { admin: true }),
      practice.someone('Bo'),
      practice.someone('Cleo'),
    ];
    await ana.says('setup');
    await ana.fills({ channel: practice.channel.id, time: '09:00 Europe/Berlin' });
    await ana.says('question');
    const question = await ana.sees(/open until/);
    await ana.replies(question, said('ana'));
    await ana.sees(/1 answer/);
    breakLine(fake.shards[0]!, fake);
    await bo.replies(question, said('bo'));
    fake.refuseGateway(false);
    await expect.poll(() => fake.shards.filter(({ open }) => open).length, LONG_ENOUGH).toBe(1);
    await cleo.replies(question, said('cleo'));
    await expect.poll(() => keptIn(practice.folder), LONG_ENOUGH).toEqual(['ana', 'bo', 'cleo']);
    await ana.sees(/3 answers/);
    expect(fake.posted().filter((one) => /open until/.test(wordsIn(one)))).toHaveLength(1);
    expect(fake.threads()).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });
});
