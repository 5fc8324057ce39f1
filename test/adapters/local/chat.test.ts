/** The local chat as a platform: what it keeps, what it tells the core, and what it shows to whom. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Name } from '../../../src/chat/ids.ts';
import { t } from '../../../src/chat/text.ts';
import { isHidden } from '../../support/local-page.ts';
import {
  ANA,
  BO,
  card,
  CHANNEL,
  freshStore,
  type Given,
  LOCAL,
  on,
  openPractice,
  postOf,
  type Practice,
  replies,
} from './practice.ts';
import { wordsOf } from './words.ts';

const opened: Practice[] = [];
const open = async (given?: Given): Promise<Practice> => {
  const practice = await openPractice(given);
  opened.push(practice);
  return practice;
};
afterEach(async () => {
  for (const practice of opened.splice(0).toReversed()) await practice.close();
});

const HERE = 'channel interview-practice';

describe('the first start', () => {
  it('brings three people and two channels, and announces the team once, however often it starts', async () => {
    const store = await freshStore();
    const first = await open({ store });
    const second = await open({ store });
    const start = await second.page.start('ana');
    expect(start.channels.map(({ place }) => place)).toEqual([HERE, 'channel mentorship']);
    expect(first.events.map(({ kind }) => kind)).toEqual(['installed']);
    expect(second.events).toEqual([]);
  });

  it('announces the team again when the core could not take it in', async () => {
    const store = await freshStore();
    const broken = openPractice({
      store,
      how: () => {
        throw new Error('the core is away');
      },
    });
    await expect(broken).rejects.toThrow('the core is away');
    const again = await open({ store });
    expect(again.events.map(({ id }) => id)).toEqual(['local:installed']);
  });
});

describe('posts with a name', () => {
  it('are posted once, also when said again after a restart', async () => {
    const store = await freshStore();
    const first = await open({ store });
    const ref = await first.post('daily', CHANNEL);
    expect(await first.post('daily', CHANNEL)).toBe(ref);
    const second = await open({ store });
    expect(await second.post('daily', CHANNEL)).toBe(ref);
    expect(await second.page.messages('ana', HERE)).toHaveLength(1);
  });

  it('count an edit as there only while it shows what it should', async () => {
    const { chat, post, now } = await open();
    const ref = await post('daily', CHANNEL, card('before'));
    const edit = { kind: 'edit', team: LOCAL, name: 'test:daily', ref, message: card('after') } as const;
    expect(await chat.find(edit, now())).toEqual({ kind: 'absent' });
    await chat.deliver(edit);
    expect(await chat.find(edit, now())).toEqual({ kind: 'found', ref });
  });

  it('refuse a thread whose post was removed', async () => {
    const { chat, post } = await open();
    const ref = await post('daily', CHANNEL);
    await chat.deliver({ kind: 'remove', team: LOCAL, name: 'test:daily', ref });
    const late = chat.deliver(postOf('late', { in: 'thread', under: ref }, card('x')));
    await expect(late).rejects.toMatchObject({ effect: 'none', retry: 'never' });
  });
});

describe('what people write', () => {
  it('comes back from catch-up with the ids it was pushed with, changed twice in one moment and deleted', async () => {
    const { chat, page, post, events } = await open();
    const under = await post('daily', CHANNEL, card('q'), 'A thread');
    const place = `thread ${under}`;
    await page.post('ana', 'say', { place, text: 'one' });
    const [first] = replies(events);
    await page.post('ana', 'edit', { ref: first?.ref, text: 'two' });
    await page.post('ana', 'edit', { ref: first?.ref, text: 'three' });
    await page.post('bo', 'say', { place, text: 'gone soon' });
    const bos = replies(events).at(-1);
    await page.post('bo', 'delete', { ref: bos?.ref });
    const pushed = replies(events).map(({ id }) => id);
    expect(new Set(pushed).size).toBe(5);

    const caught = (await chat.replies({ team: LOCAL, under })).events;
    expect(caught.map(({ change, text }) => [change, text])).toEqual([
      ['new', 'three'],
      ['edited', 'three'],
      ['deleted', undefined],
    ]);
    expect(caught.map(({ id }) => id)).toEqual([pushed[0], pushed[2], pushed[4]]);
  });

  it('reads on from its cursor, a page at a time, and sees what changed behind it', async () => {
    const { chat, page, post, events } = await open();
    const under = await post('daily', CHANNEL, card('q'), 'A thread');
    for (let i = 0; i < 101; i++) await page.post('ana', 'say', { place: `thread ${under}`, text: `reply ${i}` });
    const one = await chat.replies({ team: LOCAL, under });
    expect([one.events.length, one.more]).toEqual([100, true]);
    await page.post('ana', 'edit', { ref: replies(events)[0]?.ref, text: 'changed' });
    const two = await chat.replies({ team: LOCAL, under, cursor: one.next ?? '' });
    expect(two.events.map(({ text }) => text)).toEqual(['reply 100', 'changed', 'changed']);
    expect(two.more).toBeUndefined();
    const three = await chat.replies({ team: LOCAL, under, cursor: two.next ?? '' });
    expect(three).toEqual({ events: [] });
  });

  it('reaches the core from its own threads and from direct messages, not from talk in a channel', async () => {
    const { page, post, events } = await open();
    await page.post('ana', 'say', { place: HERE, text: 'good morning' });
    const [hello] = await page.messages('bo', HERE);
    await page.post('bo', 'say', { place: `thread ${hello?.ref}`, text: 'morning' });
    expect(replies(events)).toEqual([]);
    await post('daily', CHANNEL, card('q'), 'A thread');
    await page.post('ana', 'say', { place: 'dm ana', text: 'hello' });
    expect(replies(events).map(({ place }) => place)).toEqual([{ in: 'dm', person: ANA }]);
  });

  it('is changed and deleted by its author alone, and a deleted message leaves no word behind', async () => {
    const { page, store } = await open();
    await page.post('ana', 'say', { place: HERE, text: 'a secret slip' });
    const [slip] = await page.messages('bo', HERE);
    await expect(page.post('bo', 'edit', { ref: slip?.ref, text: 'mine now' })).rejects.toMatchObject({ status: 403 });
    await expect(page.post('bo', 'delete', { ref: slip?.ref })).rejects.toMatchObject({ status: 403 });
    await page.post('ana', 'delete', { ref: slip?.ref });
    expect(await page.messages('bo', HERE)).toEqual([]);
    const rows = await store.read((tx) => tx.selectFrom('local_messages').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  it('is not empty and not endless', async () => {
    const { page } = await open();
    await expect(page.post('ana', 'say', { place: HERE, text: ' \n ' })).rejects.toMatchObject({ status: 400 });
    await expect(page.post('ana', 'say', { place: HERE, text: 'x'.repeat(4001) })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('what only one person sees', () => {
  it('stays for them after a reload, and nobody else ever has it', async () => {
    const { page, post, answering } = await open();
    const ref = await post('daily', CHANNEL);
    answering((event) => (event.kind === 'press' ? { kind: 'say', text: t`just for you` } : { kind: 'nothing' }));
    await page.post('ana', 'press', { ref, on: 'test.answer:one' });
    const mine = (await page.messages('ana', HERE)).filter(({ only }) => only);
    expect(mine.map(wordsOf)).toEqual(['just for you']);
    expect((await page.messages('bo', HERE)).map(({ ref: seen }) => seen)).toEqual([ref]);
    await expect(page.post('bo', 'press', { ref: mine[0]?.ref, on: 'test.answer:one' })).rejects.toSatisfy(isHidden);
    await page.post('bo', 'dismiss', { ref: mine[0]?.ref });
    expect(await page.messages('ana', HERE)).toHaveLength(2);
    await page.post('ana', 'dismiss', { ref: mine[0]?.ref });
    expect(await page.messages('ana', HERE)).toHaveLength(1);
  });

  it('says what the person typed to get it', async () => {
    const { page, answering } = await open();
    answering(() => ({ kind: 'show', message: card('help') }));
    await page.post('ana', 'command', { place: HERE, text: '/practice help' });
    expect(await page.messages('ana', HERE)).toMatchObject([{ only: true, said: '/practice help' }]);
  });

  it('keeps direct messages and rooms to their people', async () => {
    const { chat, page, post, events } = await open();
    await post('for-ana', { in: 'dm', person: ANA });
    await expect(page.messages('bo', 'dm ana')).rejects.toSatisfy(isHidden);
    await expect(page.post('bo', 'say', { place: 'dm ana', text: 'let me in' })).rejects.toSatisfy(isHidden);
    const room = await chat.deliver({
      kind: 'room',
      team: LOCAL,
      name: 'test:room' as Name,
      title: 'A pair',
      members: [BO],
      near: 'mentorship' as never,
    });
    expect((await page.start('bo')).rooms.map((one) => one.room?.title)).toEqual(['A pair']);
    expect((await page.start('ana')).rooms).toEqual([]);
    await page.post('bo', 'say', { place: `room ${room}`, text: 'between us' });
    expect(replies(events)).toMatchObject([{ place: { in: 'room', room }, text: 'between us' }]);
    await expect(page.messages('ana', `room ${room}`)).rejects.toSatisfy(isHidden);
  });
});

describe('cards and commands', () => {
  it('take only what is on the card now', async () => {
    const { chat, page, post, events } = await open();
    const ref = await post('daily', CHANNEL);
    await expect(page.post('ana', 'press', { ref, on: 'privacy.delete:ana' })).rejects.toMatchObject({ status: 404 });
    await chat.deliver({
      kind: 'edit',
      team: LOCAL,
      name: 'test:daily',
      ref,
      message: { title: 'Closed', blocks: [] },
    });
    await expect(page.post('ana', 'press', { ref, on: 'test.answer:one' })).rejects.toMatchObject({ status: 404 });
    expect(events.filter(({ kind }) => kind === 'press')).toEqual([]);
  });

  it('read an alias, its options and a mention of somebody', async () => {
    const { page, events } = await open();
    await page.post('ana', 'command', { place: HERE, text: '/mock senior @Bo' });
    expect(events.at(-1)).toMatchObject({ kind: 'command', command: 'mock', args: { level: 'senior', partner: 'bo' } });
    await expect(page.post('ana', 'command', { place: HERE, text: '/dance' })).rejects.toThrow('/practice help');
  });

  it('hand on what the core proposes while an option is typed', async () => {
    const { page, answering, events } = await open();
    answering(() => ({ kind: 'offer', options: [{ label: 'Staff', value: 'staff' }] }));
    const asked = { place: HERE, command: 'mock', option: 'level', typed: 'st' };
    expect(await page.post('ana', 'complete', asked)).toEqual({ options: [{ label: 'Staff', value: 'staff' }] });
    expect(events.at(-1)).toMatchObject({ kind: 'complete', option: 'level', typed: 'st', from: { id: 'ana' } });
  });

  it('say that nothing was changed when the core cannot take it', async () => {
    const { page, post, answering } = await open();
    const ref = await post('daily', CHANNEL);
    answering(() => {
      throw new Error('a secret of the machine room');
    });
    const failed: unknown = await page
      .post('ana', 'press', { ref, on: 'test.answer:one' })
      .catch((error: unknown) => error);
    expect(String(failed)).toContain('nothing was changed');
    expect(String(failed)).not.toContain('secret');
  });

  it('refuse a field that no platform would carry, beside that field', async () => {
    const { page, events } = await open();
    const values = { words: 'x'.repeat(3001) };
    const got = await page.post('ana', 'submit', { place: HERE, on: 'test.form:one', values });
    expect(got).toMatchObject({ kind: 'reject', field: 'words' });
    expect(events.some(({ kind }) => kind === 'submit')).toBe(false);
  });
});

describe('unread marks', () => {
  it('count what others said since the last look, and outlive a restart', async () => {
    const store = await freshStore();
    const { page, post } = await open({ store });
    await post('daily', CHANNEL);
    await page.post('bo', 'say', { place: HERE, text: 'hello' });
    const [, last] = await page.messages('ana', HERE);
    expect(await page.start('ana')).toMatchObject({ unread: { [HERE]: 2 } });
    expect(await page.start('bo')).toMatchObject({ unread: { [HERE]: 1 } });
    await page.post('ana', 'read', { place: HERE, born: last?.born });
    await page.post('ana', 'read', { place: HERE, born: 1 });
    const again = await open({ store });
    expect(await again.page.start('ana')).toMatchObject({ unread: {} });
  });

  it('do not come back when a card is only changed', async () => {
    const { chat, page, post } = await open();
    const ref = await post('daily', CHANNEL);
    await page.post('ana', 'read', { place: HERE, born: 1 });
    await chat.deliver({ kind: 'edit', team: LOCAL, name: 'test:daily', ref, message: card('1 answer') });
    expect(await page.start('ana')).toMatchObject({ unread: {} });
  });

  it('tell everybody who has direct messages waiting', async () => {
    const { page, post } = await open();
    await post('for-bo', { in: 'dm', person: BO });
    expect(await page.start('ana')).toMatchObject({
      people: [
        { id: 'ana', waiting: 0 },
        { id: 'bo', waiting: 1 },
        { id: 'chen', waiting: 0 },
      ],
      unread: {},
    });
  });
});

describe('closing', () => {
  it('finishes what is being answered, and takes nothing new', async () => {
    const practice = await open();
    const ref = await practice.post('daily', CHANNEL);
    let finish = (): void => {};
    const reached = new Promise<void>((reach) => {
      practice.answering((event) => {
        if (event.kind !== 'press') return { kind: 'nothing' };
        reach();
        return new Promise((resolve) => {
          finish = () => resolve({ kind: 'say', text: t`done` });
        });
      });
    });
    const pressed = practice.page.post('ana', 'press', { ref, on: on('answer').feature + '.answer:one' });
    await reached;
    let isClosed = false;
    const closed = practice.chat.close().then(() => (isClosed = true));
    await expect(practice.page.post('ana', 'say', { place: HERE, text: 'late' })).rejects.toMatchObject({
      status: 503,
    });
    expect(isClosed).toBe(false);
    finish();
    expect(await pressed).toMatchObject({ kind: 'said' });
    await closed;
  });
});
