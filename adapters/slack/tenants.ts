/** Where we may act in Slack: one workspace by its token, or every workspace that installed us. */
import { openManyWorkspaces, type Workspaces } from './many-workspaces.ts';
import { openOwnWorkspace } from './own-workspace.ts';
import type { SlackDeps, Tenants } from './ports.ts';

/** `workspaces`: the same where workspaces can install us; undefined with one token. */
export function openTenants(deps: SlackDeps): Tenants & { readonly workspaces: Workspaces | undefined } {
  if (deps.access.kind === 'one') return { ...openOwnWorkspace(deps, deps.access.botToken), workspaces: undefined };
  const workspaces = openManyWorkspaces(deps);
  return { ...workspaces, workspaces };
}
