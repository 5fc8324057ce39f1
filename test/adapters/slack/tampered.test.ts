/** Requests that are nearly Slack's: none gets in, and none learns why. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COMMAND, EVENT, FORM_TYPE, JSON_TYPE, NOW_S, type Sent, SIGNING_SECRET, openDoor, sign } from './requests.ts';

const good = sign(EVENT);
const flip = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
const signature = (value: string | undefined): Sent => ({ headers: { 'x-slack-signature': value } });
const stamp = (value: string | undefined): Sent => ({ headers: { 'x-slack-request-timestamp': value } });
const hmac = (text: string, how = 'sha256'): string => createHmac(how, SIGNING_SECRET).update(text).digest('hex');

const TAMPERED: readonly (readonly [string, Sent])[] = [
  ['no signature', signature(undefined)],
  ['no timestamp', stamp(undefined)],
  ['neither', { headers: { 'x-slack-signature': undefined, 'x-slack-request-timestamp': undefined } }],
  ['an empty signature', signature('')],
  ['a version and nothing else', signature('v0=')],
  ['no version', signature(good.slice(3))],
  ['another version', signature(good.replace('v0', 'v1'))],
  ['the version in capitals', signature(good.replace('v0', 'V0'))],
  ['its digits in capitals', signature(good.toUpperCase().replace('V0', 'v0'))],
  ['a signature cut short', signature(good.slice(0, -1))],
  ['a signature cut to half', signature(good.slice(0, 35))],
  ['a signature with one digit more', signature(`${good}0`)],
  ['its first digit changed', signature(flip(good, 3))],
  ['its last digit changed', signature(flip(good, good.length - 1))],
  ['zeros', signature(`v0=${'0'.repeat(64)}`)],
  ['letters that are no digits', signature(`v0=${'g'.repeat(64)}`)],
  ['a space inside', signature(`v0= ${good.slice(3)}`)],
  ['the signature twice in one header', signature(`${good}, ${good}`)],
  ['a false and a true signature in one header', signature(`v0=${'0'.repeat(64)}, ${good}`)],
  ['the true one in quotes', signature(`"${good}"`)],
  [
    'a signature in base64',
    signature(`v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${NOW_S}:${EVENT}`).digest('base64')}`),
  ],
  ['a signature of SHA-1', signature(`v0=${hmac(`v0:${NOW_S}:${EVENT}`, 'sha1')}`)],
  ['a hash without a key', signature(`v0=${createHash('sha256').update(`v0:${NOW_S}:${EVENT}`).digest('hex')}`)],
  ['a signature of the body alone', signature(`v0=${hmac(EVENT)}`)],
  ['a signature without the version in it', signature(`v0=${hmac(`${NOW_S}:${EVENT}`)}`)],
  ['a signature of another version’s text', signature(`v0=${hmac(`v1:${NOW_S}:${EVENT}`)}`)],
  ['another secret', { key: 'f'.repeat(32) }],
  ['an empty secret', { key: '' }],
  ['the secret in capitals', { key: SIGNING_SECRET.toUpperCase() }],
  ['the secret and a line end', { key: `${SIGNING_SECRET}\n` }],
  ['another body', { body: EVENT.replace('message', 'nothing'), signedBody: EVENT }],
  ['one byte more', { body: `${EVENT} `, signedBody: EVENT }],
  ['a line end more', { body: `${EVENT}\n`, signedBody: EVENT }],
  ['a byte order mark more', { body: `\uFEFF${EVENT}`, signedBody: EVENT }],
  ['one byte less', { body: EVENT, signedBody: `${EVENT} ` }],
  ['no body', { body: '', signedBody: EVENT }],
  ['the same JSON written anew', { body: JSON.stringify(JSON.parse(EVENT), null, 1), signedBody: EVENT }],
  ['the same letters in another form', { body: '{"type":"\u00e9"}', signedBody: '{"type":"e\u0301"}' }],
  [
    'the same form in another order',
    { body: COMMAND.split('&').toReversed().join('&'), signedBody: COMMAND, type: FORM_TYPE },
  ],
  ['the same form encoded anew', { body: COMMAND.replace('%2F', '/'), signedBody: COMMAND, type: FORM_TYPE }],
  ['a field more', { body: `${COMMAND}&user_id=U0BOB`, signedBody: COMMAND, type: FORM_TYPE }],
  ['another timestamp than was signed', stamp(String(NOW_S + 1))],
  ['a timestamp in milliseconds', { stamp: NOW_S * 1000 }],
  ['a timestamp with a point', { stamp: `${NOW_S}.5` }],
  ['a timestamp with a sign', { stamp: `+${NOW_S}` }],
  ['a timestamp in hexadecimal', { stamp: `0x${NOW_S.toString(16)}` }],
  ['a timestamp in exponents', { stamp: '1.76389e9' }],
  ['a timestamp that is no number', { stamp: 'NaN' }],
  ['a timestamp without end', { stamp: 'Infinity' }],
  ['a timestamp of nothing', { stamp: '' }],
  ['a timestamp below zero', { stamp: `-${NOW_S}` }],
  ['a timestamp of many digits', { stamp: '9'.repeat(400) }],
  ['two timestamps', stamp(`${NOW_S}, ${NOW_S}`)],
  ['a date for a timestamp', { stamp: '2026-11-23T09:00:00Z' }],
  ['yesterday', { stamp: NOW_S - 86_400 }],
  ['five minutes and a second ago', { stamp: NOW_S - 301 }],
  ['five minutes and a second ahead', { stamp: NOW_S + 301 }],
  ['ten years ahead', { stamp: NOW_S + 315_360_000 }],
  ['the beginning of time', { stamp: 0 }],
  [
    'a look at the certificate, unsigned, with a command',
    { body: `ssl_check=1&${COMMAND}`, type: FORM_TYPE, ...signature(undefined) },
  ],
  ['a challenge, unsigned', { body: '{"type":"url_verification","challenge":"x"}', ...signature(undefined) }],
  [
    'the old verification token',
    { body: JSON.stringify({ ...JSON.parse(EVENT), token: 'x' }), ...signature(undefined) },
  ],
  ['a retry, unsigned', { headers: { 'x-slack-signature': undefined, 'x-slack-retry-num': '1' } }],
  ['Slack’s user agent, unsigned', { headers: { 'x-slack-signature': undefined, 'user-agent': 'Slackbot 1.0' } }],
  ['another media type, forged', { type: 'text/plain', ...signature(flip(good, 9)) }],
  ['a body that is no JSON, forged', { body: '{', type: JSON_TYPE, signedBody: EVENT }],
];

describe('a tampered request', () => {
  it('is one of at least forty kinds', () => expect(TAMPERED.length).toBeGreaterThanOrEqual(40));

  it.each(TAMPERED)('is refused: %s', async (_what, sent) => {
    const { post, taken } = await openDoor();
    const answer = await post(sent);
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect([...answer.headers.keys()].toSorted()).toEqual(['cache-control', 'x-content-type-options']);
    expect(taken).toEqual([]);
    // What was refused took no place: the honest one still gets in.
    expect((await post()).status).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it('cannot fill the log', async () => {
    const { post, log, world } = await openDoor();
    for (let i = 0; i < 500; i++) await post({ key: `wrong ${i}` });
    expect(log.lines).toEqual([expect.stringContaining('look at SLACK_SIGNING_SECRET {"times":1}')]);
    await world.advance(60_000);
    await post({ key: 'wrong', stamp: NOW_S + 60 });
    expect(log.lines[1]).toContain('{"times":500}');
    expect(log.lines.join()).not.toContain(SIGNING_SECRET);
  });
});
