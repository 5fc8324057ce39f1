/** The HTTP end of the fake: the REST API with its checks, limits, faults and ledger, and attachments to download. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contract } from './contract.ts';
import { hasEffect, send, spoil, type Faults } from './faults.ts';
import type { Limits } from './limits.ts';
import type { Asked, Reply } from './model.ts';
import { readBody, type Arrived } from './requests.ts';
import { invalid, Refusal, refusalOf } from './rest/refusal.ts';
import type { Desk } from './rest/route.ts';
import { findRoute, type Found } from './rest/routes.ts';
import type { FakeCall } from './types.ts';

export interface House extends Desk {
  readonly faults: Faults;
  readonly limits: Limits;
  readonly contract: Contract;
  readonly calls: FakeCall[];
}

type Entry = { -readonly [K in keyof FakeCall]: FakeCall[K] };

const API = '/api/v10';

function askedOf(request: IncomingMessage, url: URL, found: Found, arrived: Arrived, token: string): Asked {
  return {
    method: found.method,
    route: found.route,
    path: decodeURIComponent(url.pathname.slice(API.length)),
    params: found.params,
    query: url.searchParams,
    body: arrived.body,
    raw: arrived.raw,
    files: arrived.files,
    authorized: request.headers.authorization === `Bot ${token}`,
  };
}

/** What is wrong with a request is told, whatever becomes of it; what Discord would refuse is given back. */
function check(
  { model, contract }: House,
  request: IncomingMessage,
  asked: Asked,
  arrived: Arrived,
): readonly string[] {
  const { refused, told } =
    arrived.problem === undefined ? contract.checkRequest(asked) : { refused: [arrived.problem], told: [] };
  const agent = request.headers['user-agent'] ?? '';
  const unnamed = agent.startsWith('DiscordBot (') ? [] : [`the user agent '${agent}' is not let through`];
  for (const problem of [...refused, ...told, ...unnamed]) {
    model.complaints.push(`${asked.method} ${asked.path}: ${problem}`);
  }
  return refused;
}

async function handle(house: House, found: Found, asked: Asked, refused: readonly string[]): Promise<Reply> {
  const { model, contract, limits } = house;
  if (!found.byInteraction && !asked.authorized) return refusalOf(0);
  const { headers, refusal } = limits.take(asked, found.byInteraction);
  if (refusal) return { ...refusal, headers: { ...headers, ...refusal.headers } };
  if (refused.length > 0) return { ...invalid(refused), headers };
  const reply = await answerOf(house, found, asked);
  for (const problem of contract.checkAnswer(asked, reply)) {
    model.complaints.push(`the fake's answer to ${asked.method} ${asked.path}: ${problem}`);
  }
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

async function answerOf(house: House, found: Found, asked: Asked): Promise<Reply> {
  try {
    return await found.handle(house, asked);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

/** Counts what counts against the address, and finishes the ledger's entry. */
function note({ model, limits }: House, entry: Entry, status: number, scope: string | undefined): void {
  entry.status = status;
  if (limits.note(status, scope)) {
    model.complaints.push('more than 1000 requests in ten minutes were answered 401, 403 or 429');
  }
}

async function answerApi(house: House, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { model } = house;
  const arrived = await readBody(request);
  const found = findRoute(request.method ?? '', url.pathname.slice(API.length));
  if (!found) {
    model.complaints.push(`the fake has no ${request.method} ${url.pathname}`);
    send(response, { status: 404, body: { message: '404: Not Found', code: 0 } });
    return;
  }
  const asked = askedOf(request, url, found, arrived, model.token);
  const entry: Entry = {
    method: asked.method,
    route: asked.route,
    path: asked.path + url.search,
    body: arrived.raw,
    status: 0,
    at: model.clock.now(),
  };
  house.calls.push(entry);
  const refused = check(house, request, asked, arrived);
  const fault = house.faults.take(`${asked.method} ${asked.route}`);
  if (fault?.do === 'hold') await house.faults.held();
  const reply = hasEffect(fault) ? await handle(house, found, asked, refused) : undefined;
  if (fault && fault.do !== 'hold') {
    const scope = fault.do === '429' ? fault.scope : undefined;
    note(house, entry, spoil(response, fault), scope);
  } else if (reply) {
    note(house, entry, reply.status, reply.headers?.['x-ratelimit-scope']);
    send(response, reply);
  }
}

/** What was uploaded, for whoever has the address. */
function answerFile({ model }: House, response: ServerResponse, url: URL): void {
  const [, , channel = '', id = ''] = url.pathname.split('/');
  const messages = model.find(channel)?.messages ?? [];
  const file = messages.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
  if (file) response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
  else response.writeHead(404).end();
}

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', house.model.url);
  try {
    if (url.pathname.startsWith('/attachments/')) answerFile(house, response, url);
    else if (url.pathname.startsWith(`${API}/`)) await answerApi(house, request, response, url);
    else {
      house.model.complaints.push(`the fake has nothing at ${url.pathname}`);
      send(response, { status: 404, body: { message: '404: Not Found', code: 0 } });
    }
  } catch (error) {
    // A caller that hung up is none of the fake's own faults.
    if (!request.complete) return;
    house.model.complaints.push(`the fake failed at ${url.pathname}: ${String(error)}`);
    if (!response.headersSent) response.writeHead(500).end();
  }
}

/** Listens on a port of its own; `house` is asked for with the first request. */
export async function listen(house: () => House): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => void answer(house(), request, response));
  // A hanging request is the test's to end.
  server.requestTimeout = 0;
  server.on('upgrade', (request, socket, head) => {
    const { upgrade } = house().plugs;
    if (upgrade) upgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
