/** What Discord enforces of messages, the fake enforces too. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, QUIET, type Desk } from './desk.ts';

const NOBODY = '1574572776285536256';
const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const HISTORY = 1n << 16n;
const V2 = 1 << 15;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe('sending a message', () => {
  it('puts it where people see it', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    expect(desk.discord.visible(desk.ana.id, desk.channel.id)).toMatchObject([{ id, content: 'Two sums' }]);
    expect(desk.discord.posted().map((one) => one.id)).toEqual([id]);
    expect(desk.discord.complaints).toEqual([]);
  });

  it('needs the right token', async () => {
    desk.rest.setToken('another.one.altogether');
    expect(await desk.say(desk.channel.id, 'Two sums')).toMatchObject({ status: 401 });
    expect(desk.discord.posted()).toEqual([]);
  });

  it('needs a channel that is there', async () => {
    expect(await desk.say(NOBODY, 'Two sums')).toMatchObject({ code: 10003, status: 404 });
    await desk.discord.hands.deleteChannel(desk.channel.id);
    expect(await desk.say(desk.channel.id, 'Two sums')).toMatchObject({ code: 10003 });
  });

  it('needs a channel our bot sees', async () => {
    desk.guild.overwrites.set(desk.channel.id, SEND);
    expect(await desk.say(desk.channel.id, 'Two sums')).toMatchObject({ code: 50001, status: 403 });
  });

  it('needs the permission to send there', async () => {
    desk.guild.overwrites.set(desk.channel.id, VIEW);
    expect(await desk.say(desk.channel.id, 'Two sums')).toMatchObject({ code: 50013, status: 403 });
    desk.guild.permissions = VIEW;
    desk.guild.overwrites.clear();
    expect(await desk.say(desk.channel.id, 'Two sums')).toMatchObject({ code: 50013 });
  });

  it('needs the permission to attach what it attaches', async () => {
    desk.guild.permissions = VIEW | SEND;
    const body = { content: 'A chart', attachments: [{ id: '0', filename: 'chart.png' }], ...QUIET };
    const files = [{ name: 'chart.png', data: Buffer.from('png'), contentType: 'image/png' }];
    expect(await desk.ask(`POST /channels/${desk.channel.id}/messages`, body, { files })).toMatchObject({
      code: 50013,
    });
  });

  it('does not go to a server we were put out of', async () => {
    await desk.discord.hands.kick(desk.guild.id);
    expect(await desk.say(desk.channel.id, 'Two sums')).toMatchObject({ code: 50001 });
  });

  it('does not go into a forum itself', async () => {
    expect(await desk.say(desk.forum.id, 'Two sums')).toMatchObject({ code: 50024 });
  });

  it('is refused when it is too long, and said to be wrong', async () => {
    expect(await desk.say(desk.channel.id, 'x'.repeat(2001))).toMatchObject({ code: 50035, status: 400 });
    expect(desk.discord.complaints).toEqual([expect.stringContaining('content is longer than 2000')]);
    expect(desk.discord.posted()).toEqual([]);
  });

  it('replies only to what is there', async () => {
    const reply = (id: string) => desk.say(desk.channel.id, 'Well', { message_reference: { message_id: id } });
    expect(await reply(NOBODY)).toMatchObject({ code: 50035 });
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    expect(await reply(id)).toMatchObject({ type: 19, message_reference: { message_id: id } });
  });

  it('keeps files, and gives them back', async () => {
    const body = {
      flags: V2,
      components: [{ type: 12, items: [{ media: { url: 'attachment://chart.png' } }] }],
      attachments: [{ id: '0', filename: 'chart.png', description: 'Answers a day' }],
      ...QUIET,
    };
    const files = [{ name: 'chart.png', data: Buffer.from('a picture'), contentType: 'image/png' }];
    const told = await desk.ask(`POST /channels/${desk.channel.id}/messages`, body, { files });
    const [attachment] = told['attachments'] as { readonly url: string; readonly description: string }[];
    expect(attachment?.description).toBe('Answers a day');
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('a picture');
    expect(told['components']).toMatchObject([{ id: 1, items: [{ media: { url: attachment?.url } }] }]);
    expect(desk.discord.complaints).toEqual([]);
  });
});

describe('a direct message', () => {
  const dm = async (user: string): Promise<string> =>
    (await desk.ask('POST /users/@me/channels', { recipient_id: user })).id;

  it('reaches somebody of a server we share, always in one place', async () => {
    const id = await dm(desk.ana.id);
    expect(await dm(desk.ana.id)).toBe(id);
    await desk.say(id, 'Your turn');
    expect(desk.discord.visible(desk.ana.id, id)).toHaveLength(1);
    expect(desk.discord.visible(desk.ben.id, id)).toEqual([]);
  });

  it('does not reach one who has closed them', async () => {
    const carl = desk.discord.addUser('Carl', { closedDms: true });
    desk.discord.join(desk.guild.id, carl.id);
    expect(await desk.say(await dm(carl.id), 'Your turn')).toMatchObject({ code: 50007, status: 403 });
  });

  it('does not reach a stranger', async () => {
    const dora = desk.discord.addUser('Dora');
    expect(await desk.say(await dm(dora.id), 'Your turn')).toMatchObject({ code: 50007 });
    expect(await desk.ask('POST /users/@me/channels', { recipient_id: NOBODY })).toMatchObject({ code: 50035 });
  });
});

describe('a nonce', () => {
  const once = { nonce: 'daily-1', enforce_nonce: true };

  it('makes a message once, and gives it back after that', async () => {
    const first = await desk.say(desk.channel.id, 'Two sums', once);
    const second = await desk.say(desk.channel.id, 'Two sums', once);
    expect(second).toMatchObject({ id: first.id, nonce: 'daily-1' });
    expect(desk.discord.posted()).toHaveLength(1);
  });

  it('is forgotten after three minutes', async () => {
    await desk.say(desk.channel.id, 'Two sums', once);
    await desk.discord.clock.advance(179_000);
    await desk.say(desk.channel.id, 'Two sums', once);
    expect(desk.discord.posted()).toHaveLength(1);
    await desk.discord.clock.advance(2000);
    await desk.say(desk.channel.id, 'Two sums', once);
    expect(desk.discord.posted()).toHaveLength(2);
  });

  it('protects nothing when it is not enforced, nor in another channel', async () => {
    await desk.say(desk.channel.id, 'Two sums', once);
    await desk.say(desk.channel.id, 'Two sums', { nonce: 'daily-1' });
    await desk.say(desk.guild.addChannel('others').id, 'Two sums', once);
    expect(desk.discord.posted()).toHaveLength(3);
  });

  it('of a message that was deleted leads nowhere', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums', once);
    await desk.ask(`DELETE /channels/${desk.channel.id}/messages/${id}`);
    expect(await desk.say(desk.channel.id, 'Two sums', once)).toMatchObject({ code: 10008 });
  });
});

describe('editing and deleting', () => {
  const change = (id: string, body: object) =>
    desk.ask(`PATCH /channels/${desk.channel.id}/messages/${id}`, { ...QUIET, ...body });

  it('changes our own message', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    const told = await change(id, { content: 'Three sums' });
    expect(told).toMatchObject({ content: 'Three sums', edited_timestamp: expect.any(String) });
    expect(desk.discord.complaints).toEqual([]);
  });

  it('leaves what others wrote', async () => {
    const id = await desk.discord.hands.write(desk.ana.id, desk.channel.id, 'Mine');
    expect(await change(id, { content: 'Yours' })).toMatchObject({ code: 50005, status: 403 });
    expect(await desk.ask(`DELETE /channels/${desk.channel.id}/messages/${id}`)).toMatchObject({ code: 50013 });
  });

  it('does not know a message that is gone', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    await desk.ask(`DELETE /channels/${desk.channel.id}/messages/${id}`);
    expect(await change(id, { content: 'Three sums' })).toMatchObject({ code: 10008, status: 404 });
    expect(desk.discord.visible(desk.ana.id, desk.channel.id)).toEqual([]);
    expect(desk.discord.posted()).toMatchObject([{ id, deleted: true }]);
  });

  it('does not make an old message new without the flag, nor a new one old', async () => {
    const components = [{ type: 10, content: 'Two sums' }];
    const old = await desk.say(desk.channel.id, 'Two sums');
    expect(await change(old.id, { components })).toMatchObject({ code: 50035 });
    expect(await change(old.id, { content: '', components, flags: V2 })).toMatchObject({ flags: V2 });
    expect(await change(old.id, { content: 'Two sums', components: [], flags: 0 })).toMatchObject({ code: 50035 });
  });

  it('does not empty a message', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    expect(await change(id, { content: '' })).toMatchObject({ code: 50006 });
  });
});

describe('reading', () => {
  const read = async (query: string): Promise<readonly string[]> => {
    const told = await desk.ask(`GET /channels/${desk.channel.id}/messages?${query}`);
    return (told as unknown as readonly { readonly content: string }[]).map(({ content }) => content);
  };
  const write = async (count: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let at = 1; at <= count; at++) ids.push(await desk.discord.hands.write(desk.ana.id, desk.channel.id, `${at}`));
    return ids;
  };

  it('gives the newest first, up to a hundred', async () => {
    await write(120);
    expect(await read('limit=3')).toEqual(['120', '119', '118']);
    expect(await read('limit=100')).toHaveLength(100);
    expect(await read('')).toHaveLength(50);
    expect(await desk.ask(`GET /channels/${desk.channel.id}/messages?limit=101`)).toMatchObject({ code: 50035 });
  });

  it('goes on from a message, either way', async () => {
    const ids = await write(6);
    expect(await read(`after=${ids[1]}&limit=2`)).toEqual(['4', '3']);
    expect(await read(`before=${ids[4]}&limit=2`)).toEqual(['4', '3']);
    expect(await read(`around=${ids[2]}&limit=3`)).toEqual(['4', '3', '2']);
  });

  it('gives nothing without the permission for history', async () => {
    await write(1);
    desk.guild.permissions &= ~HISTORY;
    expect(await read('')).toEqual([]);
  });

  it('gives no words of people when the switch for them is off', async () => {
    await write(1);
    await desk.say(desk.channel.id, 'Ours');
    desk.discord.contentSwitch = false;
    expect(await read('')).toEqual(['Ours', '']);
  });

  it('does not show what only one person sees', async () => {
    const { id } = await desk.say(desk.channel.id, 'Two sums');
    const told = await desk.ask(`GET /channels/${desk.channel.id}/messages/${id}`);
    expect(told).toMatchObject({ id, content: 'Two sums' });
    expect(told).not.toHaveProperty('nonce');
    expect(await desk.ask(`GET /channels/${desk.channel.id}/messages/${NOBODY}`)).toMatchObject({ code: 10008 });
  });
});
