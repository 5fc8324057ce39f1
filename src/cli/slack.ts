/** `slack …`: what Slack has to be told of Greenroom, ready to paste, and what each part of it is for. */
import { type Command, Option } from 'commander';
import { EVENTS, SCOPES } from '../../adapters/slack/scopes.ts';
import { environment } from '../config.ts';
import { surfaceIn } from './surface.ts';
import { EXIT, Stop, say, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const APPS = 'https://api.slack.com/apps';

interface Asked {
  readonly mode: 'socket' | 'http';
  readonly url?: string;
  readonly oauth?: true;
  readonly name?: string;
}

export function addSlackCommands(root: Command, terminal: Terminal): void {
  const slack = root
    .command('slack')
    .description('set up the Slack app: its manifest, and what each scope is for')
    .usage('<command> [options]')
    .addHelpText(
      'after',
      '\nExamples:\n  $ greenroom slack manifest\n  $ greenroom slack manifest --mode http --url https://greenroom.example.org\n  $ greenroom slack scopes',
    );
  addManifest(slack, terminal);
  slack
    .command('scopes')
    .description('list what the app asks a workspace for and which events it hears, each with its reason')
    .option('--json', 'one JSON object: scopes, events')
    .addHelpText('after', '\nExample:\n  $ greenroom slack scopes')
    .action(({ json }: { json?: boolean }) => {
      say(terminal, json, { scopes: SCOPES, events: EVENTS }, scopesInWords);
    });
}

function addManifest(slack: Command, terminal: Terminal): void {
  slack
    .command('manifest')
    .description('print the manifest of the Slack app as JSON: commands, shortcuts, scopes and events')
    .addOption(
      new Option('--mode <mode>', 'how Slack reaches Greenroom: over a connection it opens, or by requests to --url')
        .choices(['socket', 'http'])
        .default('socket'),
    )
    .option('--url <address>', 'where Slack and browsers reach Greenroom, for http and --oauth (default: PUBLIC_URL)')
    .option('--oauth', 'for an app that many workspaces install')
    .option('--name <name>', 'another name than Greenroom, up to 35 characters')
    .option('--json', 'accepted for scripts: it is JSON anyway')
    .addHelpText(
      'after',
      `
Paste it at ${APPS} → Create New App → From a manifest.
Its commands are named by GREENROOM_COMMAND and GREENROOM_MOCK_COMMAND.

Examples:
  $ greenroom slack manifest
  $ greenroom slack manifest --mode http --url https://greenroom.example.org
  $ greenroom slack manifest --oauth --url https://greenroom.example.org
  $ greenroom slack manifest > manifest.json`,
    )
    .action(async (asked: Asked) => {
      terminal.out(`${JSON.stringify(await manifest(terminal, asked), undefined, 2)}\n`);
      if (terminal.live) terminal.err(nextSteps(asked));
    });
}

async function manifest(terminal: Terminal, { mode, url, oauth, name }: Asked): Promise<object> {
  const { env = environment } = terminal;
  const publicUrl = url ?? (env['PUBLIC_URL'] === '' ? undefined : env['PUBLIC_URL']);
  if (mode === 'http' && publicUrl === undefined) throw missingUrl('--mode http needs', 'Slack sends events to');
  if (oauth === true && publicUrl === undefined) throw missingUrl('--oauth needs', 'browsers come back to');
  const { manifestOf } = await import('../../adapters/slack/manifest.ts');
  try {
    return manifestOf({
      surface: await surfaceIn(env),
      mode,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(oauth === true ? { oauth } : {}),
      ...(name === undefined ? {} : { appName: name }),
    });
  } catch (error) {
    if (error instanceof RangeError) throw new Stop(error.message, EXIT.usage);
    throw error;
  }
}

const missingUrl = (who: string, what: string): Stop =>
  new Stop(`${who} --url, the address ${what}: --url https://greenroom.example.org`, EXIT.usage);

const nextSteps = ({ mode, oauth }: Asked): string => `
Next:
  1. ${APPS} → Create New App → From a manifest → JSON: paste it, Create.
  ${mode === 'socket' ? '2. Basic Information → App-Level Tokens → Generate: scope connections:write.' : '2. Basic Information → App Credentials: copy the Signing Secret.'}
  ${oauth === true ? '3. Basic Information → App Credentials: copy Client ID and Client Secret.' : '3. Install App → Install to Workspace: copy the Bot User OAuth Token.'}
  4. Set them, and look: greenroom doctor
`;

function scopesInWords(): string {
  const scopes = SCOPES.map(({ scope, reason }) => [scope, reason]);
  const events = EVENTS.map(({ event, reason }) => [event, reason]);
  return `${table(['scope', 'what for'], scopes)}\n\n${table(['event', 'what for'], events)}`;
}
