/** The command line: which commands there are, what they take, and how one ends. */
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { addBankCommands } from './bank.ts';
import { addDiscordCommands } from './discord.ts';
import { addDoctorCommand } from './doctor.ts';
import { addOutboxCommand } from './outbox.ts';
import { addServeCommand } from './serve.ts';
import { addSlackCommands } from './slack.ts';
import { addStoreCommands } from './store.ts';
import { StoreError } from '../store/store.ts';
import { EXIT, Stop, paint } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const EXIT_CODES = `
Exit codes:
  0  done, and all is well
  1  done, and problems were found
  2  the command or the configuration is not right
  3  it could not be done
`;

const EXAMPLES = `
Examples:
  $ greenroom serve                          start; without a token it is the local chat
  $ greenroom bank check ./our-questions     read a folder of questions and list what is wrong
  $ greenroom slack manifest                 what to paste where a Slack app is made
  $ greenroom discord invite                 the address that lets it into a Discord server
  $ greenroom doctor                         look at everything that has to be right
  $ greenroom backup ./greenroom.backup      keep a copy while it runs

From the project's folder each is said as: npm run -s greenroom -- <command>`;

function program(terminal: Terminal, ended: (exit: number) => void): Command {
  const root = new Command('greenroom')
    .description('Interview practice for a team, inside the chat it already uses.')
    .usage('<command> [options]')
    .helpCommand('help [command]', 'tell about a command')
    .helpOption('-h, --help', 'tell about a command')
    .showSuggestionAfterError()
    .showHelpAfterError('Say `greenroom --help` for what there is.')
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.colours,
      getErrHasColors: () => false,
    })
    .configureHelp({ styleTitle: (title) => paint(terminal, 'bold', title) })
    .addHelpText('after', EXIT_CODES + EXAMPLES)
    .exitOverride();
  addServeCommand(root, terminal);
  addBankCommands(root, terminal, ended);
  addStoreCommands(root, terminal);
  addOutboxCommand(root, terminal);
  addSlackCommands(root, terminal);
  addDiscordCommands(root, terminal);
  addDoctorCommand(root, terminal, ended);
  return root;
}

/** Runs one command; never throws. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exit: number = EXIT.ok;
  try {
    await program(terminal, (code) => (exit = code)).parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    return endWith(error, terminal, args.includes('--json'));
  }
}

function endWith(error: unknown, terminal: Terminal, json: boolean): number {
  if (error instanceof CommanderError) {
    // Commander has said it already; only what it calls an error is a wrong command.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  const exit = error instanceof Stop ? error.exit : error instanceof ConfigError ? EXIT.usage : EXIT.failed;
  const known = error instanceof Stop || error instanceof ConfigError || error instanceof StoreError;
  if (json) terminal.out(`${JSON.stringify({ error: message, exit })}\n`);
  terminal.err(`${message}\n`);
  if (!known && error instanceof Error && error.stack !== undefined) {
    terminal.err(`${error.stack.split('\n').slice(1).join('\n')}\n`);
  }
  return exit;
}
