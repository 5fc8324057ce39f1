/** Which chats run: every platform that has a token, and the local chat where none has. */
import { connectLocal, type Local } from '../adapters/local/index.ts';
import type { Adapter, AdapterDeps, Paint } from './chat/adapter.ts';
import type { Chat } from './chat/chat.ts';
import type { PersonId, Platform, TeamId } from './chat/ids.ts';
import type { Person } from './chat/incoming.ts';
import type { Log } from './chat/world.ts';
import { type Config, loadKey } from './config.ts';
import { makeCipher, randomToken } from './config/cipher.ts';
import type { MovableWorld } from './core/clock.ts';
import type { Engine } from './core/engine.ts';
import { handClock, restoreClock } from './hand-clock.ts';
import { localStore } from './store/local.ts';
import { openPainter } from './pictures/index.ts';
import { findPerson } from './store/people.ts';
import type { Store } from './store/store.ts';
import { openVault } from './store/vault.ts';

export interface Platforms {
  readonly chats: ReadonlyMap<Platform, Chat>;
  /** Undefined for an address that belongs to none of them. */
  http(request: Request): Promise<Response | undefined>;
}

export interface PlatformParts {
  readonly world: MovableWorld;
  readonly store: Store;
  readonly log: Log;
  /** The host's zone. */
  readonly zone: string;
  /** Asked only once everything is open. */
  engine(): Engine;
  fatal(why: string): void;
}

export async function openPlatforms(config: Config, parts: PlatformParts): Promise<Platforms> {
  const adapters: Adapter[] = [];
  const paint = openPainter({ log: parts.log });
  if (config.slack) {
    // Its SDK is large: whoever does not speak to Slack starts without it.
    const { connectSlack } = await import('../adapters/slack/index.ts');
    adapters.push(connectSlack({ ...(await depsOf(config, parts, paint)), ...config.slack, randomToken }));
  }
  if (config.discord) {
    const { connectDiscord } = await import('../adapters/discord/index.ts');
    adapters.push(connectDiscord({ ...(await depsOf(config, parts, paint)), ...config.discord }));
  }
  if (config.local) adapters.push(await openLocal(parts, paint));
  return {
    chats: new Map(adapters.map(({ chat }) => [chat.platform, chat])),
    async http(request) {
      for (const adapter of adapters) {
        const response = await adapter.http?.(request);
        if (response) return response;
      }
      return undefined;
    },
  };
}

async function depsOf(config: Config, { world, store, log, fatal }: PlatformParts, paint: Paint): Promise<AdapterDeps> {
  const vault = openVault(store, makeCipher(await loadKey(config)), () => world.now());
  return { world, log, vault, known: knownIn(store), paint, fatal };
}

const knownIn =
  (store: Store) =>
  async (team: TeamId, id: PersonId): Promise<Person | undefined> => {
    const row = await store.read((tx) => findPerson(tx, team, id));
    return row && { id, name: row.name, admin: row.admin === 1, ...(row.zone === null ? {} : { zone: row.zone }) };
  };

async function openLocal({ world, store, log, zone, engine }: PlatformParts, paint: Paint): Promise<Local> {
  const memory = localStore(store);
  await restoreClock(world, memory);
  return connectLocal({ world, log, paint, store: memory, clock: handClock(world, memory, engine), zone });
}
