/** One shard's line to Discord: when it is opened again, which session it goes on with, and since when it may have missed something. */
import { type Awaitable, type SessionInfo, WebSocketShardStatus } from 'discord.js';
import type { Instant } from '../../../src/chat/ids.ts';
import { instant, msOf, plus, type World } from '../../../src/chat/world.ts';
import { isLineAddress } from './gateway.ts';
import type { Identifies } from './identifies.ts';
import { LINES, nextAfter } from './pace.ts';

export interface LineDeps {
  readonly world: World;
  readonly identifies: Identifies;
}

/** What the client keeps of a session, and its shard as far as we look into it. */
export interface Keeping {
  read(): Awaitable<SessionInfo | null | undefined>;
  write(session: SessionInfo | null): Awaitable<void>;
  status(): WebSocketShardStatus | undefined;
  /** Where a session is begun. */
  address(): string;
}

/** The client asks here before it opens a line, before it begins a session, and whenever it looks one up. */
export interface Line {
  readSession(): Awaitable<SessionInfo | null | undefined>;
  writeSession(session: SessionInfo | null): Awaitable<void>;
  /** Rejects only when `closed` aborts, or the line is over. */
  turn(closed: AbortSignal): Promise<void>;
  /** Discord said hello. */
  greet(): void;
  /** Discord said something. */
  hear(): void;
  /** Since when something may have been missed, once; undefined: nothing. */
  takeGap(): Instant | undefined;
  /** It is not opened again. */
  end(): void;
}

interface State {
  /** When it was opened of late, in ms. */
  opened: number[];
  /** Opened in vain, one after the other. */
  unreached: number;
  /** Discord said hello on this one. */
  greeted: boolean;
  /** When Discord was last heard. */
  heardAt?: Instant;
  gapSince?: Instant | undefined;
  readonly over: AbortController;
}

/** What was on its way when a line broke reached nobody, in ms. */
const MARGIN_MS = 5_000;
/** The session's own address gets so many tries; then the common one. */
const OWN_TRIES = 3;

/** The client opens a line half a second after it was told to end: what it asks for first it then waits for in vain. */
const NEVER = new Promise<never>(() => {});

export function openLine(deps: LineDeps, id: number, keeping: Keeping): Line {
  const state: State = { opened: [], unreached: 0, greeted: false, over: new AbortController() };
  return {
    readSession() {
      if (state.over.signal.aborted) return NEVER;
      return keeping.status() === WebSocketShardStatus.Idle ? beforeOpening(deps, state, id, keeping) : keeping.read();
    },
    // A line that never reached Discord says nothing about the session: the next goes on with it.
    writeSession: (session) => (session === null && !state.greeted ? undefined : keeping.write(session)),
    turn: (closed) => deps.identifies.turn(id, AbortSignal.any([closed, state.over.signal])),
    greet() {
      state.greeted = true;
      state.unreached = 0;
    },
    hear: () => void (state.heardAt = deps.world.now()),
    takeGap() {
      const since = state.gapSince;
      state.gapSince = undefined;
      return since === undefined ? undefined : plus(since, -MARGIN_MS);
    },
    end: () => state.over.abort(),
  };
}

async function beforeOpening(deps: LineDeps, state: State, id: number, keeping: Keeping): Promise<SessionInfo | null> {
  const { signal } = state.over;
  state.gapSince ??= state.heardAt;
  state.greeted = false;
  await untilDue(deps, state, id, !(await keeping.read()));
  if (signal.aborted) return NEVER;
  state.unreached += 1;
  const session = (await keeping.read()) ?? null;
  if (session === null || (state.unreached <= OWN_TRIES && isLineAddress(session.resumeURL))) return session;
  return { ...session, resumeURL: keeping.address() };
}

async function untilDue({ world, identifies }: LineDeps, state: State, id: number, isNew: boolean): Promise<void> {
  const { signal } = state.over;
  const nowMs = msOf(world.now());
  const at = nextAfter(state.opened, nowMs, LINES, world.roll());
  if (at > nowMs) await world.sleepUntil(instant(at), signal);
  if (isNew) await identifies.wait(id, signal);
  state.opened = [...state.opened, msOf(world.now())].slice(-10);
}
