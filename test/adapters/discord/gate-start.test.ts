/** The gate opens, or says what to click or set; while Discord cannot be reached it asks again. */
import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../../src/chat/adapter.ts';
import { secret } from '../slack/world.ts';
import { makeLeapingWorld, makeScene, openScene } from './gate-scene.ts';

const reasonOf = (opening: Promise<void>): Promise<string> =>
  opening.then(
    () => 'it opened',
    (error: unknown) => (error instanceof PlatformError ? error.message : `no PlatformError: ${String(error)}`),
  );

const asked = ({ fake }: Awaited<ReturnType<typeof makeScene>>): number =>
  fake.calls.filter(({ route }) => route === '/gateway/bot').length;

describe.concurrent('the gate', () => {
  it('asks to hear of servers, messages and what is in them', async (test) => {
    const { fake, gate } = await openScene(test);
    expect(fake.intents).toBe(37_377);
    expect(gate.client.isReady()).toBe(true);
    expect(fake.complaints).toEqual([]);
  });

  it('does not ask for what is in messages when it may not read them', async (test) => {
    const { fake } = await openScene(test, { deps: { content: false } });
    expect(fake.intents).toBe(37_377 - 32_768);
  });

  it('asks Discord only once where the gateway is', async (test) => {
    expect(asked(await openScene(test))).toBe(1);
  });

  it('keeps no messages, and of people only itself', async (test) => {
    const { gate, channel, guild, write, told } = await openScene(test);
    for (let i = 0; i < 10; i += 1) await write(`line ${i}`);
    await told.until('heard line 9');
    const there = gate.client.channels.cache.get(channel.id);
    expect(there?.isTextBased() === true && there.messages.cache.size).toBe(0);
    expect([...(gate.client.guilds.cache.get(guild.id)?.members.cache.keys() ?? [])]).toEqual([gate.client.user.id]);
  });

  it('waits with closing its lines for what is under way', async (test) => {
    const underWay = Promise.withResolvers<void>();
    const { gate, shard } = await openScene(test, { stop: () => underWay.promise });
    const closing = gate.close();
    await new Promise((next) => void setImmediate(next));
    expect(shard().open).toBe(true);
    underWay.resolve();
    await closing;
    expect(gate.client.isReady()).toBe(false);
    await expect.poll(() => shard().open).toBe(false);
  });

  it('may be closed without having been opened, and twice', async (test) => {
    const { gate, fake } = await makeScene(test);
    await gate.close();
    await gate.close();
    expect(fake.calls).toEqual([]);
  });

  it('mentions nobody unless told to', async (test) => {
    const { fake, gate, channel, ana } = await openScene(test);
    const there = await gate.client.channels.fetch(channel.id);
    if (there?.isSendable()) await there.send(`<@${ana.id}>`);
    const body = fake.calls.find(({ route }) => route === '/channels/:id/messages')?.body;
    expect(body).toMatchObject({ allowed_mentions: { parse: [], replied_user: false } });
  });
});

describe('above 2,500 servers', () => {
  it('there are as many lines as Discord asks for, and one that breaks is deaf only for its own', async (test) => {
    const scene = await makeScene(test, { fake: { maxConcurrency: 16 } });
    for (let i = 0; i < 2_500; i += 1) scene.fake.addGuild(`Server ${i}`);
    await scene.gate.open();
    expect(scene.fake.shards).toHaveLength(2);
    expect(scene.gate.servers()).toHaveLength(2_501);
    await scene.told.until('server', 2_501);
    scene.shard(1).close(4007);
    await scene.told.until('deaf');
    const teams = (scene.told.all.at(-1) ?? '').split(' ').slice(1);
    expect(teams.length).toBeGreaterThan(0);
    expect(teams.every((team) => (BigInt(team) >> 22n) % 2n === 1n)).toBe(true);
    const others = scene.gate.servers().filter((team) => !teams.includes(team));
    expect(others.every((team) => (BigInt(team) >> 22n) % 2n === 0n)).toBe(true);
  });
});

describe.concurrent('Discord will not have us:', () => {
  it.for([
    [4004, 'Reset Token'],
    [4010, 'shard'],
    [4011, 'Start Greenroom again'],
    [4012, 'version 10'],
    [4013, 'what we ask to hear'],
    [4014, 'DISCORD_MESSAGE_CONTENT=0'],
  ] as const)('closed with %i before it is ready, opening says why', async ([code, words], test) => {
    const { fake, gate, told } = await makeScene(test);
    fake.refuseIdentify(code);
    const reason = await reasonOf(gate.open());
    expect(reason).toContain(words);
    expect(reason).toContain(String(code));
    expect(told.all).toEqual([]);
  });

  it('with the switch for message content off, opening names the switch', async (test) => {
    const { fake, gate } = await makeScene(test);
    fake.contentSwitch = false;
    expect(await reasonOf(gate.open())).toContain('Bot → Privileged Gateway Intents → Message Content Intent');
  });

  it('with that switch off it opens all the same when it is not needed', async (test) => {
    const { fake, gate } = await makeScene(test, { deps: { content: false } });
    fake.contentSwitch = false;
    await gate.open();
    expect(gate.client.isReady()).toBe(true);
  });

  it('a token Discord does not know is not told to anybody', async (test) => {
    const { gate, log } = await makeScene(test, { deps: { token: secret('not.a.token-of-Discord') } });
    const reason = await reasonOf(gate.open());
    expect(reason).toContain('Reset Token');
    expect(`${reason} ${log.lines.join(' ')}`).not.toContain('not.a.token');
  });

  it.for(['', ' ', 'two words', 'a\nb'])('a token that cannot be one (%j) is not even tried', async (token, test) => {
    const { gate, fake } = await makeScene(test, { deps: { token: secret(token) } });
    expect(await reasonOf(gate.open())).toContain('Reset Token');
    expect(fake.calls).toEqual([]);
  });

  it('with no sessions left it says until when', async (test) => {
    const { fake, gate } = await makeScene(test);
    fake.sessionsLeft = 0;
    expect(await reasonOf(gate.open())).toMatch(/no more sessions before \d{4}-\d\d-\d\dT/);
    expect(fake.identifies).toBe(0);
  });

  it.for([
    'https://discord.com.evil.example/api',
    'https://evildiscord.com/api',
    'http://discord.com/api',
    'https://discord.com:8443/api',
    'https://user:pass@discord.com/api',
    'ftp://127.0.0.1/api',
    'http://127.0.0.1.evil.example/api',
    'nowhere',
  ])('nothing is sent to %s', async (apiUrl, test) => {
    const { gate } = await makeScene(test, { deps: { apiUrl } });
    expect(await reasonOf(gate.open())).toContain('DISCORD_API_URL is not an address of Discord');
  });
});

describe.concurrent('while Discord cannot be reached', () => {
  it('it is asked again, ever slower, until it answers', async (test) => {
    const { world, slept } = makeLeapingWorld();
    const scene = await makeScene(test, { world });
    const down = { do: 'status', status: 503, effect: 'before' } as const;
    scene.fake.fault(
      'GET /gateway/bot',
      down,
      down,
      { do: 'drop', effect: 'before' },
      { do: 'empty', effect: 'before' },
    );
    await scene.gate.open();
    expect(slept.slice(0, 4).map((ms) => Math.round(ms / 1000))).toEqual([1, 2, 4, 8]);
    expect(scene.log.lines.filter((line) => line.includes('it is asked again'))).toHaveLength(4);
    expect(asked(scene)).toBe(5);
  });

  it('it is given the time it asks for', async (test) => {
    const { world, slept } = makeLeapingWorld();
    const scene = await makeScene(test, { world });
    scene.fake.fault('GET /gateway/bot', { do: '429', retryAfter: 77 });
    await scene.gate.open();
    expect(slept[0]).toBeGreaterThanOrEqual(77_000);
    expect(slept[0]).toBeLessThan(78_000);
  });

  it('nobody listening is no reason to give up; closing is', async (test) => {
    const { gate, log } = await makeScene(test, { deps: { apiUrl: 'http://127.0.0.1:9/api' } });
    const opening = reasonOf(gate.open());
    await log.said('ECONNREFUSED');
    await gate.close();
    expect(await opening).toContain('Closed before Discord was ready');
  });

  it('a gateway that nobody answers at is tried until somebody does', async (test) => {
    const scene = await makeScene(test);
    scene.fake.refuseGateway(true);
    const opening = scene.gate.open();
    await scene.log.said('another is opened');
    scene.fake.refuseGateway(false);
    await opening;
    expect(scene.fake.identifies).toBe(1);
  });

  it('closing ends an opening that waits for the gateway', async (test) => {
    const scene = await makeScene(test);
    scene.fake.refuseGateway(true);
    const opening = reasonOf(scene.gate.open());
    await scene.log.said('another is opened');
    await scene.gate.close();
    expect(await opening).toContain('Closed before Discord was ready');
  });
});
