/** Slash commands: what a typed line asks for, in the surface's grammar. */
import { parseArgs, parseCommand } from '../../src/chat/surface.ts';
import type { Surface } from '../../src/chat/surface.ts';
import type { PersonRow } from './ports.ts';

export interface Asked {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Undefined when the line begins with neither the root command nor an alias. Mentions become person ids. */
export function readCommand(surface: Surface, people: readonly PersonRow[], typed: string): Asked | undefined {
  const [, first, rest] = /^\/(\S+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
  if (first === undefined || rest === undefined) return undefined;
  const root = first.toLowerCase();
  const alias = surface.commands.find((spec) => spec.alias?.toLowerCase() === root);
  if (root !== surface.root && !alias) return undefined;
  const asked = alias ? { command: alias.name, args: parseArgs(alias, rest) } : parseCommand(surface, rest);
  const persons = surface.commands
    .find(({ name }) => name === asked.command)
    ?.args.filter(({ kind }) => kind === 'person');
  const args = { ...asked.args };
  for (const { name } of persons ?? []) {
    const said = args[name]?.toLowerCase();
    const person = people.find((row) => row.id === said || row.name.toLowerCase() === said);
    if (person) args[name] = person.id;
  }
  return { command: asked.command, args };
}
