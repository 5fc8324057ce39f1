/**
 * The fake Discord as a process of its own: `node main.ts '{"heartbeatMs":500}'` prints one line of JSON with its addresses
 * and token, is driven by `POST /fake/<verb>` on a port of its own, and ends when its standard input does.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, asJson, verbsOf, type Address, type Asked, type Verbs } from './desk.ts';
import { openFakeDiscord, type OpenFakeDiscord } from './index.ts';

async function answer(verbs: Verbs, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, verb = ''] = /^\/fake\/(\w+)$/.exec(request.url ?? '') ?? [];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const told = await ask(verbs, verb, JSON.parse(Buffer.concat(chunks).toString()) as Asked);
  response.writeHead('error' in told ? 400 : 200, { 'content-type': 'application/json' }).end(asJson(told));
}

const discord = await openFakeDiscord(JSON.parse(process.argv[2] ?? '{}') as OpenFakeDiscord);
const verbs = verbsOf(discord);
const desk = createServer((request, response) => void answer(verbs, request, response));
await new Promise<void>((ready) => {
  desk.listen(0, '127.0.0.1', ready);
});

const { url, apiUrl, token, applicationId, botUser } = discord;
const deskUrl = `http://127.0.0.1:${(desk.address() as AddressInfo).port}/fake/`;
const address: Address = { url, apiUrl, token, applicationId, botUser, deskUrl };
process.stdout.write(`${JSON.stringify(address)}\n`);

process.stdin.resume();
process.stdin.once('end', () => {
  desk.close();
  desk.closeAllConnections();
  void discord.close();
});
