/** Posts, rooms, direct messages, files, pictures, changes: what people see on Slack of what the core sends. */
import { afterEach, describe, expect, it } from 'vitest';
import { isSlacks } from '../../../adapters/slack/deliver/upload.ts';
import { readRef } from '../../../adapters/slack/refs.ts';
import type { ChannelId, Ref } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import { instant } from '../../../src/chat/world.ts';
import { openPainter } from '../../../src/pictures/index.ts';
import { openLanes } from '../../../src/core/lanes.ts';
import type { FakeMessage } from '../../support/fake-slack/types.ts';
import { readPng } from '../../support/png.ts';
import { ALT, SCORED, SILENT } from '../../pictures/cards.ts';
import {
  carry,
  dmTo,
  failureIn,
  fileOf,
  inChannel,
  openOutside,
  type Outside,
  type OutsideOptions,
  postOf,
  roomOf,
  words,
} from './outside.ts';

let open: Outside | undefined;
const start = async (options?: OutsideOptions): Promise<Outside> => (open = await openOutside(options));
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const at = (ref: Ref) => readRef(ref) ?? { channel: '', ts: '' };
const posted = (o: Outside): readonly FakeMessage[] => o.fake.posted(o.team);
const shown = (message: FakeMessage | undefined): string => JSON.stringify([message?.text, message?.blocks]);
const argsOf = (o: Outside, method: string) =>
  o.fake.calls.filter((call) => call.method === method).map(({ args }) => args);
const NEVER = { effect: 'none', retry: 'never' };

describe('a post', () => {
  it('stands in its channel, with its name and nothing else behind it', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const [message] = posted(o);
    expect(at(ref)).toEqual({ channel: o.channel.id, ts: message?.ts });
    expect(message?.metadata).toEqual({ event_type: 'greenroom', event_payload: { name: 'test:a' } });
    expect(shown(message)).toContain('a');
  });

  it('unfurls nothing and turns no name into a mention', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a'));
    const [args] = argsOf(o, 'chat.postMessage');
    expect(String(args?.['unfurl_links'])).toBe('false');
    expect(String(args?.['unfurl_media'])).toBe('false');
    expect(args).not.toHaveProperty('link_names');
    expect(args).not.toHaveProperty('parse');
  });

  it('under another stands in its thread', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    await o.out.deliver(postOf(o, 'below', { in: 'thread', under }));
    expect(posted(o).at(-1)?.threadTs).toBe(at(under).ts);
  });

  it('to a person goes to their direct messages, opened once', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a', dmTo(o.ana)));
    await o.out.deliver(postOf(o, 'b', dmTo(o.ana)));
    expect(posted(o).map(({ channel }) => channel)).toEqual([o.workspace.dm(o.ana.id).id, o.workspace.dm(o.ana.id).id]);
    expect(argsOf(o, 'conversations.open')).toHaveLength(1);
  });

  it('to a conversation that ended since is opened anew with the next try', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a', dmTo(o.ana)));
    o.fake.fault('chat.postMessage', { do: 'error', error: 'channel_not_found' });
    await carry(o, postOf(o, 'b', dmTo(o.ana)));
    expect(argsOf(o, 'conversations.open')).toHaveLength(2);
    expect(posted(o)).toHaveLength(2);
  });

  it.each(['cannot_dm_bot', 'user_disabled', 'messages_tab_disabled'])(
    'to someone who cannot have it is refused: %s',
    async (why) => {
      const o = await start();
      o.bo.refusesDms = why;
      const failure = await failureIn(o, postOf(o, 'a', dmTo(o.bo)));
      expect(failure).toMatchObject(NEVER);
      expect(failure.message).toContain(`[${why}]`);
    },
  );

  it('nowhere is refused', async () => {
    const o = await start();
    expect(await failureIn(o, postOf(o, 'a', { in: 'channel', channel: 'C0NOWHERE' as ChannelId }))).toMatchObject(
      NEVER,
    );
    expect(await failureIn(o, postOf(o, 'a', { in: 'thread', under: 'nowhere' as Ref }))).toMatchObject(NEVER);
  });

  it('paced by its lanes never meets the limits of Slack', async () => {
    const o = await start();
    const lanes = openLanes();
    for (let i = 0; i < 70; i++) {
      const delivery = postOf(o, `n${i}`, i % 2 === 0 ? inChannel(o) : dmTo(o.ana));
      await o.world.sleepUntil(lanes.freeAt(o.out.lanes(delivery), o.world.now()));
      lanes.take(o.out.lanes(delivery), o.world.now());
      await o.out.deliver(delivery);
    }
    expect(o.fake.calls.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });
});

describe('a post that exists', () => {
  it('is changed in place and keeps its name', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const edit = { kind: 'edit', team: o.team, name: 'test:a', ref, message: words('changed') } as const;
    expect(await o.out.deliver(edit)).toBe(ref);
    expect(shown(posted(o)[0])).toContain('changed');
    expect(posted(o)[0]?.metadata?.event_payload).toEqual({ name: 'test:a' });
  });

  it('is taken back, and taking it back again is no failure', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    const remove = { kind: 'remove', team: o.team, name: 'test:a', ref } as const;
    expect(await o.out.deliver(remove)).toBe(ref);
    expect(posted(o)[0]?.deleted).toBe(true);
    expect(await o.out.deliver(remove)).toBe(ref);
  });

  it('and is gone cannot be changed', async () => {
    const o = await start();
    const ref = await o.out.deliver(postOf(o, 'a'));
    await o.out.deliver({ kind: 'remove', team: o.team, name: 'test:a', ref });
    const edit = { kind: 'edit', team: o.team, name: 'test:a', ref, message: words('late') } as const;
    expect(await failureIn(o, edit)).toMatchObject(NEVER);
  });
});

describe('a room', () => {
  it('is a first message in the group message of its members, and the rest is its thread', async () => {
    const o = await start();
    const room = await o.out.deliver(roomOf(o, 'room', [o.ana, o.bo]));
    await o.out.deliver(postOf(o, 'inside', { in: 'room', room }));
    const [root, inside] = posted(o);
    const group = o.workspace.channels.get(at(room).channel);
    expect(group?.kind).toBe('mpim');
    expect([...(group?.members ?? [])].toSorted()).toEqual([o.workspace.botUser, o.ana.id, o.bo.id].toSorted());
    expect(shown(root)).toContain('A practice pair');
    expect(inside).toMatchObject({ channel: at(room).channel, threadTs: at(room).ts });
  });

  it('of one is a direct message', async () => {
    const o = await start();
    const room = await o.out.deliver(roomOf(o, 'room', [o.bo]));
    expect(at(room).channel).toBe(o.workspace.dm(o.bo.id).id);
  });

  it('for more people than Slack puts in a group message is refused in words', async () => {
    const o = await start();
    const many = Array.from({ length: 9 }, (_, i) => o.workspace.addUser(`P${i}`));
    const failure = await failureIn(o, roomOf(o, 'room', many));
    expect(failure).toMatchObject(NEVER);
    expect(failure.message).toContain('8 people');
    expect(o.fake.calls.filter(({ method }) => method === 'conversations.open')).toEqual([]);
  });
});

describe('a file', () => {
  it('is shared where it belongs, and its ref is the message it came with', async () => {
    const o = await start();
    const ref = await o.out.deliver(fileOf(o, 'export', dmTo(o.ana), '{"héllo":1}'));
    const [message] = posted(o);
    expect(at(ref)).toEqual({ channel: o.workspace.dm(o.ana.id).id, ts: message?.ts });
    expect(new TextDecoder().decode(message?.files?.[0]?.bytes)).toBe('{"héllo":1}');
    expect(message?.files?.[0]?.name).toMatch(/^greenroom-[0-9a-f]{16}\.json$/);
  });

  it('goes into a thread and into a room', async () => {
    const o = await start();
    const under = await o.out.deliver(postOf(o, 'root'));
    const ref = await o.out.deliver(fileOf(o, 'export', { in: 'thread', under }));
    expect(posted(o).at(-1)).toMatchObject({ ts: at(ref).ts, threadTs: at(under).ts });
  });

  it('shared with no answer is found again and not shared twice', async () => {
    const o = await start({ timeoutMs: 150 });
    o.fake.fault('files.completeUploadExternal', { do: 'hang', effect: 'after' });
    const ref = await carry(o, fileOf(o, 'export', dmTo(o.ana)));
    expect(posted(o).map(({ ts }) => ts)).toEqual([at(ref).ts]);
  });

  it('that nobody can be seen to have got is looked for later: it may be there', async () => {
    const o = await start();
    const looks = Array.from({ length: 9 }, () => ({ do: '500', effect: 'before' }) as const);
    o.fake.fault('conversations.history', ...looks);
    expect(await failureIn(o, fileOf(o, 'export', dmTo(o.ana)))).toMatchObject({ effect: 'unknown' });
  });

  it('that could not be brought to Slack is not there, for certain', async () => {
    const o = await start({ timeoutMs: 150 });
    o.fake.fault('files.getUploadURLExternal', { do: '500', effect: 'after' });
    expect(await failureIn(o, fileOf(o, 'export', dmTo(o.ana)))).toMatchObject({
      effect: 'none',
      retry: { afterMs: 0 },
    });
  });

  it('leaves for Slack alone', () => {
    const api = 'https://slack.com/api/';
    expect(isSlacks('https://files.slack.com/upload/v1/abc', api)).toBe(true);
    expect(isSlacks('http://127.0.0.1:4000/upload', 'http://127.0.0.1:4000/api/')).toBe(true);
    for (const url of [
      'http://files.slack.com/upload',
      'https://slack.com.evil.example/upload',
      'https://evilslack.com/upload',
      'https://slack.com@evil.example/',
      'http://127.0.0.1:4001/upload',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'not an address',
    ])
      expect(isSlacks(url, api), url).toBe(false);
  });
});

describe('a picture', () => {
  const radar: Message = {
    blocks: [{ kind: 'image', picture: 'radar', data: { a: 1 }, alt: 'Two of five skills grew' }],
  };
  const png = new Uint8Array([137, 80, 78, 71]);

  it('is painted, brought to Slack and shown, once for all who show it', async () => {
    const o = await start({ paint: async () => png });
    const ref = await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(JSON.stringify(posted(o)[0]?.blocks)).toContain('slack_file');
    await o.out.deliver({ kind: 'edit', team: o.team, name: 'test:a', ref, message: radar });
    expect(argsOf(o, 'files.completeUploadExternal')).toHaveLength(1);
    expect(argsOf(o, 'files.completeUploadExternal')[0]).not.toHaveProperty('channel_id');
  });

  it('of our own painter is uploaded whole, and the card carries it', async () => {
    const o = await start({ paint: openPainter({ log: SILENT }) });
    await o.out.deliver(postOf(o, 'a', inChannel(o), SCORED));
    const image = posted(o)[0]?.blocks?.find(({ type }) => type === 'image');
    expect(image).toMatchObject({ alt_text: ALT });
    const shownFile = image?.['slack_file'] as { id: string } | undefined;
    const file = o.workspace.files.get(shownFile?.id ?? '');
    expect(file).toMatchObject({ name: 'scorecard.png', mimetype: 'image/png' });
    expect(readPng(file?.bytes ?? new Uint8Array()).width).toBe(1100);
    expect(file?.bytes.byteLength).toBeLessThan(300_000);
  });

  it('nobody paints is told in words', async () => {
    const o = await start();
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).toContain('Two of five skills grew');
    expect(shown(posted(o)[0])).not.toContain('slack_file');
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'that fails at %s is told in words',
    async (method) => {
      const o = await start({ paint: async () => png });
      o.fake.fault(method, { do: 'error', error: 'file_uploads_disabled' });
      await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
      expect(shown(posted(o)[0])).toContain('Two of five skills grew');
      expect(o.warned).toHaveLength(1);
    },
  );

  it('whose painter fails is told in words', async () => {
    const o = await start({ paint: () => Promise.reject(new Error('no paint')) });
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(posted(o)).toHaveLength(1);
  });

  it('that is not there in time is not waited for', async () => {
    const o = await start({ paint: () => new Promise(() => {}), impatient: true });
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).toContain('Two of five skills grew');
  });

  it('Slack has not looked through yet is waited for', async () => {
    const o = await start({ paint: async () => png });
    o.fake.fault('chat.postMessage', { do: 'error', error: 'invalid_blocks' });
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).toContain('slack_file');
  });

  it('Slack will not show is told in words', async () => {
    const o = await start({ paint: async () => png });
    const no = { do: 'error', error: 'invalid_blocks' } as const;
    o.fake.fault('chat.postMessage', no, no, no);
    await o.out.deliver(postOf(o, 'a', inChannel(o), radar));
    expect(shown(posted(o)[0])).not.toContain('slack_file');
    expect(posted(o)).toHaveLength(1);
  });
});

describe('a delivery that takes too long to prepare', () => {
  it('shows nothing, and is tried again', async () => {
    const o = await start({
      paint: async () => {
        await open?.fake.clock.advance(16_000);
        return undefined;
      },
    });
    const slow: Message = { blocks: [{ kind: 'image', picture: 'radar', data: 1, alt: 'a radar' }] };
    expect(await failureIn(o, postOf(o, 'a', inChannel(o), slow))).toMatchObject({
      effect: 'none',
      retry: { afterMs: 0 },
    });
    expect(posted(o)).toEqual([]);
    expect(instant(o.fake.clock.now())).toBe(o.world.now());
  });
});
