/** An answer fits what it answers: choices to who types, forms to commands and presses, changes to presses. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EPHEMERAL, FORM, SAY, words, openCounter, type Counter } from './counter.ts';
import { call } from './raw-app.ts';

let town: Counter['town'];
let app: Counter['app'];
let under: Counter['under'];
let use: Counter['use'];
let reply: Counter['reply'];
let webhook: Counter['webhook'];
let seen: Counter['seen'];
let pressed: Counter['pressed'];

beforeEach(async () => {
  ({ town, app, under, use, reply, webhook, seen, pressed } = await openCounter());
});
afterEach(() => town.close());

describe('an answer', () => {
  it.each([6, 7, 8])('of type %i does not fit a command', async (type) => {
    const one = await use();
    const data = type === 8 ? { choices: [] } : words('x');
    expect(await reply(one, { type, ...(type !== 6 && { data }) })).toMatchObject({
      status: 400,
      body: { code: 50_035 },
    });
    expect(await reply(one, SAY)).toMatchObject({ status: 204 });
  });

  it('to somebody typing is choices and nothing else', async () => {
    const { hands } = town.discord;
    const one = await under(hands.complete(town.guild.id, town.ben.id, town.channel.id, 'practice', [], 'skill', 's'));
    expect(one.data).toMatchObject({ type: 4, data: { options: [{ name: 'skill', value: 's', focused: true }] } });
    expect(await reply(one, SAY)).toMatchObject({ status: 400 });
    expect(await reply(one, { type: 5 })).toMatchObject({ status: 400 });
    expect(await reply(one, { type: 8, data: { choices: [{ name: 'SQL', value: 'sql' }] } })).toMatchObject({
      status: 204,
    });
    expect(await one.answered).toMatchObject({ type: 8, data: { choices: [{ value: 'sql' }] } });
  });

  it('for one person is seen by that person, and changed only with its token', async () => {
    const one = await use();
    await reply(one, { type: 4, data: { ...words('for Ben'), flags: EPHEMERAL } });
    expect([seen(), seen(town.ana.id)]).toEqual([['for Ben'], []]);
    const id = town.discord.posted().at(-1)?.id ?? '';
    const path = `/channels/${town.channel.id}/messages/${id}`;
    expect(await call(town.discord, 'PATCH', path, words('no'))).toMatchObject({ status: 404, body: { code: 10_008 } });
    expect(await webhook(one, 'PATCH', '/messages/@original', words('still Ben'))).toMatchObject({ status: 200 });
    expect([seen(), app.events().includes('MESSAGE_CREATE')]).toEqual([['still Ben'], false]);
    expect(await webhook(one, 'DELETE', '/messages/@original')).toMatchObject({ status: 204 });
    expect(seen()).toEqual([]);
  });

  it('may be announced first; the first words after that take its place', async () => {
    const one = await use();
    expect(await reply(one, { type: 5, data: { flags: EPHEMERAL } }, '?with_response=true')).toMatchObject({
      body: { interaction: { response_message_loading: true, response_message_ephemeral: true } },
    });
    expect(await webhook(one, 'POST', '', words('here'))).toMatchObject({ status: 200, body: { flags: EPHEMERAL } });
    await webhook(one, 'POST', '', words('and more', { flags: EPHEMERAL }));
    expect([seen(), seen(town.ana.id)]).toEqual([['here', 'and more'], []]);
  });

  it('that is announced carries no flag but the one', async () => {
    const one = await use();
    expect(await reply(one, { type: 5, data: { flags: 1 << 15 } })).toMatchObject({
      status: 400,
      body: { code: 50_035 },
    });
  });

  it('to a press may change its message, or nothing', async () => {
    const one = await pressed();
    expect(one.data).toMatchObject({
      type: 3,
      data: { custom_id: 'go', component_type: 2 },
      message: { content: 'press' },
    });
    expect(await reply(one, { type: 7, data: words('pressed', { components: [] }) })).toMatchObject({ status: 204 });
    expect(seen()).toEqual(['pressed']);
    const other = await pressed();
    expect(await reply(other, { type: 6 })).toMatchObject({ status: 204 });
    expect(await webhook(other, 'PATCH', '/messages/@original', words('later'))).toMatchObject({ status: 200 });
    expect(seen()).toEqual(['pressed', 'later']);
  });
});

describe('a form', () => {
  it('opens after a command or a press, and comes back filled in', async () => {
    const one = await pressed(EPHEMERAL);
    await reply(one, { type: 9, data: FORM });
    expect(await one.answered).toMatchObject({ ok: true, type: 9 });
    const sent = await under(town.discord.hands.submit(town.ben.id, { words: 'mine' }));
    expect(sent.data).toMatchObject({
      type: 5,
      message: { content: 'press', flags: EPHEMERAL },
      data: {
        custom_id: 'form',
        components: [{ type: 18, component: { type: 4, custom_id: 'words', value: 'mine' } }],
      },
    });
    await reply(sent, { type: 4, data: words('thanks', { flags: EPHEMERAL }) });
    expect(town.discord.modal(town.ben.id)).toBeUndefined();
  });

  it('is no answer to a form, nor to what was answered or announced', async () => {
    const one = await use();
    await reply(one, { type: 9, data: FORM });
    const sent = await under(town.discord.hands.submit(town.ben.id, { words: 'mine' }));
    expect(await reply(sent, { type: 9, data: FORM })).toMatchObject({ status: 400, body: { code: 50_035 } });
    expect(await reply(sent, { type: 5 })).toMatchObject({ status: 204 });
    expect(await reply(sent, { type: 9, data: FORM })).toMatchObject({ status: 400, body: { code: 40_060 } });
  });

  it('of a command changes no message; of a press it may', async () => {
    const one = await use();
    await reply(one, { type: 9, data: FORM });
    const sent = await under(town.discord.hands.submit(town.ben.id, { words: 'mine' }));
    expect(await reply(sent, { type: 7, data: words('x') })).toMatchObject({ status: 400, body: { code: 50_035 } });
    const press = await pressed();
    await reply(press, { type: 9, data: FORM });
    const again = await under(town.discord.hands.submit(town.ben.id, { words: 'mine' }));
    expect(await reply(again, { type: 7, data: words('new', { components: [] }) })).toMatchObject({ status: 204 });
    expect(seen()).toEqual(['new']);
  });

  it('stays open when nobody answers, and closes when it is put away', async () => {
    const one = await use();
    await reply(one, { type: 9, data: FORM });
    const sent = await under(town.discord.hands.submit(town.ben.id, { words: 'mine' }));
    await town.discord.clock.advance(3001);
    expect(await sent.answered).toMatchObject({ ok: false });
    expect(town.discord.modal(town.ben.id)?.title).toBe('A form');
    town.discord.hands.dismiss(town.ben.id);
    expect(town.discord.modal(town.ben.id)).toBeUndefined();
    await expect(town.discord.hands.submit(town.ben.id, {})).rejects.toThrow('no form open');
  });
});
