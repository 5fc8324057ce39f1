/** Sorts whatever a request to Discord failed with: was anything done, when may it be tried again, what must wait. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { DeliveryError } from '../../src/chat/chat.ts';
import { MINUTE } from '../../src/chat/world.ts';
import { missingFor, PASSING, TOO_FAST, wordsFor } from './reasons.ts';

/** Held back so long where Discord says "too fast" without saying for how long, in ms. */
const UNTOLD_WAIT_MS = MINUTE;
/** A token that is no good is tried again this often, in ms. */
const ACCESS_WAIT_MS = 15 * MINUTE;
/** An address that was shut out keeps still for so long, in ms. */
const SHUT_OUT_WAIT_MS = 10 * MINUTE;

/** What the failed request was for: something people see, or something that only leads up to it and shows nobody anything. */
export type Step = 'shows' | 'prepares';

/**
 * The error for the core. Its message is for people: why, and the code in brackets; nothing of what was sent, and no cause, since
 * the client's own errors carry addresses and bodies.
 */
export function failureOf(error: unknown, step: Step = 'shows'): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof RateLimitError) return limitOf(error);
  if (error instanceof DiscordAPIError) return refusalOf(error, step);
  if (error instanceof HTTPError) return inDoubt(`HTTP ${error.status}`, step);
  if (error instanceof Error && NO_TOKEN.test(error.message)) return later('we are about to stop', 'no token', 0);
  const never = neverSent(error);
  if (never !== undefined) return failed('Discord could not be reached', never, { effect: 'none', retry: SOON });
  return inDoubt(whatBroke(error), step);
}

/** Our token is no good. */
export const noAccess = (): DeliveryError =>
  failed('Discord no longer takes my token: whoever looks after Greenroom must set a new one', '401', {
    effect: 'none',
    retry: { afterMs: ACCESS_WAIT_MS },
    scope: 'team',
  });

/** Refused for good, and nothing was done. */
export const refused = (why: string, code: number | string): DeliveryError =>
  failed(why, code, { effect: 'none', retry: 'never' });

/** Nothing is sent for so long, in ms, up to a quarter of an hour: too much of late was refused, and Discord shuts out who goes on. */
export const keepStill = (afterMs: number): DeliveryError =>
  failed('too many requests were refused lately', 'keeping still', {
    effect: 'none',
    retry: { afterMs: Math.min(afterMs, ACCESS_WAIT_MS) },
    scope: 'team',
  });

/** Nothing was done yet, and it is worth another try after so long, in ms. */
export const later = (why: string, code: string, afterMs: number): DeliveryError =>
  failed(why, code, { effect: 'none', retry: { afterMs } });

/** The same failure, but something of it may be there. */
export const unsure = (error: DeliveryError): DeliveryError =>
  new DeliveryError(error.message, { effect: 'unknown', retry: error.retry, scope: error.scope });

/** The code Discord refused with; undefined when it was not Discord that refused. A page instead of an answer has no code. */
export function codeOf(error: unknown): number | undefined {
  if (!(error instanceof DiscordAPIError)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}

/** How long Discord asks to wait, in ms; undefined when it was no limit that was met. */
export const waitIn = (error: unknown): number | undefined =>
  error instanceof RateLimitError && error.retryAfter > 0 ? Math.ceil(error.retryAfter) : undefined;

/** As soon as the core's own patience allows. */
const SOON = { afterMs: 0 } as const;

/** The client's words when it was closed, or forgot the token after a 401. */
const NO_TOKEN = /^Expected token to be set/;

type Is = ConstructorParameters<typeof DeliveryError>[1];
const failed = (why: string, code: number | string, is: Is): DeliveryError => new DeliveryError(`${why} [${code}]`, is);

/** Discord asks to be left alone for so long, in ms. A limit of one route holds back nothing else; that of all of them, everything. */
function tooFast(afterMs: number, scope: 'this' | 'lane'): DeliveryError {
  return failed('Discord asks us to slow down', '429', { effect: 'none', retry: { afterMs }, scope });
}

function limitOf({ retryAfter, global, scope }: RateLimitError): DeliveryError {
  // In front of Discord stands a guard that tells nothing: it has shut us out.
  if (!(retryAfter > 0)) return shutOut(429);
  return tooFast(Math.ceil(retryAfter), global || scope === 'global' ? 'lane' : 'this');
}

const shutOut = (status: number): DeliveryError =>
  failed('Discord has shut out this address for a while', `HTTP ${status}`, {
    effect: 'none',
    retry: { afterMs: SHUT_OUT_WAIT_MS },
    scope: 'team',
  });

/** A step that shows nobody anything may fail as it likes: nothing is there. */
const inDoubt = (code: string, step: Step): DeliveryError =>
  failed('Discord did not answer as it should', code, { effect: step === 'shows' ? 'unknown' : 'none', retry: SOON });

const MISSING_PERMISSIONS = 50_013;

function refusalOf(error: DiscordAPIError, step: Step): DeliveryError {
  const { status } = error;
  const code = codeOf(error);
  if (status === 401) return noAccess();
  if (code === undefined) return status === 403 || status === 429 ? shutOut(status) : inDoubt(`HTTP ${status}`, step);
  if (TOO_FAST.has(code)) return tooFast(UNTOLD_WAIT_MS, 'this');
  if (PASSING.has(code)) return failed('Discord is busy', code, { effect: 'none', retry: { afterMs: UNTOLD_WAIT_MS } });
  if (code === 0) return refused(wordsFor(code), `HTTP ${status}`);
  if (code !== MISSING_PERMISSIONS) return refused(wordsFor(code), code);
  return refused(missingFor(error.method, new URL(error.url).pathname, error.requestBody.json), code);
}

/** Failures of name lookup, connection and TLS handshake: not a byte of the request had left. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The code of a failure that came before anything was sent. Of several addresses tried, every one must have failed so. */
function neverSent(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  if (error instanceof AggregateError && error.errors.length > 0) {
    const codes = error.errors.map((one: unknown) => neverSent(one, depth + 1));
    return codes.every((code) => code !== undefined) ? codes[0] : undefined;
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && (BEFORE_SENDING.has(code) || syscall === 'connect')) return code;
  return neverSent(error.cause, depth + 1);
}

function whatBroke(error: unknown): string {
  if (!(error instanceof Error)) return 'no whole answer';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer in time';
  return 'code' in error ? 'connection lost' : 'no whole answer';
}
