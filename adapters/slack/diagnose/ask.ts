/** A question to Slack that carries no token, and whose whole answer is looked at. */
import { type World, instant, msOf } from '../../../src/chat/world.ts';
import type { SlackDeps } from '../ports.ts';

/** In ms. */
const PATIENCE = 10_000;

/** Slack's answer, or the code of what stood in its way. Never rejects; the body may still break off. */
export async function ask(
  { apiUrl, world }: Pick<SlackDeps, 'apiUrl' | 'world'>,
  method: string,
  body: Readonly<Record<string, string>> = {},
): Promise<Response | string> {
  const over = new AbortController();
  const late = new AbortController();
  void giveUp(world, over.signal, late);
  try {
    const asked = { method: 'POST', redirect: 'error', signal: late.signal } as const;
    return await fetch(`${apiUrl}${method}`, { ...asked, body: new URLSearchParams(body) });
  } catch (error) {
    return late.signal.aborted ? 'no answer in 10 s' : reasonOf(error);
  } finally {
    over.abort();
  }
}

async function giveUp(
  world: Pick<World, 'now' | 'sleepUntil'>,
  over: AbortSignal,
  late: AbortController,
): Promise<void> {
  await world.sleepUntil(instant(msOf(world.now()) + PATIENCE), over);
  if (!over.aborted) late.abort();
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return 'the connection failed';
}
