/** Asks Discord where its gateway is, for as long as it takes to get an answer: with this a login can no longer fail on the way. */
import { type Client, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import { PlatformError } from '../../../src/chat/adapter.ts';
import { instant, type Log, MINUTE, msOf, plus, type World } from '../../../src/chat/world.ts';
import { noSessionsLeft, readFailure } from './refusal.ts';

export type GatewayFacts = RESTGetAPIGatewayBotResult;

export interface AskDeps {
  readonly rest: Client['rest'];
  readonly world: World;
  readonly log: Log;
  /** Ends the asking: it then rejects. */
  readonly stop: AbortSignal;
}

/** Rejects with PlatformError when no asking helps. */
export async function askGateway({ rest, world, log, stop }: AskDeps): Promise<GatewayFacts> {
  for (let tries = 1; ; tries += 1) {
    stop.throwIfAborted();
    const failure = await (async () => {
      try {
        return { facts: readFacts(await rest.get(Routes.gatewayBot(), { signal: stop })) };
      } catch (error) {
        return readFailure(error);
      }
    })();
    stop.throwIfAborted();
    if ('facts' in failure) return withSessions(failure.facts, world);
    if (failure.kind === 'final') throw new PlatformError(failure.why);
    const waitMs = Math.max(failure.waitMs ?? 0, backOff(tries, world.roll()));
    log.warn('Discord cannot be reached; it is asked again', { because: failure.because, tries, waitMs });
    await world.sleepUntil(plus(world.now(), waitMs), stop);
  }
}

/** In ms: 1 s, 2 s, 4 s … up to a minute, never in step with others. */
const backOff = (tries: number, roll: number): number => Math.min(MINUTE, 500 * 2 ** tries) * (0.75 + roll / 2);

/** Throws for what is no answer of Discord's. */
function readFacts(answer: unknown): GatewayFacts {
  const { url, shards, session_start_limit: limit } = (answer ?? {}) as Partial<GatewayFacts>;
  const counts = [shards, limit?.total, limit?.remaining, limit?.reset_after, limit?.max_concurrency];
  if (!isLineAddress(url) || !counts.every((count) => Number.isInteger(count)))
    throw new Error('not an answer of Discord');
  return answer as GatewayFacts;
}

export const isLineAddress = (url: unknown): url is string =>
  typeof url === 'string' && URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol);

function withSessions(facts: GatewayFacts, { now }: Pick<World, 'now'>): GatewayFacts {
  const { remaining, reset_after: resetMs } = facts.session_start_limit;
  if (remaining < Math.max(1, facts.shards)) throw new PlatformError(noSessionsLeft(instant(msOf(now()) + resetMs)));
  return facts;
}
