/** An app of a few lines that takes what the fake sends over HTTP, remembers it, and answers as it is told. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Took {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  /** The command's form, the interaction's payload, or the event's envelope. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HttpAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

export interface Receiver {
  readonly url: string;
  readonly took: Took[];
  /** Promises keep the fake waiting. */
  answer(how: (took: Took) => HttpAnswer | Promise<HttpAnswer>): void;
  close(): Promise<void>;
}

function readBody(raw: string, type: string): Took['body'] {
  if (type.startsWith('application/json')) return JSON.parse(raw) as Took['body'];
  const form = new URLSearchParams(raw);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : (JSON.parse(payload) as Took['body']);
}

function end(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

export async function openReceiver(): Promise<Receiver> {
  const took: Took[] = [];
  let how: (one: Took) => HttpAnswer | Promise<HttpAnswer> = () => ({});
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString();
    const one = { headers: request.headers, raw, body: readBody(raw, request.headers['content-type'] ?? '') };
    took.push(one);
    const { status = 200, headers = {}, body = '' } = await how(one);
    const json = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, { ...json, ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    took,
    answer: (next) => {
      how = next;
    },
    close: () => end(server),
  };
}
