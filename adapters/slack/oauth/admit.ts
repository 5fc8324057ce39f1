/** Decides whether a grant may become, or replace, what we keep of a workspace. */
import { makeClient } from '../api.ts';
import { askIdentity, missingScopes } from '../identity.ts';
import type { Install } from '../installs.ts';
import type { Workspaces } from '../many-workspaces.ts';
import type { SlackDeps } from '../ports.ts';
import type { Grant, Refusal } from './exchange.ts';

export interface Admitted {
  readonly install: Install;
  readonly missing: readonly string[];
}

/**
 * A grant only ever writes the workspace that Slack says its token is of. Where one is kept already, another app's never
 * replaces a token that works, a lesser one never replaces a fuller one, and whoever came first stays the installer.
 */
export async function admit(deps: SlackDeps, workspaces: Workspaces, grant: Grant): Promise<Admitted | Refusal> {
  const before = await workspaces.installOf(grant.identity.team);
  const refusal = before && (await mayNotReplace(deps, before, grant));
  if (refusal) return refusal;
  const { botToken, appId, enterprise, scopes } = grant;
  const { team, name, botUser, botId } = grant.identity;
  const install: Install = {
    team,
    name,
    appId,
    botToken,
    botUser,
    botId,
    scopes,
    ...(enterprise === undefined ? {} : { enterprise }),
    installedBy: before?.installedBy ?? grant.installedBy,
    at: before?.at ?? deps.world.now(),
  };
  await workspaces.admit(install);
  return { install, missing: missingScopes(scopes) };
}

async function mayNotReplace(deps: SlackDeps, before: Install, grant: Grant): Promise<Refusal | undefined> {
  const isOurs = before.appId === grant.appId && before.botUser === grant.identity.botUser;
  const isLess = missingScopes(grant.scopes).some((scope) => before.scopes.includes(scope));
  if (isOurs && !isLess) return undefined;
  const asked = await askIdentity(makeClient({ token: { reveal: () => before.botToken }, apiUrl: deps.apiUrl }));
  // A token that no longer works has nothing to lose.
  if (asked.kind === 'refused') return undefined;
  if (asked.kind === 'unclear') return 'silent';
  return isOurs ? 'narrower' : 'taken';
}
