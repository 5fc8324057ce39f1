/** Over HTTP: what Slack signed is taken once and answered after the commit; everything else ends at the door. */
import { describe, expect, it } from 'vitest';
import { makeHttp } from '../../../adapters/slack/http.ts';
import { COMMAND, EVENT, FORM_TYPE, JSON_TYPE, NOW_S, openDoor, requestOf } from './requests.ts';
import { gate, keepLog, openManualWorld, secret, turnOver } from './world.ts';

const payload = (body: unknown): string => `payload=${encodeURIComponent(JSON.stringify(body))}`;
const MEGABYTE = 1024 * 1024;

describe('a signed request', () => {
  it('is taken and answered with an empty 200', async () => {
    const { post, taken } = await openDoor();
    const answer = await post();
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(taken).toEqual([{ body: JSON.parse(EVENT) }]);
  });

  it('is answered with what the listener said, as JSON', async () => {
    const { post, taken } = await openDoor(async () => ({ response_type: 'ephemeral', text: 'Grüße' }));
    const answer = await post({ body: COMMAND, type: FORM_TYPE });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual({ response_type: 'ephemeral', text: 'Grüße' });
    expect(taken[0]?.body).toMatchObject({ command: '/practice', text: 'hello' });
  });

  it('carries an interaction in its payload; what stands beside it is dropped', async () => {
    const { post, taken } = await openDoor();
    await post({ body: `command=%2Fpractice&${payload({ type: 'block_actions', actions: [] })}`, type: FORM_TYPE });
    expect(taken).toEqual([{ body: { type: 'block_actions', actions: [] } }]);
  });

  it.each([
    `${JSON_TYPE}; charset=utf-8`,
    'Application/JSON;Charset=UTF-8',
    `${JSON_TYPE} ; charset="utf-8"`,
    `${JSON_TYPE};boundary=x;charset=utf8`,
  ])('is understood as %s', async (type) => {
    const { post, taken } = await openDoor();
    expect((await post({ type })).status).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it('is a form in any case and with any charset that is UTF-8', async () => {
    const { post, taken } = await openDoor();
    expect((await post({ body: COMMAND, type: 'Application/X-WWW-Form-URLencoded; CHARSET=utf-8' })).status).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it.each([[-299], [299], [-300], [300]])('is good %i seconds from now', async (skew) => {
    const { post, taken } = await openDoor();
    expect((await post({ stamp: NOW_S + skew })).status).toBe(200);
    expect(taken).toHaveLength(1);
  });

  it.each([[-301], [301], [3_600], [10 * 365 * 86_400], [-10 * 365 * 86_400]])(
    'is no good %i seconds from now, past or future',
    async (skew) => {
      const { post, taken, log } = await openDoor();
      expect((await post({ stamp: NOW_S + skew })).status).toBe(401);
      expect(taken).toEqual([]);
      expect(log.lines.join()).toContain('look at the clock of this machine');
    },
  );

  it('says how often it was sent before', async () => {
    const { post, taken } = await openDoor();
    await post({ headers: { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' } });
    await post({ stamp: NOW_S - 1, headers: { 'x-slack-retry-num': 'many' } });
    expect(taken.map(({ retry }) => retry)).toEqual([{ count: 2, reason: 'http_timeout' }, undefined]);
  });
});

describe('a commit', () => {
  it('comes before the answer', async () => {
    const commit = gate();
    const { post } = await openDoor(async () => (await commit.promise, ''));
    let answered = false;
    const answer = post().then(({ status }) => ((answered = true), status));
    await turnOver();
    expect(answered).toBe(false);
    commit.resolve();
    expect(await answer).toBe(200);
  });

  it('that fails is answered 500 without a word, so that Slack sends it again', async () => {
    const { post } = await openDoor(() => Promise.reject(new Error('xoxb-1234567890 at /srv/greenroom/a.ts:1')));
    const answer = await post();
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect([...answer.headers].join()).not.toMatch(/xoxb|greenroom/);
  });
});

describe('the same bytes again', () => {
  it('are refused once they were answered', async () => {
    const { post, taken, log } = await openDoor();
    expect((await post()).status).toBe(200);
    expect((await post()).status).toBe(401);
    expect(taken).toHaveLength(1);
    expect(log.lines.join()).toContain('a copy of a request that was answered before');
  });

  it('get the same answer while the first is under way', async () => {
    const commit = gate();
    const { post, taken } = await openDoor(async () => (await commit.promise, { text: 'Once.' }));
    const both = [post({ body: COMMAND, type: FORM_TYPE }), post({ body: COMMAND, type: FORM_TYPE })];
    await turnOver();
    commit.resolve();
    for (const answer of await Promise.all(both)) expect(await answer.json()).toEqual({ text: 'Once.' });
    expect(taken).toHaveLength(1);
  });

  it('may try again when nothing was committed', async () => {
    let tries = 0;
    const { post } = await openDoor(async () => {
      if (++tries === 1) throw new Error('locked');
      return '';
    });
    expect((await post()).status).toBe(500);
    expect((await post()).status).toBe(200);
  });

  it('are refused for as long as their timestamp is good, from its very edge', async () => {
    const { post, taken, world } = await openDoor();
    const stamp = NOW_S + 300;
    expect((await post({ stamp })).status).toBe(200);
    for (let minute = 0; minute < 10; minute++) {
      await world.advance(60_000);
      await post({ body: `${EVENT} `, stamp: NOW_S + (minute + 1) * 60 });
      expect((await post({ stamp })).status).toBe(401);
    }
    expect(taken).toHaveLength(11);
  });

  it('signed anew are a retry of Slack’s, and pass', async () => {
    const { post, taken } = await openDoor();
    await post();
    expect((await post({ stamp: NOW_S + 1 })).status).toBe(200);
    expect(taken).toHaveLength(2);
  });
});

describe('what Slack asks of an address', () => {
  it('is answered: the challenge, when it is signed', async () => {
    const { post, taken } = await openDoor();
    const body = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aB' });
    const answer = await post({ body });
    expect([answer.status, await answer.text()]).toEqual([200, '3eZbrw1aB']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await post({ body, headers: { 'x-slack-signature': undefined } })).status).toBe(401);
    expect((await post({ body: '{"type":"url_verification","challenge":{}}' })).status).toBe(400);
    expect(taken).toEqual([]);
  });

  it('is answered: a look at its certificate, with whatever was smuggled in dropped', async () => {
    const { post, taken } = await openDoor();
    const body = `ssl_check=1&token=x&${payload({ type: 'block_actions' })}`;
    expect((await post({ body, type: FORM_TYPE })).status).toBe(200);
    expect((await post({ body, type: FORM_TYPE, headers: { 'x-slack-signature': undefined } })).status).toBe(401);
    expect(taken).toEqual([]);
  });
});

describe('the address', () => {
  it('is one, and answers POST alone', async () => {
    const { http } = await openDoor();
    for (const path of ['/', '/slack/event', '/slack/events/', '/slack/events/x', '/SLACK/EVENTS', '/slack%2Fevents']) {
      expect(await http(requestOf({ address: `http://127.0.0.1:3000${path}` })), path).toBeUndefined();
    }
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      const answer = await http(requestOf({ method }));
      expect([answer?.status, answer?.headers.get('allow')], method).toEqual([405, 'POST']);
    }
    expect((await http(requestOf({ address: 'http://127.0.0.1:3000/slack/events?a=1' })))?.status).toBe(200);
  });

  it('has no door without a signing secret', () => {
    const deps = { world: openManualWorld(), log: keepLog(), take: async () => '' as const };
    expect(() => makeHttp({ ...deps, signingSecret: secret('') })).toThrow('signing secret');
  });

  it('answers 503 before it is open and after it is closed; what is under way is answered first', async () => {
    const commit = gate();
    const { post, line, taken } = await openDoor(async () => (await commit.promise, ''));
    const first = post();
    await turnOver();
    let closed = false;
    const closing = line.close().then(() => (closed = true));
    expect((await post({ stamp: NOW_S + 1 })).status).toBe(503);
    expect(closed).toBe(false);
    commit.resolve();
    await closing;
    expect((await first).status).toBe(200);
    expect(taken).toHaveLength(1);
  });
});

describe('a body', () => {
  const stream = (chunk: Uint8Array, times: number): { body: ReadableStream; asked: () => number } => {
    let asked = 0;
    const body = new ReadableStream({
      pull: (to) => (asked++ < times ? to.enqueue(chunk) : to.close()),
    });
    return { body, asked: () => asked };
  };
  const streamed = (body: ReadableStream, headers: Record<string, string> = {}): Request => {
    const honest = requestOf();
    const all = { ...Object.fromEntries(honest.headers), ...headers };
    return new Request(honest.url, { method: 'POST', headers: all, body, duplex: 'half' } as RequestInit);
  };

  it('over a megabyte is refused before it is read, and while it is read when nobody said how long it is', async () => {
    const { post } = await openDoor();
    const honest = stream(new Uint8Array(1024), 1);
    expect((await post(streamed(honest.body, { 'content-length': String(MEGABYTE + 1) }))).status).toBe(413);
    const endless = stream(new Uint8Array(64 * 1024), 1_000_000);
    expect((await post(streamed(endless.body))).status).toBe(413);
    expect(endless.asked()).toBeLessThan(20);
    const lying = stream(new Uint8Array(MEGABYTE), 2);
    expect((await post(streamed(lying.body, { 'content-length': '10' }))).status).toBe(413);
  });

  it('of a megabyte is taken', async () => {
    const { post, taken } = await openDoor();
    const body = `{"type":"event_callback","x":"${'x'.repeat(MEGABYTE - 32)}"}`;
    expect(body.length).toBe(MEGABYTE);
    expect((await post({ body })).status).toBe(200);
    expect((await post({ body: `${body} ` })).status).toBe(413);
    expect(taken).toHaveLength(1);
  });

  it.each([
    ['one that gave its length', { 'content-length': '10' }],
    ['one that did not', {}],
  ])('that does not come is given up after ten seconds: %s', async (_what, headers) => {
    const { post, world } = await openDoor();
    const answer = post(streamed(new ReadableStream({ start: () => {} }), headers));
    await world.asleepFor(10_000);
    await world.advance(10_000);
    expect((await answer).status).toBe(408);
  });

  it('that breaks off is a bad request', async () => {
    const { post } = await openDoor();
    const broken = () => new ReadableStream({ pull: (to) => to.error(new Error('gone')) });
    expect((await post(streamed(broken()))).status).toBe(400);
    expect((await post(streamed(broken(), { 'content-length': '10' }))).status).toBe(400);
  });

  it.each([
    ['not UTF-8', Buffer.from('{"a":"\xff\xfe"}', 'latin1'), JSON_TYPE],
    ['empty', '', JSON_TYPE],
    ['not JSON', '{"a":', JSON_TYPE],
    ['a list', '[{"type":"event_callback"}]', JSON_TYPE],
    ['null', 'null', JSON_TYPE],
    ['a number', '7', JSON_TYPE],
    ['nested far too deep', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, JSON_TYPE],
    ['a bomb of brackets', '['.repeat(MEGABYTE), JSON_TYPE],
    ['a bomb of records', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`, JSON_TYPE],
    ['a form with two payloads', `${payload({ a: 1 })}&${payload({ a: 2 })}`, FORM_TYPE],
    ['a form with two teams', `${COMMAND}&team_id=T9999`, FORM_TYPE],
    ['a form whose payload is not JSON', 'payload=%7B', FORM_TYPE],
    ['a form whose payload is a list', 'payload=%5B%5D', FORM_TYPE],
    ['a form that is none of Slack’s', 'a=1', FORM_TYPE],
    ['an empty form', '', FORM_TYPE],
  ])('that is signed and still no delivery is a bad request: %s', async (_what, body, type) => {
    const { post, taken } = await openDoor();
    const answer = await post({ body, type });
    expect([answer.status, await answer.text()]).toEqual([400, '']);
    expect(taken).toEqual([]);
  });

  it.each(['text/plain', 'application/jsonp', 'application/json, text/plain', 'multipart/form-data', '', 'x'])(
    'of the media type "%s" is none we know',
    async (type) => {
      const { post } = await openDoor();
      expect((await post({ type, headers: type === '' ? { 'content-type': undefined } : {} })).status).toBe(415);
    },
  );

  it('in another charset is none we know', async () => {
    const { post } = await openDoor();
    expect((await post({ type: `${JSON_TYPE}; charset=utf-16` })).status).toBe(415);
  });

  it('cannot name what all records share', async () => {
    const { post, taken } = await openDoor();
    await post({
      body: '{"type":"event_callback","__proto__":{"admin":true},"event":{"\\u005f_proto__":{"admin":true}}}',
    });
    await post({ body: `${COMMAND}&__proto__=admin`, type: FORM_TYPE });
    expect(taken).toHaveLength(2);
    for (const { body } of taken) {
      const copy = Object.assign({}, body, body['event']) as Record<string, unknown>;
      expect(copy['admin']).toBeUndefined();
      expect(Object.hasOwn(body, '__proto__')).toBe(false);
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    }
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('with a name given twice has the last one, as every reader of JSON has it', async () => {
    const { post, taken } = await openDoor();
    await post({ body: '{"type":"a","type":"b"}' });
    expect(taken[0]?.body).toEqual({ type: 'b' });
  });
});
