/** The router is the real Bolt; when a delivery counts as taken is ours. */
import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { openBolt, tenantOf } from '../../../adapters/slack/bolt.ts';
import { command, event, press, shortcut, submit, suggest } from './bodies.ts';
import { gate, keepLog, tenant, tenants, turnOver } from './world.ts';

function open(register: (app: App) => void, of = tenants.of) {
  const log = keepLog();
  return { ...openBolt({ tenants: { of }, log, register }), log };
}

/** What has become of a promise once everything that is ready has run. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  let state = 'under way';
  void promise.then(
    () => (state = 'taken'),
    () => (state = 'refused'),
  );
  await turnOver();
  return state;
}

describe('an event', () => {
  it('is taken only when its listener has run', async () => {
    const commit = gate();
    const { take } = open((app) => app.event('app_home_opened', () => commit.promise));
    const taking = take({ body: event('app_home_opened') });
    expect(await stateOf(taking)).toBe('under way');
    commit.resolve();
    expect(await taking).toBe('');
  });

  it('is not taken when its listener fails, though Bolt had acknowledged it', async () => {
    const { take, log } = open((app) => app.message(() => Promise.reject(new Error('the disk is full'))));
    await expect(take({ body: event('message', { text: 'my answer' }) })).rejects.toThrow('the disk is full');
    expect(log.lines.join()).toContain('a Slack delivery failed');
    expect(log.lines.join()).not.toContain('my answer');
  });

  it('is not taken when one of two listeners fails', async () => {
    const { take } = open((app) => {
      app.message(async () => {});
      app.message(() => Promise.reject(new Error('no')));
    });
    await expect(take({ body: event('message') })).rejects.toThrow('no');
  });

  it('tells its listener the workspace, and how often it was sent before', async () => {
    const heard: unknown[] = [];
    const { take } = open((app) =>
      app.message(async ({ context, message }) => {
        heard.push(tenantOf(context), context.retryNum, context.retryReason, message.ts);
      }),
    );
    await take({ body: event('message'), retry: { count: 1, reason: 'http_timeout' } });
    expect(heard).toEqual([tenant, 1, 'http_timeout', '1700000000.000100']);
  });

  it('of our own making is heard: it confirms what we sent', async () => {
    const heard: unknown[] = [];
    const { take } = open((app) => app.message(async ({ message }) => void heard.push(message.ts)));
    await take({ body: event('message', { user: 'U0BOT', bot_id: 'B0BOT' }) });
    expect(heard).toHaveLength(1);
  });

  it('nobody listens to is taken, with a line in the log', async () => {
    const { take, log } = open((app) => app.event('app_home_opened', async () => {}));
    expect(await take({ body: event('pin_added') })).toBe('');
    expect(log.lines).toEqual([expect.stringContaining('nobody listens to this Slack delivery {"kind":"event"')]);
    expect(await take({ body: event('app_home_opened') })).toBe('');
    expect(await take({ body: event('message') })).toBe('');
    expect(log.lines).toHaveLength(1);
  });

  it('that is held back for now is told of in the log', async () => {
    const { take, log } = open(() => {});
    expect(await take({ body: { type: 'app_rate_limited', team_id: 'T0001', minute_rate_limited: 1 } })).toBe('');
    expect(log.lines).toEqual([expect.stringContaining('warn Slack holds events back')]);
  });

  it('that ends an installation is heard even when the tokens are gone', async () => {
    const heard: unknown[] = [];
    const { take } = open((app) => app.event('app_uninstalled', async ({ event: { type } }) => void heard.push(type)));
    await take({ body: event('app_uninstalled', {}, 'T9999') });
    expect(heard).toEqual(['app_uninstalled']);
  });
});

describe('what a person did', () => {
  it('is taken with what the listener answers, and the rest goes on', async () => {
    const rest = gate();
    const { take, idle } = open((app) =>
      app.command('/practice', async ({ ack }) => {
        await ack({ response_type: 'ephemeral', text: 'Here you are.' });
        await rest.promise;
      }),
    );
    expect(await take({ body: command() })).toEqual({ response_type: 'ephemeral', text: 'Here you are.' });
    const quiet = idle();
    expect(await stateOf(quiet)).toBe('under way');
    rest.resolve();
    await quiet;
  });

  it('is answered with a bare text as with a message', async () => {
    const { take } = open((app) => app.command('/practice', ({ ack }) => ack('Hello')));
    expect(await take({ body: command() })).toEqual({ text: 'Hello' });
  });

  it.each([
    ['a press', press(), ''],
    ['a form', submit(), { response_action: 'errors', errors: { answer: 'Write a little more.' } }],
    ['a shortcut', shortcut(), ''],
    ['a suggestion', suggest(), { options: [] }],
  ])('is routed: %s', async (_what, body, answer) => {
    const { take, idle, log } = open((app) => {
      app.action(/.*/, ({ ack }) => ack());
      app.view(/.*/, ({ ack }) => ack({ response_action: 'errors', errors: { answer: 'Write a little more.' } }));
      app.shortcut(/.*/, ({ ack }) => ack());
      app.options(/.*/, ({ ack }) => ack({ options: [] }));
    });
    expect(await take({ body })).toEqual(answer);
    await idle();
    expect(log.lines).toEqual([]);
  });

  it('is not taken when the listener fails before it answers', async () => {
    const { take, idle } = open((app) => app.command('/practice', () => Promise.reject(new Error('locked'))));
    await expect(take({ body: command() })).rejects.toThrow('locked');
    await idle();
  });

  it('stays taken when the listener fails after it answered, with a line in the log', async () => {
    const { take, idle, log } = open((app) =>
      app.action(/.*/, async ({ ack }) => {
        await ack();
        throw new Error('too late');
      }),
    );
    expect(await take({ body: press() })).toBe('');
    await idle();
    expect(log.lines).toEqual([expect.stringContaining('error a Slack delivery failed after its answer')]);
  });

  it('is answered once', async () => {
    const { take, log } = open((app) =>
      app.command('/practice', async ({ ack }) => {
        await ack('first');
        await ack('second');
      }),
    );
    expect(await take({ body: command() })).toEqual({ text: 'first' });
    await log.said('answered twice');
  });

  it('nobody listens to is taken, with a line in the log that names it and not what was said', async () => {
    const { take, log } = open(() => {});
    expect(await take({ body: command('/other', 'my secret') })).toBe('');
    expect(await take({ body: press('old.button:1') })).toBe('');
    expect(log.lines).toEqual([
      'info nobody listens to this Slack delivery {"kind":"command","name":"/other","team":"T0001"}',
      'info nobody listens to this Slack delivery {"kind":"block_actions","name":"old.button:1","team":"T0001"}',
    ]);
  });
});

describe('a workspace that has not installed us', () => {
  const deaf = () => {
    const heard: unknown[] = [];
    const opened = open((app) => {
      app.message(async ({ body }) => void heard.push(body));
      app.command(/.*/, async ({ body }) => void heard.push(body));
      app.action(/.*/, async ({ body }) => void heard.push(body));
      app.view(/.*/, async ({ body }) => void heard.push(body));
    });
    return { ...opened, heard };
  };

  it('has its events dropped, with a line in the log', async () => {
    const { take, heard, log } = deaf();
    expect(await take({ body: event('message', {}, 'T9999') })).toBe('');
    expect(heard).toEqual([]);
    expect(log.lines).toEqual([expect.stringContaining('has not installed us')]);
  });

  it('hears from a command and a form what the matter is; a button can say nothing', async () => {
    const { take, heard } = deaf();
    expect(await take({ body: command('/practice', '', 'T9999') })).toEqual({
      response_type: 'ephemeral',
      text: expect.stringContaining('not installed in this workspace'),
    });
    expect(await take({ body: submit('daily.answer:01', 'T9999') })).toMatchObject({ response_action: 'update' });
    expect(await take({ body: suggest('daily.pick:01', 'T9999') })).toEqual({ options: [] });
    expect(await take({ body: press('daily.answer:01', 'T9999') })).toBe('');
    expect(heard).toEqual([]);
  });

  it('is told apart from a memory that does not answer: nothing is taken then', async () => {
    const { take } = open(
      (app) => app.message(async () => {}),
      () => Promise.reject(new Error('the store is away')),
    );
    await expect(take({ body: event('message') })).rejects.toThrow('the store is away');
    await expect(take({ body: command() })).rejects.toThrow('the store is away');
  });
});

describe('a delivery no one can make sense of', () => {
  it.each([
    ['an empty record', {}],
    ['an event that is null', { event: null }],
    ['an event that is a number', { event: 7 }],
    ['actions that are none', { type: 'block_actions', actions: [] }],
    ['a form without a view', { type: 'view_submission', user: {} }],
    ['a press without a person', { type: 'block_actions', actions: [{}], team: { id: 'T0001' } }],
  ])('is refused or dropped, and nothing falls over: %s', async (_what, body) => {
    const { take, idle } = open((app) => {
      app.event(/.*/, async () => {});
      app.action(/.*/, async ({ ack }) => ack());
    });
    await take({ body }).catch(() => {});
    await idle();
    expect(await take({ body: press() })).toBe('');
  });
});
