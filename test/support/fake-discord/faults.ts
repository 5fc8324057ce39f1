/** The script of faults: what happens to coming requests of a route, and those that are held. */
import type { ServerResponse } from 'node:http';
import type { Reply } from './model.ts';
import type { Fault } from './types.ts';

export interface Faults {
  add(route: string, faults: readonly Fault[]): void;
  /** The next one for this route, used up. */
  take(route: string): Fault | undefined;
  /** Resolves at the next `release`. */
  held(): Promise<void>;
  release(): void;
}

export function openFaults(): Faults {
  const script = new Map<string, Fault[]>();
  const waiting: (() => void)[] = [];
  return {
    add: (route, faults) => script.set(route, [...(script.get(route) ?? []), ...faults]),
    take: (route) => script.get(route)?.shift(),
    held: () => new Promise((go) => waiting.push(go)),
    release: () => {
      for (const go of waiting.splice(0)) go();
    },
  };
}

/** Whether the request takes effect all the same. */
export const hasEffect = (fault: Fault | undefined): boolean =>
  fault === undefined || fault.do === 'hold' || ('effect' in fault && fault.effect === 'after');

/** `retry_after` is exact, in seconds; the header is in whole ones. */
export function limited(seconds: number, scope: 'user' | 'global' | 'shared'): Reply {
  return {
    status: 429,
    headers: {
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-reset-after': seconds.toFixed(3),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
  };
}

export function send(response: ServerResponse, reply: Reply): void {
  if (reply.body === undefined) {
    response.writeHead(reply.status, reply.headers).end();
    return;
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(JSON.stringify(reply.body));
}

const PAGE = '<!DOCTYPE html><html><head><title>Access denied</title></head><body>error code: 1015</body></html>';

/** Answers with the fault; nothing at all for `hang`. The status it told, 0 when there is none. */
export function spoil(response: ServerResponse, fault: Fault): number {
  if (fault.do === 'drop') response.destroy();
  if (fault.do === 'drop' || fault.do === 'hang' || fault.do === 'hold') return 0;
  if (fault.do === '429') {
    send(response, limited(fault.retryAfter ?? 1, fault.scope ?? 'user'));
    return 429;
  }
  if (fault.do === 'status') {
    const message = fault.status === 401 ? '401: Unauthorized' : `${fault.status}: as the script says`;
    send(response, { status: fault.status, body: { message, code: fault.code ?? 0 } });
    return fault.status;
  }
  if (fault.do === 'html') {
    response.writeHead(fault.status, { 'content-type': 'text/html; charset=UTF-8' }).end(PAGE);
    return fault.status;
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '0' }).end();
  return 200;
}
