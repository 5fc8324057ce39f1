/** An interaction has three seconds for one answer, and its token a quarter of an hour. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAY, words, openCounter, type Counter } from './counter.ts';
import { call, connect } from './raw-app.ts';

let town: Counter['town'];
let app: Counter['app'];
let use: Counter['use'];
let reply: Counter['reply'];
let webhook: Counter['webhook'];
let seen: Counter['seen'];

beforeEach(async () => {
  ({ town, app, use, reply, webhook, seen } = await openCounter());
});
afterEach(() => town.close());

const MINUTE = 60_000;

describe('an interaction', () => {
  it('says who did what where, and who may what', async () => {
    const { data } = await use();
    expect(data).toMatchObject({
      type: 2,
      guild_id: town.guild.id,
      channel: { id: town.channel.id },
      member: { user: { id: town.ben.id } },
      app_permissions: String(town.guild.permissions),
      locale: 'en-US',
      context: 0,
      data: { name: 'practice', type: 1 },
    });
    expect((data['member'] as { readonly permissions: string }).permissions).toMatch(/^\d+$/);
    expect(data).not.toHaveProperty('user');
  });

  it('is answered once: the second answer is told so', async () => {
    const one = await use();
    expect(await reply(one, SAY)).toEqual({ status: 204, body: {} });
    expect(await one.answered).toMatchObject({ ok: true, type: 4, data: { content: 'said' } });
    expect(await reply(one, SAY)).toMatchObject({ status: 400, body: { code: 40_060 } });
    expect(seen()).toEqual(['said']);
  });

  it('is void after three seconds, and a late answer is a complaint', async () => {
    const one = await use();
    await town.discord.clock.advance(3001);
    expect(await one.answered).toMatchObject({ ok: false });
    expect(await reply(one, SAY)).toMatchObject({ status: 404, body: { code: 10_062 } });
    expect(await webhook(one, 'POST', '', words('late'))).toMatchObject({ status: 404, body: { code: 10_015 } });
    expect(town.discord.complaints).toEqual(['answered after 3 seconds: command practice']);
    expect(seen()).toEqual([]);
  });

  it('is not late because a test moves the clock while the answer is under way', async () => {
    const one = await use();
    const moved = town.discord.clock.advance(MINUTE);
    await reply(one, SAY);
    await moved;
    expect(await one.answered).toMatchObject({ ok: true });
  });

  it('that comes with a resumed session, four seconds old, is void', async () => {
    const { session_id: id } = await app.event('READY');
    const seq = app.frames.at(-1)?.s ?? 0;
    town.discord.shards[0]?.drop();
    const answered = town.discord.hands.command(town.guild.id, town.ben.id, town.channel.id, 'practice', []);
    await town.discord.clock.advance(4000);
    expect(await answered).toMatchObject({ ok: false });
    const back = await connect(town.discord);
    back.send(6, { token: town.discord.token, session_id: id, seq });
    const late = await back.event('INTERACTION_CREATE');
    const body = { type: 5 };
    const path = `/interactions/${String(late['id'])}/${String(late['token'])}/callback`;
    expect(await call(town.discord, 'POST', path, body)).toMatchObject({ status: 404, body: { code: 10_062 } });
  });

  it('is unknown with a token that is not its own', async () => {
    const [one, two] = [await use(), await use()];
    expect(await reply({ ...one, token: two.token }, SAY)).toMatchObject({ status: 404, body: { code: 10_062 } });
  });

  it('shows what became of it when asked to', async () => {
    const one = await use();
    const { status, body } = await reply(one, SAY, '?with_response=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      interaction: { id: one.id, type: 2 },
      resource: { type: 4, message: { content: 'said', interaction_metadata: { id: one.id } } },
    });
  });
});

describe('a token', () => {
  it('lives for a quarter of an hour', async () => {
    const one = await use();
    await reply(one, SAY);
    await town.discord.clock.advance(14 * MINUTE);
    expect(await webhook(one, 'PATCH', '/messages/@original', words('still'))).toMatchObject({ status: 200 });
    await town.discord.clock.advance(MINUTE);
    expect(await webhook(one, 'PATCH', '/messages/@original', words('gone'))).toMatchObject({
      status: 401,
      body: { code: 50_027 },
    });
    expect(seen()).toEqual(['still']);
  });

  it('opens nothing of another interaction', async () => {
    const [one, two] = [await use(), await use()];
    await reply(one, SAY);
    await reply(two, SAY);
    const id = town.discord.posted()[0]?.id ?? '';
    expect(await webhook(two, 'PATCH', `/messages/${id}`, words('x'))).toMatchObject({
      status: 404,
      body: { code: 10_008 },
    });
    expect(await webhook(two, 'GET', '/messages/@original')).toMatchObject({ body: { content: 'said' } });
  });
});
