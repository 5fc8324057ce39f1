/** The server's end of a WebSocket: the handshake, whole text messages in and out, pings, and an orderly or abrupt end. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { encodeFrame, FrameError, makeFrameReader, MOST_BYTES, OPCODE, type Frame } from './frames.ts';

export interface Link {
  readonly open: boolean;
  send(text: string): void;
  ping(): void;
  /** Says goodbye and hangs up when the other side answered. */
  close(code: number, reason?: string): void;
  /** Cuts the connection without a word. */
  cut(): void;
}

export interface Hearing {
  text(text: string): void;
  /** Once, however it ended; with the code the other side said goodbye with, if it did. */
  closed(code?: number): void;
}

const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const PLAIN_REFUSAL = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export const acceptKey = (key: string): string =>
  createHash('sha1')
    .update(key + KEY_SUFFIX)
    .digest('base64');

function closeBody(code: number, reason: string): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return Buffer.concat([head, Buffer.from(reason)]);
}

/** Puts fragments together; gives the text of a message once it is whole. */
function makeAssembler(): (frame: Frame) => string | undefined {
  let parts: Buffer[] | undefined;
  let opcode = 0;
  return (frame) => {
    const goesOn = frame.opcode === OPCODE.continuation;
    if (goesOn !== (parts !== undefined)) throw new FrameError(1002, 'a fragment out of place');
    if (!goesOn) opcode = frame.opcode;
    parts = [...(parts ?? []), frame.payload];
    if (parts.reduce((sum, part) => sum + part.length, 0) > MOST_BYTES) throw new FrameError(1009, 'too long');
    if (!frame.fin) return undefined;
    const whole = Buffer.concat(parts);
    parts = undefined;
    if (opcode !== OPCODE.text) throw new FrameError(1003, 'only text is taken');
    return decodeText(whole);
  };
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FrameError(1007, 'not UTF-8');
  }
}

class ServerLink implements Link {
  readonly #socket: Duplex;
  readonly #hear: Hearing;
  readonly #read = makeFrameReader();
  readonly #assemble = makeAssembler();
  #said = false;
  #over = false;
  #farewell: number | undefined;

  constructor(socket: Duplex, meet: (link: Link) => Hearing) {
    this.#socket = socket;
    this.#hear = meet(this);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('close', () => this.#end());
    socket.on('error', () => this.#end());
    socket.on('end', () => socket.end());
  }

  /** Bytes that arrived. */
  take(chunk: Buffer): void {
    this.#guard(() => this.#read(chunk).forEach((frame) => this.#obey(frame)));
  }

  get open(): boolean {
    return !this.#said && !this.#over && this.#socket.writable;
  }

  send(text: string): void {
    if (this.open) this.#socket.write(encodeFrame(OPCODE.text, Buffer.from(text)));
  }

  ping(): void {
    if (this.open) this.#socket.write(encodeFrame(OPCODE.ping, Buffer.from('ping')));
  }

  close(code: number, reason = ''): void {
    if (!this.open) return;
    this.#said = true;
    this.#socket.write(encodeFrame(OPCODE.close, closeBody(code, reason)));
  }

  cut(): void {
    this.#socket.destroy();
    this.#end();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#hear.closed(this.#farewell);
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.close(error.code, error.message);
      this.#socket.end();
    }
  }

  #obey(frame: Frame): void {
    if (this.#over) return;
    if (frame.opcode === OPCODE.close) {
      this.#farewell = frame.payload.length < 2 ? undefined : frame.payload.readUInt16BE(0);
      if (!this.#said) this.#socket.write(encodeFrame(OPCODE.close, frame.payload.subarray(0, 2)));
      this.#said = true;
      this.#socket.end();
    } else if (frame.opcode === OPCODE.ping) {
      if (this.open) this.#socket.write(encodeFrame(OPCODE.pong, frame.payload));
    } else if (frame.opcode !== OPCODE.pong) {
      const text = this.#assemble(frame);
      if (text !== undefined) this.#hear.text(text);
    }
  }
}

/** `meet` is called with the link once there is one; what is no WebSocket handshake is answered 400. */
export function acceptLink(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  meet: (link: Link) => Hearing,
): void {
  const key = request.headers['sec-websocket-key'];
  const wanted = request.headers.upgrade?.toLowerCase() === 'websocket';
  if (!wanted || key === undefined || request.headers['sec-websocket-version'] !== '13') {
    socket.end(PLAIN_REFUSAL);
    return;
  }
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n\r\n`,
  );
  const link = new ServerLink(socket, meet);
  if (head.length > 0) link.take(head);
}
