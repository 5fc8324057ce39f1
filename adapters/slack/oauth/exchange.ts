/** A code from Slack becomes a grant, and the grant is checked against what Slack itself says of its token. */
import { type OauthV2AccessResponse, WebClient } from '@slack/web-api';
import { CALL_TIMEOUT_MS, makeClient } from '../api.ts';
import { codeOf } from '../failure.ts';
import { askIdentity, type Identity, isId } from '../identity.ts';
import { makeLogger } from '../logger.ts';
import type { Access, SlackDeps } from '../ports.ts';

/** An app of many workspaces. */
export type Many = Extract<Access, { kind: 'many' }>;

export interface Grant {
  readonly botToken: string;
  readonly appId: string;
  readonly identity: Identity;
  readonly enterprise: string | undefined;
  readonly installedBy: string;
  readonly scopes: readonly string[];
}

/** Why an installation goes no further; each has a page of its own. */
export type Refusal =
  | 'state'
  | 'denied'
  | 'code'
  | 'settings'
  | 'silent'
  | 'organization'
  | 'rotation'
  | 'kind'
  | 'forged'
  | 'taken'
  | 'narrower'
  | 'busy'
  | 'broken';

export const redirectUri = ({ publicUrl }: Many): string => `${publicUrl}/slack/oauth_redirect`;

/** Never rejects, and neither answer holds a code. */
export async function exchange(deps: SlackDeps, access: Many, code: string): Promise<Grant | Refusal> {
  const answer = await askToken(deps, access, code);
  if (typeof answer === 'string') return answer;
  const wrong = whatIsWrong(answer);
  if (wrong) return wrong;
  const { access_token: botToken = '', app_id: appId = '', team, bot_user_id: botUser, enterprise } = answer;
  const asked = await askIdentity(makeClient({ token: { reveal: () => botToken }, apiUrl: deps.apiUrl }));
  if (asked.kind === 'unclear') return 'silent';
  if (asked.kind === 'refused') return asked.code === 'whole organization' ? 'organization' : 'forged';
  const { identity } = asked;
  if (identity.team !== team?.id || identity.botUser !== botUser) return 'forged';
  return {
    botToken,
    appId,
    identity,
    enterprise: isId(enterprise?.id, 'E') ? enterprise.id : undefined,
    installedBy: isId(answer.authed_user?.id, 'UW') ? answer.authed_user.id : '',
    scopes: identity.scopes ?? (answer.scope ?? '').split(',').filter((scope) => scope !== ''),
  };
}

/** Codes with which Slack refuses what a browser brought; any other is about how this server is set. */
const SPENT: ReadonlySet<string> = new Set(['invalid_code', 'code_already_used', 'code_expired', 'invalid_grant_type']);
const PASSING: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'ratelimited']);

async function askToken(deps: SlackDeps, access: Many, code: string): Promise<OauthV2AccessResponse | Refusal> {
  try {
    return await anonymous(deps).oauth.v2.access({
      client_id: access.clientId,
      client_secret: access.clientSecret.reveal(),
      code,
      redirect_uri: redirectUri(access),
    });
  } catch (error) {
    const said = codeOf(error);
    if (said === undefined || PASSING.has(said)) return 'silent';
    if (SPENT.has(said)) return 'code';
    deps.log.error('Slack refuses how the installation is set up', {
      said,
      mend: MEND[said] ?? 'see the app’s settings',
    });
    return 'settings';
  }
}

const MEND: Readonly<Record<string, string>> = {
  invalid_client_id: 'SLACK_CLIENT_ID: see “Basic Information” of the Slack app',
  bad_client_secret: 'SLACK_CLIENT_SECRET: see “Basic Information” of the Slack app',
  bad_redirect_uri: 'add PUBLIC_URL and /slack/oauth_redirect to the redirect URLs under “OAuth & Permissions”',
};

/** No token is there yet, and none goes with it. */
const anonymous = ({ apiUrl, log }: SlackDeps): WebClient =>
  new WebClient(undefined, {
    slackApiUrl: apiUrl,
    logger: makeLogger(log, 'installation'),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    allowAbsoluteUrls: false,
  });

function whatIsWrong(answer: OauthV2AccessResponse): Refusal | undefined {
  if (answer.is_enterprise_install === true || answer.team === undefined || answer.team === null) return 'organization';
  if (answer.refresh_token !== undefined || answer.expires_in !== undefined) return 'rotation';
  const isBot = answer.token_type === 'bot' && /^xoxb-[\w-]{4,250}$/.test(answer.access_token ?? '');
  if (!isBot) return 'kind';
  const isWhole = isId(answer.team.id, 'T') && isId(answer.bot_user_id, 'UW') && isId(answer.app_id, 'A');
  return isWhole ? undefined : 'forged';
}
