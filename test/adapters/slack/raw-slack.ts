/** The worst of servers for Socket Mode: it gives addresses, and on its sockets does only what it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { encodeFrame, OPCODE } from '../../support/fake-slack/frames.ts';
import { acceptKey } from '../../support/fake-slack/web-socket.ts';

export interface RawSlack {
  readonly apiUrl: string;
  /** Every connection that was ever made. */
  readonly sockets: readonly Duplex[];
  /** How often a connection was asked for. */
  readonly asked: () => number;
  readonly send: (socket: Duplex | undefined, text: string) => void;
  readonly sendBytes: (socket: Duplex | undefined, bytes: Buffer) => void;
}

/** `hello`: said on every new socket. `refuse`: the handshake is answered with this instead. */
export async function openRawSlack(how: { readonly hello: boolean; readonly refuse?: string }): Promise<RawSlack> {
  const sockets: Duplex[] = [];
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const { port } = server.address() as AddressInfo;
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
  });
  const send = (socket: Duplex | undefined, text: string): void =>
    void socket?.write(encodeFrame(OPCODE.text, Buffer.from(text)));
  server.on('upgrade', (request, socket: Duplex) => {
    socket.on('error', () => {});
    socket.resume();
    sockets.push(socket);
    if (how.refuse !== undefined) return void socket.end(how.refuse);
    const accept = acceptKey(request.headers['sec-websocket-key'] ?? '');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    if (how.hello) send(socket, '{"type":"hello"}');
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
  });
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    sockets,
    asked: () => asked,
    send,
    sendBytes: (socket, bytes) => void socket?.write(encodeFrame(OPCODE.binary, bytes)),
  };
}
