/** A Slack of three methods that may lie, fall silent or break off: who a token is, and what a code is worth. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { SCOPES } from '../../../adapters/slack/scopes.ts';

export const ALL_SCOPES: readonly string[] = SCOPES.map(({ scope }) => scope);

/** What Slack knows of a token. */
export interface Known {
  readonly team: string;
  readonly name: string;
  readonly botUser: string;
  readonly botId?: string;
  readonly scopes?: readonly string[];
}

export type Json = Readonly<Record<string, unknown>>;
/** An answer, an HTTP status with a body, or the connection cut. */
export type Answer = Json | { readonly status: number; readonly body?: string; readonly retryAfter?: number } | 'cut';

export interface SmallSlack {
  readonly apiUrl: string;
  readonly tokens: Map<string, Known>;
  /** What a code is exchanged for; used up by the first. */
  readonly codes: Map<string, Json>;
  /** Answers that come before all else, by method, one a call. */
  readonly next: Map<string, Answer[]>;
  /** Methods as they were called, with their arguments and the token that came along. */
  readonly asked: { readonly method: string; readonly args: URLSearchParams; readonly token: string | undefined }[];
}

export async function openSmallSlack(): Promise<SmallSlack> {
  const inside = { tokens: new Map(), codes: new Map(), next: new Map(), asked: [] };
  const server = createServer((request, response) => void answer(slack, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const slack: SmallSlack = { ...inside, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/` };
  return slack;
}

async function answer(slack: SmallSlack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = (request.url ?? '').replace('/api/', '');
  const args = new URLSearchParams(await text(request));
  const token = request.headers.authorization?.replace('Bearer ', '');
  slack.asked.push({ method, args, token });
  const said = slack.next.get(method)?.shift() ?? usual(slack, method, args, token);
  if (said === 'cut') return void request.socket.destroy();
  const scopes = slack.tokens.get(token ?? '')?.scopes;
  if (scopes) response.setHeader('x-oauth-scopes', scopes.join(','));
  if (typeof said['status'] !== 'number') return void response.end(JSON.stringify(said));
  if (typeof said['retryAfter'] === 'number') response.setHeader('retry-after', said['retryAfter']);
  response.statusCode = said['status'];
  response.end(typeof said['body'] === 'string' ? said['body'] : '');
}

function usual({ tokens, codes }: SmallSlack, method: string, args: URLSearchParams, token?: string): Json {
  if (method === 'oauth.v2.access') {
    const code = args.get('code') ?? '';
    const grant = codes.get(code);
    codes.delete(code);
    return grant ?? { ok: false, error: 'invalid_code' };
  }
  const known = tokens.get(token ?? '');
  if (!known) return { ok: false, error: 'invalid_auth' };
  const { team, name, botUser, botId } = known;
  return {
    ok: true,
    team_id: team,
    team: name,
    user_id: botUser,
    user: 'greenroom',
    ...(botId ? { bot_id: botId } : {}),
  };
}
