/** One workspace: whether our token works there, and what it may do. */
import type { AuthTestResponse, WebClient } from '@slack/web-api';
import type { Secret } from '../../../src/chat/adapter.ts';
import { missingScopes } from '../identity.ts';
import { SCOPES } from '../scopes.ts';
import { type Found, bad, byCode, failed, plain, well } from './words.ts';

const COPY = 'OAuth & Permissions → Bot User OAuth Token';

const REFUSALS = byCode(
  ['invalid_auth not_authed', bad('Slack does not know the bot token', `copy it anew: ${COPY}`)],
  [
    'token_revoked account_inactive team_access_not_granted',
    bad(
      'the bot token no longer works: the app was removed, or its token revoked',
      `Install App → Install to Workspace, then set the new token: ${COPY}`,
    ),
  ],
  [
    'token_expired',
    bad(
      'the bot token has expired: token rotation is on, which cannot be undone',
      'make the app anew from `greenroom slack manifest`',
    ),
  ],
  ['not_allowed_token_type', bad('the bot token is of another kind', `use the one that starts with xoxb-: ${COPY}`)],
);

const ORGANIZATION = bad(
  'the bot token is for a whole organization; Greenroom works in one workspace',
  'Install App → Install to Workspace, and choose one workspace',
);

/** What we are called there, without the @; `us` is absent when nothing more can be learnt. */
export async function lookAtWorkspace(
  client: WebClient,
  appToken?: Secret,
): Promise<{ findings: readonly Found[]; us?: { readonly handle: string; readonly team: string } }> {
  try {
    const me = await client.auth.test();
    const handle = plain(me.user ?? 'greenroom');
    if (me.is_enterprise_install === true) return { findings: [ORGANIZATION] };
    if (me.bot_id === undefined)
      return { findings: [bad('the bot token is of a person', `use the one that starts with xoxb-: ${COPY}`)] };
    const found = [well(`workspace “${plain(me.team ?? me.team_id ?? '')}”, as @${handle}`), ...lacking(me)];
    const other = appToken && (await otherApp(client, me.bot_id, appToken));
    return { findings: other ? [...found, other] : found, us: { handle, team: me.team_id ?? '' } };
  } catch (error) {
    return { findings: [failed(error, 'the bot token', REFUSALS)] };
  }
}

function lacking({ response_metadata: told, team }: AuthTestResponse): readonly Found[] {
  if (told?.scopes === undefined) return [];
  const lacks = missingScopes(told.scopes);
  const missing = SCOPES.filter(({ scope }) => lacks.includes(scope));
  if (missing.length === 0) return [well(`all ${SCOPES.length} scopes are granted`)];
  const names = missing.map(({ scope }) => `\`${scope}\``).join(', ');
  const what = missing.map(({ scope, reason }) => `${scope} (${reason})`).join('; ');
  return [
    bad(
      `missing ${missing.length === 1 ? 'scope' : 'scopes'}: ${what}`,
      `OAuth & Permissions → Bot Token Scopes → add ${names}, then Reinstall to ${plain(team ?? 'the workspace')}`,
    ),
  ];
}

/** Tokens of two apps work each for itself, and nothing that people do arrives. */
async function otherApp(client: WebClient, bot: string, appToken: Secret): Promise<Found | undefined> {
  const [, named] = /^xapp-\d-(A[A-Z0-9]{5,20})-/.exec(appToken.reveal()) ?? [];
  if (named === undefined) return undefined;
  const app = await client.bots.info({ bot }).then(
    (answer) => answer.bot?.app_id,
    () => undefined,
  );
  if (app === undefined || app === named) return undefined;
  return bad(
    `the two tokens are of different apps, ${app} and ${named}`,
    'take both from one app: Basic Information → App-Level Tokens, and OAuth & Permissions → Bot User OAuth Token',
  );
}
