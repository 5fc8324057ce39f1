/** The HTTP end of the fake: the Web API with its faults and ledger, uploads, response URLs, the page that installs. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { upload } from './api/files.ts';
import type { OauthDesk } from './api/oauth.ts';
import { perform, workspaceOf, type Desk } from './api/perform.ts';
import { hasEffect, outcomeOf, send, spoil, type Faults } from './faults.ts';
import { basicOf, readable, readArgs, readBody, readUpload, tokenOf } from './requests.ts';
import type { FakeCall } from './types.ts';

export interface House extends Desk {
  readonly oauth: OauthDesk;
  readonly faults: Faults;
  readonly calls: FakeCall[];
}

type Handle = (house: House, request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

const answerApi: Handle = async (house, request, response, url) => {
  const method = url.pathname.slice('/api/'.length);
  const args = await readArgs(request, url);
  const token = tokenOf(request, args);
  const basic = basicOf(request);
  const entry: { -readonly [K in keyof FakeCall]: FakeCall[K] } = {
    method,
    team: workspaceOf(house.model, token)?.id,
    args: readable(args),
    at: house.model.clock.now(),
    outcome: 'pending',
  };
  house.calls.push(entry);
  const fault = house.faults.take(method);
  if (fault?.do === 'hold') await house.faults.held();
  const asked = { method, args, token, ...(basic && { basic }) };
  const reply = hasEffect(fault) ? perform(house, asked) : undefined;
  if (fault && fault.do !== 'hold') {
    entry.outcome = outcomeOf(fault);
    spoil(response, fault);
  } else if (reply) {
    entry.outcome = reply.body['ok'] === true ? 'ok' : String(reply.body['error']);
    send(response, reply);
  }
};

const answerUpload: Handle = async (house, request, response, url) => {
  const [, , , team = '', id = ''] = url.pathname.split('/');
  const { status, body } = upload(house.model, team, id, await readUpload(request));
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
};

const answerResponseUrl: Handle = async (house, request, response, url) => {
  const body = (await readBody(request)).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  const answer = await house.plugs.respond(url.pathname.slice('/response/'.length), type, body);
  response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
};

const answerAuthorize: Handle = async (house, _request, response, url) => {
  const { status, body, location } = house.oauth.page(url);
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    ...(location !== undefined && { location }),
  });
  response.end(body);
};

const ROUTES: readonly (readonly [prefix: string, handle: Handle])[] = [
  ['/api/', answerApi],
  ['/upload/', answerUpload],
  ['/response/', answerResponseUrl],
  ['/oauth/v2/authorize', answerAuthorize],
];

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', house.model.url);
  const route = ROUTES.find(([prefix]) => url.pathname.startsWith(prefix));
  try {
    if (route) await route[1](house, request, response, url);
    else response.writeHead(404).end();
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
  // A hanging call is the test's to end.
  server.requestTimeout = 0;
  server.on('upgrade', (request, socket, head) => house().plugs.upgrade(request, socket, head));
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
