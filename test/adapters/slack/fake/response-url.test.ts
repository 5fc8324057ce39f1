/** A response URL takes five messages in half an hour, for one person's eyes unless it says otherwise. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, openOffice, section, type Office } from './office.ts';

let office: Office;
let url: string;
beforeEach(async () => {
  office = await openOffice();
  await office.slack.hands.command(office.team, office.ana.id, office.channel.id, '/practice', '');
  url = latestUrl();
});
afterEach(() => office.close());

const latestUrl = (): string => String(office.app.took.at(-1)?.body['response_url']);

async function answer(body: unknown, at = url): Promise<readonly [number, unknown]> {
  const headers = { 'content-type': 'application/json' };
  const got = await fetch(at, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return [got.status, await got.json()];
}

const seenBy = (user: string): unknown[] => office.workspace.visible(user, office.channel.id).map(({ text }) => text);

/** A click on a message of the bot, and the address that comes with it. */
async function clicked(ts: string, user = office.ana.id): Promise<string> {
  await office.slack.hands.press(office.team, user, { channel: office.channel.id, ts }, 'Go');
  return latestUrl();
}

describe('a response URL', () => {
  it('shows a message to the one who acted, and to no one else', async () => {
    expect(await answer({ text: 'for you' })).toEqual([200, { ok: true }]);
    expect([seenBy(office.ana.id), seenBy(office.ben.id)]).toEqual([['for you'], []]);
    expect(office.slack.posted(office.team)).toMatchObject([{ text: 'for you', ephemeralTo: office.ana.id }]);
  });

  it('shows it to all when it says so, even where the bot is not', async () => {
    const far = office.workspace.addChannel('far', { without: 'bot' });
    await office.slack.hands.command(office.team, office.ana.id, far.id, '/practice', '');
    await answer({ text: 'for all', response_type: 'in_channel' }, latestUrl());
    expect(office.workspace.visible(office.ben.id, far.id)).toMatchObject([{ text: 'for all' }]);
  });

  it('works five times', async () => {
    for (let at = 1; at <= 5; at += 1) expect((await answer({ text: `no. ${at}` }))[0]).toBe(200);
    expect(await answer({ text: 'no. 6' })).toEqual([404, { ok: false, error: 'used_url' }]);
    expect(seenBy(office.ana.id)).toHaveLength(5);
    expect(office.slack.complaints).toEqual([expect.stringContaining('used_url')]);
  });

  it('works for half an hour', async () => {
    await office.slack.clock.advance(29 * 60_000);
    expect((await answer({ text: 'in time' }))[0]).toBe(200);
    await office.slack.clock.advance(61_000);
    expect(await answer({ text: 'too late' })).toEqual([404, { ok: false, error: 'expired_url' }]);
    expect(seenBy(office.ana.id)).toEqual(['in time']);
  });

  it.each<[string, unknown, string]>([
    ['nothing to say', {}, 'no_text'],
    ['too many blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => section('x')) }, 'invalid_blocks'],
    ['a section too long', { text: 'x', blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
    ['no JSON', 'hello', 'invalid_payload'],
    ['a list', [], 'invalid_payload'],
  ])('refuses %s, and complains', async (_, body, error) => {
    expect(await answer(body)).toEqual([400, { ok: false, error }]);
    expect(office.slack.complaints).toEqual([expect.stringContaining(error)]);
    expect(seenBy(office.ana.id)).toEqual([]);
  });

  it('that nobody was given is none', async () => {
    expect((await answer({ text: 'x' }, `${office.slack.url}/response/T1/R1`))[0]).toBe(404);
  });
});

describe('the message that was clicked on', () => {
  it('is replaced for all', async () => {
    const { ts } = await office.post({ text: 'before', blocks: [button('Go')] });
    await answer({ text: 'after', replace_original: true }, await clicked(ts));
    expect(seenBy(office.ben.id)).toEqual(['after']);
    await expect
      .poll(() => office.app.took.map(({ body }) => (body['event'] as { subtype?: string } | undefined)?.subtype))
      .toContain('message_changed');
  });

  it('is taken away', async () => {
    const { ts } = await office.post({ text: 'before', blocks: [button('Go')] });
    await answer({ delete_original: true }, await clicked(ts));
    expect(seenBy(office.ana.id)).toEqual([]);
    expect(await answer({ text: 'x', replace_original: true })).toEqual([404, expect.anything()]);
  });

  it('is replaced where only one person sees it, and stays theirs alone', async () => {
    await answer({ text: 'before', blocks: [button('Go')] });
    const { ts } = office.workspace.visible(office.ana.id, office.channel.id)[0] ?? { ts: '' };
    const at = await clicked(ts);
    expect((await answer({ text: 'x', replace_original: true, response_type: 'in_channel' }, at))[0]).toBe(404);
    expect((await answer({ text: 'after', replace_original: true }, at))[0]).toBe(200);
    expect([seenBy(office.ana.id), seenBy(office.ben.id)]).toEqual([['after'], []]);
    expect(office.slack.complaints).toHaveLength(1);
  });
});
