/** What is kept of a workspace that installed us, sealed in the vault under its own name. */
import type { Vault } from '../../src/chat/adapter.ts';
import type { Instant, TeamId } from '../../src/chat/ids.ts';
import { isId } from './identity.ts';

export interface Install {
  readonly team: TeamId;
  readonly name: string;
  readonly appId: string;
  readonly botToken: string;
  readonly botUser: string;
  readonly botId: string;
  readonly scopes: readonly string[];
  readonly enterprise?: string;
  /** Who installed us first, `U…`. */
  readonly installedBy: string;
  /** When they did. */
  readonly at: Instant;
}

const PREFIX = 'slack/install/';
const keyOf = (team: TeamId): string => `${PREFIX}${team}`;

export const keepInstall = (vault: Vault, install: Install): Promise<void> =>
  vault.keep(keyOf(install.team), JSON.stringify(install));

export const forgetInstall = (vault: Vault, team: TeamId): Promise<void> => vault.forget(keyOf(team));

export const installedTeams = async (vault: Vault): Promise<readonly TeamId[]> =>
  (await vault.keys(PREFIX)).map((key) => key.slice(PREFIX.length) as TeamId);

/** Rejects when what is kept cannot be opened. */
export async function readInstall(vault: Vault, team: TeamId): Promise<Install | undefined> {
  if (!isId(team, 'T')) return undefined;
  const text = await vault.read(keyOf(team));
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as Install;
  if (kept.team !== team) throw new Error(`What is kept of ${team} is of another workspace; it is not used.`);
  return kept;
}
