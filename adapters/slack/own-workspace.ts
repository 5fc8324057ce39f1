/** One workspace by its bot token: we learn who we are there before anything else happens. */
import { PlatformError, type Secret } from '../../src/chat/adapter.ts';
import { MINUTE, plus } from '../../src/chat/world.ts';
import { makeClient } from './api.ts';
import { askIdentity, missingScopes } from './identity.ts';
import type { SlackDeps, Tenant, Tenants } from './ports.ts';

const COPY =
  'Copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” of your app at https://api.slack.com/apps';
const INSTALL = 'Click “Install App”, then “Install to Workspace”, of your app at https://api.slack.com/apps';
const ROTATED =
  'Token rotation is on for the app, which cannot be undone: make the app anew from `greenroom slack manifest`';

const OTHER_KIND = `SLACK_BOT_TOKEN is another kind of token. ${COPY}.`;

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  invalid_auth: `Slack does not know this bot token. ${COPY}, and set SLACK_BOT_TOKEN to it.`,
  not_authed: `Slack got no bot token. ${COPY}, and set SLACK_BOT_TOKEN to it.`,
  account_inactive: `The app was removed from the workspace. ${INSTALL}, and set SLACK_BOT_TOKEN to the token it shows.`,
  token_revoked: `This bot token was revoked. ${INSTALL}, and set SLACK_BOT_TOKEN to the token it shows.`,
  token_expired: `This bot token has expired. ${ROTATED}.`,
  not_allowed_token_type: OTHER_KIND,
  'a person': `SLACK_BOT_TOKEN is the token of a person. ${COPY}.`,
  'whole organization': `This token is for a whole organization; Greenroom works in one workspace. ${INSTALL}, and choose one workspace.`,
};

const REFUSED =
  'Slack lets the app into this workspace no longer; a workspace admin can say why, and approve it again.';

const LONGEST_WAIT_MS = MINUTE;

export function openOwnWorkspace(deps: SlackDeps, botToken: Secret): Tenants {
  const { log } = deps;
  let tenant: Tenant | undefined;
  return {
    async start() {
      tenant = await meet(deps, botToken);
      return [tenant];
    },
    all: async () => (tenant ? [tenant] : []),
    of: async (team) => (tenant?.team === team ? tenant : undefined),
    async forget(team) {
      if (tenant?.team !== team) return;
      tenant = undefined;
      log.error('Slack no longer takes the bot token; nothing is sent until it is replaced', { team, mend: INSTALL });
    },
    onInstalled: () => {},
  };
}

/** Waits for a network that is not there yet. Throws with what to click when Slack will not have the token. */
async function meet(deps: SlackDeps, botToken: Secret): Promise<Tenant> {
  const { world, log, apiUrl } = deps;
  if (!botToken.reveal().startsWith('xoxb-')) throw new PlatformError(OTHER_KIND);
  const client = makeClient({ token: botToken, apiUrl });
  for (let tries = 0; ; tries++) {
    const asked = await askIdentity(client);
    if (asked.kind === 'refused') throw refusal(asked.code);
    if (asked.kind === 'known') {
      const { scopes, ...identity } = asked.identity;
      warnOf(deps, missingScopes(scopes), identity.name);
      return { ...identity, client };
    }
    const waitMs = Math.max(asked.afterMs, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** tries));
    log.warn('Slack does not answer; it is asked again', { why: asked.why, seconds: Math.ceil(waitMs / 1000) });
    await world.sleepUntil(plus(world.now(), waitMs));
  }
}

function refusal(code: string): PlatformError {
  const isSlacks = !code.includes(' ');
  return new PlatformError(`${WHAT_TO_DO[code] ?? REFUSED}${isSlacks ? ` (Slack says: ${code})` : ''}`);
}

function warnOf({ log }: SlackDeps, missing: readonly string[], team: string): void {
  if (missing.length === 0) return;
  const mend = `“OAuth & Permissions” → Bot Token Scopes → add them, then “Reinstall to ${team}”`;
  log.warn('the bot token lacks scopes, so some of it will not work', { missing, mend });
}
