/** An interaction has three seconds for one fitting answer, and its token a quarter of an hour. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answered } from '../../../support/fake-discord/types.ts';
import { openTown, type Town } from './bot.ts';
import { call, enter, type Called, type RawApp } from './raw-app.ts';

let town: Town;
let app: RawApp;

const COMMANDS = [
  {
    name: 'practice',
    description: 'Everything',
    type: 1,
    options: [
      { type: 3, name: 'skill', description: 'Which', autocomplete: true },
      { type: 4, name: 'minutes', description: 'How long', min_value: 5, max_value: 60 },
    ],
  },
  { name: 'setup', description: 'For those who run it', type: 1, default_member_permissions: '0', contexts: [0] },
  { name: 'Use', type: 3 },
];

beforeEach(async () => {
  town = await openTown();
  const { discord } = town;
  const registered = await call(discord, 'PUT', `/applications/${discord.applicationId}/commands`, COMMANDS);
  expect(registered).toMatchObject({ status: 200 });
  app = await enter(discord);
});
afterEach(() => town.close());

interface Under {
  readonly id: string;
  readonly token: string;
  readonly answered: Promise<Answered>;
  readonly data: Readonly<Record<string, unknown>>;
}

const MINUTE = 60_000;
const EPHEMERAL = 64;
const SAY = { type: 4, data: { content: 'said', allowed_mentions: { parse: [] } } };
const words = (content: string, more = {}) => ({ content, allowed_mentions: { parse: [] }, ...more });
const BUTTON = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] };
const FORM = {
  custom_id: 'form',
  title: 'A form',
  components: [{ type: 18, label: 'Words', component: { type: 4, style: 2, custom_id: 'words' } }],
};

/** What a hand did, once the app was told. */
async function under(answered: Promise<Answered>): Promise<Under> {
  const before = new Set(app.frames);
  const told = app.frame((one) => one.t === 'INTERACTION_CREATE' && !before.has(one));
  // A hand that cannot do it says so here.
  await Promise.race([told, answered]);
  const { d: data } = await told;
  return { id: String(data['id']), token: String(data['token']), answered, data };
}
const use = (): Promise<Under> =>
  under(town.discord.hands.command(town.guild.id, town.ben.id, town.channel.id, 'practice', []));
const reply = ({ id, token }: Under, body: unknown, query = ''): Promise<Called> =>
  call(town.discord, 'POST', `/interactions/${id}/${token}/callback${query}`, body);
const webhook = ({ token }: Under, method: string, tail = '', body?: unknown): Promise<Called> =>
  call(town.discord, method, `/webhooks/${town.discord.applicationId}/${token}${tail}`, body);
const seen = (user = town.ben.id): readonly string[] =>
  town.discord.visible(user, town.channel.id).map(({ content }) => content);

/** A message of ours with a button, and Ben's press on it. */
async function pressed(flags = 0): Promise<Under> {
  const one = await use();
  await reply(one, { type: 4, data: { ...words('press'), flags, components: [BUTTON] } });
  const id = town.discord.visible(town.ben.id, town.channel.id).at(-1)?.id ?? '';
  return under(town.discord.hands.press(town.ben.id, town.channel.id, id, 'Go'));
}

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

describe('hands', () => {
  const run = (name: string, options = {}, user = town.ben.id, sub: readonly string[] = []): Promise<Answered> =>
    town.discord.hands.command(town.guild.id, user, town.channel.id, name, sub, options);

  it.each([
    ['a command that is not registered', () => run('nothing'), 'no command nothing'],
    ['a subcommand there is not', () => run('practice', {}, town.ben.id, ['today']), 'has no today'],
    ['an option there is not', () => run('practice', { level: 1 }), 'no option level'],
    ['a number out of bounds', () => run('practice', { minutes: 61 }), 'at most 60'],
    ['words for a number', () => run('practice', { minutes: 'ten' }), 'takes a number'],
    ['what only those who run the server see', () => run('setup'), 'does not see /setup'],
    ['a person who is not there', () => run('practice', {}, '100000000000000001'), 'no person'],
  ])('cannot use %s', async (_, act, why) => {
    await expect(act()).rejects.toThrow(why);
  });

  it('let those who run the server use what is theirs', async () => {
    const one = await under(run('setup', {}, town.ana.id));
    await reply(one, SAY);
    expect(await one.answered).toMatchObject({ ok: true });
  });

  it('see no button and no message that is not there', async () => {
    const one = await use();
    await reply(one, { type: 4, data: { ...words('x'), flags: EPHEMERAL, components: [BUTTON] } });
    const id = town.discord.posted()[0]?.id ?? '';
    const { hands } = town.discord;
    await expect(hands.press(town.ben.id, town.channel.id, id, 'Stop')).rejects.toThrow('no button Stop, only Go');
    await expect(hands.press(town.ana.id, town.channel.id, id, 'Go')).rejects.toThrow('sees no message');
    await expect(hands.choose(town.ben.id, town.channel.id, id, 'v')).rejects.toThrow('no select offers v');
  });
});
