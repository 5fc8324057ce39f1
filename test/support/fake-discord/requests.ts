/** Reads what arrives over HTTP: JSON, or a form with `payload_json` and files. */
import type { IncomingMessage } from 'node:http';
import type { Asked, Json } from './model.ts';

export interface Arrived {
  readonly raw: unknown;
  readonly body: Json;
  readonly files: Asked['files'];
  /** Why it cannot be read. */
  readonly problem?: string;
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const recordOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

function readJson(text: string, files: Asked['files']): Arrived {
  try {
    const raw: unknown = JSON.parse(text);
    return { raw, body: recordOf(raw), files };
  } catch {
    return { raw: undefined, body: {}, files, problem: 'the body is no JSON' };
  }
}

const HEAD_END = '\r\n\r\n';

interface Part {
  readonly name: string;
  readonly filename: string | undefined;
  readonly contentType: string;
  readonly bytes: Buffer;
}

function readPart(part: Buffer): Part | undefined {
  const end = part.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = part.subarray(0, end).toString('utf8');
  const name = / name="([^"]*)"/.exec(head)?.[1];
  if (name === undefined) return undefined;
  return {
    name,
    filename: / filename="([^"]*)"/.exec(head)?.[1],
    contentType: /content-type: *([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
    // Two bytes of line break stand before the next boundary.
    bytes: part.subarray(end + HEAD_END.length, -2),
  };
}

function splitForm(bytes: Buffer, type: string): readonly Part[] {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined) return [];
  const mark = `--${boundary}`;
  const parts: Part[] = [];
  for (let at = bytes.indexOf(mark); at >= 0;) {
    const next = bytes.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = readPart(bytes.subarray(at + mark.length, next));
    if (part) parts.push(part);
    at = next;
  }
  return parts;
}

function readForm(bytes: Buffer, type: string): Arrived {
  const parts = splitForm(bytes, type);
  const files = parts.flatMap(({ name, filename, contentType, bytes: content }) => {
    const id = /^files\[(\d+)\]$/.exec(name)?.[1];
    return id === undefined || filename === undefined
      ? []
      : [{ id, name: filename, bytes: new Uint8Array(content), contentType }];
  });
  return readJson(parts.find(({ name }) => name === 'payload_json')?.bytes.toString('utf8') ?? '{}', files);
}

export async function readBody(request: IncomingMessage): Promise<Arrived> {
  const bytes = await readBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { raw: undefined, body: {}, files: [] };
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  if (type.startsWith('application/json')) return readJson(bytes.toString('utf8'), []);
  return { raw: undefined, body: {}, files: [], problem: `a body of type ${type} is not read` };
}
