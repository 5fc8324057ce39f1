/** What a failed try to connect means: for good, and what to do about it, or for a while. */
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { MINUTE } from '../../src/chat/world.ts';
import { askedMs } from './failure.ts';

/** Slack opened a connection only to say why there will be none. */
export class Goodbye extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`Slack said goodbye: ${reason}`);
    this.reason = reason;
  }
}

export type Failure =
  /** Trying again changes nothing until a person does something. */
  | { readonly kind: 'final'; readonly why: string }
  | { readonly kind: 'passing'; readonly what: string; readonly waitMs?: number };

const PAGE = 'api.slack.com/apps → your app → Basic Information → App-Level Tokens';
const RENEW = `Make a new one with the scope connections:write at ${PAGE}, and set SLACK_APP_TOKEN to it.`;
const TURNED_OFF = 'Slack has closed this app or its workspace. A workspace admin can say why, and open it again.';

const FINAL: Readonly<Record<string, string>> = {
  invalid_auth: `Slack does not know this app-level token. ${RENEW}`,
  not_authed: `Slack got no app-level token. ${RENEW}`,
  token_revoked: `This app-level token was revoked. ${RENEW}`,
  token_expired: `This app-level token has expired. ${RENEW}`,
  account_inactive: `Whoever made this app-level token is gone, or the app was removed. ${RENEW}`,
  user_removed_from_team: `Whoever made this app-level token has left the workspace. ${RENEW}`,
  not_allowed_token_type: `SLACK_APP_TOKEN is another kind of token: it must start with xapp-. Find it at ${PAGE}.`,
  missing_scope: `The app-level token lacks the scope connections:write. Make one that has it at ${PAGE}, and set SLACK_APP_TOKEN to it.`,
  no_permission: TURNED_OFF,
  access_denied: TURNED_OFF,
  team_disabled: TURNED_OFF,
  forbidden_team: TURNED_OFF,
  team_access_not_granted: TURNED_OFF,
  org_login_required: TURNED_OFF,
  ekm_access_denied: TURNED_OFF,
  enterprise_is_restricted: TURNED_OFF,
};

export function readFailure(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'passing', what: 'rate limited', waitMs: askedMs(error.retryAfter) };
  if (error instanceof WebAPIPlatformError) {
    const code = /^[a-z_]{1,60}$/.test(error.data.error) ? error.data.error : 'an answer that is not Slack’s';
    const why = Object.hasOwn(FINAL, code) ? FINAL[code] : undefined;
    if (why !== undefined) return { kind: 'final', why: `${why} (Slack says: ${code})` };
    return { kind: 'passing', what: code, ...(code === 'ratelimited' ? { waitMs: MINUTE } : {}) };
  }
  if (error instanceof Goodbye) return { kind: 'passing', what: error.reason };
  return { kind: 'passing', what: error instanceof Error ? error.message : 'no connection' };
}

/** What a goodbye asks of people; undefined for Slack's daily renewing. */
export const adviceFor = (reason: string): string | undefined =>
  Object.hasOwn(GOODBYES, reason) ? GOODBYES[reason] : undefined;

const GOODBYES: Readonly<Record<string, string>> = {
  link_disabled:
    'Socket Mode was switched off for this app, so nothing reaches it. Switch it on: api.slack.com/apps → your app → Socket Mode',
  too_many_websockets:
    'Slack counts more than ten connections of this app; is Greenroom running several times with one app-level token?',
};
