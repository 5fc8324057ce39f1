/** The script of faults: what happens to coming calls of a method, and the calls that are held. */
import type { ServerResponse } from 'node:http';
import type { Reply } from './api/perform.ts';
import type { Fault } from './types.ts';

export interface Faults {
  add(method: string, faults: readonly Fault[]): void;
  /** The next one for this method, used up. */
  take(method: string): Fault | undefined;
  /** Resolves at the next `release`. */
  held(): Promise<void>;
  release(): void;
}

export function openFaults(): Faults {
  const script = new Map<string, Fault[]>();
  const waiting: (() => void)[] = [];
  return {
    add: (method, faults) => script.set(method, [...(script.get(method) ?? []), ...faults]),
    take: (method) => script.get(method)?.shift(),
    held: () => new Promise((go) => waiting.push(go)),
    release: () => {
      for (const go of waiting.splice(0)) go();
    },
  };
}

/** How a call ended, for the ledger. */
export const outcomeOf = (fault: Fault): string => {
  if (fault.do === 'error') return fault.error;
  if (fault.do === '429') return 'ratelimited';
  return 'effect' in fault ? `${fault.do} ${fault.effect}` : fault.do;
};

/** Whether the call takes effect all the same. */
export const hasEffect = (fault: Fault | undefined): boolean =>
  fault === undefined || fault.do === 'hold' || ('effect' in fault && fault.effect === 'after');

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
  response.end(JSON.stringify(reply.body));
}

function cut(response: ServerResponse): void {
  const body = JSON.stringify({ ok: true, message: 'the rest of this never comes' });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

function answerTo(fault: Fault): Reply | undefined {
  if (fault.do === '429') {
    const wait = fault.retryAfter === undefined ? 1 : fault.retryAfter;
    return { status: 429, headers: { 'retry-after': String(wait) }, body: { ok: false, error: 'ratelimited' } };
  }
  if (fault.do === '500') return { status: 500, headers: {}, body: { ok: false, error: 'internal_error' } };
  if (fault.do === 'error') {
    return { status: 200, headers: {}, body: { ok: false, error: fault.error, ...fault.extra } };
  }
  return undefined;
}

/** Answers with the fault; nothing at all for `hang`. */
export function spoil(response: ServerResponse, fault: Fault): void {
  const reply = answerTo(fault);
  if (reply) send(response, reply);
  else if (fault.do === 'drop') response.destroy();
  else if (fault.do === 'cut') cut(response);
  else if (fault.do === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Slack</title><p>Something went wrong.');
  }
}
