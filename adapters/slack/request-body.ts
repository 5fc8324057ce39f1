/** The body of a request: read up to a limit, and understood as what its media type says it is. */
import { isRecord } from './stranger.ts';

/** Bytes of one delivery. Slack's largest, a form with all its state, is a quarter of this. */
export const LARGEST = 1024 * 1024;
/** How deep records may lie in one another; Slack's go to about twenty. */
const DEEPEST = 100;

type Fields = Readonly<Record<string, unknown>>;

/** A body that cannot be taken, with the HTTP status that says so. */
export class BadBody extends Error {
  readonly status: 400 | 408 | 413 | 415;
  constructor(status: BadBody['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** Its bytes as they came. What it says of its length is only believed when that is too much. */
export async function readBytes(request: Request, giveUp: Promise<void>): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw new BadBody(413, 'too long');
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  const late = giveUp.then(() => 'late' as const);
  for (;;) {
    const part = reader ? await Promise.race([readPart(reader), late]) : undefined;
    if (part === undefined) return Buffer.concat(parts);
    if (part !== 'late') size += part.byteLength;
    if (part === 'late' || size > LARGEST) {
      void reader?.cancel().catch(() => {});
      throw part === 'late' ? new BadBody(408, 'too slow') : new BadBody(413, 'too long');
    }
    parts.push(part);
  }
}

async function readPart(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch {
    throw new BadBody(400, 'cut off');
  }
}

/** The record in the bytes: an event as JSON, a command as a form, an interaction as JSON in a form's `payload`. */
export function readBody(bytes: Uint8Array, contentType: string | null): Fields {
  const type = readType(contentType);
  const text = decode(bytes);
  return type === 'application/json' ? readJson(text) : readForm(text);
}

function readType(contentType: string | null): 'application/json' | 'application/x-www-form-urlencoded' {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !/^"?(?:utf-?8|us-ascii)"?$/.test(charset)) throw new BadBody(415, 'not in UTF-8');
  if (type === 'application/json' || type === 'application/x-www-form-urlencoded') return type;
  throw new BadBody(415, 'neither JSON nor a form');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadBody(400, 'not UTF-8');
  }
}

/** Of a name given twice the last counts: nobody but this reader looks at the bytes, so nobody can read it otherwise. */
function readJson(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadBody(400, 'not JSON');
  }
  if (!isRecord(value)) throw new BadBody(400, 'not a record');
  clean(value);
  return value;
}

function readForm(text: string): Fields {
  const fields = [...new URLSearchParams(text)];
  const names = new Set(fields.map(([name]) => name));
  if (names.size < fields.length) throw new BadBody(400, 'a field given twice');
  const payload = fields.find(([name]) => name === 'payload')?.[1];
  // What stands beside a payload is none of Slack's and is dropped.
  if (payload !== undefined && !names.has('ssl_check')) return readJson(payload);
  const form = Object.fromEntries(fields.filter(([name]) => name !== '__proto__'));
  if (form['command'] === undefined && form['ssl_check'] === undefined) throw new BadBody(400, 'no delivery in it');
  return form;
}

/** Refuses what lies too deep, and takes out the one name that means something to JavaScript when it is copied. */
function clean(value: object): void {
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new BadBody(400, 'too deep');
    for (const item of level) Reflect.deleteProperty(item, '__proto__');
    level = level.flatMap((item) =>
      Object.values(item).filter((inner) => typeof inner === 'object' && inner !== null),
    ) as object[];
  }
}
