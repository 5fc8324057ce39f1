/** What was said is read back page by page, within bounds, as Slack tells it. */
import { afterEach, describe, expect, it } from 'vitest';
import { closeOffices, errorOf, openOffice, section, type Office } from './ask.ts';

afterEach(closeOffices);

const payload = { event_type: 'greenroom', event_payload: { name: 'daily' } };

async function say({ web, channel }: Office, text: string, threadTs?: string): Promise<string> {
  const under = threadTs === undefined ? {} : { thread_ts: threadTs };
  return (await web.chat.postMessage({ channel: channel.id, text, metadata: payload, ...under })).ts ?? '';
}

/** Texts of a channel's history, or of a thread. */
async function texts(office: Office, args: Readonly<Record<string, unknown>> = {}): Promise<(string | undefined)[]> {
  const method = 'ts' in args ? 'conversations.replies' : 'conversations.history';
  const answer: Readonly<Record<string, unknown>> = {
    ...(await office.web.apiCall(method, { channel: office.channel.id, ...args })),
  };
  return (answer['messages'] as { text?: string }[]).map(({ text }) => text);
}

describe('history', () => {
  it('comes newest first, without replies, whispers and what was taken back', async () => {
    const office = await openOffice({ rates: false });
    const { web, channel, ana, fake, acme } = office;
    const first = await say(office, 'first');
    await say(office, 'reply', first);
    await say(office, 'second');
    await web.chat.postEphemeral({ channel: channel.id, user: ana.id, text: 'psst' });
    const gone = await say(office, 'gone');
    await web.chat.delete({ channel: channel.id, ts: gone });
    await fake.hands.write(acme.id, ana.id, channel.id, 'seen by all', { threadTs: first, broadcast: true });
    expect(await texts(office)).toEqual(['seen by all', 'second', 'first']);
  });

  it('stays within its bounds, which count themselves in when told to', async () => {
    const office = await openOffice({ rates: false });
    const [one, , three] = [await say(office, '1'), await say(office, '2'), await say(office, '3')];
    expect(await texts(office, { oldest: one })).toEqual(['3', '2']);
    expect(await texts(office, { latest: three })).toEqual(['2', '1']);
    expect(await texts(office, { oldest: one, latest: three })).toEqual(['2']);
    expect(await texts(office, { oldest: one, latest: three, inclusive: true })).toEqual(['3', '2', '1']);
    expect(await errorOf(texts(office, { oldest: 'yesterday' }))).toBe('invalid_ts_oldest');
    expect(await errorOf(texts(office, { latest: 'now' }))).toBe('invalid_ts_latest');
  });

  it('goes on where its cursor says', async () => {
    const office = await openOffice({ rates: false });
    const { web, channel } = office;
    for (const text of ['1', '2', '3']) await say(office, text);
    const page = await web.conversations.history({ channel: channel.id, limit: 2 });
    expect(page).toMatchObject({ has_more: true, messages: [{ text: '3' }, { text: '2' }] });
    const cursor = page.response_metadata?.next_cursor ?? '';
    const last = await web.conversations.history({ channel: channel.id, limit: 2, cursor });
    expect(last).toMatchObject({ has_more: false, messages: [{ text: '1' }] });
    expect(await errorOf(texts(office, { cursor: 'nonsense' }))).toBe('invalid_cursor');
    expect(await errorOf(texts(office, { limit: 1000 }))).toBe('invalid_limit');
  });

  it('tells the whole of metadata only when asked for it', async () => {
    const office = await openOffice();
    const { web, channel } = office;
    await say(office, 'hi');
    const plain = await web.conversations.history({ channel: channel.id });
    expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'greenroom' });
    const whole = await web.conversations.history({ channel: channel.id, include_all_metadata: true });
    expect(whole.messages?.[0]?.metadata).toEqual(payload);
  });

  it('needs the scope of its kind of conversation', async () => {
    const { web, ana } = await openOffice({ scopes: ['channels:history', 'im:write'] });
    const { channel } = await web.conversations.open({ users: ana.id });
    expect(await errorOf(web.conversations.history({ channel: channel?.id ?? '' }))).toBe('missing_scope');
  });
});

describe('a thread', () => {
  it('comes oldest first, its root on every page', async () => {
    const office = await openOffice({ rates: false });
    const { web, channel, acme } = office;
    const ts = await say(office, 'root');
    for (const text of ['1', '2', '3']) await say(office, text, ts);
    expect(await texts(office, { ts })).toEqual(['root', '1', '2', '3']);
    const page = await web.conversations.replies({ channel: channel.id, ts, limit: 2 });
    expect(page).toMatchObject({
      has_more: true,
      messages: [{ text: 'root', reply_count: 3 }, { text: '1' }, { text: '2' }],
    });
    const cursor = page.response_metadata?.next_cursor ?? '';
    expect(await texts(office, { ts, limit: 2, cursor })).toEqual(['root', '3']);
    expect(page.messages?.[1]).toMatchObject({ thread_ts: ts, parent_user_id: acme.botUser });
  });

  it('that is not there is not found', async () => {
    const office = await openOffice();
    expect(await errorOf(texts(office, { ts: '1.000000' }))).toBe('thread_not_found');
    const ts = await say(office, 'root');
    expect(await texts(office, { ts })).toEqual(['root']);
    await office.web.chat.delete({ channel: office.channel.id, ts });
    expect(await errorOf(texts(office, { ts }))).toBe('thread_not_found');
  });

  it('outlives its root, of which a tombstone stays', async () => {
    const office = await openOffice();
    const { web, channel } = office;
    const ts = await say(office, 'root');
    await say(office, 'reply', ts);
    await web.chat.delete({ channel: channel.id, ts });
    const { messages } = await web.conversations.replies({ channel: channel.id, ts });
    expect(messages).toMatchObject([{ subtype: 'tombstone', text: 'This message was deleted.' }, { text: 'reply' }]);
    await say(office, 'more', ts);
    expect(await texts(office, { ts })).toEqual(['This message was deleted.', 'reply', 'more']);
  });
});

describe('a reply', () => {
  it.each(['that is gone', 'that never was'])('to a root %s stands in the channel by itself', async (which) => {
    const office = await openOffice();
    const { web, channel } = office;
    const ts = which === 'that is gone' ? await say(office, 'root') : '1.000000';
    if (which === 'that is gone') await web.chat.delete({ channel: channel.id, ts });
    const { message } = await web.chat.postMessage({ channel: channel.id, text: 'lost', thread_ts: ts });
    expect(message).not.toHaveProperty('thread_ts');
    expect(await texts(office)).toEqual(['lost']);
  });

  it('takes no replies itself', async () => {
    const office = await openOffice();
    const under = await say(office, 'reply', await say(office, 'root'));
    expect(await errorOf(say(office, 'deeper', under))).toBe('cannot_reply_to_message');
  });
});

describe('an edit', () => {
  it('keeps blocks and metadata it does not name, and drops those it empties', async () => {
    const { web, channel, fake, acme } = await openOffice();
    const blocks = [section('card')];
    const { ts = '' } = await web.chat.postMessage({ channel: channel.id, text: 'a', blocks, metadata: payload });
    await web.chat.update({ channel: channel.id, ts, text: 'b' });
    expect(fake.posted(acme.id)).toMatchObject([{ text: 'b', blocks: [{ type: 'section' }], metadata: payload }]);
    const none = { event_type: '', event_payload: {} };
    await web.apiCall('chat.update', { channel: channel.id, ts, text: 'c', blocks: [], metadata: {} });
    expect(fake.posted(acme.id)[0]?.blocks).toEqual([]);
    expect(fake.posted(acme.id)[0]?.metadata).toBeUndefined();
    const odd = web.chat.update({ channel: channel.id, ts, text: 'd', metadata: none });
    expect(await errorOf(odd)).toBe('invalid_metadata_schema');
  });

  it('has a stamp of whole seconds that grows', async () => {
    const { web, channel, fake, acme } = await openOffice();
    const { ts = '' } = await web.chat.postMessage({ channel: channel.id, text: 'a' });
    const stamps: string[] = [];
    for (const text of ['b', 'c']) {
      await web.chat.update({ channel: channel.id, ts, text });
      stamps.push(fake.posted(acme.id)[0]?.edited?.ts ?? '');
    }
    expect(stamps.every((stamp) => /^\d{10}\.000000$/.test(stamp))).toBe(true);
    expect(Number(stamps[1])).toBeGreaterThan(Number(stamps[0]));
  });
});

describe('blocks', () => {
  it('come back with what Slack adds', async () => {
    const { web, channel } = await openOffice();
    await web.chat.postMessage({ channel: channel.id, text: 'a', blocks: [section('card')] });
    const { messages } = await web.conversations.history({ channel: channel.id });
    expect(messages?.[0]?.blocks).toEqual([
      { type: 'section', block_id: expect.any(String), text: { type: 'mrkdwn', text: 'card', verbatim: false } },
    ]);
  });
});

describe('timestamps', () => {
  it('of a channel never come twice, and only grow', async () => {
    const office = await openOffice({ rates: false });
    const stamps = await Promise.all(Array.from({ length: 20 }, (_, at) => say(office, String(at))));
    expect(new Set(stamps).size).toBe(20);
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
    const kept = office.channel.messages.map(({ ts }) => Number(ts));
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
  });
});
