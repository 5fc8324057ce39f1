/** Why Discord will not have us, in words for the person who runs Greenroom: what to click or set. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Instant } from '../../../src/chat/ids.ts';

const PORTAL = 'discord.com/developers/applications → your application';
const RENEW = `Make a new one at ${PORTAL} → Bot → Reset Token, and set DISCORD_TOKEN to it.`;
const OURS = 'Greenroom itself must be mended: is there a newer version?';

export const NO_TOKEN = `Discord does not take the bot token. ${RENEW}`;
export const TOKEN_GONE = `Discord no longer takes the bot token. ${RENEW}`;
export const INVALIDATED = `Discord has ended every session of this bot; the token may have been reset. ${RENEW}`;

/** Closed with one of these, a line is not opened again: it would be closed the same way. */
const CLOSINGS: Readonly<Record<number, string>> = {
  4004: NO_TOKEN,
  4010: `Discord does not take the number of this shard. ${OURS}`,
  4011: 'The bot is in more servers than one line carries. Start Greenroom again: it then opens as many as Discord asks for.',
  4012: `Discord no longer speaks version 10 of its gateway. ${OURS}`,
  4013: `Discord does not know what we ask to hear. ${OURS}`,
  4014:
    'This bot may not read what people write. Switch it on ' +
    `(${PORTAL} → Bot → Privileged Gateway Intents → Message Content Intent), or set DISCORD_MESSAGE_CONTENT=0: ` +
    'answers then come by form.',
};

export const isFinal = (code: number): boolean => Object.hasOwn(CLOSINGS, code);
export const wordsForClose = (code: number): string =>
  `${CLOSINGS[code] ?? 'Discord has closed the line for good.'} (Discord says: ${code})`;

export const noSessionsLeft = (until: Instant): string =>
  `Discord lets this bot begin no more sessions before ${until}. ` +
  'Leave Greenroom stopped until then, and look why it was started so often.';

export const tooManySessions = (count: number, until: Instant): string =>
  `Greenroom has begun ${count} sessions with Discord within a day, and Discord resets the token of a bot that begins 1,000. ` +
  `It begins no other before ${until}. Look why it is started again and again; is it running twice with one token?`;

/** Where the token may be sent. */
export function addressProblem(apiUrl: string): string | undefined {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  const isLoopback = url !== undefined && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const isDiscord =
    url?.protocol === 'https:' && /^(?:[a-z0-9-]+\.)*discord\.com$/.test(url.hostname) && url.port === '';
  const isPlain = url?.username === '' && url.password === '' && /^https?:$/.test(url.protocol);
  if (isPlain && (isLoopback || isDiscord)) return undefined;
  return 'DISCORD_API_URL is not an address of Discord: the bot token would be sent there. Leave it out, or set it to https://discord.com/api.';
}

export type Failure =
  /** Trying again changes nothing until a person does something. */
  | { readonly kind: 'final'; readonly why: string }
  | { readonly kind: 'passing'; readonly because: string; readonly waitMs?: number };

/** What a request without an answer we can use means. Nothing of the request itself is told. */
export function readFailure(error: unknown): Failure {
  if (error instanceof RateLimitError)
    return { kind: 'passing', because: 'Discord asks to wait', waitMs: Math.max(0, error.retryAfter || 0) };
  if (error instanceof DiscordAPIError && error.status === 401) return { kind: 'final', why: NO_TOKEN };
  if (error instanceof DiscordAPIError || error instanceof HTTPError)
    return { kind: 'passing', because: `HTTP ${error.status}` };
  return { kind: 'passing', because: wordsOf(error) };
}

/** Short and without secrets: the code of a failed connection, or what the error says. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { code } = error as NodeJS.ErrnoException;
  if (error.name === 'AbortError') return 'no answer in time';
  return typeof code === 'string' ? code : error.message || error.name;
}
