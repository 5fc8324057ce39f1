/** Discord: connects our bot to the servers it is in, and speaks the chat's language there. */
import type { Adapter } from '../../src/chat/adapter.ts';
import type { Chat } from '../../src/chat/chat.ts';
import type { TeamId } from '../../src/chat/ids.ts';
import type { OnEvent } from '../../src/chat/outgoing.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { DELIVERY_TIMEOUT_MS, LATE_MS, openOut, REPEAT_SAFE_MS } from './deliver/index.ts';
import { diagnose } from './diagnose.ts';
import { openDrafts } from './drafts.ts';
import { type OpenGate, openBudget, openGate } from './gate/index.ts';
import { lanes } from './lanes.ts';
import { listen } from './listen.ts';
import type { DiscordDeps, GateHears } from './ports.ts';
import { registerCommands } from './register.ts';

export function connectDiscord(deps: DiscordDeps): Adapter {
  const budget = openBudget(deps.world);
  const drafts = openDrafts(deps);
  let opened: { readonly gate: OpenGate; readonly out: ReturnType<typeof openOut> } | undefined;
  const out = (): ReturnType<typeof openOut> => {
    if (!opened) throw new Error('Discord is asked before it is open');
    return opened.out;
  };
  return {
    chat: {
      ...factsOf(deps),
      lanes,
      deliver: (delivery) => out().deliver(delivery),
      find: (delivery, since) => out().find(delivery, since),
      replies: (of) => out().replies(of),
      async open(onEvent, surface) {
        const gate = openGate({
          deps,
          budget,
          hears: hearing(deps, onEvent),
          register: (client) => listen(client, { deps, onEvent, surface, drafts }),
        });
        opened = { gate, out: openOut({ ...deps, deps, client: gate.client, budget }) };
        await gate.open();
        await missServers(deps, gate, onEvent);
        await offerCommands(deps, gate, surface);
      },
      close: async () => opened?.gate.close(),
    },
    diagnose: () => diagnose({ deps }),
  };
}

const factsOf = ({ content }: DiscordDeps) =>
  ({
    platform: 'discord',
    traits: { roomNoun: 'private thread', knowsZones: false, readsThreads: content, opensThreads: true },
    repeatSafeMs: REPEAT_SAFE_MS,
    timeoutMs: DELIVERY_TIMEOUT_MS,
    lateMs: LATE_MS,
  }) as const satisfies Partial<Chat>;

function hearing({ world }: DiscordDeps, onEvent: OnEvent): GateHears {
  const about = (team: TeamId, what: string) => ({
    id: `discord:${team}:${what}:${world.newId()}`,
    team,
    at: world.now(),
  });
  return {
    async onServer(team, name) {
      await onEvent({ kind: 'installed', ...about(team, 'installed'), name });
    },
    async onDeaf(since, teams = []) {
      for (const team of teams) await onEvent({ kind: 'deaf', ...about(team, 'deaf'), since });
    },
    async onGone(team) {
      await onEvent({ kind: 'removed', ...about(team, 'gone'), what: { kind: 'team', why: 'uninstalled' } });
    },
  };
}

/** Where we were the last time. */
const SERVERS = 'discord/servers';

/** A server we are no longer in, or that Discord cannot reach now: it waits, and goes on when it is there again. */
async function missServers(
  { vault, world, applicationId }: DiscordDeps,
  gate: OpenGate,
  onEvent: OnEvent,
): Promise<void> {
  const key = `${SERVERS}/${applicationId}`;
  const now = gate.servers();
  const before = (await vault.read(key))?.split(' ') ?? [];
  for (const team of before as TeamId[]) {
    if (team === '' || now.includes(team)) continue;
    const id = `discord:${team}:missed:${world.newId()}`;
    await onEvent({ kind: 'removed', id, team, at: world.now(), what: { kind: 'team', why: 'revoked' } });
  }
  await vault.keep(key, now.join(' '));
}

/** Without them people could say nothing to us; with old ones they can. */
async function offerCommands(
  { log, vault, applicationId }: DiscordDeps,
  { client: { rest } }: OpenGate,
  surface: Surface,
): Promise<void> {
  try {
    await registerCommands({ rest, applicationId, surface, vault });
  } catch (error) {
    log.error('the commands are not up to date in Discord', { error });
  }
}
