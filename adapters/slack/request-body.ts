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

/** Its bytes as they came. Gives up at the limit, or when `giveUp` resolves. */
export async function readBytes(request: Request, giveUp: Promise<void>): Promise<Uint8Array> {
  const late = giveUp.then((): never => {
    throw new BadBody(408, 'too slow');
  });
  // Lost races are nobody's.
  late.catch(() => {});
  const length = request.headers.get('content-length');
  if (length === null) return readPieces(request, late);
  if (Number(length) > LARGEST) throw new BadBody(413, 'too long');
  // HTTP holds a sender to the length it gave, so that this is bounded, and far quicker than piece by piece.
  return Promise.race([whole(request), late]);
}

async function whole(request: Request): Promise<Uint8Array> {
  const bytes = await request.arrayBuffer().catch(cutOff);
  if (bytes.byteLength > LARGEST) throw new BadBody(413, 'too long');
  return new Uint8Array(bytes);
}

async function readPieces({ body }: Request, late: Promise<never>): Promise<Uint8Array> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  const pieces: Uint8Array[] = [];
  try {
    for (let size = 0; reader;) {
      const { value: bytes } = await Promise.race([reader.read().catch(cutOff), late]);
      if (bytes === undefined) break;
      size += bytes.byteLength;
      if (size > LARGEST) throw new BadBody(413, 'too long');
      pieces.push(bytes);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    void reader?.cancel().catch(() => {});
    throw error;
  }
}

function cutOff(): never {
  throw new BadBody(400, 'cut off');
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
