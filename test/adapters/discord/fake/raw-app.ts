/** An app without a library: frames of the gateway as they are, and requests with fetch. */
import { expect } from 'vitest';
import type { FakeDiscord } from '../../../support/fake-discord/types.ts';

export interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: Readonly<Record<string, unknown>> & { readonly id?: string };
}

export interface RawApp {
  readonly frames: readonly Frame[];
  /** Names of the dispatches so far. */
  events(): readonly string[];
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  identify(more?: Readonly<Record<string, unknown>>): void;
  /** The first frame that fits, there already or still to come. */
  frame(fits: (frame: Frame) => boolean): Promise<Frame>;
  event(name: string): Promise<Frame['d']>;
  /** The code the line is closed with. */
  readonly closed: Promise<number>;
  close(code?: number): void;
}

export const ALL_INTENTS = 37_377;
const PROPERTIES = { os: 'linux', browser: 'raw', device: 'raw' };

export async function gatewayUrl(discord: FakeDiscord): Promise<string> {
  const { body } = await call(discord, 'GET', '/gateway/bot');
  return String(body['url']);
}

export async function connect(discord: FakeDiscord, query = 'v=10&encoding=json'): Promise<RawApp> {
  const socket = new WebSocket(`${await gatewayUrl(discord)}/?${query}`);
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(String(data)) as Frame);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code));
  });
  await new Promise((resolve) => {
    socket.addEventListener('open', resolve);
  });
  const frame: RawApp['frame'] = (fits) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = frames.find(fits);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
  return {
    frames,
    events: () => frames.flatMap(({ t }) => t ?? []),
    send,
    sendText: (text) => socket.send(text),
    identify: (more = {}) => send(2, { token: discord.token, intents: ALL_INTENTS, properties: PROPERTIES, ...more }),
    frame,
    event: async (name) => (await frame(({ t }) => t === name)).d,
    closed,
    close: (code = 1000) => socket.close(code),
  };
}

/** Connected and through with READY and its servers. */
export async function enter(discord: FakeDiscord, more: Readonly<Record<string, unknown>> = {}): Promise<RawApp> {
  const app = await connect(discord);
  app.identify(more);
  await app.event('READY');
  return app;
}

export interface Called {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** With the bot's token, unless the path is an interaction's own. */
export async function call(discord: FakeDiscord, method: string, path: string, body?: unknown): Promise<Called> {
  const open = path.startsWith('/interactions/') || path.startsWith('/webhooks/');
  const answer = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      'user-agent': 'DiscordBot (https://example.org, 1.0)',
      ...(!open && { authorization: `Bot ${discord.token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Called['body']) };
}

/** What the messages say that it was told of. */
export const contents = (app: RawApp): unknown[] =>
  app.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d['content']);

/** A round trip: everything told before has arrived. */
export async function arrive(app: RawApp): Promise<void> {
  const before = app.frames.filter(({ op }) => op === 11).length;
  app.send(1, null);
  await expect.poll(() => app.frames.filter(({ op }) => op === 11).length).toBe(before + 1);
}
