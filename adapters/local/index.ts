/** The local chat: a practice team on a web page of this machine, behind the same port as any platform. */
import type { Paint } from '../../src/chat/adapter.ts';
import type { Chat } from '../../src/chat/chat.ts';
import type { OnEvent } from '../../src/chat/outgoing.ts';
import type { Surface } from '../../src/chat/surface.ts';
import type { Log, World } from '../../src/chat/world.ts';
import type { Stage } from './acts.ts';
import { deliver, find } from './deliver.ts';
import type { Carrier } from './deliver.ts';
import { isOurs, makeRoutes } from './http.ts';
import { makeHub } from './hub.ts';
import { TEAM } from './message.ts';
import type { LocalClock, LocalStore } from './ports.ts';
import { readReplies } from './replies.ts';
import { firstStart, SAMPLE_CHANNELS, samplePeople } from './seed.ts';
import type { House } from './show.ts';

export interface LocalDeps {
  readonly world: World;
  readonly log: Log;
  readonly paint: Paint;
  readonly store: LocalStore;
  readonly clock: LocalClock;
  readonly teamName?: string;
  /** IANA zone of the host; everybody's zone here. */
  readonly zone: string;
}

export interface Local {
  readonly chat: Chat;
  /** Answers what belongs to the local chat; undefined for any other address. */
  http(request: Request): Promise<Response | undefined>;
  diagnose(): Promise<readonly { readonly ok: boolean; readonly what: string; readonly mend?: string }[]>;
}

/** The fact that says the core has taken the team in. */
const INSTALLED = 'installed';

export function connectLocal(deps: LocalDeps): Local {
  const { world, log, paint, store, clock, zone } = deps;
  const house: House = { store, clock, zone, team: deps.teamName ?? 'Practice team' };
  const carrier: Carrier = { store, world, hub: makeHub() };
  const door = makeDoor({ ...carrier, ...house, log });
  const routes = makeRoutes({ house, log, paint, hub: carrier.hub, busy: door.busy, stage: door.stage });
  return {
    chat: {
      platform: 'local',
      traits: { roomNoun: 'group message', knowsZones: true, readsThreads: true, opensThreads: false },
      repeatSafeMs: 0,
      timeoutMs: 10_000,
      lateMs: 1000,
      open: door.open,
      close: door.close,
      deliver: (delivery) => deliver(carrier, delivery),
      find: (delivery) => find(store, delivery),
      replies: ({ under, cursor }) => readReplies(store, under, cursor),
      lanes: () => [],
    },
    http: async (request) => (isOurs(new URL(request.url).pathname) ? routes.fetch(request) : undefined),
    diagnose: async () => {
      const people = await store.people();
      return [{ ok: true, what: `local chat: ${people.length} people to practise with, this machine only` }];
    },
  };
}

/** Opens and closes: what people do is taken in between, and finished before it is closed. */
function makeDoor(inside: Omit<Stage & House, 'onEvent' | 'surface'>) {
  const working = new Set<Promise<unknown>>();
  let stage: (Stage & House) | undefined;
  return {
    stage: () => stage,
    async open(onEvent: OnEvent, surface: Surface): Promise<void> {
      const { store, world, zone, team } = inside;
      await store.seed(samplePeople(zone), SAMPLE_CHANNELS);
      stage = { ...inside, onEvent, surface };
      if ((await store.fact(INSTALLED)) !== undefined) return;
      const start = firstStart(zone);
      await onEvent({ kind: 'installed', id: 'local:installed', team: TEAM, at: world.now(), name: team, start });
      await store.keepFact(INSTALLED, world.now());
    },
    async close(): Promise<void> {
      stage = undefined;
      await Promise.allSettled(working);
      inside.hub.close();
    },
    async busy<T>(work: Promise<T>): Promise<T> {
      working.add(work);
      return work.finally(() => working.delete(work));
    },
  };
}
