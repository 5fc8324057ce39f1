/** Sessions: what each was told, numbered, and kept until the app says it has it, so that one that lost its line can go on. */
import { randomUUID } from 'node:crypto';
import type { Link } from '../../fake-slack/web-socket.ts';
import type { About, Json, Model } from '../model.ts';
import { hears, onGateway, strip, type Listener } from './filter.ts';

/** How long one without a line can be resumed, by the fake's clock. */
export const SESSION_LIFE_MS = 300_000;
/** How much is kept for one: who misses more has to begin anew. */
export const MOST_KEPT = 5000;

export const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;

/** One connection. */
export interface Line {
  readonly link: Link;
  session?: Session;
  /** Heartbeats are no longer answered. */
  muted: boolean;
  /** READY or RESUMED went out, and nothing since that ends it. */
  ready: boolean;
  /** When things were sent up, by the fake's clock. */
  sent: number[];
}

export interface Session extends Listener {
  readonly id: string;
  /** Of the last dispatch. */
  seq: number;
  readonly kept: { readonly seq: number; readonly text: string }[];
  line?: Line;
  /** It cannot be resumed. */
  over: boolean;
  /** When its line was lost; Infinity while it was not. */
  lostAt: number;
}

export const frame = (op: number, d: unknown, more: Json = {}): string =>
  JSON.stringify({ op, d, s: null, t: null, ...more });

function push(session: Session, event: string, data: unknown): void {
  session.seq += 1;
  const text = JSON.stringify({ op: OP.dispatch, t: event, s: session.seq, d: data });
  session.kept.push({ seq: session.seq, text });
  if (session.kept.length > MOST_KEPT) session.kept.shift();
  session.line?.link.send(text);
}

export interface Sessions {
  readonly all: readonly Session[];
  begin(line: Line, facts: Listener): Session;
  /** Undefined when there is none like that any more. */
  find(id: string): Session | undefined;
  /** Hands it a new line and tells all that came after `seq`. False: part of that is lost. */
  goOn(session: Session, line: Line, seq: number): boolean;
  /** Told whatever its intents. */
  tell(session: Session, event: string, data: unknown): void;
  /** The app has everything up to here. */
  settle(session: Session, seq: number): void;
  lose(line: Line): void;
  /** To all that may hear of it; how many were told over an open line. */
  spread(event: string, data: Json, about: About): number;
}

const alive = (model: Model, { over, line, lostAt }: Session): boolean =>
  !over && (line !== undefined || model.clock.now() - lostAt <= SESSION_LIFE_MS);

function beginOne(line: Line, facts: Listener): Session {
  const id = randomUUID().replaceAll('-', '');
  const session: Session = { ...facts, id, seq: 0, kept: [], line, over: false, lostAt: Infinity };
  line.session = session;
  return session;
}

/** The one line a session has; whoever had it before is put out. */
function take(session: Session, line: Line): void {
  const before = session.line;
  if (before && before !== line) {
    delete before.session;
    before.link.close(4000, 'resumed elsewhere');
  }
  session.line = line;
  session.lostAt = Infinity;
  line.session = session;
}

export function openSessions(model: Model): Sessions {
  const all: Session[] = [];
  const bury = (): void => {
    for (let at = all.length - 1; at >= 0; at -= 1) {
      if (!alive(model, all[at] as Session)) all.splice(at, 1);
    }
  };
  return {
    all,
    begin: (line, facts) => {
      bury();
      const session = beginOne(line, facts);
      all.push(session);
      return session;
    },
    find: (id) => all.find((session) => session.id === id && alive(model, session)),
    goOn: (session, line, seq) => {
      if (seq + 1 < (session.kept[0]?.seq ?? session.seq + 1)) return false;
      take(session, line);
      for (const { seq: at, text } of session.kept) if (at > seq) line.link.send(text);
      return true;
    },
    tell: push,
    settle: (session, seq) => {
      while ((session.kept[0]?.seq ?? Infinity) <= seq) session.kept.shift();
    },
    lose: (line) => {
      line.ready = false;
      const { session } = line;
      if (session?.line !== line) return;
      delete session.line;
      session.lostAt = model.clock.now();
    },
    spread: (event, data, about) => {
      let told = 0;
      const whole = onGateway(event, data, about);
      for (const session of all) {
        if (!alive(model, session) || !hears(model, session, event, about)) continue;
        push(session, event, strip(model, event, whole, about, session.intents));
        if (session.line?.link.open === true) told += 1;
      }
      return told;
    },
  };
}
