/** The Socket Mode end: tickets to connect with, at most ten sockets, pings, goodbyes, and envelopes to any one of them. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Model } from './model.ts';
import type { FakeSocket } from './types.ts';
import { acceptLink, type Hearing, type Link } from './web-socket.ts';

export const MOST_SOCKETS = 10;
/** Of real time: it is the client's own timers that watch for it. */
const PING_EVERY_MS = 1000;
/** Between a `disconnect` frame and the end, by the fake's clock. */
const GRACE_MS = 10_000;
/** How long the end waits for the other side's goodbye, in real time. */
const FAREWELL_MS = 200;
const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const TICKET_LIFE_MS = 30_000;
const APPROXIMATE_CONNECTION_S = 18_060;

export interface SocketAck {
  readonly envelopeId: string;
  readonly payload: unknown;
}

export interface OpenSocket extends FakeSocket {
  send(body: unknown): void;
}

type AckHearer = (from: OpenSocket, ack: SocketAck) => void;

export interface Sockets {
  readonly all: readonly FakeSocket[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  openConnection(): { readonly url: string } | { readonly error: string };
  /** The next open socket in turn; undefined when none is. */
  next(): OpenSocket | undefined;
  onAck(hear: AckHearer): void;
  opened(count: number): Promise<void>;
  /** Says goodbye to all; cuts off those who do not answer. */
  close(): Promise<void>;
}

function readAck(text: string): SocketAck | undefined {
  try {
    const { envelope_id: envelopeId, payload } = JSON.parse(text) as Record<string, unknown>;
    return typeof envelopeId === 'string' ? { envelopeId, payload } : undefined;
  } catch {
    return undefined;
  }
}

function helloFrame(model: Model, host: string, connections: number): unknown {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: { host, build_number: 1, approximate_connection_time: APPROXIMATE_CONNECTION_S },
    connection_info: { app_id: model.app.appId },
  };
}

function makeSocket(model: Model, link: Link, host: string): OpenSocket {
  const pings = setInterval(() => link.ping(), PING_EVERY_MS);
  pings.unref();
  return {
    get open() {
      return link.open;
    },
    send: (body) => link.send(JSON.stringify(body)),
    disconnect: (reason) => {
      link.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host } }));
      model.clock.at(model.clock.now() + GRACE_MS, () => link.close(1000));
    },
    drop: () => link.cut(),
    mute: () => clearInterval(pings),
  };
}

function hearingOf(line: Line, hearers: readonly AckHearer[]): Hearing {
  return {
    text: (text) => {
      const ack = readAck(text);
      if (ack) hearers.forEach((hear) => hear(line.socket, ack));
    },
    closed: () => {
      line.socket.mute();
      line.over = true;
    },
  };
}

interface Tickets {
  /** Good for one handshake, for half a minute. */
  issue(): string;
  take(address: string | undefined): boolean;
}

function openTickets(model: Model): Tickets {
  const issued = new Map<string, number>();
  return {
    issue: () => {
      const ticket = model.newId('ticket');
      issued.set(ticket, model.clock.now() + TICKET_LIFE_MS);
      return ticket;
    },
    take: (address) => {
      const ticket = new URL(address ?? '', 'ws://fake').searchParams.get('ticket') ?? '';
      const until = issued.get(ticket);
      issued.delete(ticket);
      return until !== undefined && model.clock.now() <= until;
    },
  };
}

interface Line {
  readonly link: Link;
  readonly socket: OpenSocket;
  over: boolean;
}

function greet(model: Model, { link, socket }: Line, host: string, connections: number): void {
  if (connections <= MOST_SOCKETS) {
    link.ping();
    socket.send(helloFrame(model, host, connections));
    return;
  }
  model.complaints.push(`socket ${connections} of ${MOST_SOCKETS}: too_many_websockets`);
  socket.disconnect('too_many_websockets');
  link.close(1000);
}

async function hangUp(lines: readonly Line[]): Promise<void> {
  for (const { link } of lines) link.close(1000);
  const until = performance.now() + FAREWELL_MS;
  while (lines.some(({ over }) => !over) && performance.now() < until) await setImmediate();
  for (const { link } of lines) link.cut();
}

/** Calls those who wait for so many open sockets. */
function makeWaiting(count: () => number): { look(): void; until(least: number): Promise<void> } {
  const waiting = new Set<{ readonly least: number; readonly done: () => void }>();
  const look = (): void => {
    for (const one of waiting) {
      if (count() < one.least) continue;
      waiting.delete(one);
      one.done();
    }
  };
  return {
    look,
    until: (least) =>
      new Promise((done) => {
        waiting.add({ least, done });
        look();
      }),
  };
}

export function openSockets(model: Model): Sockets {
  const all: OpenSocket[] = [];
  const lines: Line[] = [];
  const tickets = openTickets(model);
  const hearers: AckHearer[] = [];
  const live = (): OpenSocket[] => all.filter(({ open }) => open);
  const waiting = makeWaiting(() => live().length);
  let turn = 0;
  let closing = false;

  const meet = (link: Link): Hearing => {
    const host = `applink-${all.length + 1}`;
    const socket = makeSocket(model, link, host);
    const line = { link, socket, over: false };
    all.push(socket);
    lines.push(line);
    greet(model, line, host, live().length);
    waiting.look();
    return hearingOf(line, hearers);
  };
  return {
    all,
    next: () => live()[turn++ % Math.max(1, live().length)],
    onAck: (hear) => hearers.push(hear),
    openConnection: () => ({
      url: `${model.url.replace(/^http/, 'ws')}/link/?ticket=${tickets.issue()}&app_id=${model.app.appId}`,
    }),
    upgrade: (request, duplex, head) => {
      if (!closing && tickets.take(request.url)) acceptLink(request, duplex, head, meet);
      else duplex.end(FORBIDDEN);
    },
    opened: (count) => waiting.until(count),
    close: () => {
      closing = true;
      return hangUp(lines);
    },
  };
}
