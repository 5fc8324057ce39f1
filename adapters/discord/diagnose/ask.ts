/** A question to Discord's API that changes nothing there, asked once. */
import type { Instant } from '../../../src/chat/ids.ts';
import { type World, instant, msOf } from '../../../src/chat/world.ts';
import type { DiscordDeps } from '../ports.ts';

export type Json = Readonly<Record<string, unknown>>;

export type Answer =
  | { readonly kind: 'said'; readonly body: unknown; readonly date?: Instant }
  /** Discord's own code; 0 where it gave none. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: number }
  | { readonly kind: 'silent'; readonly why: string };

/** Takes a path such as `/users/@me`. Never rejects. */
export type Ask = (path: string) => Promise<Answer>;

/** In ms. */
const PATIENCE = 10_000;
/** Discord turns away whoever does not introduce himself in this form. */
const AGENT = 'DiscordBot (greenroom, 1)';

export function openAsk({ apiUrl, token, world }: Pick<DiscordDeps, 'apiUrl' | 'token' | 'world'>): Ask {
  return async (path) => {
    const over = new AbortController();
    const late = new AbortController();
    void giveUp(world, over.signal, late);
    try {
      const headers = { authorization: `Bot ${token.reveal()}`, 'user-agent': AGENT };
      const asked = { headers, redirect: 'error', signal: late.signal } as const;
      return await readAnswer(await fetch(`${apiUrl}/v10${path}`, asked));
    } catch (error) {
      return { kind: 'silent', why: late.signal.aborted ? 'no answer in 10 s' : reasonOf(error) };
    } finally {
      over.abort();
    }
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const code = jsonOf(body)['code'];
    return { kind: 'refused', status: response.status, code: typeof code === 'number' ? code : 0 };
  }
  // A page from somewhere in between is no answer of Discord's.
  if (body === undefined) return { kind: 'silent', why: 'the answer is not Discord’s' };
  const date = Date.parse(response.headers.get('date') ?? '');
  return { kind: 'said', body, ...(Number.isNaN(date) ? {} : { date: instant(date) }) };
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

export const jsonOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
export const jsonsIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(jsonOf) : []);
export const textIn = (json: Json, key: string): string => {
  const value = json[key];
  return typeof value === 'string' ? value : '';
};
/** A bit field, which Discord sends as a number or as digits. */
export function bitsIn(json: Json, key: string): bigint {
  const value = json[key];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  return typeof value === 'string' && /^\d{1,30}$/.test(value) ? BigInt(value) : 0n;
}
