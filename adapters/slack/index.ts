/** Slack: connects a workspace, or every workspace that installs us, and speaks the chat's language there. */
import type { Adapter } from '../../src/chat/adapter.ts';
import type { Chat } from '../../src/chat/chat.ts';
import type { OnEvent } from '../../src/chat/outgoing.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { openBolt } from './bolt.ts';
import { DELIVERY_TIMEOUT_MS, openOut } from './deliver/index.ts';
import { diagnose } from './diagnose.ts';
import { makeHttp } from './http.ts';
import { listen } from './listen.ts';
import { makeOauth } from './oauth/index.ts';
import { openPeople } from './people.ts';
import type { Line, SlackDeps, Take, Tenant, Tenants } from './ports.ts';
import { openSocket } from './socket.ts';
import { openTenants } from './tenants.ts';

export function connectSlack(deps: SlackDeps): Adapter {
  const tenants = openTenants(deps);
  const people = openPeople(deps);
  const out = openOut({ ...deps, tenants, people });
  const door = makeDoor(deps, tenants, people);
  const oauth = deps.access.kind === 'many' ? makeOauth({ ...deps, deps, tenants, root: door.root }) : undefined;
  return {
    chat: { ...facts, ...out, open: door.open, close: door.close },
    http: async (request) => (await oauth?.http(request)) ?? door.http(request),
    diagnose: () => diagnose({ deps, tenants, command: door.root() }),
  };
}

const facts = {
  platform: 'slack',
  traits: { roomNoun: 'group message', knowsZones: true, readsThreads: true, opensThreads: false },
  // Slack shows the same message twice when it is sent twice.
  repeatSafeMs: 0,
  timeoutMs: DELIVERY_TIMEOUT_MS,
  lateMs: 30_000,
} as const satisfies Partial<Chat>;

/** Opens and closes the line that events come in by. */
function makeDoor(deps: SlackDeps, tenants: Tenants, people: ReturnType<typeof openPeople>) {
  let opened: { readonly line: Line; readonly http: Http; idle(): Promise<void> } | undefined;
  let root = 'practice';
  return {
    root: () => root,
    async open(onEvent: OnEvent, surface: Surface): Promise<void> {
      root = surface.root;
      const welcome = welcoming(deps, onEvent);
      const there = await tenants.start();
      const { take, idle } = openBolt({
        tenants,
        log: deps.log,
        register: (app) => listen(app, { ...deps, onEvent, surface, tenants, people }),
      });
      for (const tenant of there) await welcome(tenant);
      tenants.onInstalled(welcome);
      const onDeaf = deafness(deps, tenants, onEvent);
      const taking: Take = async (envelope) => {
        await deps.world.point('received');
        const answer = await take(envelope);
        if (envelope.body['type'] === 'app_rate_limited') await onDeaf(deps.world.now());
        return answer;
      };
      const { line, http } = lineOf(deps, taking, onDeaf);
      opened = { line, http, idle };
      await line.open();
    },
    async close(): Promise<void> {
      await opened?.line.close();
      await opened?.idle();
      opened = undefined;
    },
    async http(request: Request): Promise<Response | undefined> {
      if (opened) return opened.http(request);
      // Slack repeats what is answered so; what it gets as 'not found' it may not.
      const isEvent = deps.mode.kind === 'http' && new URL(request.url).pathname === EVENTS_PATH;
      return isEvent ? new Response('', { status: 503 }) : undefined;
    },
  };
}

/** Where Slack sends everything. */
const EVENTS_PATH = '/slack/events';

type Http = (request: Request) => Promise<Response | undefined>;
type OnDeaf = Parameters<typeof openSocket>[0]['onDeaf'];

function lineOf(deps: SlackDeps, take: Take, onDeaf: OnDeaf): { line: Line; http: Http } {
  const { mode } = deps;
  if (mode.kind === 'http') return makeHttp({ ...deps, signingSecret: mode.signingSecret, take });
  const line = openSocket({ ...deps, appToken: mode.appToken, take, onDeaf });
  return { line, http: async () => undefined };
}

/** Every start tells the core which workspaces there are; it knows which of them are new. */
const welcoming =
  ({ world }: SlackDeps, onEvent: OnEvent) =>
  async ({ team, name }: Tenant): Promise<void> => {
    await onEvent({ kind: 'installed', id: `slack:${team}:installed:${world.newId()}`, team, at: world.now(), name });
  };

/** No line was open for a while, or Slack held events back: whatever was said then is read up. */
const deafness =
  ({ world, log }: SlackDeps, tenants: Tenants, onEvent: OnEvent): OnDeaf =>
  async (since) => {
    for (const { team } of await tenants.all()) {
      const id = `slack:${team}:deaf:${world.newId()}`;
      await onEvent({ kind: 'deaf', id, team, at: world.now(), since }).catch((error: unknown) =>
        log.error('a gap could not be noted; the threads are read with the next heartbeat', { team, error }),
      );
    }
  };
