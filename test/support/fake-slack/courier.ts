/** Carries one body to the app, over HTTP or a socket, and brings back its answer or why there is none after 3 seconds. */
import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Model } from './model.ts';
import type { OpenSocket, Sockets } from './sockets.ts';

export const ACK_WITHIN_MS = 3000;
const MOMENT_MS = 500;

export type Parcel =
  | { readonly kind: 'command'; readonly body: Readonly<Record<string, string>> }
  | { readonly kind: 'interactive'; readonly body: unknown; readonly answerable: boolean }
  | { readonly kind: 'event'; readonly body: unknown; readonly retry: number; readonly reason?: string };

export type Answer = { readonly tookMs: number } & (
  | { readonly ok: true; readonly body: unknown }
  /** `reason` in Slack's words: `http_timeout`, `http_error`, `connection_failed`, …; `final`: it wants no retry. */
  | { readonly ok: false; readonly reason: string; readonly final: boolean }
);

type Outcome =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly reason: string; readonly final: boolean };

export interface Courier {
  /** What comes after 3 seconds is too late, and a complaint. */
  carry(parcel: Parcel): Promise<Answer>;
  sendTo(requestUrl: string | undefined): void;
  close(): void;
}

const SOCKET_TYPE = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' } as const;

export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

const formOf = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

function encode(parcel: Parcel): { readonly type: string; readonly body: string } {
  const type = 'application/x-www-form-urlencoded';
  if (parcel.kind === 'command') return { type, body: formOf(parcel.body) };
  if (parcel.kind === 'interactive') return { type, body: formOf({ payload: JSON.stringify(parcel.body) }) };
  return { type: 'application/json', body: JSON.stringify(parcel.body) };
}

function retryHeaders(parcel: Parcel): Record<string, string> {
  if (parcel.kind !== 'event' || parcel.retry === 0) return {};
  return { 'x-slack-retry-num': String(parcel.retry), 'x-slack-retry-reason': parcel.reason ?? 'unknown_error' };
}

async function readAnswer(response: Response): Promise<Outcome> {
  const text = await response.text();
  if (response.status !== 200) {
    const final = response.headers.get('x-slack-no-retry') === '1';
    const redirected = response.status >= 300 && response.status < 400;
    return { ok: false, reason: redirected ? 'too_many_redirects' : 'http_error', final };
  }
  const json = response.headers.get('content-type')?.toLowerCase().startsWith('application/json') === true;
  return { ok: true, body: json && text !== '' ? (JSON.parse(text) as unknown) : text };
}

async function post(model: Model, url: string, parcel: Parcel, signal: AbortSignal): Promise<Outcome> {
  const { type, body } = encode(parcel);
  const timestamp = String(Math.floor(model.clock.now() / 1000));
  const headers = {
    'content-type': type,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signatureOf(model.app.signingSecret, timestamp, body),
    ...retryHeaders(parcel),
  };
  try {
    return await readAnswer(await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' }));
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'http_error' : 'connection_failed', final: false };
  }
}

function envelopeOf(id: string, parcel: Parcel): unknown {
  const answerable = parcel.kind === 'command' || (parcel.kind === 'interactive' && parcel.answerable);
  return {
    envelope_id: id,
    type: SOCKET_TYPE[parcel.kind],
    accepts_response_payload: answerable,
    payload: parcel.body,
    ...(parcel.kind === 'event' ? { retry_attempt: parcel.retry, retry_reason: parcel.reason ?? '' } : {}),
  };
}

interface Waiting {
  readonly socket: OpenSocket;
  readonly done: (outcome: Outcome) => void;
}

/** An acknowledgement in Socket Mode: an empty payload is no answer, `{text}` alone may have been a plain string. */
function readPayload(payload: unknown): unknown {
  const empty = payload === undefined || payload === null || JSON.stringify(payload) === '{}';
  return empty ? '' : payload;
}

function openSocketPost(model: Model, sockets: Sockets): (parcel: Parcel, signal: AbortSignal) => Promise<Outcome> {
  const waiting = new Map<string, Waiting>();
  sockets.onAck((from, { envelopeId, payload }) => {
    const found = waiting.get(envelopeId);
    if (found?.socket === from) found.done({ ok: true, body: readPayload(payload) });
    else model.complaints.push(`an acknowledgement nobody waits for: ${envelopeId}`);
  });
  return (parcel, signal) => {
    const socket = sockets.next();
    if (!socket) return Promise.resolve({ ok: false, reason: 'connection_failed', final: false });
    const id = model.newId('envelope');
    return new Promise((resolve) => {
      const done = (outcome: Outcome): void => {
        waiting.delete(id);
        resolve(outcome);
      };
      waiting.set(id, { socket, done });
      signal.addEventListener('abort', () => done({ ok: false, reason: 'timeout', final: false }));
      socket.send(envelopeOf(id, parcel));
    });
  };
}

/**
 * What is there when three seconds are over without an answer. A clock that was moved on leaves the app a moment of real
 * time: what was under way is not late because a test made a minute pass.
 */
function tooLate(model: Model, sent: Promise<Outcome>, reason: string, signal: AbortSignal): Promise<Outcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    const giveUp = (): void => resolve({ ok: false, reason, final: false });
    const job = model.clock.at(model.clock.now() + ACK_WITHIN_MS, async () => {
      const moved = ACK_WITHIN_MS - (performance.now() - began);
      if (moved > 0) await Promise.race([sent, setTimeout(Math.min(moved, MOMENT_MS), undefined, { ref: false })]);
      giveUp();
    });
    signal.addEventListener('abort', giveUp);
    void sent.finally(() => job.cancel());
  });
}

/** An answer a person waited for that came all the same, after it was given up. Events just come again. */
async function noteLate(model: Model, parcel: Parcel, sent: Promise<Outcome>, given: Outcome): Promise<void> {
  const came = await sent;
  if (given !== came && came.ok && parcel.kind !== 'event')
    model.complaints.push(`answered after 3 seconds: ${nameOf(parcel)}`);
}

function nameOf(parcel: Parcel): string {
  const { command, type } = parcel.body as { readonly command?: string; readonly type?: string };
  return command ?? type ?? parcel.kind;
}

export function openCourier(model: Model, sockets: Sockets): Courier {
  let requestUrl: string | undefined;
  const viaSocket = openSocketPost(model, sockets);
  const underWay = new Set<AbortController>();
  const carry = async (parcel: Parcel): Promise<Answer> => {
    const began = model.clock.now();
    const url = requestUrl;
    const stop = new AbortController();
    underWay.add(stop);
    const sent = url === undefined ? viaSocket(parcel, stop.signal) : post(model, url, parcel, stop.signal);
    const reason = url === undefined ? 'timeout' : 'http_timeout';
    const outcome = await Promise.race([sent, tooLate(model, sent, reason, stop.signal)]);
    void noteLate(model, parcel, sent, outcome).finally(() => underWay.delete(stop));
    return { ...outcome, tookMs: model.clock.now() - began };
  };
  return {
    carry,
    sendTo: (url) => {
      requestUrl = url;
    },
    close: () => underWay.forEach((stop) => stop.abort()),
  };
}
