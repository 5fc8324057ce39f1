/** Events reach the app signed, in the scopes it has, and again when it does not take them: at once, in a minute, in five. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOffice, type Office } from './office.ts';
import type { Took } from './receiver.ts';

const MINUTE = 60_000;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const never = (): Promise<never> => new Promise(() => {});
const retriesOf = (took: readonly Took[]): unknown[] =>
  took.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
const textsOf = (took: readonly Took[]): unknown[] =>
  took.map(({ body }) => (body['event'] as { text?: string } | undefined)?.text);
const says = (text: string): Promise<string> =>
  office.slack.hands.write(office.team, office.ana.id, office.channel.id, text);

describe('a delivery over HTTP', () => {
  it('is signed over its raw body and the time it left', async () => {
    await says('hello');
    const [{ headers, raw } = { headers: undefined, raw: '' }] = office.app.took;
    const at = String(headers?.['x-slack-request-timestamp']);
    const hmac = createHmac('sha256', office.slack.signingSecret).update(`v0:${at}:${raw}`).digest('hex');
    expect(headers?.['x-slack-signature']).toBe(`v0=${hmac}`);
    expect(Math.abs(Number(at) - office.slack.clock.now() / 1000)).toBeLessThan(10);
  });

  it('comes again at once, after one minute and after five, and then no more', async () => {
    const { slack, app } = office;
    app.answer(() => ({ status: 500 }));
    await says('hello');
    expect(app.took).toHaveLength(1);
    await slack.clock.advance(0);
    expect(app.took).toHaveLength(2);
    expect(slack.unacked).toBe(1);
    await slack.clock.advance(MINUTE - 2000);
    expect(app.took).toHaveLength(2);
    await slack.clock.advance(2500);
    expect(app.took).toHaveLength(3);
    await slack.clock.advance(5 * MINUTE - 2000);
    expect(app.took).toHaveLength(3);
    await slack.clock.advance(2500);
    expect(retriesOf(app.took)).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(app.took.map(({ body }) => body['event_id'])).size).toBe(1);
    expect(slack.unacked).toBe(0);
  });

  it('stops coming once it is taken', async () => {
    const { slack, app } = office;
    app.answer(() => ({ status: app.took.length < 3 ? 500 : 200 }));
    await says('hello');
    await slack.clock.advance(MINUTE + 500);
    await slack.clock.advance(60 * MINUTE);
    expect(app.took).toHaveLength(3);
    expect(slack.unacked).toBe(0);
  });

  it('does not come again where the app forbids it', async () => {
    office.app.answer(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    await says('hello');
    await office.slack.clock.advance(10 * MINUTE);
    expect(office.app.took).toHaveLength(1);
    expect(office.slack.unacked).toBe(0);
  });

  it('waits three seconds; an event then comes again', async () => {
    const { slack, app } = office;
    app.answer(() => (app.took.length === 1 ? never() : {}));
    const written = says('hello');
    await expect.poll(() => app.took.length).toBe(1);
    await slack.clock.advance(3000);
    await written;
    await expect
      .poll(() => retriesOf(app.took))
      .toEqual([
        [undefined, undefined],
        ['1', 'http_timeout'],
      ]);
    expect(slack.complaints).toEqual([]);
  });

  it('that a person waits for is a complaint when it is answered after all', async () => {
    const { slack, app, team, ana, channel } = office;
    let letGo = (): void => {};
    app.answer(async () => {
      await new Promise<void>((done) => (letGo = done));
      return {};
    });
    const acked = slack.hands.command(team, ana.id, channel.id, '/practice', '');
    await expect.poll(() => app.took.length).toBe(1);
    await slack.clock.advance(3000);
    expect(await acked).toMatchObject({ ok: false });
    expect(slack.complaints).toEqual([]);
    letGo();
    await expect.poll(() => slack.complaints).toEqual(['answered after 3 seconds: /practice']);
  });

  it('that is under way is not late because a test makes a minute pass', async () => {
    const { slack, app } = office;
    let letGo = (): void => {};
    app.answer(async () => {
      await new Promise<void>((done) => (letGo = done));
      return {};
    });
    const written = says('hello');
    await expect.poll(() => app.took.length).toBe(1);
    const passed = slack.clock.advance(MINUTE);
    letGo();
    await Promise.all([passed, written]);
    expect([app.took.length, slack.unacked]).toEqual([1, 0]);
  });

  it('tries again when nobody answers the phone', async () => {
    const { slack, app } = office;
    slack.sendTo('http://127.0.0.1:1/');
    await says('hello');
    slack.sendTo(app.url);
    await slack.clock.advance(MINUTE + 500);
    expect(retriesOf(app.took).at(-1)?.[1 as never]).toBe('connection_failed');
    expect(slack.unacked).toBe(0);
  });

  it('of a command that is not answered in three seconds is over: nobody tries again', async () => {
    await office.close();
    // A clock that stands still until it is moved.
    office = await openOffice({ speed: 1e-9 });
    const { slack, app, team, ana, channel } = office;
    app.answer(never);
    let over = false;
    const acked = slack.hands.command(team, ana.id, channel.id, '/practice', '').finally(() => (over = true));
    await expect.poll(() => app.took.length).toBe(1);
    await slack.clock.advance(2999);
    expect(over).toBe(false);
    await slack.clock.advance(1);
    expect(await acked).toEqual({ ok: false, body: '', problem: 'operation_timeout', tookMs: 3000 });
    await slack.clock.advance(10 * MINUTE);
    expect(app.took).toHaveLength(1);
  });
});

describe('an app hears', () => {
  it('nothing of channels its bot is not in, until it is brought in', async () => {
    const { slack, team, ana, app, workspace } = office;
    const channel = workspace.addChannel('far', { without: 'bot' });
    await slack.hands.write(team, ana.id, channel.id, 'before');
    await slack.hands.invite(team, channel.id);
    await slack.hands.write(team, ana.id, channel.id, 'after');
    await slack.hands.kick(team, channel.id);
    await slack.hands.write(team, ana.id, channel.id, 'gone');
    expect(textsOf(app.took).filter(Boolean)).toEqual([expect.stringContaining('joined'), 'after']);
  });

  it('only the kinds of conversations it has a scope for', async () => {
    await office.close();
    office = await openOffice({ scopes: ['chat:write', 'groups:history', 'im:history'] });
    const { slack, team, ana, channel, workspace, app } = office;
    const closed = workspace.addChannel('closed', { private: true });
    await slack.hands.write(team, ana.id, channel.id, 'in public');
    await slack.hands.write(team, ana.id, closed.id, 'in private');
    await slack.hands.write(team, ana.id, workspace.dm(ana.id).id, 'between us');
    await slack.hands.changeUser(team, ana.id, { tz: 'Asia/Tokyo' });
    expect(textsOf(app.took)).toEqual(['in private', 'between us']);
  });

  it('its own messages, with the type of their metadata; with all of it only where it may read metadata', async () => {
    const metadata = { event_type: 'greenroom', event_payload: { name: 'daily' } };
    await office.post({ metadata });
    await expect.poll(() => office.app.took.length).toBe(1);
    expect(office.app.took[0]?.body['event']).toMatchObject({
      user: office.workspace.botUser,
      bot_id: office.workspace.botId,
    });
    const told = (): unknown => (office.app.took.at(-1)?.body['event'] as { metadata?: unknown } | undefined)?.metadata;
    expect(told()).toEqual({ event_type: 'greenroom' });
    office.workspace.scopes.add('metadata.message:read');
    await office.post({ metadata });
    await expect.poll(() => office.app.took.length).toBe(2);
    expect(told()).toEqual(metadata);
  });

  it('nothing that only one person sees', async () => {
    await office.call('chat.postEphemeral', { channel: office.channel.id, user: office.ana.id, text: 'psst' });
    await says('marker');
    expect(textsOf(office.app.took)).toEqual(['marker']);
  });

  it('goodbye when it is taken out, and nothing after', async () => {
    await office.slack.hands.uninstall(office.team);
    await says('still here?');
    expect(
      await office.slack.hands.command(office.team, office.ana.id, office.channel.id, '/practice', ''),
    ).toMatchObject({ ok: false, problem: 'dispatch_failed' });
    expect(office.app.took.map(({ body }) => (body['event'] as { type: string }).type).toSorted()).toEqual([
      'app_uninstalled',
      'tokens_revoked',
    ]);
  });

  it('nothing more once its tokens are revoked, though it is still in its channels', async () => {
    await office.slack.hands.revokeTokens(office.team);
    expect(office.channel.members).toContain(office.workspace.botUser);
    await says('still here?');
    expect(office.app.took.map(({ body }) => (body['event'] as { type: string }).type)).toEqual(['tokens_revoked']);
  });

  it('that Slack holds events back', async () => {
    await office.slack.hands.holdBack(office.team);
    expect(office.app.took[0]?.body).toMatchObject({ type: 'app_rate_limited', team_id: office.team });
  });
});
