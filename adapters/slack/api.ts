/** Our way to Slack's Web API: one try a call, a limit on its time, and nothing written anywhere of what it carries. */
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Secret } from '../../src/chat/adapter.ts';

/** A call without a whole answer by then has failed, and may have taken effect; in ms. */
export const CALL_TIMEOUT_MS = 10_000;

export interface ClientOptions {
  readonly token: Secret;
  /** `https://slack.com/api/`, with the slash. */
  readonly apiUrl: string;
  /** In ms; {@link CALL_TIMEOUT_MS} unless said. */
  readonly timeoutMs?: number;
}

/** A client for one workspace; each has its own, since the queue of a throttled one stands still. Retrying is the core's. */
export function makeClient({ token, apiUrl, timeoutMs = CALL_TIMEOUT_MS }: ClientOptions): WebClient {
  return new WebClient(undefined, {
    slackApiUrl: apiUrl,
    logger: SILENT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    allowAbsoluteUrls: false,
    fetch: withToken(token),
  });
}

type Fetch = NonNullable<NonNullable<ConstructorParameters<typeof WebClient>[1]>['fetch']>;

/** The token joins a request as it leaves, so that a client that gets printed has none in it. A call may bring its own. */
const withToken =
  (token: Secret): Fetch =>
  (url, init) =>
    fetch(url, { ...init, headers: { Authorization: `Bearer ${token.reveal()}`, ...init?.headers } } as RequestInit);

const nothing = (): void => {};

/** At its most talkative Slack's client prints messages; ours never prints. Failures reach us as errors. */
const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
