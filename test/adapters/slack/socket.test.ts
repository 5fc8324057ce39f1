/** Socket Mode as it goes on a good and on a bad day: what the product owes in each case the SDK was seen in. */
import { describe, expect, it } from 'vitest';
import { makeLine, openFake, openLine } from './line.ts';
import { gate, turnOver } from './world.ts';

describe('a command in Socket Mode', () => {
  it('is answered with what the listener said, after the commit', async () => {
    const { command, taken } = await openLine({ take: async () => ({ response_type: 'ephemeral', text: 'Here.' }) });
    expect(await command('hello')).toMatchObject({ ok: true, body: { response_type: 'ephemeral', text: 'Here.' } });
    expect(taken).toEqual([{ body: expect.objectContaining({ command: '/practice', text: 'hello' }) }]);
  });

  it('without an answer is closed with an empty one', async () => {
    const { command } = await openLine();
    expect(await command()).toMatchObject({ ok: true, body: '' });
  });

  it('whose listener fails is not acknowledged: the person sees that it failed', async () => {
    const { command, fake, taken } = await openLine({ take: () => Promise.reject(new Error('locked')) });
    const acked = command();
    while (taken.length === 0) await turnOver();
    await fake.clock.advance(3_000);
    expect(await acked).toMatchObject({ ok: false });
  });
});

describe('an event in Socket Mode', () => {
  it('is acknowledged after the commit, not before', async () => {
    const commit = gate();
    const { fake, write, taken } = await openLine({ take: async () => (await commit.promise, '') });
    const written = write();
    while (taken.length === 0) await turnOver();
    expect(fake.unacked).toBe(1);
    commit.resolve();
    await written;
    expect(fake.unacked).toBe(0);
  });

  it('that was not committed comes again, with its number, until it is', async () => {
    let tries = 0;
    const { fake, write, taken } = await openLine({
      take: () => (++tries === 1 ? Promise.reject(new Error('locked')) : Promise.resolve('')),
    });
    const written = write();
    while (tries < 1) await turnOver();
    void fake.clock.advance(3_000);
    await written;
    while (fake.unacked > 0) await turnOver();
    expect(taken.map(({ retry }) => retry?.count)).toEqual([undefined, 1]);
    expect(new Set(taken.map(({ body }) => body['event_id'])).size).toBe(1);
  });

  it('whose connection closed before the acknowledgement comes again; nothing falls over', async () => {
    const commit = gate();
    const { fake, write, taken, log, live, route } = await openLine({ take: async () => (await commit.promise, '') });
    const written = write();
    while (taken.length === 0) await turnOver();
    for (const socket of live()) socket.drop();
    await log.said('no connection to Slack is open');
    commit.resolve();
    await log.said('an answer came too late');
    route(async () => '');
    await fake.socketsOpen(2);
    void fake.clock.advance(3_000);
    await written;
    while (fake.unacked > 0) await turnOver();
    expect(taken).toHaveLength(2);
  });

  it('may hold the words of a goodbye without being one', async () => {
    const { fake, write, taken, asked } = await openLine();
    await write('{"type": "disconnect", "reason": "link_disabled"}');
    expect([taken.length, fake.unacked, asked()]).toEqual([1, 0, 2]);
  });
});

describe('a connection', () => {
  it('is one of two from the start', async () => {
    const { live, asked } = await openLine();
    expect([live().length, asked()]).toEqual([2, 2]);
  });

  it.each(['warning', 'refresh_requested', 'something new'])(
    'that Slack renews (%s) is replaced at once, and serves until it is closed',
    async (reason) => {
      const { fake, command, world, live, deaf, taken } = await openLine();
      fake.sockets[0]?.disconnect(reason);
      await fake.socketsOpen(3);
      for (let i = 0; i < 6; i++) expect(await command()).toMatchObject({ ok: true });
      await world.advance(10_000);
      while (live().length > 2) await turnOver();
      expect(fake.sockets[0]?.open).toBe(false);
      expect([taken.length, deaf]).toEqual([6, []]);
    },
  );

  it('that is cut is replaced at once, and the other one serves meanwhile', async () => {
    const { fake, command, deaf, live } = await openLine();
    fake.sockets[0]?.drop();
    expect(await command()).toMatchObject({ ok: true });
    await fake.socketsOpen(2);
    expect([live().length, deaf]).toEqual([2, []]);
  });

  it.each([
    ['link_disabled', 'Switch it on: api.slack.com/apps → your app → Socket Mode'],
    ['too_many_websockets', 'running several times with one app-level token'],
  ])('that Slack ends for a reason (%s) says what to do, and is tried again after a minute', async (reason, advice) => {
    const { fake, command, world, log, asked } = await openLine();
    fake.sockets[0]?.disconnect(reason);
    await world.asleepFor(60_000);
    expect(log.lines.join('\n')).toContain(advice);
    expect(await command()).toMatchObject({ ok: true });
    expect(asked()).toBe(2);
    await world.advance(60_000);
    await fake.socketsOpen(2);
    expect(asked()).toBe(3);
  });

  it('that is one too many says what to do, and is tried again after a minute', async () => {
    const { fake, asked, live } = await openFake();
    const lines = Array.from({ length: 5 }, () => makeLine(fake.apiUrl, fake.appToken));
    await Promise.all(lines.map(({ line }) => line.open()));
    await fake.socketsOpen(10);
    const { line, world, log } = makeLine(fake.apiUrl, fake.appToken);
    const opening = line.open();
    await log.said('running several times with one app-level token');
    await world.asleepFor(60_000);
    expect(asked()).toBe(12);
    for (const other of lines) await other.line.close();
    await world.advance(60_000);
    await opening;
    expect(live().length).toBeLessThanOrEqual(2);
  });

  it('loses no command and no event while both are renewed again and again', async () => {
    const { fake, command, write, world, taken, live } = await openLine();
    const results: boolean[] = [];
    for (let round = 0; round < 10; round++) {
      const now = live();
      now[round % now.length]?.disconnect('refresh_requested');
      const sent = Array.from({ length: 10 }, (_, i) => command(`${round} ${i}`));
      await write(`round ${round}`);
      results.push(...(await Promise.all(sent)).map(({ ok }) => ok));
      await fake.socketsOpen(2);
      await world.advance(61_000);
    }
    expect(results.filter((ok) => !ok)).toEqual([]);
    expect(results).toHaveLength(100);
    expect(taken).toHaveLength(110);
    expect([fake.unacked, fake.complaints]).toEqual([0, []]);
  });

  it('finishes what is under way before it is given up', async () => {
    const commit = gate();
    const { fake, command, world, taken } = await openLine({
      take: async () => (await commit.promise, { text: 'Kept.' }),
    });
    const acked = command();
    while (taken.length === 0) await turnOver();
    for (const socket of fake.sockets) socket.disconnect('warning');
    await fake.socketsOpen(4);
    await world.advance(10_000);
    commit.resolve();
    expect(await acked).toMatchObject({ ok: true, body: { text: 'Kept.' } });
  });
});

describe('a gap', () => {
  it('is told once there is a connection again, from before it was noticed', async () => {
    const { fake, world, deaf, live } = await openLine();
    await world.advance(600_000);
    for (const socket of live()) socket.drop();
    await fake.socketsOpen(2);
    expect(deaf).toEqual(['2026-11-23T09:09:40.000Z']);
    for (const socket of live()) socket.disconnect('warning');
    await fake.socketsOpen(4);
    expect(deaf).toHaveLength(1);
  });
});

describe('a new connection', () => {
  it.each([
    ['500 three times', [1, 2, 3].map(() => ({ do: '500', effect: 'before' }) as const), [1_000, 2_000, 4_000]],
    ['an internal error twice', [1, 2].map(() => ({ do: 'error', error: 'internal_error' }) as const), [1_000, 2_000]],
    ['a cut line', [{ do: 'drop', effect: 'before' } as const], [1_000]],
    ['half an answer', [{ do: 'cut', effect: 'before' } as const], [1_000]],
    ['a page of HTML', [{ do: 'html', effect: 'before' } as const], [1_000]],
    ['an error nobody knows', [{ do: 'error', error: 'team_is_on_fire' } as const], [1_000]],
    ['too many requests', [{ do: '429', retryAfter: 30 } as const], [30_000]],
    ['too many requests, for three thousand years', [{ do: '429', retryAfter: 1e11 } as const], [3_600_000]],
    ['too many requests, until yesterday', [{ do: '429', retryAfter: -86_400 } as const], [30_000]],
    ['too many requests in other words', [{ do: 'error', error: 'ratelimited' } as const], [60_000]],
  ])(
    'that Slack does not give (%s) is asked for again, later each time, and the other one serves',
    async (_what, faults, waits) => {
      const { fake, command, world, asked, fatal } = await openLine();
      fake.fault('apps.connections.open', ...faults);
      fake.sockets[0]?.drop();
      for (const [tries, wait] of waits.entries()) {
        await world.asleepFor(wait);
        expect(asked()).toBe(3 + tries);
        expect(await command()).toMatchObject({ ok: true });
        await world.advance(wait - 1);
        await turnOver();
        expect(asked()).toBe(3 + tries);
        await world.advance(1);
      }
      await fake.socketsOpen(2);
      expect([asked(), fatal]).toEqual([3 + waits.length, []]);
    },
  );

  it('waits its turn when many were asked for lately; with nothing open it does not wait long', async () => {
    const { fake, world, asked, live } = await openLine();
    fake.sockets[0]?.drop();
    await fake.socketsOpen(2);
    fake.sockets[1]?.drop();
    while (asked() < 4) await turnOver();
    await fake.socketsOpen(2);
    live()[0]?.drop();
    await world.asleepFor(60_000);
    expect(asked()).toBe(4);
    live()[0]?.drop();
    await world.asleepFor(5_000);
    await world.advance(5_000);
    await fake.socketsOpen(1);
    expect(asked()).toBe(5);
  });

  it('that is refused for good ends it all, in words that say what to do', async () => {
    const { fake, fatal, log, live, asked } = await openLine();
    const refused = { do: 'error', error: 'invalid_auth' } as const;
    fake.fault('apps.connections.open', refused, refused);
    for (const socket of live()) socket.drop();
    while (fatal.length === 0) await turnOver();
    await turnOver();
    expect(fatal).toEqual([expect.stringMatching(/set SLACK_APP_TOKEN to it\. \(Slack says: invalid_auth\)$/)]);
    expect(asked()).toBeLessThanOrEqual(4);
    expect(log.lines.join()).not.toContain('xapp-');
  });
});

describe('the first connection', () => {
  it.each([
    ['invalid_auth', 'Slack does not know this app-level token'],
    ['not_authed', 'Slack got no app-level token'],
    ['token_revoked', 'was revoked'],
    ['token_expired', 'has expired'],
    ['account_inactive', 'is gone, or the app was removed'],
    ['user_removed_from_team', 'has left the workspace'],
    ['not_allowed_token_type', 'it must start with xapp-'],
    ['missing_scope', 'lacks the scope connections:write'],
    ['team_disabled', 'A workspace admin can say why'],
  ])('that is refused (%s) rejects with what to do', async (error, words) => {
    const { fake, asked } = await openFake();
    fake.fault('apps.connections.open', { do: 'error', error }, { do: 'error', error });
    const { line, fatal } = makeLine(fake.apiUrl, fake.appToken);
    await expect(line.open()).rejects.toMatchObject({ name: 'PlatformError', message: expect.stringContaining(words) });
    expect([fatal, asked() <= 2]).toEqual([[], true]);
  });

  it('with a token that is none is refused by Slack itself', async () => {
    const { fake } = await openFake();
    const { line } = makeLine(fake.apiUrl, 'xapp-1-NOBODY-1-0');
    await expect(line.open()).rejects.toThrow('(Slack says: invalid_auth)');
  });

  it('is waited for when Slack is away just now', async () => {
    const { fake } = await openFake();
    fake.fault('apps.connections.open', { do: '500', effect: 'before' }, { do: 'drop', effect: 'before' });
    const { line, world, deaf } = makeLine(fake.apiUrl, fake.appToken);
    const opening = line.open();
    await world.asleepFor(1_000);
    await turnOver();
    await world.asleepFor(1_000);
    await world.advance(2_000);
    await opening;
    expect(deaf).toEqual([]);
  });

  it('is enough to begin with', async () => {
    const { fake, live } = await openFake();
    fake.fault('apps.connections.open', { do: '429', retryAfter: 60 });
    const { line } = makeLine(fake.apiUrl, fake.appToken);
    await line.open();
    expect(live()).toHaveLength(1);
  });
});

describe('closing', () => {
  it('answers what is under way, takes nothing new, and leaves no connection', async () => {
    const commit = gate();
    const { fake, line, command, taken, live } = await openLine({ take: async () => (await commit.promise, '') });
    const first = command('first');
    while (taken.length === 0) await turnOver();
    const closing = line.close();
    while (live().length > 1) await turnOver();
    const second = command('second');
    for (let turn = 0; turn < 20; turn++) await turnOver();
    commit.resolve();
    expect(await first).toMatchObject({ ok: true });
    await closing;
    expect([taken.length, live().length]).toEqual([1, 0]);
    await fake.clock.advance(3_000);
    expect(await second).toMatchObject({ ok: false });
  });

  it('while a new connection is asked for asks no more', async () => {
    const { fake, line, asked, live } = await openLine();
    fake.fault('apps.connections.open', { do: 'hang', effect: 'before' }, { do: 'hang', effect: 'before' });
    for (const socket of live()) socket.drop();
    while (asked() < 4) await turnOver();
    await line.close();
    expect([asked(), live()]).toEqual([4, []]);
  });

  it('while it waits to ask again asks no more', async () => {
    const { fake, line, world, asked } = await openLine();
    fake.fault('apps.connections.open', { do: '500', effect: 'before' });
    fake.sockets[0]?.drop();
    await world.asleepFor(1_000);
    await line.close();
    await world.advance(600_000);
    expect(asked()).toBe(3);
  });

  it('before it ever opened rejects the opening', async () => {
    const { fake, asked } = await openFake();
    fake.fault('apps.connections.open', { do: 'hang', effect: 'before' }, { do: 'hang', effect: 'before' });
    const { line } = makeLine(fake.apiUrl, fake.appToken);
    const opening = line.open().catch(String);
    while (asked() < 2) await turnOver();
    await line.close();
    expect(await opening).toContain('Closed before');
  });

  it('what was never opened asks for nothing and harms nothing', async () => {
    const { fake, asked } = await openFake();
    const { line } = makeLine(fake.apiUrl, fake.appToken);
    await line.close();
    await turnOver();
    expect(asked()).toBe(0);
  });

  it('twice is closing once', async () => {
    const { line, live } = await openLine();
    await Promise.all([line.close(), line.close()]);
    await line.close();
    expect(live()).toEqual([]);
  });
});
