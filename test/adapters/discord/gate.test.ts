/** The line to Discord breaks in every way it can: what was missed is caught up with, and an end for good is said in words. */
import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { makeScene, openScene, type Scene } from './gate-scene.ts';

/** The line breaks, a message is written meanwhile, and the gate is back. */
async function breakLine(scene: Scene, how: () => void): Promise<void> {
  const begunBefore = scene.told.all.filter((one) => one.startsWith('deaf')).length;
  how();
  await scene.write('meanwhile');
  await scene.told.until('deaf', begunBefore + 1);
  await scene.write('afterwards');
  await scene.told.until('heard afterwards');
}

describe.concurrent('a line that Discord closes with', () => {
  it.for([4000, 4001, 4002, 1006, 1011])('%i is opened again, and nothing was missed', async (code, test) => {
    const scene = await openScene(test);
    await breakLine(scene, () => scene.shard().close(code));
    expect(scene.told.all.filter((one) => one === 'heard meanwhile')).toHaveLength(1);
    expect(scene.fake.identifies).toBe(1);
    expect(scene.told.all).toContain(`deaf ${scene.guild.id}`);
  });

  it.for([4003, 4005, 4007, 4008, 4009, 1000, 1001])(
    '%i is opened for a new session, and what was missed is said',
    async (code, test) => {
      const scene = await openScene(test);
      const before = new Date(scene.fake.clock.now()).toISOString();
      await breakLine(scene, () => scene.shard().close(code));
      expect(scene.fake.identifies).toBe(2);
      expect(scene.told.all).toContain(`deaf ${scene.guild.id}`);
      expect(scene.gaps[0]! < before).toBe(true);
    },
  );

  it.for([
    [4004, 'Reset Token'],
    [4010, 'shard'],
    [4011, 'Start Greenroom again'],
    [4012, 'version 10'],
    [4013, 'what we ask to hear'],
    [4014, 'Privileged Gateway Intents → Message Content Intent'],
  ] as const)('%i ends the process, once and in words', async ([code, words], test) => {
    const scene = await openScene(test);
    scene.shard().close(code);
    await scene.told.until('fatal');
    await scene.gate.close();
    const said = scene.told.all.filter((one) => one.startsWith('fatal'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
    expect(said[0]).toContain(String(code));
  });
});

describe.concurrent('a line', () => {
  it('that Discord asks to open anew (op 7) goes on with its session', async (test) => {
    const scene = await openScene(test);
    await breakLine(scene, () => scene.shard().reconnect());
    expect(scene.told.all).toContain('heard meanwhile');
    expect(scene.fake.identifies).toBe(1);
  });

  it('whose session is called in doubt (op 9, true) goes on with it', async (test) => {
    const scene = await openScene(test);
    const resumed = new Promise((resolve) => void scene.gate.client.once(Events.ShardResume, resolve));
    scene.shard().invalidate(true);
    await resumed;
    await scene.write('afterwards');
    await scene.told.until('heard afterwards');
    expect(scene.fake.identifies).toBe(1);
  });

  it('whose session is over (op 9, false) begins another, and what was missed is said', async (test) => {
    const scene = await openScene(test);
    await breakLine(scene, () => scene.shard().invalidate(false));
    expect(scene.fake.identifies).toBe(2);
  });

  it('that answers no heartbeats is given up, and nothing was missed', async (test) => {
    const scene = await openScene(test, { fake: { heartbeatMs: 500 } });
    await breakLine(scene, () => scene.shard().mute());
    expect(scene.told.all.filter((one) => one === 'heard meanwhile')).toHaveLength(1);
    expect(scene.fake.identifies).toBe(1);
  });

  it('that is cut and finds no way back for seconds keeps its session, which the client alone would drop', async (test) => {
    const scene = await openScene(test);
    const tries = new Promise<void>((resolve) => {
      let count = 0;
      scene.gate.client.on(Events.ShardReconnecting, () => ++count === 3 && resolve());
    });
    scene.fake.refuseGateway(true);
    scene.shard().drop();
    await scene.write('meanwhile');
    await tries;
    scene.fake.refuseGateway(false);
    await scene.told.until('deaf');
    await scene.told.until('heard meanwhile');
    expect(scene.fake.identifies).toBe(1);
  });
});

describe.concurrent('after a new session', () => {
  it('a server that put us out meanwhile is gone, and one that asked us in is told', async (test) => {
    const scene = await openScene(test);
    const other = scene.fake.addGuild('Other', { joined: false });
    scene.fake.refuseGateway(true);
    scene.shard().close(4007);
    await scene.fake.hands.kick(scene.guild.id);
    await scene.fake.hands.invite(other.id);
    scene.fake.refuseGateway(false);
    await scene.told.until('server Other');
    await scene.told.until(`gone ${scene.guild.id}`);
    expect(scene.gate.servers()).toEqual([other.id]);
    expect(scene.gate.client.guilds.cache.has(scene.guild.id)).toBe(false);
  });

  it('a channel that went meanwhile is forgotten', async (test) => {
    const scene = await openScene(test);
    expect(scene.gate.client.channels.cache.has(scene.channel.id)).toBe(true);
    scene.fake.refuseGateway(true);
    scene.shard().close(4007);
    await scene.fake.hands.deleteChannel(scene.channel.id);
    scene.fake.refuseGateway(false);
    await scene.told.until('deaf');
    expect(scene.gate.client.channels.cache.has(scene.channel.id)).toBe(false);
  });

  it('no server is told a second time', async (test) => {
    const scene = await openScene(test);
    await breakLine(scene, () => scene.shard().close(4007));
    expect(scene.told.all.filter((one) => one.startsWith('server'))).toEqual(['server Acme']);
  });
});

describe.concurrent('servers', () => {
  it('that ask us in and put us out are told in that order', async (test) => {
    const scene = await openScene(test);
    const other = scene.fake.addGuild('Other', { joined: false });
    await scene.fake.hands.invite(other.id);
    await scene.fake.hands.kick(other.id);
    await scene.told.until('gone');
    expect(scene.told.all).toEqual(['server Acme', 'server Other', `gone ${other.id}`]);
    expect(scene.gate.servers()).toEqual([scene.guild.id]);
  });

  it('are all told at the first opening, and nothing was missed yet', async (test) => {
    const scene = await makeScene(test);
    scene.fake.addGuild('Other');
    await scene.gate.open();
    await scene.told.until('server', 2);
    expect(scene.gate.servers()).toHaveLength(2);
    expect(scene.told.all.toSorted()).toEqual(['server Acme', 'server Other']);
  });
});
