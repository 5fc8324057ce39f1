/** What people can say to us, as data: commands with their argument grammar, and message shortcuts. */
import type { Action, Option } from './message.ts';

export interface Arg {
  readonly name: string;
  readonly summary: string;
  /** `word`: up to a space. `rest`: everything left. `person`: a mention. */
  readonly kind: 'word' | 'number' | 'person' | 'rest' | 'choice';
  readonly options?: readonly Option[];
  /** The feature answers `complete` for it. */
  readonly completes?: true;
  readonly required?: true;
}

export interface CommandSpec {
  /** One or two words under the root command: `setup`, `mentor topic`. */
  readonly name: string;
  readonly summary: string;
  readonly args: readonly Arg[];
  readonly admin?: true;
  /** Also a top-level command of its own: `/mock`. */
  readonly alias?: string;
  /** As a person would type it, for help: `pause 2 weeks`. */
  readonly examples: readonly string[];
}

export interface Shortcut {
  readonly label: string;
  readonly on: Action;
}

export interface Surface {
  /** The root command, without the slash: `practice`. */
  readonly root: string;
  readonly commands: readonly CommandSpec[];
  readonly shortcuts: readonly Shortcut[];
}

/** What `text` after the root command asks for. An unknown command is an empty name, with all the text in `text`. */
export function parseCommand(surface: Surface, text: string): { command: string; args: Record<string, string> } {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const two = words.slice(0, 2).join(' ').toLowerCase();
  const one = (words[0] ?? '').toLowerCase();
  const spec = surface.commands.find(({ name }) => name === two) ?? surface.commands.find(({ name }) => name === one);
  if (!spec) return { command: '', args: text.trim() === '' ? {} : { text: text.trim() } };
  const rest = words.slice(spec.name.split(' ').length);
  return { command: spec.name, args: parseArgs(spec, rest.join(' ')) };
}

/** Arguments of one command from free text: mentions, numbers and known words find their place, the rest goes in order. */
export function parseArgs(spec: CommandSpec, text: string): Record<string, string> {
  const args: Record<string, string> = {};
  const words = text.split(/\s+/).filter((word) => word !== '');
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const open = spec.args.filter(({ name }) => args[name] === undefined);
    const arg =
      open.find((candidate) => suits(candidate, word)) ?? open.find(({ kind }) => kind === 'word' || kind === 'rest');
    if (!arg) {
      args['text'] = words.slice(i).join(' ');
      break;
    }
    if (arg.kind === 'rest') {
      args[arg.name] = words.slice(i).join(' ');
      break;
    }
    args[arg.name] = arg.kind === 'person' ? word.replace(/^<?@!?/, '').replace(/>$/, '') : word;
  }
  return args;
}

function suits(arg: Arg, word: string): boolean {
  if (arg.kind === 'person') return /^<?@/.test(word);
  if (arg.kind === 'number') return /^\d+$/.test(word);
  if (arg.kind === 'choice') return (arg.options ?? []).some(({ value }) => value === word.toLowerCase());
  return false;
}
