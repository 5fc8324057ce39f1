/** Sorts whatever a call to Slack failed with: was anything done, when may it be tried again, what must wait. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { DeliveryError } from '../../src/chat/chat.ts';
import { HOUR, MINUTE } from '../../src/chat/world.ts';
import { ACCESS_ENDED, MAYBE_DONE, PASSING, TOO_FAST, wordsFor } from './reasons.ts';

/** Held back so long where Slack says "too fast" without saying for how long, in ms. */
const UNTOLD_WAIT_MS = 30_000;
/** Slack names seconds and minutes; what asks for more than this, in ms, is asked again then. */
const LONGEST_WAIT_MS = HOUR;
/** A workspace with no access for us is tried again this often, in ms. */
const ACCESS_WAIT_MS = 15 * MINUTE;

/** What the failed call was for: something people see, or something that only leads up to it and shows nobody anything. */
export type Step = 'shows' | 'prepares';

/**
 * The error for the core. Its message is for people: why, and the code in brackets; nothing of what was sent, and no cause, since
 * Slack's own errors carry headers, addresses and bodies.
 */
export function failureOf(error: unknown, step: Step = 'shows'): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof WebAPIRateLimitedError) return tooFast(askedMs(error.retryAfter));
  if (error instanceof WebAPIPlatformError) return refusalOf(error, step);
  if (error instanceof WebAPIHTTPError) return inDoubt(`HTTP ${error.statusCode}`, step, askedWait(error.headers));
  if (error instanceof WebAPIRequestError) {
    const never = neverSent(error.original);
    if (never !== undefined) return failed('Slack could not be reached', never, { effect: 'none', retry: SOON });
    return inDoubt(isTimeout(error.original) ? 'no answer in time' : 'connection lost', step);
  }
  if (error instanceof Error && UNTOLD.test(error.message)) return tooFast(UNTOLD_WAIT_MS);
  return inDoubt(isTimeout(error) ? 'no answer in time' : 'no whole answer', step);
}

/** We have no access to that workspace at all. */
export const noAccess = (code = 'no_token'): DeliveryError =>
  failed('I no longer have access to this workspace: install me there again', code, {
    effect: 'none',
    retry: { afterMs: ACCESS_WAIT_MS },
    scope: 'team',
  });

/** Refused for good, and nothing was done. */
export const refused = (why: string, code: string): DeliveryError =>
  failed(why, code, { effect: 'none', retry: 'never' });

/** The code Slack refused with; undefined when it was not Slack that refused. A page instead of an answer has no code. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  const code: unknown = error.data.error;
  return typeof code === 'string' && /^[a-z][a-z0-9_]{1,60}$/.test(code) ? code : undefined;
}

/** As soon as the core's own patience allows. */
const SOON = { afterMs: 0 } as const;

/** The client's words for a 429 that does not say how long to wait. */
const UNTOLD = /^Retry header did not contain a valid timeout/;

type Is = ConstructorParameters<typeof DeliveryError>[1];
const failed = (why: string, code: string, is: Is): DeliveryError => new DeliveryError(`${why} [${code}]`, is);

/** Slack asks to be left alone for so long, in ms. */
export const tooFast = (afterMs: number): DeliveryError =>
  failed('Slack asks us to slow down', 'ratelimited', { effect: 'none', retry: { afterMs }, scope: 'lane' });

/** A step that shows nobody anything may fail as it likes: nothing is there. */
function inDoubt(code: string, step: Step, afterMs = 0): DeliveryError {
  const effect = step === 'shows' ? 'unknown' : 'none';
  return failed('Slack did not answer as it should', code, { effect, retry: { afterMs } });
}

function refusalOf(error: WebAPIPlatformError, step: Step): DeliveryError {
  const code = codeOf(error);
  if (code === undefined) return inDoubt('no whole answer', step);
  if (TOO_FAST.has(code)) return tooFast(toldWait(error) ?? UNTOLD_WAIT_MS);
  if (MAYBE_DONE.has(code)) return inDoubt(code, step);
  if (PASSING.has(code)) return failed('Slack is busy with this workspace', code, { effect: 'none', retry: SOON });
  if (ACCESS_ENDED.has(code)) return noAccess(code);
  return code === 'missing_scope' ? missingScope(error) : refused(wordsFor(code), code);
}

/** Mended with one click of an admin, so it waits. Only what needs this scope: another method may have all it needs. */
function missingScope({ data }: WebAPIPlatformError): DeliveryError {
  const needed: unknown = 'needed' in data ? data.needed : undefined;
  const isName = typeof needed === 'string' && /^[a-z][a-z:._, ]{1,60}$/.test(needed);
  const which = isName ? `the permission ${needed}` : 'a permission';
  const mend = 'add it under OAuth & Permissions in the settings of the app and install it again';
  return failed(`I lack ${which}: ${mend}`, 'missing_scope', { effect: 'none', retry: { afterMs: ACCESS_WAIT_MS } });
}

/** A Retry-After of so many seconds, in ms: whatever it says is a time that comes. */
export const askedMs = (seconds: number): number =>
  seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : UNTOLD_WAIT_MS;

function toldWait({ data }: WebAPIPlatformError): number | undefined {
  const seconds = data.response_metadata?.retryAfter;
  return typeof seconds === 'number' ? askedMs(seconds) : undefined;
}

function askedWait(headers: Readonly<Record<string, unknown>>): number {
  const seconds = Number(headers['retry-after'] ?? 0);
  return seconds > 0 ? askedMs(seconds) : 0;
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

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
