/** Every workspace that installed us: its token comes out of the vault when it is first needed. */
import { PlatformError, type Secret } from '../../src/chat/adapter.ts';
import type { Instant, TeamId } from '../../src/chat/ids.ts';
import { between, MINUTE } from '../../src/chat/world.ts';
import { makeClient } from './api.ts';
import { forgetInstall, type Install, installedTeams, keepInstall, readInstall } from './installs.ts';
import type { SlackDeps, Tenant, Tenants } from './ports.ts';

/** Tenants that grow while we run. */
export interface Workspaces extends Tenants {
  installOf(team: TeamId): Promise<Install | undefined>;
  /** Keeps it, in place of an earlier one, and tells whoever listens. */
  admit(install: Install): Promise<Tenant>;
}

type Hear = (tenant: Tenant) => Promise<void>;

/** A workspace as it was last looked up; `tenant` is undefined where none is kept. */
interface Seen {
  readonly at: Instant;
  readonly tenant: Promise<Tenant | undefined>;
}

/** So long a workspace counts as unknown once it was not there: another process may have let it in, in ms. */
const STRANGER_MS = MINUTE;

export function openManyWorkspaces(deps: SlackDeps): Workspaces {
  const { vault } = deps;
  const hearers: Hear[] = [];
  const seen = makeCache(deps);
  const all = async (): Promise<readonly Tenant[]> => lookUpAll(deps, await installedTeams(vault), seen.of);
  return {
    start: all,
    all,
    of: seen.of,
    installOf: (team) => readInstall(vault, team),
    async forget(team) {
      seen.drop(team);
      await forgetInstall(vault, team);
      // A look that began before may have ended after.
      seen.drop(team);
    },
    onInstalled: (hear) => void hearers.push(hear),
    async admit(install) {
      await keepInstall(vault, install);
      seen.drop(install.team);
      const tenant = tenantOf(install, deps.apiUrl);
      for (const hear of hearers) await hear(tenant);
      return tenant;
    },
  };
}

function makeCache({ vault, world, apiUrl }: SlackDeps) {
  const seen = new Map<TeamId, Seen>();
  const lookUp = (team: TeamId): Promise<Tenant | undefined> => {
    const found = readInstall(vault, team).then((install) => install && tenantOf(install, apiUrl));
    const entry: Seen = { at: world.now(), tenant: found };
    seen.set(team, entry);
    found.catch(() => {
      if (seen.get(team) === entry) seen.delete(team);
    });
    return found;
  };
  return {
    drop: (team: TeamId) => void seen.delete(team),
    async of(team: TeamId): Promise<Tenant | undefined> {
      const entry = seen.get(team);
      if (!entry) return lookUp(team);
      const tenant = await entry.tenant;
      return tenant ?? (between(entry.at, world.now()) < STRANGER_MS ? undefined : lookUp(team));
    },
  };
}

/** One that cannot be opened does not hold up the others; with none that can, the key itself is the trouble. */
async function lookUpAll({ log }: SlackDeps, teams: readonly TeamId[], of: Tenants['of']): Promise<readonly Tenant[]> {
  const looked = await Promise.allSettled(teams.map((team) => of(team)));
  const tenants = looked.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
  const failed = looked.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  const [first] = failed;
  if (first !== undefined && tenants.length === 0) {
    throw new PlatformError(first.message, { cause: first });
  }
  for (const error of failed) log.error('what is kept of a workspace cannot be used; it must install again', { error });
  return tenants;
}

const tenantOf = ({ team, name, botUser, botId, botToken }: Install, apiUrl: string): Tenant => ({
  team,
  name,
  botUser,
  botId,
  client: makeClient({ token: secretly(botToken), apiUrl }),
});

/** Shows itself only when asked: in no log line and no JSON. */
const secretly = (text: string): Secret => ({ reveal: () => text });
