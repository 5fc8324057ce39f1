/** Hands do what a person can do, and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answered } from '../../../support/fake-discord/types.ts';
import { BUTTON, EPHEMERAL, SAY, words, openCounter, type Counter } from './counter.ts';

let town: Counter['town'];
let under: Counter['under'];
let use: Counter['use'];
let reply: Counter['reply'];

beforeEach(async () => {
  ({ town, under, use, reply } = await openCounter());
});
afterEach(() => town.close());

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
