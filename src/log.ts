/** One JSON line an event, on standard output; what could be a secret is taken out here, wherever it stands. */
import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, LoggerOptions } from 'pino';
import type { Log } from './chat/world.ts';

const GONE = '[redacted]';
const DEEPEST = 8;
const LONGEST = 4_000;

/** Facts whose very name says that nobody but their owner may read them. */
const SECRET_NAMES =
  /(?:token|secret|password|passphrase|passwd|authorization|cookie|credential|api_?key|^key$|_key$|Key$|^answer$|^text$|^values$|connection_?string)/i;

/** Secrets as they look inside other text, most of them by the marks their makers gave them. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]{6,}/gi, GONE],
  [/\bxapp-[\w-]{6,}/gi, GONE],
  [/\b(?:Bot|Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, GONE],
  [/\b[\w-]{20,40}\.[\w-]{4,10}\.[\w-]{20,80}\b/g, GONE],
  [/(\bhooks\.slack\.com\/)[^\s"'<>]+/gi, `$1${GONE}`],
  [/(\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?(?:webhooks|interactions)\/)[^\s"'<>]+/gi, `$1${GONE}`],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']*):[^\s/"']*@/gi, `$1:${GONE}@`],
  [/([?&](?:password|token|secret|key|code|state)=)[^&\s"']+/gi, `$1${GONE}`],
  [/(\bpassword=)(?:'[^']*'|[^\s'"]+)/gi, `$1${GONE}`],
  [/\b[0-9a-f]{64}\b/gi, GONE],
];

/** The text without what looks like a secret, cut at 4,000 characters. */
export function redactText(text: string): string {
  // Cut only after looking a little further, or half a secret at the edge would no longer look like one.
  let safe = text.slice(0, LONGEST + 500);
  for (const [shape, instead] of SECRET_SHAPES) safe = safe.replace(shape, instead);
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe;
}

/** A copy fit for a log line: no secrets, no endless depth, errors as plain records. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value;
  if (depth >= DEEPEST) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  return redactRecord(value, depth);
}

function redactRecord(value: object, depth: number): Record<string, unknown> {
  const safe: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, inner] of Object.entries(value)) {
    const hidden = SECRET_NAMES.test(name) && inner !== undefined && inner !== null && typeof inner !== 'boolean';
    safe[redactText(name)] = hidden ? GONE : redact(inner, depth + 1);
  }
  return safe;
}

/** Only what an Error is: the fields that SDKs hang on it carry requests, and those carry tokens. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name,
    message: redactText(message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: redact(code) } : {}),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
  };
}

/** What every line says about itself; a fact of the same name is written as `its_level` and so on. */
const OF_THE_LINE: ReadonlySet<string> = new Set(['level', 'time', 'what']);

const factsOf = (facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(redact(facts) as Record<string, unknown>).map(([name, fact]) => [
      OF_THE_LINE.has(name) ? `its_${name}` : name,
      fact,
    ]),
  );

/** A log that writes to standard output, or to `to`. `level` is the least that is written; `silent` writes nothing. */
export function makeLog(level: string, to?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    messageKey: 'what',
    formatters: { level: (label) => ({ level: label }) },
  };
  const lines = to === undefined ? pino(options) : pino(options, to);
  const write = (how: 'info' | 'warn' | 'error') => (what: string, facts?: Readonly<Record<string, unknown>>) => {
    if (lines.isLevelEnabled(how)) lines[how](facts === undefined ? {} : factsOf(facts), redactText(what));
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
