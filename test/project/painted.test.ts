/** The program itself has a painter: what a feature sends with a picture is seen as one. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openClock } from '../../src/core/clock.ts';
import { openPlatforms } from '../../src/platforms.ts';
import { ANA, freshStore, postOf, SURFACE } from '../adapters/local/practice.ts';
import { SCORED, SILENT } from '../pictures/cards.ts';
import { readPng } from '../support/png.ts';

describe('the program', () => {
  it('paints the pictures of its local chat', async () => {
    const store = await freshStore();
    const platforms = await openPlatforms(readConfig({}), {
      world: openClock(),
      store,
      log: SILENT,
      zone: 'Europe/Berlin',
      engine: () => {
        throw new Error('nobody moves the clock here');
      },
      fatal: () => {},
    });
    const chat = platforms.chats.get('local');
    if (!chat) throw new Error('without a token there is the local chat');
    await chat.open(async () => ({ kind: 'nothing' }) as never, SURFACE);
    try {
      const ref = await chat.deliver(postOf('scored', { in: 'dm', person: ANA }, SCORED));
      const asked = new Request(`http://localhost/pictures/${ref}/1?person=ana`);
      const answer = await platforms.http(asked);
      expect(answer?.status).toBe(200);
      expect(readPng(new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))).width).toBe(1100);
    } finally {
      await chat.close();
      await store.close();
    }
  });
});
