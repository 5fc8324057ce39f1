/** What Discord refuses is counted, and so are the sessions we begin: both have an end that Discord punishes. */
import { Routes } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBudget } from '../../../adapters/discord/gate/index.ts';
import { LINES, nextAfter, SESSIONS } from '../../../adapters/discord/gate/pace.ts';
import { DAY, HOUR, instant, MINUTE, msOf, plus } from '../../../src/chat/world.ts';
import { openManualWorld } from '../slack/world.ts';
import { makeLeapingWorld, makeScene, openScene } from './gate-scene.ts';
import { makeVault } from './inside.ts';

const times = (count: number, what: () => void): void => {
  for (let i = 0; i < count; i++) what();
};

describe('the budget of refusals', () => {
  it('is spent by a thousand within ten minutes, and full again when they have passed', async () => {
    const world = openManualWorld();
    const budget = openBudget(world);
    times(999, () => budget.note(403));
    expect(budget.waitMs()).toBe(0);
    budget.note(429);
    expect(budget.waitMs()).toBe(10 * MINUTE);
    await world.advance(9 * MINUTE);
    expect(budget.waitMs()).toBe(MINUTE);
    await world.advance(MINUTE);
    expect(budget.waitMs()).toBe(0);
  });

  it('is not touched by what Discord grants, or cannot find', () => {
    const budget = openBudget(openManualWorld());
    for (const status of [200, 204, 400, 404, 500, 503]) times(1_000, () => budget.note(status));
    expect(budget.waitMs()).toBe(0);
  });

  it('freezes at one 401 for the bot, and not at one for an interaction', () => {
    const budget = openBudget(openManualWorld());
    budget.note(401, 'interaction');
    expect(budget.waitMs()).toBe(0);
    budget.note(401);
    expect(budget.waitMs()).toBeGreaterThan(10 * MINUTE);
  });

  it('never lets through more than a thousand within ten minutes, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3_000 }), { minLength: 1_200, maxLength: 2_000 }), async (gaps) => {
        const world = openManualWorld();
        const budget = openBudget(world);
        const refused: number[] = [];
        for (const gap of gaps) {
          await world.advance(gap);
          if (budget.waitMs() > 0) continue;
          const now = msOf(world.now());
          budget.note(403);
          refused.push(now);
        }
        const tooClose = refused.filter((ms, i) => ms - (refused[i - 1_000] ?? -Infinity) < 10 * MINUTE);
        expect(tooClose).toEqual([]);
      }),
      { numRuns: process.env['LONG'] ? 50 : 3 },
    );
  });
});

describe.concurrent('what Discord answers', () => {
  it('with 401 to the bot ends the process and freezes what would still go out', async (test) => {
    const scene = await openScene(test);
    scene.fake.fault('GET /channels/:id', { do: 'status', status: 401, effect: 'before' });
    await expect(scene.gate.client.rest.get(Routes.channel(scene.channel.id))).rejects.toThrow('401');
    expect(scene.told.all.filter((one) => one.startsWith('fatal'))).toEqual([
      expect.stringContaining('Discord no longer takes the bot token'),
    ]);
    expect(scene.budget.waitMs()).toBeGreaterThan(0);
  });

  it('with 401 to an interaction harms nobody else', async (test) => {
    const scene = await openScene(test);
    const { rest } = scene.gate.client;
    const callback = Routes.interactionCallback(scene.guild.id, 'gone');
    scene.fake.fault('POST /interactions/:id/:token/callback', { do: 'status', status: 401, effect: 'before' });
    await expect(rest.post(callback, { auth: false, body: { type: 6 } })).rejects.toThrow('401');
    expect(scene.told.all).toEqual(['server Acme']);
    expect(scene.budget.waitMs()).toBe(0);
    await expect(rest.get(Routes.channel(scene.channel.id))).resolves.toMatchObject({ id: scene.channel.id });
  });

  it('with 403 or 429 is counted, a limit shared with others is not', async (test) => {
    const { fake, gate, budget, channel } = await openScene(test);
    const path = Routes.channel(channel.id);
    times(999, () => budget.note(403));
    fake.fault('GET /channels/:id', { do: '429', scope: 'shared', retryAfter: 0.01 }, { do: 'html', status: 403 });
    await expect(gate.client.rest.get(path)).rejects.toThrow();
    expect(budget.waitMs()).toBe(0);
    await expect.poll(() => gate.client.rest.get(path).catch(() => budget.waitMs())).toBeGreaterThan(0);
  });

  it('too late or not at all is not asked a second time', async (test) => {
    const { fake, gate, channel } = await openScene(test);
    const path = Routes.channelMessages(channel.id);
    const send = () => gate.client.rest.post(path, { body: { content: 'once', allowed_mentions: { parse: [] } } });
    fake.fault(
      'POST /channels/:id/messages',
      { do: 'drop', effect: 'after' },
      { do: 'status', status: 502, effect: 'after' },
    );
    await expect(send()).rejects.toThrow();
    await expect(send()).rejects.toThrow();
    expect(fake.posted()).toHaveLength(2);
  });

  it('as its limit is told at once by the client, which neither sends nor queues', async (test) => {
    const buckets = { 'GET /channels/:id': { limit: 2, windowMs: HOUR } };
    const { fake, gate, channel } = await openScene(test, { fake: { buckets } });
    const asks = Array.from({ length: 5 }, () => gate.client.rest.get(Routes.channel(channel.id)).catch(String));
    const limited = expect.stringContaining('RateLimitError');
    expect(await Promise.all(asks)).toEqual([expect.anything(), expect.anything(), limited, limited, limited]);
    expect(fake.calls.filter(({ route }) => route === '/channels/:id')).toHaveLength(2);
  });
});

describe.concurrent('sessions', () => {
  it('that are closed right away are begun ever more seldom', async (test) => {
    const { world, slept } = makeLeapingWorld();
    const scene = await makeScene(test, { world, patience: { identifyMs: 5_250 } });
    const began = msOf(world.now());
    scene.fake.refuseIdentify(4000, 9);
    await scene.gate.open();
    expect(scene.fake.identifies).toBe(10);
    expect(msOf(world.now()) - began).toBeGreaterThan(10 * MINUTE);
    expect(Math.max(...slept)).toBeGreaterThan(4 * MINUTE);
  });

  it('of a day are used up by less than half of what Discord allows, and the next start says so', async (test) => {
    const [vault, { world }] = [makeVault(), makeLeapingWorld()];
    const scene = await makeScene(test, { vault, world });
    const begun = Array.from({ length: 400 }, (_, i) => msOf(world.now()) - HOUR - i * 1_000);
    await vault.keep(`discord/identifies/${scene.fake.applicationId}`, JSON.stringify(begun));
    const until = plus(instant(Math.min(...begun)), DAY);
    await expect(scene.gate.open()).rejects.toThrow(`begins no other before ${until}`);
    expect(scene.fake.identifies).toBe(0);
  });

  it('that are older than a day do not count', async (test) => {
    const [vault, { world }] = [makeVault(), makeLeapingWorld()];
    const scene = await makeScene(test, { vault, world });
    const begun = Array.from({ length: 900 }, (_, i) => msOf(world.now()) - DAY - i);
    await vault.keep(`discord/identifies/${scene.fake.applicationId}`, JSON.stringify(begun));
    await scene.gate.open();
    expect(JSON.parse((await vault.read(`discord/identifies/${scene.fake.applicationId}`)) ?? '')).toHaveLength(1);
  });

  it('used up while it runs are waited for, and the log says why', async (test) => {
    const [vault, { world, slept }] = [makeVault(), makeLeapingWorld()];
    const scene = await makeScene(test, { vault, world });
    const begun = Array.from({ length: 399 }, () => msOf(world.now()) - HOUR);
    await vault.keep(`discord/identifies/${scene.fake.applicationId}`, JSON.stringify(begun));
    scene.fake.refuseIdentify(4000);
    await scene.gate.open();
    expect(slept.some((ms) => ms > 22 * HOUR)).toBe(true);
    expect(scene.log.lines.some((line) => line.startsWith('error Greenroom has begun 400 sessions'))).toBe(true);
  });

  it('are counted over restarts, and what is kept of them may be unreadable', async (test) => {
    const vault = makeVault();
    const first = await makeScene(test, { vault });
    const key = `discord/identifies/${first.fake.applicationId}`;
    await vault.keep(key, '{broken');
    await first.gate.open();
    await first.gate.close();
    const second = await openScene(test, { vault, deps: { applicationId: first.fake.applicationId } });
    expect(second.gate.client.isReady()).toBe(true);
    expect(JSON.parse((await vault.read(key)) ?? '')).toHaveLength(2);
    expect(first.log.lines.join()).toContain('cannot be read');
  });
});

describe('the pace', () => {
  it.each([
    ['of lines', LINES, 130],
    ['of sessions', SESSIONS, 16],
  ])('%s lets through only so many an hour, however they fail', (_, slowing, most) => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 50 }),
        (rolls) => {
          const all: number[] = [];
          let now = 0;
          for (let i = 0; now < HOUR; i++) {
            now = Math.max(now + 1, nextAfter(all, now, slowing, rolls[i % rolls.length] ?? 0));
            all.push(now);
          }
          expect(all.length).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: process.env['LONG'] ? 10_000 : 100 },
    );
  });
});
