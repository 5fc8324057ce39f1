/** The Socket Mode end: tickets to connect with, at most ten sockets, pings, goodbyes, and envelopes to any one of them. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Model } from './model.ts';
import type { FakeSocket } from './types.ts';
import { acceptLink, type Link } from './web-socket.ts';

export const MOST_SOCKETS = 10;
/** Of real time: it is the client's own timers that watch for it. */
const PING_EVERY_MS = 1000;
/** Between a `disconnect` frame and the end, by the fake's clock. */
const GRACE_MS = 10_000;
/** How long the end waits for the other side's goodbye, in real time. */
const FAREWELL_MS = 200;
const TICKET_LIFE_MS = 30_000;
const APPROXIMATE_CONNECTION_S = 18_060;

export interface SocketAck {
  readonly envelopeId: string;
  readonly payload: unknown;
}

export interface OpenSocket extends FakeSocket {
  send(body: unknown): void;
}

export interface Sockets {
  readonly all: readonly FakeSocket[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  openConnection(): { readonly url: string } | { readonly error: string };
  /** The next open socket in turn; undefined when none is. */
  next(): OpenSocket | undefined;
  onAck(hear: (from: OpenSocket, ack: SocketAck) => void): void;
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

export function openSockets(model: Model): Sockets {
  const all: OpenSocket[] = [];
  const tickets = new Map<string, number>();
  const ackHearers: ((from: OpenSocket, ack: SocketAck) => void)[] = [];
  const waiters = new Set<() => void>();
  const lines: { readonly link: Link; over: boolean }[] = [];
  let turn = 0;
  const live = (): OpenSocket[] => all.filter(({ open }) => open);
  const wake = (): void => [...waiters].forEach((look) => look());

  const takeTicket = (address: string | undefined): boolean => {
    const ticket = new URL(address ?? '', 'ws://fake').searchParams.get('ticket') ?? '';
    const until = tickets.get(ticket);
    tickets.delete(ticket);
    return until !== undefined && model.clock.now() <= until;
  };
  const greet = (socket: OpenSocket, link: Link, host: string): void => {
    const connections = live().length;
    if (connections > MOST_SOCKETS) {
      model.complaints.push(`socket ${connections} of ${MOST_SOCKETS}: too_many_websockets`);
      socket.disconnect('too_many_websockets');
      link.close(1000);
      return;
    }
    link.ping();
    socket.send(helloFrame(model, host, connections));
  };

  return {
    all,
    next: () => {
      const open = live();
      return open.length === 0 ? undefined : open[turn++ % open.length];
    },
    onAck: (hear) => ackHearers.push(hear),
    openConnection: () => {
      const ticket = model.newId('ticket');
      tickets.set(ticket, model.clock.now() + TICKET_LIFE_MS);
      return { url: `${model.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${model.app.appId}` };
    },
    upgrade: (request, duplex, head) => {
      if (!takeTicket(request.url)) {
        duplex.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      acceptLink(request, duplex, head, (link) => {
        const host = `applink-${all.length + 1}`;
        const socket = makeSocket(model, link, host);
        const line = { link, over: false };
        all.push(socket);
        lines.push(line);
        greet(socket, link, host);
        wake();
        return {
          text: (text) => {
            const ack = readAck(text);
            if (ack) ackHearers.forEach((hear) => hear(socket, ack));
          },
          closed: () => {
            socket.mute();
            line.over = true;
          },
        };
      });
    },
    opened: async (count) => {
      await new Promise<void>((done) => {
        const look = (): void => {
          if (live().length < count) return;
          waiters.delete(look);
          done();
        };
        waiters.add(look);
        look();
      });
    },
    close: async () => {
      for (const { link } of lines) link.close(1000);
      const until = performance.now() + FAREWELL_MS;
      while (lines.some(({ over }) => !over) && performance.now() < until) await setImmediate();
      for (const { link } of lines) link.cut();
    },
  };
}
