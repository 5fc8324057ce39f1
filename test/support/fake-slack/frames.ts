/** WebSocket frames (RFC 6455) as bytes: written by one side, read by the other, whole or in pieces. */

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

/** The other side broke the protocol: `code` is the close code it is told. */
export class FrameError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The most a frame and a whole message may carry, in bytes. */
export const MOST_BYTES = 16 * 1024 * 1024;

function lengthBytes(length: number, masked: number): Buffer {
  if (length < 126) return Buffer.from([masked | length]);
  if (length < 65_536) return Buffer.from([masked | 126, length >> 8, length & 0xff]);
  const long = Buffer.alloc(9, masked | 127);
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}

function maskBytes(payload: Buffer, key: Buffer): Buffer {
  return Buffer.from(payload.map((byte, at) => byte ^ (key[at % 4] ?? 0)));
}

/** With a `mask` (four bytes) it is a client's frame, without one a server's. */
export function encodeFrame(
  opcode: number,
  payload: Buffer,
  how: { readonly fin?: boolean; readonly mask?: Buffer } = {},
): Buffer {
  const first = Buffer.from([(how.fin === false ? 0 : 0x80) | opcode]);
  const length = lengthBytes(payload.length, how.mask === undefined ? 0 : 0x80);
  return Buffer.concat(
    how.mask === undefined ? [first, length, payload] : [first, length, how.mask, maskBytes(payload, how.mask)],
  );
}

interface Head {
  readonly fin: boolean;
  readonly opcode: number;
  readonly length: number;
  /** Where the mask begins. */
  readonly at: number;
}

function readLength(bytes: Buffer): { length: number; at: number } | undefined {
  const short = (bytes[1] ?? 0) & 0x7f;
  if (short < 126) return { length: short, at: 2 };
  if (short === 126) return bytes.length < 4 ? undefined : { length: bytes.readUInt16BE(2), at: 4 };
  return bytes.length < 10 ? undefined : { length: Number(bytes.readBigUInt64BE(2)), at: 10 };
}

function checkHead(bytes: Buffer, { fin, opcode, length }: Head): void {
  if (((bytes[0] ?? 0) & 0x70) !== 0) throw new FrameError(1002, 'a reserved bit is set');
  if (((bytes[1] ?? 0) & 0x80) === 0) throw new FrameError(1002, 'a client masks its frames');
  if (opcode > 2 && opcode !== 8 && opcode !== 9 && opcode !== 10) throw new FrameError(1002, 'an unknown opcode');
  if (opcode >= 8 && (!fin || length > 125)) throw new FrameError(1002, 'a control frame is short and whole');
  if (length > MOST_BYTES) throw new FrameError(1009, 'a frame this long is not taken');
}

function readHead(bytes: Buffer): Head | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes[0] ?? 0;
  const found = readLength(bytes);
  if (found === undefined) return undefined;
  const head = { fin: (first & 0x80) !== 0, opcode: first & 0x0f, ...found };
  checkHead(bytes, head);
  return head;
}

/** Reads a client's frames: each call takes what arrived and gives the frames it completes. Throws a FrameError. */
export function makeFrameReader(): (chunk: Buffer) => readonly Frame[] {
  let waiting: Buffer = Buffer.alloc(0);
  return (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const head = readHead(waiting);
      if (head === undefined || waiting.length < head.at + 4 + head.length) return frames;
      const end = head.at + 4 + head.length;
      const payload = maskBytes(waiting.subarray(head.at + 4, end), waiting.subarray(head.at, head.at + 4));
      frames.push({ fin: head.fin, opcode: head.opcode, payload });
      waiting = waiting.subarray(end);
    }
  };
}
