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

async function readForm(bytes: Buffer, type: string): Promise<Arrived> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files: Asked['files'][number][] = [];
  for (const [name, value] of form) {
    const id = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (id === undefined || typeof value === 'string') continue;
    const content = new Uint8Array(await value.arrayBuffer());
    files.push({ id, name: value.name, bytes: content, contentType: value.type || 'application/octet-stream' });
  }
  const payload = form.get('payload_json');
  return readJson(typeof payload === 'string' ? payload : '{}', files);
}

export async function readBody(request: IncomingMessage): Promise<Arrived> {
  const bytes = await readBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { raw: undefined, body: {}, files: [] };
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  if (type.startsWith('application/json')) return readJson(bytes.toString('utf8'), []);
  return { raw: undefined, body: {}, files: [], problem: `a body of type ${type} is not read` };
}
