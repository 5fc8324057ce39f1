/** The way back to whoever acted: one callback within three seconds, then edits and more messages for a quarter of an hour. */
import { type Client, DiscordAPIError, HTTPError, type RawFile, RateLimitError, Routes } from 'discord.js';
import { earliest, type Log, MINUTE, plus, type World } from '../../../src/chat/world.ts';
import type { Interaction } from '../incoming/interaction.ts';
import type { Body } from '../incoming/read.ts';

/** What an interaction is answered with. */
export const RESPOND = { message: 4, defer: 5, deferUpdate: 6, choices: 8, modal: 9 } as const;
export const EPHEMERAL = 64;

/** A token lives for 15 minutes; the last moments of it are not for beginning something. */
const TOKEN_MS = 15 * MINUTE - 5_000;
/** The first answer must be there within three seconds. */
const FIRST_MS = 3_000;
const TRIES = 4;
const PAUSE_MS = 1_000;
/** Nobody looks at an answer that is put off for longer than this. */
const LONGEST_PAUSE_MS = 15_000;

/** A message as it goes out. */
export interface Payload {
  readonly body: Body;
  readonly files?: readonly RawFile[];
}

/** `too late`: Discord waits for no answer any more, or has one. Nothing of these rejects. */
export type Sent = 'sent' | 'too late' | 'failed';

export interface Callback {
  respond(type: number, data?: Payload): Promise<Sent>;
  /** Puts this in the place of "thinking…". */
  edit(payload: Payload): Promise<Sent>;
  /** One more message, after the first. */
  more(payload: Payload): Promise<Sent>;
  /** Takes the answer away. */
  remove(): Promise<Sent>;
}

interface Deps {
  readonly client: Pick<Client, 'rest'>;
  readonly world: World;
  readonly log: Log;
}

export function openCallback(
  deps: Deps,
  { id, at, token, application }: Pick<Interaction, 'id' | 'at' | 'token' | 'application'>,
): Callback {
  const { rest } = deps.client;
  const first = plus(at, FIRST_MS);
  const last = plus(at, TOKEN_MS);
  const webhook = Routes.webhook(application, token);
  const original = Routes.webhookMessage(application, token, '@original');
  const query = new URLSearchParams({ with_response: 'false' });
  const wait = new URLSearchParams({ wait: 'true' });
  const optionsOf = ({ body, files }: Payload) => ({ body, auth: false, ...(files ? { files: [...files] } : {}) });
  return {
    respond: (type, data) =>
      trying(deps, { until: first, again: true }, () =>
        rest.post(Routes.interactionCallback(id, token), {
          ...optionsOf({
            body: { type, ...(data ? { data: data.body } : {}) },
            ...(data?.files ? { files: data.files } : {}),
          }),
          query,
        }),
      ),
    edit: (payload) => trying(deps, { until: last, again: true }, () => rest.patch(original, optionsOf(payload))),
    // Nothing tells whether one that was not answered is there, so it is not sent again.
    more: (payload) =>
      trying(deps, { until: last, again: false }, () => rest.post(webhook, { ...optionsOf(payload), query: wait })),
    remove: () => trying(deps, { until: last, again: true }, () => rest.delete(original, { auth: false })),
  };
}

/** Unknown interaction, already acknowledged, invalid or used-up token: nobody waits any more. */
const LATE: ReadonlySet<unknown> = new Set([10_062, 40_060, 50_027, 10_015]);

interface Try {
  readonly until: ReturnType<World['now']>;
  /** Doing it twice does no harm. */
  readonly again: boolean;
}

async function trying(deps: Deps, { until, again }: Try, call: () => Promise<unknown>): Promise<Sent> {
  const { world, log } = deps;
  for (let left = TRIES - 1; ; left--) {
    if (world.now() >= until) return tooLate(log, 'its time is over');
    try {
      await call();
      await world.point('acked');
      return 'sent';
    } catch (error) {
      if (error instanceof DiscordAPIError && LATE.has(error.code)) return tooLate(log, String(error.code));
      const pause = pauseOf(error, again);
      const then = pause === undefined ? undefined : plus(world.now(), pause);
      if (left === 0 || then === undefined || then >= until) return failed(log, error);
      await world.sleepUntil(earliest(then, until) ?? then);
    }
  }
}

/** How long to wait before the next try, in ms; undefined: there is none. */
function pauseOf(error: unknown, again: boolean): number | undefined {
  if (error instanceof RateLimitError) return error.retryAfter > LONGEST_PAUSE_MS ? undefined : error.retryAfter;
  const isTrouble = error instanceof HTTPError ? error.status >= 500 : !(error instanceof DiscordAPIError);
  return again && isTrouble ? PAUSE_MS : undefined;
}

function tooLate(log: Log, why: string): Sent {
  log.info('an answer came too late for Discord', { why });
  return 'too late';
}

/** Discord's own words may carry more than a log should; the address holds a token. */
function failed(log: Log, error: unknown): Sent {
  log.warn('an answer could not be shown', { why: reasonOf(error) });
  return 'failed';
}

/** Discord's code, or the kind of error. */
export const reasonOf = (error: unknown): string =>
  error instanceof DiscordAPIError ? String(error.code) : error instanceof Error ? error.name : '?';
