/** The gateway: HELLO, IDENTIFY or RESUME, heartbeats, and what happens, told to every session that may hear of it. */
import type { Hearing, Link } from '../../fake-slack/web-socket.ts';
import type { Json, Model } from '../model.ts';
import type { FakeShard } from '../types.ts';
import { openDoor } from './door.ts';
import {
  IDENTIFIES_A_DAY,
  MOST_GUILDS,
  openRegistrar,
  type Hello,
  type IdentifyOptions,
  type Registrar,
} from './identify.ts';
import { frame, OP, openSessions, type Line, type Sessions } from './session.ts';
import { openShards } from './shards.ts';
import { welcome } from './welcome.ts';

/** Of what the app sends, heartbeats left out: 120 a minute. */
const MOST_SENDS = 120;
const SENDS_WITHIN_MS = 60_000;
/** How long the end waits for the other side's goodbye, in real time. */
const FAREWELL_MS = 200;
/** Closed by the app with one of these, a session is over. */
const GOODBYES: ReadonlySet<number> = new Set([1000, 1001]);

export interface Gateway extends Pick<Registrar, 'contentSwitch' | 'sessionsLeft' | 'identifies' | 'intents'> {
  readonly registrar: Registrar;
  readonly shards: readonly FakeShard[];
  ready(count: number): Promise<void>;
  refuse(refused: boolean): void;
  /** What `GET /gateway/bot` answers. */
  facts(): Json;
  close(): Promise<void>;
}

interface Frame {
  readonly op?: unknown;
  readonly d?: unknown;
}

interface Desk {
  readonly model: Model;
  readonly sessions: Sessions;
  readonly registrar: Registrar;
  readonly shards: ReturnType<typeof openShards>;
  /** Where to resume. */
  url(): string;
}

function readFrame(text: string): Frame | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Frame) : undefined;
  } catch {
    return undefined;
  }
}

function identify(desk: Desk, line: Line, hello: Hello): void {
  const verdict = desk.registrar.judge(hello);
  if ('close' in verdict) line.link.close(verdict.close, verdict.why);
  else if ('wait' in verdict) line.link.send(frame(OP.invalid, false));
  else {
    const session = desk.sessions.begin(line, verdict);
    welcome(desk, session);
    line.ready = true;
    desk.shards.look(session);
  }
}

interface Resume {
  readonly token?: unknown;
  readonly session_id?: unknown;
  readonly seq?: unknown;
}

function resume(desk: Desk, line: Line, asked: Resume): void {
  if (asked.token !== desk.model.token) return line.link.close(4004, 'Authentication failed.');
  const session = desk.sessions.find(String(asked.session_id));
  const seq = Number(asked.seq);
  if (session && !(seq <= session.seq)) return line.link.close(4007, 'Invalid seq.');
  if (!session || !desk.sessions.goOn(session, line, seq)) {
    if (session) session.over = true;
    return line.link.send(frame(OP.invalid, false));
  }
  desk.sessions.tell(session, 'RESUMED', { _trace: [] });
  line.ready = true;
  return desk.shards.look(session);
}

function beat(desk: Desk, line: Line, seq: unknown): void {
  if (line.muted) return;
  if (line.session && typeof seq === 'number') desk.sessions.settle(line.session, seq);
  line.link.send(frame(OP.ack, null));
}

/** False: too many, and the line is closed. */
function count(model: Model, line: Line): boolean {
  const now = model.clock.now();
  line.sent = [...line.sent.filter((at) => now - at < SENDS_WITHIN_MS), now];
  if (line.sent.length <= MOST_SENDS) return true;
  line.link.close(4008, 'You are being rate limited.');
  return false;
}

function obey(desk: Desk, line: Line, text: string): void {
  const read = readFrame(text);
  if (!read) return line.link.close(4002, 'Error while decoding payload.');
  if (read.op === OP.heartbeat) return beat(desk, line, read.d);
  if (!count(desk.model, line)) return undefined;
  const body = (read.d ?? {}) as Json;
  if (read.op === OP.identify || read.op === OP.resume) {
    if (line.session) return line.link.close(4005, 'Already authenticated.');
    return read.op === OP.identify ? identify(desk, line, body) : resume(desk, line, body);
  }
  if (read.op !== OP.presence && read.op !== OP.voice && read.op !== OP.members) {
    return line.link.close(4001, 'Unknown opcode.');
  }
  return line.session ? undefined : line.link.close(4003, 'Not authenticated.');
}

function meet(desk: Desk, link: Link, query: URLSearchParams, done: (line: Line) => void): Line {
  const line: Line = { link, muted: false, ready: false, sent: [] };
  if (query.get('v') !== '10') link.close(4012, 'Invalid API version.');
  else if (query.get('encoding') !== 'json' || query.has('compress')) {
    desk.model.complaints.push(`the fake's gateway speaks plain JSON: ${query.toString()}`);
    link.close(4002, 'Error while decoding payload.');
  } else link.send(frame(OP.hello, { heartbeat_interval: desk.model.heartbeatMs, _trace: [] }));
  done(line);
  return line;
}

function leave(desk: Desk, line: Line, code: number | undefined): void {
  if (line.session && code !== undefined && GOODBYES.has(code)) line.session.over = true;
  desk.sessions.lose(line);
}

async function hangUp(lines: ReadonlySet<Line>): Promise<void> {
  for (const { link } of lines) link.close(1001);
  const until = performance.now() + FAREWELL_MS;
  while (lines.size > 0 && performance.now() < until) await new Promise((next) => setTimeout(next, 5));
  for (const { link } of lines) link.cut();
}

function factsOf(model: Model, registrar: Registrar, url: string): Json {
  const joined = [...model.guilds.values()].filter((guild) => guild.joined).length;
  return {
    url,
    shards: Math.max(1, Math.ceil(joined / MOST_GUILDS)),
    session_start_limit: {
      total: IDENTIFIES_A_DAY,
      remaining: registrar.sessionsLeft,
      reset_after: registrar.resetAfter(),
      max_concurrency: registrar.maxConcurrency,
    },
  };
}

export async function openGateway(model: Model, options: IdentifyOptions = {}): Promise<Gateway> {
  const sessions = openSessions(model);
  const registrar = openRegistrar(model, options);
  const shards = openShards();
  const lines = new Set<Line>();
  const desk: Desk = { model, sessions, registrar, shards, url: () => door.url };
  const door = await openDoor((link, query): Hearing => {
    const line = meet(desk, link, query, (met) => lines.add(met));
    return {
      text: (text) => obey(desk, line, text),
      closed: (code) => {
        lines.delete(line);
        leave(desk, line, code);
      },
    };
  });
  model.onDispatch((event, data, about) => void sessions.spread(event, data, about));
  return {
    registrar,
    shards: shards.all,
    ready: shards.ready,
    refuse: door.refuse,
    get contentSwitch() {
      return registrar.contentSwitch;
    },
    set contentSwitch(on) {
      registrar.contentSwitch = on;
    },
    get sessionsLeft() {
      return registrar.sessionsLeft;
    },
    set sessionsLeft(left) {
      registrar.sessionsLeft = left;
    },
    get identifies() {
      return registrar.identifies;
    },
    get intents() {
      return registrar.intents;
    },
    facts: () => factsOf(model, registrar, door.url),
    close: async () => {
      await door.close();
      await hangUp(lines);
    },
  };
}
