/** The local chat's door: who may come in, what the page is made of, and the live stream. */
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Block } from '../../../src/chat/message.ts';
import { t } from '../../../src/chat/text.ts';
import { openPainter } from '../../../src/pictures/index.ts';
import { ALT, SCORED, SILENT } from '../../pictures/cards.ts';
import { readPng } from '../../support/png.ts';
import { ANA, card, CHANNEL, type Given, LOCAL, openPractice, type Practice } from './practice.ts';

const PAGE = new URL('../../../adapters/local/page/', import.meta.url);
const HERE = 'channel interview-practice';

let practice: Practice | undefined;
const open = async (given?: Given): Promise<Practice> => (practice = await openPractice(given));
afterEach(async () => {
  await practice?.close();
  practice = undefined;
});

/** A request with any headers at all, which `fetch` would not send. */
const knock = (
  url: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(body);
  });

const say = JSON.stringify({ person: 'ana', place: HERE, text: 'from elsewhere' });
const json = { 'content-type': 'application/json' };

describe('other sites and other machines', () => {
  it('are refused by the name they used for this machine', async () => {
    const { url } = await open();
    const port = new URL(url).port;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '[::2]',
      '10.0.0.1',
    ])
      for (const path of ['/', '/api/start?person=ana', '/events?person=ana', '/assets/app.js'])
        expect([host, path, await knock(url + path, { headers: { host } })]).toEqual([host, path, 421]);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST'])
      expect(await knock(`${url}/api/start?person=ana`, { headers: { host } })).toBe(200);
  });

  it('cannot write, whatever they claim', async () => {
    const { url, page } = await open();
    const { host } = new URL(url);
    const ways: Record<string, string>[] = [
      json,
      { ...json, origin: 'https://evil.example' },
      { ...json, origin: 'null' },
      { ...json, origin: `http://evil.${host}` },
      { ...json, origin: `https://${host}` },
      { ...json, origin: url, 'sec-fetch-site': 'cross-site' },
      { ...json, origin: url, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of ways)
      expect([headers, await knock(`${url}/api/say`, { method: 'POST', headers, body: say })]).toEqual([headers, 403]);
    const plain = { 'content-type': 'text/plain', origin: url };
    expect(await knock(`${url}/api/say`, { method: 'POST', headers: plain, body: say })).toBe(415);
    expect(await page.messages('ana', HERE)).toEqual([]);
  });

  it('cannot read, but a link from anywhere may open the page', async () => {
    const { url } = await open();
    const from = { 'sec-fetch-site': 'cross-site' };
    expect(await knock(`${url}/api/start?person=ana`, { headers: { ...from, origin: 'https://evil.example' } })).toBe(
      403,
    );
    expect(await knock(`${url}/events?person=ana`, { headers: { ...from, 'sec-fetch-mode': 'cors' } })).toBe(403);
    expect(await knock(`${url}/assets/app.js`, { headers: { ...from, 'sec-fetch-mode': 'no-cors' } })).toBe(403);
    expect(await knock(`${url}/`, { headers: { ...from, 'sec-fetch-mode': 'navigate' } })).toBe(200);
  });
});

describe('a request', () => {
  it('names somebody of the team', async () => {
    const { fetch } = await open();
    for (const person of ['', 'nobody', 'greenroom', '__proto__'])
      expect((await fetch(`/api/start?person=${person}`)).status).toBe(403);
  });

  it('has the right shape, or is refused with what is wrong', async () => {
    const { page, url, events } = await open();
    const wrong: [string, Record<string, unknown>][] = [
      ['say', { place: HERE }],
      ['say', { place: 'nowhere', text: 'x' }],
      ['say', { place: 7, text: 'x' }],
      ['press', { ref: 'm1', on: 'not an action' }],
      ['submit', { place: HERE, on: 'a.b:c', values: { a: 1 } }],
      ['submit', { place: HERE, on: 'a.b:c', values: [] }],
      ['read', { place: HERE, born: -1 }],
      ['clock', { to: 'yesterday' }],
    ];
    for (const [name, ask] of wrong) await expect(page.post('ana', name, ask)).rejects.toMatchObject({ status: 400 });
    for (const name of ['nothing', 'constructor', '__proto__'])
      await expect(page.post('ana', name, {})).rejects.toMatchObject({ status: 404 });
    for (const body of ['', '[]', 'null', '{', '"x"'])
      expect(await knock(`${url}/api/say`, { method: 'POST', headers: { ...json, origin: url }, body })).toBe(400);
    expect(events.map(({ kind }) => kind)).toEqual(['installed']);
  });

  it('is not larger than a full form', async () => {
    const { url } = await open();
    const body = JSON.stringify({ person: 'ana', place: HERE, text: 'x'.repeat(200_000) });
    expect(await knock(`${url}/api/say`, { method: 'POST', headers: { ...json, origin: url }, body })).toBe(413);
  });

  it('for another address is left to the rest of the house', async () => {
    const { fetch } = await open();
    expect((await fetch('/healthz')).status).toBe(200);
    expect((await fetch('/elsewhere')).status).toBe(404);
  });
});

describe('the page', () => {
  it('carries a policy that lets nothing in but its own files', async () => {
    const { fetch } = await open();
    for (const path of ['/', '/assets/app.js', '/api/start?person=ana', '/api/start?person=nobody']) {
      const { headers } = await fetch(path);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('serves every file it names, and no other', async () => {
    const { fetch } = await open();
    const html = await (await fetch('/')).text();
    const named = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(5);
    for (const path of named) expect([path, (await fetch(path)).status]).toEqual([path, 200]);
    for (const path of ['/assets/..%2Findex.ts', '/assets/%2e%2e%2fguard.ts', '/assets/nothing.js', '/assets/'])
      expect([path, (await fetch(path)).status]).toEqual([path, 404]);
  });

  it('brings its own letters, which may be kept', async () => {
    const { fetch } = await open();
    const tokens = await readFile(new URL('tokens.css', PAGE), 'utf8');
    const named = [...tokens.matchAll(/url\('(\/[^']*)'\)/g)].map(([, path]) => path ?? '');
    expect(named).toHaveLength(2);
    for (const path of named) {
      const got = await fetch(path);
      expect([path, got.status, got.headers.get('content-type')]).toEqual([path, 200, 'font/ttf']);
      expect(got.headers.get('cache-control')).toBe('max-age=604800');
      expect(got.headers.get('content-security-policy')).toContain("font-src 'self'");
    }
  });

  it('never reads text as markup, and has no script or style of its own inside', async () => {
    const names = await readdir(PAGE);
    const sources = await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(new URL(name, PAGE), 'utf8') })),
    );
    const forbidden =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function/;
    for (const { name, text } of sources) expect([name, forbidden.exec(text)?.[0]]).toEqual([name, undefined]);
    const html = sources.find(({ name }) => name === 'index.html')?.text ?? '';
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=/);
  });

  it('offers a file for saving, never as a page, and only to those it was sent to', async () => {
    const { chat, fetch } = await open();
    const to = { in: 'dm', person: ANA } as const;
    const text = '<script>alert(1)</script>';
    const ref = await chat.deliver({
      kind: 'file',
      team: LOCAL,
      name: 'mock:a:"transcript',
      to,
      type: 'text/html',
      text,
    });
    const got = await fetch(`/files/${ref}?person=ana`);
    expect(await got.text()).toBe(text);
    expect(got.headers.get('content-type')).toBe('application/octet-stream');
    expect(got.headers.get('content-disposition')).toBe('attachment; filename="mock-a-transcript.txt"');
    expect((await fetch(`/files/${ref}?person=bo`)).status).toBe(404);
  });
});

describe('a picture', () => {
  const told = { in: 'dm', person: ANA } as const;

  it('is painted for those who see its message, under the same guard and policy as everything here', async () => {
    const { fetch, post, url } = await open({ paint: openPainter({ log: SILENT }) });
    const ref = await post('scored', told, SCORED);
    const got = await fetch(`/pictures/${ref}/1?person=ana&seq=1`);
    expect([got.status, got.headers.get('content-type'), got.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'no-store',
    ]);
    expect(got.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(readPng(new Uint8Array(await got.arrayBuffer())).width).toBe(1100);
    expect((await fetch(`/pictures/${ref}/1?person=bo`)).status).toBe(404);
    expect((await fetch(`/pictures/${ref}/1?person=nobody`)).status).toBe(403);
    const picture = `${url}/pictures/${ref}/1?person=ana`;
    expect(await knock(picture, { headers: { host: 'evil.example' } })).toBe(421);
    expect(await knock(picture, { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).toBe(
      403,
    );
  });

  it('is not there where nothing was painted, and goes with its message', async () => {
    const { chat, fetch, post } = await open({
      paint: async (_, data) => (data === 1 ? new Uint8Array(3) : undefined),
    });
    const image = (data: unknown): Block => ({ kind: 'image', picture: 'radar', data, alt: 'A radar' });
    const ref = await post('two', told, { title: 'Two', blocks: [image(1), image(2)] });
    const look = async (block: string): Promise<number> => (await fetch(`/pictures/${ref}/${block}?person=ana`)).status;
    expect(await Promise.all(['0', '1', '2', '-1', 'x', '0.5', '__proto__'].map(look))).toEqual([
      200, 404, 404, 404, 404, 404, 404,
    ]);
    expect((await fetch('/pictures/nothing/0?person=ana')).status).toBe(404);
    await chat.deliver({ kind: 'remove', team: LOCAL, name: 'test:two', ref });
    expect(await look('0')).toBe(404);
  });

  it('is asked for by where its block stands in the message, the facts line counted', async () => {
    const { page, post } = await open();
    await post('scored', told, { ...SCORED, blocks: [{ kind: 'small', text: t`facts` }, ...SCORED.blocks] });
    const [message] = await page.messages('ana', 'dm ana');
    expect(message?.card?.blocks.at(-1)).toEqual({ kind: 'image', block: 2, alt: ALT });
  });
});

interface Heard {
  readonly event: string;
  readonly id?: string;
  readonly data: { readonly ref?: string; readonly now?: string; readonly talk?: { readonly count: number } };
}

/** Reads the live stream until `count` events of these kinds have come. */
async function listen(response: Response, kinds: readonly string[], count: number): Promise<Heard[]> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const heard: Heard[] = [];
  for (let rest = ''; heard.length < count;) {
    const { value, done } = await reader.read();
    if (done) break;
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const line = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const id = line('id');
      const one = { event: line('event') ?? '', data: JSON.parse(line('data') ?? '{}'), ...(id ? { id } : {}) };
      if (kinds.includes(one.event)) heard.push(one);
    }
  }
  await reader.cancel();
  return heard;
}

describe('the live stream', () => {
  it('brings what one may see as it happens, and a count of replies to the message above', async () => {
    const { fetch, page, post } = await open();
    const stream = await fetch('/events?person=bo&since=0');
    const read = listen(stream, ['message'], 3);
    await post('for-ana', { in: 'dm', person: ANA });
    const root = await post('daily', CHANNEL, card('q'), 'A thread');
    await page.post('ana', 'say', { place: `thread ${root}`, text: 'hello' });
    const heard = await read;
    expect(heard.map(({ data }) => data.ref === root)).toEqual([true, false, true]);
    expect(heard.at(-1)?.data.talk?.count).toBe(1);
  });

  it('goes on after a break where it stopped', async () => {
    const { fetch, page } = await open();
    await page.post('ana', 'say', { place: HERE, text: 'before' });
    const [first] = await listen(await fetch('/events?person=bo&since=0'), ['message'], 1);
    await page.post('ana', 'say', { place: HERE, text: 'meanwhile' });
    const again = await fetch('/events?person=bo&since=0', { headers: { 'last-event-id': first?.id ?? '' } });
    const [next] = await listen(again, ['message'], 1);
    expect(JSON.stringify(next?.data)).toContain('meanwhile');
  });

  it('asks the page to begin anew when very much was missed', async () => {
    const { fetch, page } = await open();
    for (let i = 0; i < 301; i++) await page.post('ana', 'say', { place: HERE, text: `${i}` });
    expect(await listen(await fetch('/events?person=bo&since=0'), ['anew', 'message'], 1)).toMatchObject([
      { event: 'anew' },
    ]);
  });

  it('ends when the chat closes', async () => {
    const { fetch, chat } = await open();
    const stream = await fetch('/events?person=bo&since=0');
    const read = listen(stream, ['hello', 'message'], 2);
    await chat.close();
    expect((await read).map(({ event }) => event)).toEqual(['hello']);
  });
});
