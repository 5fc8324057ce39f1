/** What people do on Discord, as the core hears of it. */
import { Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCommand } from '../../../adapters/discord/incoming/command.ts';
import { renderMessage } from '../../../adapters/discord/render/index.ts';
import { refOf } from '../../../adapters/discord/refs.ts';
import { CARD, idIn, type Inside, on, openInside, SURFACE } from './inside.ts';

let discord: Inside;
beforeEach(async () => {
  discord = await openInside();
});
afterEach(async () => {
  await discord.listening.idle();
  expect(discord.fake.complaints).toEqual([]);
  await discord.close();
});

const command = (
  name: string,
  sub: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
  user = discord.ana,
) => discord.fake.hands.command(discord.guild.id, user.id, discord.channel.id, name, sub, options);
const here = () => ({ in: 'channel', channel: discord.channel.id });
describe('a command', () => {
  it('comes with its person, its place and its moment', async () => {
    await command('practice', ['today']);
    expect(discord.heard('command')).toEqual([
      {
        kind: 'command',
        id: expect.stringMatching(/^discord:\d{17,20}$/),
        team: discord.guild.id,
        at: expect.stringMatching(/^\d{4}-/),
        from: { id: discord.ana.id, name: 'Ana', admin: true },
        place: here(),
        command: 'today',
        args: {},
      },
    ]);
  });

  it('of two words is found under its group, with what was typed', async () => {
    await command('practice', ['mentor', 'add'], { who: discord.bo.id, note: `ask <@${discord.bo.id}> first` });
    expect(discord.heard('command')[0]).toMatchObject({
      command: 'mentor add',
      args: { who: discord.bo.id, note: expect.stringContaining('ask @') as string },
    });
  });

  it('that stands alone beside others of two words is the home of their group', () => {
    const alone = { name: 'mentor', summary: 'Mentors', args: [], examples: ['mentor'] };
    const surface = { ...SURFACE, commands: [...SURFACE.commands, alone] };
    const said = (word: string) =>
      readCommand(surface, {
        name: 'practice',
        options: [{ type: 2, name: 'mentor', options: [{ type: 1, name: word, options: [] }] }],
      });
    expect(said('home')).toEqual({ command: 'mentor', args: {} });
    expect(said('add')).toEqual({ command: 'mentor add', args: {} });
    expect(said('gone')).toEqual({ command: '', args: {} });
  });

  it('of its own means the same, and its numbers are text', async () => {
    await command('mock', [], { level: 'senior', minutes: 45 }, discord.bo);
    await command('practice', ['mock'], { level: 'senior' }, discord.bo);
    expect(discord.heard('command')).toMatchObject([
      { command: 'mock', args: { level: 'senior', minutes: '45' }, from: { name: 'Bo', admin: false } },
      { command: 'mock', args: { level: 'senior' } },
    ]);
  });

  it('in a thread of a post happens under that post', async () => {
    const post = await discord.post(CARD);
    const thread = await discord.thread(post);
    await discord.fake.hands.command(discord.guild.id, discord.ana.id, thread, 'practice', ['today']);
    expect(discord.heard('command')[0]?.place).toEqual({
      in: 'thread',
      under: refOf('message', discord.channel.id, post),
    });
  });

  it('tells where it was given: nobody is asked', async () => {
    const thread = await discord.thread(await discord.post(CARD));
    await discord.fake.hands.command(discord.guild.id, discord.ana.id, thread, 'practice', ['today']);
    discord.client.channels.cache.delete(thread);
    await discord.fake.hands.command(discord.guild.id, discord.ana.id, thread, 'practice', ['today']);
    const [known, forgotten] = discord.heard('command');
    expect(forgotten?.place).toEqual(known?.place);
    expect(discord.fake.calls.filter(({ method, route }) => method === 'GET' && route === '/channels/:id')).toEqual([]);
  });
});

it('an option that is being typed asks for proposals', async () => {
  discord.answering(() => ({ kind: 'offer', options: [{ label: 'System design', value: 'design' }] }));
  const { hands } = discord.fake;
  const seen = await hands.complete(
    discord.guild.id,
    discord.ana.id,
    discord.channel.id,
    'practice',
    ['mentor', 'add'],
    'skill',
    'des',
  );
  expect(discord.heard('complete')[0]).toMatchObject({ command: 'mentor add', option: 'skill', typed: 'des' });
  expect(seen).toMatchObject({ ok: true, type: 8, data: { choices: [{ name: 'System design', value: 'design' }] } });
});

describe('a click', () => {
  it('tells what was pressed or chosen, and on which message', async () => {
    const post = await discord.post(CARD);
    await discord.fake.hands.press(discord.bo.id, discord.channel.id, post, 'Answer');
    await discord.fake.hands.choose(discord.bo.id, discord.channel.id, post, 'senior');
    const card = refOf('message', discord.channel.id, post);
    expect(discord.heard('press')[0]).toMatchObject({ on: on('answer'), card, place: here(), team: discord.guild.id });
    expect(discord.heard('choose')[0]).toMatchObject({ on: on('level'), value: 'senior', card });
  });

  it('on a forum post names the post', async () => {
    const forum = discord.guild.addChannel('questions', 'forum');
    const { components, flags } = renderMessage(CARD);
    const made = await discord.client.rest.post(Routes.threads(forum.id), {
      body: { name: 'A question', message: { components, flags, allowed_mentions: { parse: [] } } },
    });
    const post = idIn(made);
    await discord.fake.hands.press(discord.bo.id, post, post, 'Answer');
    const card = refOf('forum post', forum.id, post);
    expect(discord.heard('press')[0]).toMatchObject({ card, place: { in: 'thread', under: card } });
  });

  it('in a DM names its message, and no team', async () => {
    const dm = discord.fake.dm(discord.bo.id).id;
    const post = await discord.post(CARD, dm);
    await discord.fake.hands.press(discord.bo.id, dm, post, 'Answer');
    const [press] = discord.heard('press');
    expect(press).toMatchObject({ place: { in: 'dm', person: discord.bo.id }, card: refOf('message', dm, post) });
    expect(press).not.toHaveProperty('team');
  });
});

it('a message command comes with the message it was used on', async () => {
  const thread = await discord.thread(await discord.post(CARD));
  const mine = await discord.fake.hands.write(discord.bo.id, thread, 'my answer');
  await discord.fake.hands.pick(discord.guild.id, discord.ana.id, thread, mine, 'Use as my answer');
  expect(discord.heard('pick')[0]).toMatchObject({
    on: { feature: 'daily', name: 'use' },
    ref: refOf('message', thread, mine),
    author: discord.bo.id,
    from: { id: discord.ana.id },
    text: 'my answer',
  });
});

it('after the end nothing is taken any more, and what is under way is finished', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  discord.answering(() => promise);
  const asking = command('practice', ['today']);
  await discord.hears('command');
  let isOver = false;
  const stopping = discord.listening.stop().then(() => (isOver = true));
  await discord.fake.hands.write(discord.bo.id, discord.fake.dm(discord.bo.id).id, 'too late');
  expect(isOver).toBe(false);
  resolve({ kind: 'say', text: [{ kind: 'plain', value: 'here' }] });
  await stopping;
  expect((await asking).ok).toBe(true);
  expect(discord.heard('reply')).toEqual([]);
});
