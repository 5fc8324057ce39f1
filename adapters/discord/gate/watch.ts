/** Listens to how the client fares: troubles are logged, and an end for good is told once, in words. */
import { type Client, Events } from 'discord.js';
import type { Log } from '../../../src/chat/world.ts';
import { INVALIDATED, isFinal, wordsForClose, wordsOf } from './refusal.ts';
import type { Servers } from './servers.ts';
import type { Shards } from './shards.ts';

export interface WatchDeps {
  readonly client: Client;
  readonly log: Log;
  readonly servers: Servers;
  readonly shards: Shards;
  /** Aborted once we close the lines ourselves. */
  readonly stop: AbortSignal;
  /** Discord will not have us back. */
  onEnd(why: string): void;
}

export function watch(deps: WatchDeps): void {
  watchLines(deps);
  watchTroubles(deps);
}

function watchLines({ client, log, servers, shards, stop, onEnd }: WatchDeps): void {
  const listens = (shard: number): void => {
    const since = shards.line(shard)?.takeGap();
    if (since !== undefined) servers.missed(shard, since);
    log.info('connected to Discord', { shard, ...(since === undefined ? {} : { since }) });
  };
  client.on(Events.ShardReady, listens);
  client.on(Events.ShardResume, listens);
  client.on(Events.ShardReconnecting, (shard) => {
    if (!stop.aborted) log.warn('a line to Discord ended; another is opened', { shard });
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (isFinal(code)) onEnd(wordsForClose(code));
  });
  client.on(Events.Invalidated, () => onEnd(INVALIDATED));
}

function watchTroubles({ client, log }: WatchDeps): void {
  client.on(Events.ShardError, (error, shard) =>
    log.warn('a line to Discord is in trouble', { shard, because: wordsOf(error) }),
  );
  // A listener that failed ends up here; with nobody listening it would end the process.
  client.on(Events.Error, (error) => log.error('a Discord event could not be taken in', { error }));
  client.on(Events.Warn, (because) => log.warn('the Discord client warns', { because }));
}
