/** WebSocket frames, whole and in pieces, as the protocol has them; what breaks it is told so and hung up on. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame, makeFrameReader, OPCODE, type Frame } from '../../../support/fake-slack/frames.ts';
import { acceptKey, acceptLink, type Link } from '../../../support/fake-slack/web-socket.ts';

const MASK = Buffer.from([1, 2, 3, 4]);
const client = (opcode: number, text: string | Buffer, fin = true): Buffer =>
  encodeFrame(opcode, Buffer.from(text), { fin, mask: MASK });
const RUNS = process.env['LONG'] ? 10_000 : 200;

describe('frames', () => {
  it('come out as they went in, however the bytes are cut up', () => {
    const pieces = fc.array(fc.record({ payload: fc.uint8Array({ maxLength: 400 }), fin: fc.boolean() }));
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 50 }), (sent, step) => {
        const bytes = Buffer.concat(
          sent.map((one) => encodeFrame(1, Buffer.from(one.payload), { ...one, mask: MASK })),
        );
        const read = makeFrameReader();
        const got: Frame[] = [];
        for (let at = 0; at < bytes.length; at += step) got.push(...read(bytes.subarray(at, at + step)));
        expect(got.map(({ fin, payload }) => ({ fin, payload: [...payload] }))).toEqual(
          sent.map(({ fin, payload }) => ({ fin, payload: [...payload] })),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it.each([0, 125, 126, 65_535, 65_536, 1_000_000])('carry %i bytes', (length) => {
    const [frame] = makeFrameReader()(client(OPCODE.text, 'x'.repeat(length)));
    expect(frame?.payload.length).toBe(length);
  });

  it.each([
    ['no mask', encodeFrame(OPCODE.text, Buffer.from('x')), 1002],
    ['a reserved bit', Buffer.from([0xc1, 0x80, 1, 2, 3, 4]), 1002],
    ['an unknown opcode', Buffer.from([0x83, 0x80, 1, 2, 3, 4]), 1002],
    ['a ping in pieces', client(OPCODE.ping, 'x', false), 1002],
    ['a ping too long', client(OPCODE.ping, 'x'.repeat(126)), 1002],
    ['more than anybody sends', Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0]), 1009],
  ])('with %s are refused', (_, bytes, code) => {
    expect(() => makeFrameReader()(bytes)).toThrow(expect.objectContaining({ code }));
  });
});

let server: Server;
let links: Link[];
let heard: string[];
let closed: number;
beforeEach(async () => {
  links = [];
  heard = [];
  closed = 0;
  server = createServer();
  server.on('upgrade', (request, socket, head) =>
    acceptLink(request, socket, head, (link) => {
      links.push(link);
      return { text: (text) => heard.push(text), closed: () => (closed += 1) };
    }),
  );
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => {
  for (const link of links) link.cut();
  server.close();
});

const port = (): number => (server.address() as AddressInfo).port;

/** Speaks raw bytes after a handshake; gives what comes back as it comes. */
async function handshake(
  headers = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
): Promise<{
  readonly socket: Socket;
  readonly got: () => Buffer;
  readonly ended: Promise<void>;
}> {
  const socket = connect(port(), '127.0.0.1');
  let got = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => (got = Buffer.concat([got, chunk])));
  const ended = new Promise<void>((done) => socket.on('close', () => done()));
  socket.write(`GET /link HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${headers}\r\n\r\n`);
  await expect.poll(() => got.includes('\r\n\r\n')).toBe(true);
  return { socket, got: () => got.subarray(got.indexOf('\r\n\r\n') + 4), ended };
}

describe('a link', () => {
  it('opens with the key of the protocol’s own example', () => {
    expect(acceptKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  it('speaks with a client of the world: both ways, long, in many tongues, and goodbye', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port()}`);
    const said: string[] = [];
    socket.addEventListener('message', ({ data }) => said.push(String(data)));
    await new Promise((done) => socket.addEventListener('open', done));
    const long = 'ä🙂'.repeat(30_000);
    socket.send(long);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0] === long).toBe(true);
    links[0]?.send(long);
    await expect.poll(() => said[0] === long).toBe(true);
    const gone = new Promise<number>((done) => socket.addEventListener('close', ({ code }) => done(code)));
    links[0]?.close(4000, 'enough');
    expect(links[0]?.open).toBe(false);
    expect(await gone).toBe(4000);
    await expect.poll(() => closed).toBe(1);
  });

  it('puts fragments together, with a ping answered in between', async () => {
    const { socket, got } = await handshake();
    const bytes = Buffer.from('grün');
    socket.write(client(OPCODE.text, bytes.subarray(0, 3), false));
    socket.write(client(OPCODE.ping, 'are you there'));
    socket.write(client(OPCODE.continuation, bytes.subarray(3)));
    await expect.poll(() => heard).toEqual(['grün']);
    const pong = encodeFrame(OPCODE.pong, Buffer.from('are you there'));
    await expect.poll(() => got().includes(pong)).toBe(true);
    socket.destroy();
  });

  it.each([
    ['a continuation of nothing', client(OPCODE.continuation, 'x'), 1002],
    ['a second beginning', Buffer.concat([client(OPCODE.text, 'x', false), client(OPCODE.text, 'y')]), 1002],
    ['bytes that are no UTF-8', client(OPCODE.text, Buffer.from([0xff, 0xfe])), 1007],
    ['binary', client(OPCODE.binary, 'x'), 1003],
  ])('hangs up on %s', async (_, bytes, code) => {
    const { socket, got, ended } = await handshake();
    socket.write(bytes);
    await ended;
    expect(got().readUInt16BE(2)).toBe(code);
    await expect.poll(() => closed).toBe(1);
    expect(heard).toEqual([]);
  });

  it('answers a goodbye and ends', async () => {
    const { socket, got, ended } = await handshake();
    socket.write(client(OPCODE.close, Buffer.from([0x03, 0xe8])));
    await ended;
    expect([...got()]).toEqual([0x88, 2, 0x03, 0xe8]);
    expect(links[0]?.open).toBe(false);
  });

  it('is not given to what is no handshake', async () => {
    const { got, ended } = await handshake('Sec-WebSocket-Version: 8');
    await ended;
    expect(got().length).toBe(0);
    expect(links).toEqual([]);
  });
});
