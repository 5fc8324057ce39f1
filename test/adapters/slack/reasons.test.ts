/** What failed on Slack, sorted: every class of failure has one outcome, and words a person can act on. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebAPICallResult,
} from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { codeOf, failureOf } from '../../../adapters/slack/failure.ts';
import { wordsFor } from '../../../adapters/slack/reasons.ts';
import { readFailure } from '../../../adapters/slack/refusal.ts';
import { DeliveryError } from '../../../src/chat/chat.ts';

const SECRET = 'xoxb-123-secret';
const refusal = (error: string, more: object = {}): WebAPIPlatformError =>
  new WebAPIPlatformError({ ok: false, error, response_metadata: {}, ...more } as WebAPICallResult & {
    error: string;
  });
const request = (original: Error): WebAPIRequestError => new WebAPIRequestError(original);
const coded = (code: string, facts: object = {}): Error => Object.assign(new Error(code), { code, ...facts });
const under = (cause: Error): Error => new TypeError('fetch failed', { cause });

const NEVER = { effect: 'none', retry: 'never', scope: 'this' };
const AGAIN = { effect: 'none', retry: { afterMs: 0 }, scope: 'this' };
const UNKNOWN = { effect: 'unknown', retry: { afterMs: 0 }, scope: 'this' };
const TEAM = { effect: 'none', retry: { afterMs: 900_000 }, scope: 'team' };
const lane = (afterMs: number) => ({ effect: 'none', retry: { afterMs }, scope: 'lane' });

const FOR_GOOD = `channel_not_found not_in_channel is_archived restricted_action msg_too_long invalid_blocks no_text
  message_not_found cant_update_message edit_window_closed user_not_found cannot_dm_bot user_disabled
  messages_tab_disabled a_code_of_tomorrow`.split(/\s+/);
const ACCESS = `invalid_auth token_revoked token_expired account_inactive not_authed team_access_not_granted
  org_login_required`.split(/\s+/);

describe('refused by Slack', () => {
  it.each(FOR_GOOD)('for good: %s', (code) => expect(failureOf(refusal(code))).toMatchObject(NEVER));

  it.each(ACCESS)('until our access is mended, the whole workspace with it: %s', (code) =>
    expect(failureOf(refusal(code))).toMatchObject(TEAM),
  );

  it.each(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])(
    'on its way, so that it may be there: %s',
    (code) => expect(failureOf(refusal(code))).toMatchObject(UNKNOWN),
  );

  it('until somebody grants the scope: nothing is lost, and nothing else waits', () =>
    expect(failureOf(refusal('missing_scope', { needed: 'chat:write' }))).toMatchObject({
      effect: 'none',
      retry: { afterMs: 900_000 },
      scope: 'this',
    }));

  it('for a while, when the workspace is being moved', () =>
    expect(failureOf(refusal('team_added_to_org'))).toMatchObject(AGAIN));

  it('for going too fast: as long as it says, and half a minute when it does not say', () => {
    expect(failureOf(new WebAPIRateLimitedError(7))).toMatchObject(lane(7000));
    expect(failureOf(refusal('ratelimited'))).toMatchObject(lane(30_000));
    expect(failureOf(refusal('ratelimited', { response_metadata: { retryAfter: 3 } }))).toMatchObject(lane(3000));
  });

  it.each([
    [-5, 30_000],
    [Number.NaN, 30_000],
    [7200, 3_600_000],
    [1e14, 3_600_000],
    [Infinity, 3_600_000],
  ])('for %s seconds, which no clock should follow: %i ms', (seconds, ms) => {
    expect(failureOf(new WebAPIRateLimitedError(seconds))).toMatchObject(lane(ms));
    expect(failureOf(refusal('ratelimited', { response_metadata: { retryAfter: seconds } }))).toMatchObject(lane(ms));
    expect(readFailure(new WebAPIRateLimitedError(seconds))).toMatchObject({ kind: 'passing', waitMs: ms });
  });
});

describe('no answer from Slack', () => {
  it.each([
    under(coded('ECONNREFUSED')),
    under(coded('ENOTFOUND')),
    under(coded('EAI_AGAIN')),
    under(coded('UND_ERR_CONNECT_TIMEOUT')),
    under(coded('ETIMEDOUT', { syscall: 'connect' })),
    under(new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH', { syscall: 'connect' })])),
  ])('before anything was sent: nothing is there (%#)', (original) =>
    expect(failureOf(request(original))).toMatchObject(AGAIN),
  );

  it.each([
    under(coded('ECONNRESET', { syscall: 'read' })),
    under(coded('UND_ERR_SOCKET')),
    under(coded('EPIPE', { syscall: 'write' })),
    under(new AggregateError([coded('ECONNREFUSED'), coded('ECONNRESET')])),
    new DOMException('timed out', 'TimeoutError'),
  ])('after something was sent: it may be there (%#)', (original) =>
    expect(failureOf(request(original as Error))).toMatchObject(UNKNOWN),
  );

  it.each([500, 502, 503, 404])('but HTTP %i: it may be there', (status) =>
    expect(failureOf(new WebAPIHTTPError(status, '', {}, SECRET))).toMatchObject(UNKNOWN),
  );

  it('waits as long as a busy server asks', () =>
    expect(failureOf(new WebAPIHTTPError(503, '', { 'retry-after': '12' }, ''))).toMatchObject({
      effect: 'unknown',
      retry: { afterMs: 12_000 },
    }));

  it('waits an hour for a busy server that asks for years', () =>
    expect(failureOf(new WebAPIHTTPError(503, '', { 'retry-after': '99999999999999' }, ''))).toMatchObject({
      effect: 'unknown',
      retry: { afterMs: 3_600_000 },
    }));

  it.each([new TypeError('terminated'), new DOMException('late', 'TimeoutError'), 'a string', undefined, null, {}])(
    'that is anything we know: it may be there (%#)',
    (error) => expect(failureOf(error)).toMatchObject(UNKNOWN),
  );

  it('to a step that shows nobody anything: nothing is there', () => {
    expect(failureOf(new TypeError('terminated'), 'prepares')).toMatchObject(AGAIN);
    expect(failureOf(refusal('internal_error'), 'prepares')).toMatchObject(AGAIN);
    expect(failureOf(refusal('user_not_found'), 'prepares')).toMatchObject(NEVER);
  });

  it('stays as it was sorted the first time', () => {
    const first = new DeliveryError('first', { effect: 'none', retry: 'never' });
    expect(failureOf(first)).toBe(first);
  });
});

describe('the words of a failure', () => {
  it('say what to do, with the code of Slack at the end', () => {
    expect(failureOf(refusal('not_in_channel')).message).toBe(
      'I am not in that channel: someone must type /invite @Greenroom there [not_in_channel]',
    );
    expect(failureOf(refusal('missing_scope', { needed: 'files:write' })).message).toContain(
      'the permission files:write',
    );
  });

  it('fit where they are shown, the code with them', () => {
    for (const code of ['messages_tab_disabled', 'edit_window_closed', 'channel_not_found', 'missing_scope'])
      expect(failureOf(refusal(code, { needed: 'channels:history,groups:history' })).message.length).toBeLessThan(200);
  });

  it('carry nothing of a token, an address or what was sent', () => {
    const failures = [
      failureOf(new WebAPIHTTPError(500, SECRET, { authorization: SECRET }, SECRET)),
      failureOf(request(new Error(`to https://slack.com/?token=${SECRET}`))),
      failureOf(refusal(`<html>${SECRET}</html>`)),
      failureOf(refusal('missing_scope', { needed: `${SECRET} <b>` })),
      failureOf(new Error(`Retry header did not contain a valid timeout (url: https://${SECRET})`)),
      failureOf(new Error(SECRET)),
    ];
    for (const { message, cause } of failures) {
      expect(message).not.toContain(SECRET);
      expect(message).not.toContain('http');
      expect(cause).toBeUndefined();
    }
  });

  it('are not fooled by names every object has', () => {
    expect(wordsFor('constructor')).toBe('Slack refused it');
    expect(codeOf(refusal('<html>busy</html>'))).toBeUndefined();
  });
});
