/** Slack's deliveries as signed requests to one address. What is not Slack's reaches nothing behind it. */
import type { Secret } from '../../src/chat/adapter.ts';
import { type Log, type World, msOf, plus } from '../../src/chat/world.ts';
import type { AckBody, Envelope, Line, Take } from './ports.ts';
import { BadBody, readBody, readBytes } from './request-body.ts';
import { type Memory, type Refusal, type Stamp, isSigned, openMemory, readStamp } from './signature.ts';

export interface HttpDeps {
  readonly signingSecret: Secret;
  readonly take: Take;
  readonly world: World;
  readonly log: Log;
}

export interface HttpLine {
  readonly line: Line;
  /** Answers `POST /slack/events`; undefined for any other address. */
  http(request: Request): Promise<Response | undefined>;
}

const PATH = '/slack/events';
/** How long a body may take to arrive, in ms. Slack itself gives up after three seconds. */
const SLOWEST_MS = 10_000;

/** An answer as data: two copies of a request get the same one. */
interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Door extends HttpDeps {
  readonly memory: Memory<Reply>;
  refuse(why: Refusal | 'replayed'): Reply;
}

export function makeHttp(deps: HttpDeps): HttpLine {
  if (deps.signingSecret.reveal().trim() === '') throw new Error('An empty signing secret would let everybody in.');
  const door: Door = { ...deps, memory: openMemory<Reply>(deps.world), refuse: makeRefusal(deps) };
  const underWay = new Set<Promise<Response>>();
  let open = false;
  return {
    line: {
      open: async () => void (open = true),
      async close() {
        open = false;
        while (underWay.size > 0) await Promise.allSettled(underWay);
      },
    },
    async http(request) {
      if (new URL(request.url).pathname !== PATH) return undefined;
      if (request.method !== 'POST') return toResponse({ status: 405, headers: { Allow: 'POST' } });
      if (!open) return toResponse({ status: 503 });
      const work = serve(door, request).then(toResponse);
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
  };
}

async function serve(door: Door, request: Request): Promise<Reply> {
  const stamp = readStamp(request.headers, msOf(door.world.now()));
  if (typeof stamp === 'string') return door.refuse(stamp);
  try {
    const bytes = await readInTime(door, request);
    return isSigned(stamp, bytes, door.signingSecret)
      ? await once(door, stamp, bytes, request.headers)
      : door.refuse('forged');
  } catch (error) {
    if (error instanceof BadBody) return { status: error.status };
    // The take has logged it; nothing was committed, so Slack shall send it again.
    return { status: 500 };
  }
}

async function readInTime({ world }: Door, request: Request): Promise<Uint8Array> {
  const read = new AbortController();
  try {
    return await readBytes(request, world.sleepUntil(plus(world.now(), SLOWEST_MS), read.signal));
  } finally {
    read.abort('over');
  }
}

/**
 * Slack signs each try anew, so the same signature again is a copy somebody kept, and is refused. Two copies are not: one
 * that comes while the first is under way is a proxy that lost patience, and gets the same answer; and a request that
 * failed left nothing behind, so it may be tried as it is.
 */
async function once(door: Door, { signature }: Stamp, bytes: Uint8Array, headers: Headers): Promise<Reply> {
  const before = door.memory.seen(signature);
  if (before === 'done') return door.refuse('replayed');
  if (before) return before;
  const work = deliver(door, bytes, headers);
  door.memory.keep(signature, work);
  return work;
}

async function deliver({ take }: Door, bytes: Uint8Array, headers: Headers): Promise<Reply> {
  const body = readBody(bytes, headers.get('content-type'));
  if (body['ssl_check'] !== undefined) return { status: 200 };
  if (body['type'] === 'url_verification') return greet(body['challenge']);
  return toReply(await take({ body, ...readRetry(headers) }));
}

function greet(challenge: unknown): Reply {
  if (typeof challenge !== 'string') throw new BadBody(400, 'no challenge');
  return { status: 200, body: challenge, headers: { 'Content-Type': 'text/plain; charset=utf-8' } };
}

function readRetry(headers: Headers): Pick<Envelope, 'retry'> {
  const count = headers.get('x-slack-retry-num') ?? '';
  const reason = headers.get('x-slack-retry-reason');
  if (!/^\d{1,3}$/.test(count)) return {};
  return { retry: { count: Number(count), ...(reason === null ? {} : { reason }) } };
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

const toReply = (body: AckBody): Reply =>
  body === '' ? { status: 200 } : { status: 200, body: JSON.stringify(body), headers: JSON_TYPE };

const toResponse = ({ status, body, headers }: Reply): Response =>
  new Response(body ?? null, {
    status,
    headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers },
  });

const WHY: Readonly<Record<Refusal | 'replayed', string>> = {
  unsigned: 'no Slack signature',
  stale: 'a timestamp over five minutes away; look at the clock of this machine',
  forged: 'a signature that is not Slack’s; look at SLACK_SIGNING_SECRET',
  replayed: 'a copy of a request that was answered before',
};

/** Refuses without a word of why, and tells the log at most once a minute: the door is open to strangers. */
function makeRefusal({ world, log }: Pick<HttpDeps, 'world' | 'log'>): Door['refuse'] {
  const counted = new Map<string, { sinceMs: number; count: number }>();
  return (why) => {
    const nowMs = msOf(world.now());
    const last = counted.get(why) ?? { sinceMs: -Infinity, count: 0 };
    last.count += 1;
    if (nowMs - last.sinceMs >= 60_000) {
      log.warn(`a request to ${PATH} was refused: ${WHY[why]}`, { times: last.count });
      Object.assign(last, { sinceMs: nowMs, count: 0 });
    }
    counted.set(why, last);
    return { status: 401 };
  };
}
