/** Slash commands, and options somebody is still typing. */
import type { Command, Complete } from '../../../src/chat/incoming.ts';
import type { CommandSpec, Surface } from '../../../src/chat/surface.ts';
import { ALONE, optionName } from '../commands.ts';
import { readText } from '../render/index.ts';
import { type Body, dig, longTextOf, recordsOf, textOf } from './read.ts';

const SUB_COMMAND = 1;
const GROUP = 2;

interface Asked {
  /** Undefined for one that the surface does not have any more. */
  readonly spec: CommandSpec | undefined;
  readonly options: readonly Body[];
}

export function readCommand(surface: Surface, data: Body): Pick<Command, 'command' | 'args'> {
  const { spec, options } = asked(surface, data);
  const nameOf = nameIn(data);
  const args = options.flatMap((option) => {
    const value = valueOf(option['value']);
    const name = value === undefined ? undefined : argName(spec, option);
    if (value === undefined || name === undefined) return [];
    return [[name, typeof option['value'] === 'string' ? readText(value, nameOf) : value] as const];
  });
  return { command: spec?.name ?? '', args: Object.fromEntries(args) };
}

/** Undefined when no option of a command of ours is being typed. */
export function readComplete(surface: Surface, data: Body): Pick<Complete, 'command' | 'option' | 'typed'> | undefined {
  const { spec, options } = asked(surface, data);
  const focused = options.find((option) => option['focused'] === true);
  const option = focused && argName(spec, focused);
  if (!spec || option === undefined) return undefined;
  return { command: spec.name, option, typed: valueOf(focused?.['value']) ?? '' };
}

/** A command of its own, or one or two words under the root. */
function asked(surface: Surface, data: Body): Asked {
  const name = textOf(data['name']);
  const options = recordsOf(data['options']);
  if (name !== surface.root.toLowerCase()) {
    const spec = surface.commands.find(({ alias }) => alias?.toLowerCase() === name);
    return { spec, options };
  }
  const [first] = options;
  const [second] = recordsOf(first?.['options']);
  if (first?.['type'] === GROUP && second?.['type'] === SUB_COMMAND) return under([first, second]);
  return first?.['type'] === SUB_COMMAND ? under([first]) : { spec: undefined, options: [] };

  function under(path: readonly Body[]): Asked {
    const words = path.map((part) => textOf(part['name']) ?? '').join(' ');
    const alone = words.endsWith(` ${ALONE}`) ? words.slice(0, -ALONE.length - 1) : words;
    const spec =
      surface.commands.find(({ name }) => name === words) ?? surface.commands.find(({ name }) => name === alone);
    return { spec, options: recordsOf(path.at(-1)?.['options']) };
  }
}

const argName = (spec: CommandSpec | undefined, option: Body): string | undefined =>
  spec?.args.find(({ name }) => optionName(name) === option['name'])?.name;

const valueOf = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : longTextOf(value);

/** What those are called here whom the options name. */
function nameIn(data: Body): (id: string) => string | undefined {
  return (id) => {
    const user = dig(data, 'resolved', 'users', id);
    const nick = textOf(dig(data, 'resolved', 'members', id, 'nick'));
    return nick ?? textOf(dig(user, 'global_name')) ?? textOf(dig(user, 'username'));
  };
}
