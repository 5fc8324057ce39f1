/** Looking for what may be there: by our name, by our author, within what can be looked through. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/chat/ids.ts';
import { plus } from '../../../src/chat/world.ts';
import type { FakeMessage } from '../../support/fake-slack/types.ts';
import { dmTo, fileOf, inChannel, openOutside, type Outside, postOf, roomOf, words } from './outside.ts';

let open: Outside | undefined;
const start = async (): Promise<Outside> => (open = await openOutside());
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const ABSENT = { kind: 'absent' };
const CANNOT_TELL = { kind: 'cannot tell' };

/** Somebody else's message, put where everyone reads it. */
function forge(o: Outside, as: Partial<FakeMessage>): void {
  const ts = `${Math.floor(o.fake.clock.now() / 1000)}.999${String(o.channel.messages.length).padStart(3, '0')}`;
  o.channel.messages.push({ ts, channel: o.channel.id, text: 'forged', ...as });
}

const named = (name: string) => ({ event_type: 'greenroom', event_payload: { name } });

describe('looking for a delivery on Slack', () => {
  it('finds a post, a post in a thread, a direct message, a room and a file', async () => {
    const o = await start();
    const since = o.world.now();
    const root = await o.out.deliver(postOf(o, 'root'));
    const all = [
      postOf(o, 'channel'),
      postOf(o, 'thread', { in: 'thread', under: root }),
      postOf(o, 'dm', dmTo(o.ana)),
      roomOf(o, 'room', [o.ana, o.bo]),
      roomOf(o, 'single', [o.bo]),
      fileOf(o, 'file', dmTo(o.ana)),
      fileOf(o, 'file-in-thread', { in: 'thread', under: root }),
    ] as const;
    for (const delivery of all) {
      expect(await o.out.find(delivery, since), delivery.name).toEqual(ABSENT);
      const ref = await o.out.deliver(delivery);
      expect(await o.out.find(delivery, since), delivery.name).toEqual({ kind: 'found', ref });
    }
  });

  it('believes a name only from its own author', async () => {
    const o = await start();
    const since = o.world.now();
    forge(o, { user: o.bo.id, metadata: named('test:a') });
    forge(o, { user: 'U0OTHERBOT', botId: 'B0OTHERBOT', metadata: named('test:a') });
    forge(o, { botId: 'B0OTHERBOT', metadata: named('test:a') });
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual(ABSENT);
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual({ kind: 'found', ref });
  });

  it('believes a file only from its own author', async () => {
    const o = await start();
    const since = o.world.now();
    await o.out.deliver(fileOf(o, 'file', inChannel(o)));
    const [ours] = o.channel.messages.splice(0);
    forge(o, { user: o.bo.id, ...(ours?.files && { files: ours.files }) });
    expect(await o.out.find(fileOf(o, 'file', inChannel(o)), since)).toEqual(ABSENT);
  });

  it('cannot tell where Slack hides the name of a file of ours', async () => {
    const o = await start();
    const gone = { id: 'F0GONE', name: '', title: '', mimetype: '', bytes: new Uint8Array() };
    forge(o, { user: o.workspace.botUser, botId: o.workspace.botId, files: [gone] });
    expect(await o.out.find(fileOf(o, 'file', inChannel(o)), o.world.now())).toEqual(CANNOT_TELL);
  });

  it('does not take another name, another kind of event, or an older post for it', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'b'));
    forge(o, {
      user: o.workspace.botUser,
      botId: o.workspace.botId,
      metadata: { event_type: 'other', event_payload: { name: 'test:a' } },
    });
    expect(await o.out.find(postOf(o, 'a'), plus(o.world.now(), -60_000))).toEqual(ABSENT);
    await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), plus(o.world.now(), 600_000))).toEqual(ABSENT);
  });

  it('looks a minute further back, for clocks that differ', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    expect(await o.out.find(postOf(o, 'a'), plus(o.world.now(), 30_000))).toEqual({ kind: 'found', ref });
  });

  it('looks through three pages and then cannot tell', async () => {
    const o = await start();
    const since = o.world.now();
    const ref = await o.out.deliver(postOf(o, 'a'));
    for (let i = 0; i < 590; i++) forge(o, { user: o.bo.id });
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual({ kind: 'found', ref });
    for (let i = 0; i < 20; i++) forge(o, { user: o.bo.id });
    expect(await o.out.find(postOf(o, 'a'), since)).toEqual(CANNOT_TELL);
  });

  it.each([
    { do: '429', retryAfter: 1 },
    { do: '500', effect: 'before' },
    { do: 'drop', effect: 'before' },
    { do: 'html', effect: 'before' },
    { do: 'error', error: 'missing_scope' },
    { do: 'error', error: 'channel_not_found' },
  ] as const)('cannot tell when Slack does not let it look (%#)', async (fault) => {
    const o = await start();
    o.fake.fault('conversations.history', fault);
    expect(await o.out.find(postOf(o, 'a'), o.world.now())).toEqual(CANNOT_TELL);
  });

  it('cannot tell in a workspace it has no access to', async () => {
    const o = await start();
    const elsewhere = { ...postOf(o, 'a'), team: 'T0NOWHERE' as typeof o.team };
    expect(await o.out.find(elsewhere, o.world.now())).toEqual(CANNOT_TELL);
  });

  it('needs no look for a change or a removal: doing it again does no harm', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const calls = o.fake.calls.length;
    const since = '2026-01-01T00:00:00.000Z' as Instant;
    const edit = { kind: 'edit', team: o.team, name: 'test:a', ref, message: words('x') } as const;
    expect(await o.out.find(edit, since)).toEqual(ABSENT);
    expect(await o.out.find({ kind: 'remove', team: o.team, name: 'test:a', ref }, since)).toEqual(ABSENT);
    expect(o.fake.calls).toHaveLength(calls);
  });
});
