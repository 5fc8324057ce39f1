/** Reads what arrives over HTTP: the body, arguments in a form or in JSON, the token, uploaded bytes. */
import type { IncomingMessage } from 'node:http';
import type { Args } from './api/call.ts';

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export const mediaType = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const recordOf = (text: string): Args => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Args) : {};
  } catch {
    return {};
  }
};

const fieldsOf = (parts: readonly Part[]): Args =>
  Object.fromEntries(parts.filter(({ isFile }) => !isFile).map(({ name, bytes }) => [name, bytes.toString('utf8')]));

/** Arguments from the query, then those from the body. */
export async function readArgs(request: IncomingMessage, url: URL): Promise<Args> {
  const query = Object.fromEntries(url.searchParams);
  const body = await readBody(request);
  const type = mediaType(request);
  if (type === 'application/json') return { ...query, ...recordOf(body.toString('utf8')) };
  if (type === 'multipart/form-data') return { ...query, ...fieldsOf(readMultipart(request, body)) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly bytes: Buffer;
}

const HEAD_END = '\r\n\r\n';

function readPart(part: Buffer): Part | undefined {
  const end = part.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = part.subarray(0, end).toString('utf8');
  const name = /name="([^"]*)"/.exec(head)?.[1];
  if (name === undefined) return undefined;
  // Two bytes of line break stand before the next boundary.
  return { name, isFile: /filename="/.test(head), bytes: part.subarray(end + HEAD_END.length, -2) };
}

function readMultipart(request: IncomingMessage, body: Buffer): readonly Part[] {
  const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return [];
  const parts: Part[] = [];
  const mark = `--${boundary}`;
  for (let at = body.indexOf(mark); at >= 0;) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = readPart(body.subarray(at + mark.length, next));
    if (part) parts.push(part);
    at = next;
  }
  return parts;
}

/** The bytes of an upload: a form with a file, or nothing but the bytes. */
export async function readUpload(request: IncomingMessage): Promise<Uint8Array> {
  const body = await readBody(request);
  if (mediaType(request) !== 'multipart/form-data') return new Uint8Array(body);
  return new Uint8Array(readMultipart(request, body).find(({ isFile }) => isFile)?.bytes ?? []);
}

export function tokenOf(request: IncomingMessage, args: Args): string {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (typeof args['token'] === 'string' ? args['token'] : '');
}

export function basicOf(request: IncomingMessage): readonly [string, string] | undefined {
  const coded = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (coded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(coded, 'base64').toString('utf8').split(':');
  return [id, secret];
}

const NESTED = ['blocks', 'view', 'metadata', 'files', 'attachments'];

/** Arguments for the ledger: without the token, with what was nested read back. */
export function readable(args: Args): Args {
  const entries = Object.entries(args).filter(([name]) => name !== 'token' && name !== 'client_secret');
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (!NESTED.includes(name) || typeof value !== 'string') return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}
