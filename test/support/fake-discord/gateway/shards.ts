/** The app's shards by number, each by the line it has now, and the trouble a test makes them. */
import type { FakeShard } from '../types.ts';
import { frame, OP, type Session } from './session.ts';

/** Closed by Discord with one of these, a session is over; the others can be resumed. */
const FINAL: ReadonlySet<number> = new Set([1000, 1001, 4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014]);
/** Cannot be said in a frame: the line is just gone. */
const UNSAYABLE: ReadonlySet<number> = new Set([1005, 1006, 1015]);

export interface Shards {
  readonly all: readonly FakeShard[];
  /** A session of this shard is ready or resumed. */
  look(session: Session): void;
  ready(count: number): Promise<void>;
}

type Now = () => Session | undefined;

function lineOf(now: Now): NonNullable<Session['line']> {
  const line = now()?.line;
  if (!line) throw new Error('the shard is not connected');
  return line;
}

function close(now: Now, code: number): void {
  const session = now();
  const { link } = lineOf(now);
  if (session && FINAL.has(code)) session.over = true;
  if (UNSAYABLE.has(code)) link.cut();
  else link.close(code, 'as a test has it');
}

function shardOf(now: Now): FakeShard {
  const tell = (op: number, d: unknown): void => {
    const line = lineOf(now);
    line.ready = false;
    line.link.send(frame(op, d));
  };
  return {
    get open() {
      return now()?.line?.link.open === true;
    },
    close: (code) => close(now, code),
    drop: () => lineOf(now).link.cut(),
    reconnect: () => tell(OP.reconnect, null),
    invalidate: (resumable) => {
      const session = now();
      tell(OP.invalid, resumable);
      const line = session?.line;
      if (!session || !line) return;
      if (!resumable) session.over = true;
      delete line.session;
      delete session.line;
    },
    mute: () => {
      const line = lineOf(now);
      line.muted = true;
      line.ready = false;
    },
  };
}

export function openShards(): Shards {
  const sessions: (Session | undefined)[] = [];
  const all: FakeShard[] = [];
  const waiting = new Set<{ readonly least: number; readonly done: () => void }>();
  const isReady = (session: Session | undefined): boolean =>
    session?.line?.ready === true && session.line.link.open && !session.over;
  const settle = (): void => {
    const count = sessions.filter(isReady).length;
    for (const one of waiting) {
      if (count < one.least) continue;
      waiting.delete(one);
      one.done();
    }
  };
  return {
    all,
    look: (session) => {
      const [id] = session.shard;
      for (let at = all.length; at <= id; at += 1) all.push(shardOf(() => sessions[at]));
      sessions[id] = session;
      settle();
    },
    ready: (least) =>
      new Promise((done) => {
        waiting.add({ least, done });
        settle();
      }),
  };
}
