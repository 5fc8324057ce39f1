/** The commands of the surface in the form Discord wants them in. */
import type { Arg, CommandSpec, Surface } from '../../src/chat/surface.ts';
import { cut } from '../../src/chat/text.ts';

/** As Discord's API takes it; `type` tells a subcommand, a group or what can be typed. */
interface CommandOption {
  readonly type: 1 | 2 | 3 | 4 | 6;
  readonly name: string;
  readonly description: string;
  readonly required?: true;
  readonly autocomplete?: true;
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly options?: readonly CommandOption[];
}

export interface DiscordCommand {
  readonly type: 1 | 3;
  readonly name: string;
  readonly description?: string;
  readonly options?: readonly CommandOption[];
  /** On servers, message commands in our DMs as well; only for those that have the app. */
  readonly contexts: readonly [0] | readonly [0, 1];
  readonly integration_types: readonly [0];
}

const SERVERS = { contexts: [0], integration_types: [0] } as const;
const SERVERS_AND_DMS = { contexts: [0, 1], integration_types: [0] } as const;
const SUB_COMMAND = 1;
const GROUP = 2;
const TYPES = { word: 3, rest: 3, choice: 3, number: 4, person: 6 } as const;

const LONGEST_NAME = 32;
const LONGEST_DESCRIPTION = 100;
const MOST_OPTIONS = 25;
const MOST_CHARACTERS = 8_000;
/** Discord keeps so many message commands of an app. */
const MOST_SHORTCUTS = 15;

/** What an argument is called in Discord, where names are lower case and have no spaces. */
export const optionName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]/gu, '-')
    .slice(0, LONGEST_NAME);

/** Every command of the app. Throws RangeError for a surface that Discord would refuse. */
export function commandsOf(surface: Surface): readonly DiscordCommand[] {
  const root = {
    type: 1,
    name: named(surface.root),
    description: 'Interview practice with your colleagues',
    options: few(subcommands(surface.commands), `/${surface.root}`),
    ...SERVERS,
  } as const;
  const aliases = surface.commands.flatMap((spec) => (spec.alias === undefined ? [] : [aliasOf(spec, spec.alias)]));
  const shortcuts = surface.shortcuts.map(
    ({ label }) => ({ type: 3, name: short(label), ...SERVERS_AND_DMS }) as const,
  );
  if (shortcuts.length > MOST_SHORTCUTS) throw new RangeError(`more than ${MOST_SHORTCUTS} message commands`);
  const all = [root, ...aliases];
  for (const command of all) mustFit(command);
  if (new Set(all.map(({ name }) => name)).size < all.length) throw new RangeError('two commands have one name');
  return [...all, ...shortcuts];
}

const aliasOf = (spec: CommandSpec, alias: string): DiscordCommand => ({
  type: 1,
  name: named(alias),
  description: described(spec.summary),
  options: optionsOf(spec),
  ...SERVERS,
});

/** Discord has no group with a subcommand's name: `mentor`, where `mentor ask` is there too, is `mentor home` to it. */
export const ALONE = 'home';

/** Two words are a group and what is in it. */
function subcommands(commands: readonly CommandSpec[]): readonly CommandOption[] {
  const groups = Map.groupBy(commands, ({ name }) => name.split(' ')[0] ?? '');
  return [...groups].map(([first, specs]): CommandOption => {
    const [only] = specs;
    if (only?.name === first && specs.length === 1) return { ...subcommand(only, first), type: SUB_COMMAND };
    if (new Set(specs.map(({ name }) => wordIn(first, name))).size < specs.length)
      throw new RangeError(`${first} has two commands of one name: alone it is called ${first} ${ALONE}`);
    const options = specs.map((spec) => subcommand(spec, wordIn(first, spec.name)));
    const description = described(specs.map(({ summary }) => summary).join(' · '));
    return { type: GROUP, name: named(first), description, options: few(options, first) };
  });
}

const wordIn = (group: string, name: string): string => (name === group ? ALONE : name.slice(group.length + 1));

const subcommand = (spec: CommandSpec, word: string): CommandOption => ({
  type: SUB_COMMAND,
  name: named(word),
  description: described(spec.summary),
  options: optionsOf(spec),
});

/** What must be given stands first. */
const optionsOf = (spec: CommandSpec): readonly CommandOption[] =>
  few(spec.args.toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false)).map(optionOf), spec.name);

function optionOf(arg: Arg): CommandOption {
  const choices = arg.kind === 'choice' && arg.completes !== true ? (arg.options ?? []) : [];
  return {
    type: TYPES[arg.kind],
    name: named(optionName(arg.name)),
    description: described(arg.summary),
    ...(arg.required ? { required: true } : {}),
    ...(arg.completes && arg.kind !== 'person' ? { autocomplete: true } : {}),
    ...(choices.length === 0 ? {} : { choices: few(choices.map(choiceOf), arg.name) }),
  };
}

const choiceOf = ({ label, value }: { readonly label: string; readonly value: string }) => ({
  name: cut(label, LONGEST_DESCRIPTION),
  value,
});

function named(name: string): string {
  if (/^[\p{L}\p{N}_-]{1,32}$/u.test(name) && name === name.toLowerCase()) return name;
  throw new RangeError(`not a name for a command in Discord: ${name}`);
}

const described = (summary: string): string => cut(summary, LONGEST_DESCRIPTION) || '…';
const short = (label: string): string => cut(label, LONGEST_NAME);

function few<T>(all: readonly T[], where: string): readonly T[] {
  if (all.length <= MOST_OPTIONS) return all;
  throw new RangeError(`${where} has ${all.length} options, Discord takes ${MOST_OPTIONS}`);
}

/** Discord counts names, descriptions and values of a command together. */
function mustFit(command: DiscordCommand): void {
  const count = charactersIn(command);
  if (count > MOST_CHARACTERS) throw new RangeError(`/${command.name} has ${count} characters, ${MOST_CHARACTERS} fit`);
}

function charactersIn(
  of: Pick<CommandOption, 'name' | 'options' | 'choices'> & { readonly description?: string },
): number {
  const own = of.name.length + (of.description ?? '').length;
  const choices = (of.choices ?? []).map(({ name, value }) => name.length + value.length);
  const options = (of.options ?? []).map(charactersIn);
  return [...choices, ...options].reduce((sum, count) => sum + count, own);
}
