/** The local chat's addresses: the page and its files, the live stream, and the requests the page makes. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { Paint } from '../../src/chat/adapter.ts';
import type { Log } from '../../src/chat/world.ts';
import type { Stage } from './acts.ts';
import { personOf, requests, shown } from './api.ts';
import type { Json } from './api.ts';
import { guard } from './guard.ts';
import type { Hub } from './hub.ts';
import { bodyOf, NotHere } from './message.ts';
import type { Body } from './message.ts';
import { seesMessage, sees } from './sight.ts';
import { startOf, viewsOf } from './show.ts';
import type { House } from './show.ts';
import { stream } from './stream.ts';

export interface Window {
  readonly house: House;
  readonly hub: Hub;
  readonly log: Log;
  readonly paint: Paint;
  /** There once the chat is open, and until it closes. */
  stage(): (Stage & House) | undefined;
  /** Keeps `work` in mind: closing waits for it. */
  busy<T>(work: Promise<T>): Promise<T>;
}

const PAGE = new URL('./page/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
};
/** Messages a page reads at once. */
const SCREENFUL = 60;
/** Bytes of one request: a form of five full fields, in any script. */
const LARGEST = 128 * 1024;

export const isOurs = (path: string): boolean =>
  path === '/' || /^\/(?:assets|api|files|pictures)\/|^\/events$/.test(path);

export function makeRoutes(window: Window): Hono {
  const app = new Hono();
  app.use(guard);
  app.onError((error, c) => {
    if (error instanceof NotHere) return c.json({ problem: error.message }, error.status);
    window.log.error('a request of the local chat failed', { path: c.req.path, error });
    return c.json({ problem: 'That did not go through, and nothing was changed. Try it once more.' }, 500);
  });
  app.get('/', (c) => file(c, 'index.html'));
  app.get('/assets/:name', (c) => file(c, c.req.param('name')));
  app.get('/api/start', (c) => start(window, c));
  app.get('/api/messages', (c) => messages(window, c));
  app.get('/files/:ref', (c) => download(window, c));
  app.get('/pictures/:ref/:block', (c) => paintedPicture(window, c));
  app.get('/events', (c) => live(window, c));
  const large = bodyLimit({ maxSize: LARGEST, onError: (c) => c.json({ problem: 'That is too long to send.' }, 413) });
  app.post('/api/:name', large, (c) => act(window, c));
  return app;
}

const FILES = new Set(readdirSync(PAGE));
const { resolve } = createRequire(import.meta.url);
/** The letters of the page, so that it looks alike on every machine. */
const LETTERS: Readonly<Record<string, string>> = {
  'inter-regular.ttf': resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  'inter-strong.ttf': resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
};

async function file(c: Context, name: string): Promise<Response> {
  const letters = Object.hasOwn(LETTERS, name) ? LETTERS[name] : undefined;
  if (letters === undefined && !FILES.has(name)) return c.text('There is no such file.', 404);
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  // Letters never change; a page without them for a moment would jump.
  const keep = letters === undefined ? 'no-cache' : 'max-age=604800';
  return c.body(await readFile(letters ?? new URL(name, PAGE)), 200, { 'Content-Type': type, 'Cache-Control': keep });
}

async function start({ house, stage }: Window, c: Context): Promise<Response> {
  const on = stage();
  if (!on) throw new NotHere(503, 'Greenroom is starting. The page comes by itself.');
  return c.json(await startOf(house, on.surface, await personOf(house, c.req.query('person'))));
}

async function messages({ house }: Window, c: Context): Promise<Response> {
  const { id } = await personOf(house, c.req.query('person'));
  const place = c.req.query('place') ?? '';
  if (!(await sees(house.store, id, place))) throw new NotHere(404, 'There is no such conversation for you.');
  const before = Number(c.req.query('before') ?? Number.NaN);
  const from = Number.isSafeInteger(before) ? { before } : {};
  const rows = await house.store.latest({ place, person: id, limit: SCREENFUL, ...from });
  const under = /^thread (.+)$/.exec(place)?.[1];
  const root = under === undefined ? undefined : await house.store.message(under);
  const views = await viewsOf(house.store, rows, id);
  return c.json({
    messages: views.filter(({ deleted, talk }) => !deleted || talk),
    more: rows.length === SCREENFUL,
    readUntil: await house.store.readUntil(id, place),
    ...(root ? { root: (await viewsOf(house.store, [root], id))[0] } : {}),
  });
}

/** What a message holds, for somebody who sees it. */
async function bodyFor(house: House, c: Context): Promise<Body | undefined> {
  const { store } = house;
  const { id } = await personOf(house, c.req.query('person'));
  const row = await store.message(c.req.param('ref') ?? '');
  return row && row.deleted === 0 && (await seesMessage(store, id, row)) ? bodyOf(row) : undefined;
}

async function download({ house }: Window, c: Context): Promise<Response> {
  const body = await bodyFor(house, c);
  if (body?.kind !== 'file') throw new NotHere(404, 'This file is no longer there.');
  // Never its own type: a file is for saving, and must not become a page of ours.
  return c.body(body.text, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${body.file.replace(/[^\w.-]/g, '-')}"`,
  });
}

/** A picture of a message as a PNG; the page shows its words where this says that there is none. */
async function paintedPicture({ house, paint }: Window, c: Context): Promise<Response> {
  const body = await bodyFor(house, c);
  const blocks = body?.kind === 'card' ? body.message.blocks : [];
  const block = blocks[Number(c.req.param('block'))];
  const png = block?.kind === 'image' ? await paint(block.picture, block.data) : undefined;
  if (!png) throw new NotHere(404, 'There is no such picture here.');
  return c.body(new Uint8Array(png), 200, { 'Content-Type': 'image/png' });
}

async function live({ house, hub, log, stage }: Window, c: Context): Promise<Response> {
  const { id } = await personOf(house, c.req.query('person'));
  if (!stage()) throw new NotHere(503, 'Greenroom is starting. The page comes by itself.');
  const since = Number(c.req.header('last-event-id') ?? c.req.query('since') ?? 0);
  return streamSSE(c, (to) => stream({ house, hub, log }, to, id, Number.isSafeInteger(since) ? since : 0));
}

async function act({ house, stage, busy }: Window, c: Context): Promise<Response> {
  const handler = Object.hasOwn(requests, c.req.param('name') ?? '') ? requests[c.req.param('name') ?? ''] : undefined;
  if (!handler) throw new NotHere(404, 'There is no such request.');
  const ask = await readJson(c);
  const from = await personOf(house, ask['person']);
  const on = stage();
  if (!on) throw new NotHere(503, 'Greenroom is just starting or stopping. Try again in a moment.');
  return c.json(await shown(house, await busy(handler(on, from, ask))));
}

async function readJson(c: Context): Promise<Json> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new NotHere(400, 'Send a JSON object.');
  return body as Json;
}
