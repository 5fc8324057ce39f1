/** The whole process on PostgreSQL: it starts, asks, and takes an answer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { type Greenroom, serve } from '../../src/main.ts';
import { openStore } from '../../src/store/open.ts';
import { freshDatabase, postgresUrl } from '../support/postgres.ts';

const KEY = 'a1'.repeat(32);

interface Shown {
  readonly ref: string;
  readonly thread?: string;
}

async function asks(url: string, path: string, body?: Record<string, unknown>): Promise<Record<string, unknown>> {
  const sent = body && {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(url + path, sent);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Record<string, unknown>;
}

describe.runIf(await postgresUrl())('Greenroom on PostgreSQL', () => {
  it('asks its first question and keeps an answer to it', async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'greenroom-serve-'));
    const { url: DATABASE_URL, drop } = await freshDatabase();
    const config = readConfig({ DATA_DIR, DATABASE_URL, GREENROOM_KEY: KEY, PORT: '0' });
    const greenroom: Greenroom = await serve(config, 'Europe/Berlin', makeLog('silent'));
    const store = await openStore(DATABASE_URL);
    onTestFinished(async () => {
      await greenroom.stop();
      await store.close();
      await drop();
      await rm(DATA_DIR, { recursive: true, force: true });
    });
    const { url } = greenroom;
    const person = await store.read((tx) =>
      tx.selectFrom('local_people').select('id').orderBy('position').executeTakeFirstOrThrow(),
    );
    const channel = await store.read((tx) => tx.selectFrom('local_channels').select('id').executeTakeFirstOrThrow());
    await asks(url, '/api/clock', { person: person.id, to: 'now' });
    const place = encodeURIComponent(`channel ${channel.id}`);
    const { messages } = await asks(url, `/api/messages?person=${person.id}&place=${place}`);
    const question = (messages as Shown[]).find(({ thread }) => thread !== undefined);
    const text =
      'Our release was stuck for two days, so I asked everybody what they had ruled out, and we found the cause.';
    await asks(url, '/api/say', { person: person.id, place: `thread ${question?.ref}`, text });
    const kept = await store.read((tx) => tx.selectFrom('answers').select(['person', 'text']).execute());
    expect(kept).toEqual([{ person: person.id, text }]);
  });
});
