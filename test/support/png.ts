/** Reads a PNG of ours back: its size and its pixels, every checksum right. */
import { crc32, inflateSync } from 'node:zlib';

export interface Seen {
  readonly width: number;
  readonly height: number;
  /** Pixels of a part of it that are nearer to ink than to paper. */
  dark(part: { readonly from: number; readonly to: number }): number;
}

export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function readPng(png: Uint8Array): Seen {
  const bytes = Buffer.from(png);
  if (!bytes.subarray(0, 8).equals(Buffer.from(PNG_SIGNATURE))) throw new Error('this is no PNG');
  const chunks = chunksOf(bytes);
  if ([...chunks.keys()].join(' ') !== 'IHDR IDAT IEND') throw new Error(`chunks ${[...chunks.keys()].join(' ')}`);
  const head = chunks.get('IHDR') ?? Buffer.alloc(0);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  if (rows.length !== (width * 4 + 1) * height) throw new Error('rows that do not fit the size');
  return {
    width,
    height,
    dark({ from, to }) {
      let count = 0;
      for (let y = from; y < to; y++)
        for (let x = 0; x < width; x++) if ((rows[y * (width * 4 + 1) + 1 + x * 4] ?? 255) < 128) count += 1;
      return count;
    },
  };
}

function chunksOf(bytes: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const named = bytes.subarray(at + 4, at + 8 + length);
    if (bytes.readUInt32BE(at + 8 + length) !== crc32(named)) throw new Error('a checksum that is wrong');
    chunks.set(named.toString('latin1', 0, 4), named.subarray(4));
    at += 12 + length;
  }
  return chunks;
}
