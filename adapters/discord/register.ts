/** Tells Discord which commands there are, and nothing when it knows them already. */
import { createHash } from 'node:crypto';
import { DiscordAPIError, type REST, RateLimitError, Routes } from 'discord.js';
import { PlatformError, type Vault } from '../../src/chat/adapter.ts';
import type { TeamId } from '../../src/chat/ids.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { commandsOf } from './commands.ts';

export { commandsOf } from './commands.ts';

export interface Registration {
  readonly rest: Pick<REST, 'put'>;
  readonly applicationId: string;
  readonly surface: Surface;
  /** For this server alone; absent: for all of them. */
  readonly guild?: TeamId | undefined;
  readonly vault: Pick<Vault, 'read' | 'keep'>;
  /** Also when nothing changed. */
  readonly anew?: boolean;
}

/** Replaces the whole list, which is safe to repeat. Throws PlatformError with what to do. */
export async function registerCommands(registration: Registration): Promise<'same' | 'registered'> {
  const { rest, applicationId, surface, guild, vault, anew = false } = registration;
  const body = commandsOf(surface);
  const key = `discord/commands/${applicationId}${guild === undefined ? '' : `/${guild}`}`;
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  if (!anew && (await vault.read(key)) === digest) return 'same';
  const route =
    guild === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guild);
  try {
    await rest.put(route, { body });
  } catch (error) {
    throw new PlatformError(`The commands could not be registered: ${whyNot(error)}`, { cause: error });
  }
  await vault.keep(key, digest);
  return 'registered';
}

const WHY = new Map<unknown, string>([
  [30_034, 'Discord takes 200 new ones a server a day, and these are used up. Try again tomorrow.'],
  [50_001, 'Greenroom is not on that server, or without commands: open the invitation link and let it in again.'],
  [10_004, 'there is no such server, or Greenroom is not on it.'],
  [10_002, 'there is no such application. Check DISCORD_APPLICATION_ID.'],
  [20_012, 'the token belongs to another application. Check the token and the application id.'],
  [50_035, 'Discord finds a mistake in them. Please report it.'],
  [40_001, 'Discord does not know the token. Check it.'],
]);

function whyNot(error: unknown): string {
  if (error instanceof RateLimitError) return `Discord asks to wait ${Math.ceil(error.retryAfter / 1000)} seconds.`;
  if (!(error instanceof DiscordAPIError)) return 'Discord does not answer. Try again in a minute.';
  if (error.status === 401) return WHY.get(40_001) ?? '';
  return WHY.get(error.code) ?? `Discord said ${error.code}: ${error.message}`;
}
