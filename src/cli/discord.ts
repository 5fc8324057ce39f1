/** `discord …`: the way into a server, what it asks for there and why, and the commands people are offered. */
import type { Command } from 'commander';
import { inviteUrl } from '../../adapters/discord/invite.ts';
import { ALL_PERMISSIONS, PERMISSIONS } from '../../adapters/discord/permissions.ts';
import { PlatformError, type Vault } from '../chat/adapter.ts';
import type { TeamId } from '../chat/ids.ts';
import type { Surface } from '../chat/surface.ts';
import { type Config, type DiscordConfig, environment, loadKey, readApplication, readConfig } from '../config.ts';
import { makeCipher } from '../config/cipher.ts';
import { openClock } from '../core/clock.ts';
import { openVault } from '../store/vault.ts';
import { withDatabase } from './channels.ts';
import { surfaceIn } from './surface.ts';
import { EXIT, Stop, say, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const APPLICATIONS = 'https://discord.com/developers/applications';

export function addDiscordCommands(root: Command, terminal: Terminal): void {
  const discord = root
    .command('discord')
    .description('set up the Discord bot: its invitation, what each permission is for, its commands')
    .usage('<command> [options]')
    .addHelpText(
      'after',
      '\nExamples:\n  $ greenroom discord invite\n  $ greenroom discord permissions\n  $ greenroom discord register',
    );
  addInvite(discord, terminal);
  discord
    .command('permissions')
    .description('list what the bot asks a server for, each with its reason')
    .option('--json', 'one JSON object: permissions, bits')
    .addHelpText('after', '\nExample:\n  $ greenroom discord permissions')
    .action(({ json }: { json?: boolean }) => {
      const permissions = PERMISSIONS.map(({ name, bit, reason }) => ({ name, bit: String(bit), reason }));
      say(terminal, json, { permissions, bits: String(ALL_PERMISSIONS) }, () => permissionsInWords());
    });
  addRegister(discord, terminal);
}

const permissionsInWords = (): string =>
  table(
    ['permission', 'what for'],
    PERMISSIONS.map(({ name, reason }) => [name, reason]),
  );

function addInvite(discord: Command, terminal: Terminal): void {
  discord
    .command('invite')
    .description('print the address at which an admin lets the bot into a server')
    .option('--json', 'one JSON object: url')
    .addHelpText(
      'after',
      `
Needs DISCORD_APPLICATION_ID: ${APPLICATIONS} →
the application → General Information → Application ID.

Example:
  $ greenroom discord invite`,
    )
    .action(({ json }: { json?: boolean }) => {
      const url = inviteUrl(readApplication(terminal.env));
      say(terminal, json, { url }, () => url);
    });
}

interface Asked {
  readonly server?: string;
  readonly anew?: true;
  readonly none?: true;
  readonly json?: true;
}

function addRegister(discord: Command, terminal: Terminal): void {
  discord
    .command('register')
    .description('tell Discord which commands there are; every start does it as well')
    .option('--server <id>', 'for one server only, beside those for all: for trying them out')
    .option('--none', 'take the commands of --server away again')
    .option('--anew', 'also when nothing changed')
    .option('--json', 'one JSON object: result, commands')
    .addHelpText(
      'after',
      `
Its commands are named by GREENROOM_COMMAND and GREENROOM_MOCK_COMMAND.
The id of a server: User Settings → Advanced → Developer Mode on, then a
right-click on the server → Copy Server ID.

Examples:
  $ greenroom discord register
  $ greenroom discord register --server 123456789012345678
  $ greenroom discord register --server 123456789012345678 --none`,
    )
    .action(async (asked: Asked) => register(terminal, asked));
}

async function register(terminal: Terminal, asked: Asked): Promise<void> {
  if (asked.server !== undefined && !/^\d{17,20}$/.test(asked.server))
    throw new Stop(
      '--server needs the id of a server, 17 to 20 digits: right-click on it → Copy Server ID',
      EXIT.usage,
    );
  if (asked.none === true && asked.server === undefined)
    throw new Stop('--none needs --server: the commands for all servers belong to whoever runs Greenroom', EXIT.usage);
  const config = readConfig(terminal.env, 'tool');
  if (!config.discord)
    throw new Stop(`Set DISCORD_TOKEN and DISCORD_APPLICATION_ID first: ${APPLICATIONS} → the application`, EXIT.usage);
  const surface = await surfaceIn(terminal.env ?? environment);
  const result = await tell(config, config.discord, { ...asked, surface });
  const commands = asked.none === true ? [] : namesIn(surface);
  say(terminal, asked.json, { result, commands }, () => inWords(result, asked, commands));
}

async function tell(
  config: Config,
  { token, applicationId, apiUrl }: DiscordConfig,
  { server, none, anew, surface }: Asked & { readonly surface: Surface },
): Promise<'same' | 'registered'> {
  // Its SDK is large: the other commands do without.
  const [{ makeRest }, { registerCommands }] = await Promise.all([
    import('../../adapters/discord/rest.ts'),
    import('../../adapters/discord/register.ts'),
  ]);
  const rest = makeRest({ token, apiUrl });
  const put: typeof rest.put = (route, data) => rest.put(route, none === true ? { ...data, body: [] } : data);
  const guild = server as TeamId | undefined;
  const what = { rest: { put }, applicationId, surface, guild };
  try {
    // What was kept of one server may be of before its commands were taken away.
    if (guild !== undefined) return await registerCommands({ ...what, vault: FORGETFUL, anew: true });
    const kept = await withDatabase(config, async (store) => {
      const vault = openVault(store, makeCipher(await loadKey(config)), () => openClock().now());
      return registerCommands({ ...what, vault, anew: anew === true });
    });
    return kept ?? (await registerCommands({ ...what, vault: FORGETFUL, anew: true }));
  } catch (error) {
    if (error instanceof PlatformError) throw new Stop(error.message);
    throw error;
  }
}

/** Where there is no database yet, looking makes none. */
const FORGETFUL: Pick<Vault, 'read' | 'keep'> = {
  read: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
};

const namesIn = ({ root, commands, shortcuts }: Surface): readonly string[] => [
  `/${root}`,
  ...commands.flatMap(({ alias }) => (alias === undefined ? [] : [`/${alias}`])),
  ...shortcuts.map(({ label }) => label),
];

function inWords(result: 'same' | 'registered', { server, none }: Asked, commands: readonly string[]): string {
  const where = server === undefined ? 'all servers' : `server ${server}`;
  if (none === true) return `The commands of ${where} are gone; those for all servers stay.`;
  const what = commands.join(', ');
  return result === 'same' ? `Discord knows them already: ${what}.` : `Registered for ${where}: ${what}.`;
}
