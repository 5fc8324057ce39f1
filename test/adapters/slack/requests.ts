/** Requests as Slack signs them, and as others forge them. */
import { createHmac } from 'node:crypto';
import type { AckBody, Envelope } from '../../../adapters/slack/ports.ts';
import { makeHttp } from '../../../adapters/slack/http.ts';
import { keepLog, openManualWorld, secret } from './world.ts';

export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';
export const ADDRESS = 'http://127.0.0.1:3000/slack/events';
export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';
/** What the world's clock reads at first, in seconds. */
export const NOW_S = Date.parse('2026-11-23T09:00:00.000Z') / 1000;

export interface Sent {
  readonly body?: string | Uint8Array;
  /** What is signed, when it is not what is sent. */
  readonly signedBody?: string | Uint8Array;
  readonly key?: string;
  readonly stamp?: number | string;
  readonly type?: string;
  /** Instead of, or beside, the honest ones; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly address?: string;
  readonly method?: string;
}

export const sign = (body: string | Uint8Array, stamp: number | string = NOW_S, key: string = SIGNING_SECRET): string =>
  `v0=${createHmac('sha256', key).update(`v0:${stamp}:`).update(body).digest('hex')}`;

export const EVENT = JSON.stringify({ type: 'event_callback', team_id: 'T0001', event: { type: 'message' } });
export const COMMAND = 'command=%2Fpractice&text=hello&team_id=T0001&user_id=U0ANA&trigger_id=1.2.3';

/** An honest event, but for what is said otherwise. */
export function requestOf(sent: Sent = {}): Request {
  const { body = EVENT, stamp = NOW_S, method = 'POST' } = sent;
  const headers = new Headers({
    'content-type': sent.type ?? JSON_TYPE,
    'x-slack-request-timestamp': String(stamp),
    'x-slack-signature': sign(sent.signedBody ?? body, stamp, sent.key),
  });
  for (const [name, value] of Object.entries(sent.headers ?? {})) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Request(sent.address ?? ADDRESS, { method, headers, ...(method === 'POST' ? { body: bytes } : {}) });
}

/** A door with a router behind it that notes what got through. */
export async function openDoor(take: (envelope: Envelope) => Promise<AckBody> = async () => '') {
  const world = openManualWorld();
  const log = keepLog();
  const taken: Envelope[] = [];
  const { line, http } = makeHttp({
    signingSecret: secret(SIGNING_SECRET),
    world,
    log,
    take: (envelope) => {
      taken.push(envelope);
      return take(envelope);
    },
  });
  await line.open();
  const post = async (sent: Sent | Request = {}): Promise<Response> => {
    const answer = await http(sent instanceof Request ? sent : requestOf(sent));
    if (!answer) throw new Error('the door did not answer');
    return answer;
  };
  return { world, log, taken, line, http, post };
}
