/** Slash commands: the line somebody typed, in the surface's grammar. */
import type { TeamId, Instant } from '../../../src/chat/ids.ts';
import type { Command } from '../../../src/chat/incoming.ts';
import { parseArgs, parseCommand, type Surface } from '../../../src/chat/surface.ts';
import { readText } from '../render/index.ts';
import { placeAt } from './place.ts';
import { type Body, channelOf, longTextOf, personOf, textOf, type Unsigned } from './read.ts';

export function readCommand(
  surface: Surface,
  body: Body,
  { team, now }: { readonly team: TeamId; readonly now: Instant },
): Unsigned<Command> | undefined {
  const channel = channelOf(body['channel_id']);
  const by = personOf(body['user_id']);
  const trigger = textOf(body['trigger_id']);
  const slash = textOf(body['command']);
  if (channel === undefined || by === undefined || trigger === undefined || slash === undefined) return undefined;
  const called = textOf(body['user_name']);
  return {
    event: {
      kind: 'command',
      id: `slack:${team}:trigger:${trigger}`,
      team,
      at: now,
      place: placeAt({ channel }, by),
      ...asked(surface, slash, longTextOf(body['text']) ?? ''),
    },
    by,
    ...(called === undefined ? {} : { called }),
  };
}

const MENTION = /<@([A-Z0-9]{2,30})(?:\|([^>]*))?>/g;

/** Mentions come as `<@U1|name>`: who is asked for becomes an id, everybody else a name. */
function asked(surface: Surface, slash: string, typed: string): Pick<Command, 'command' | 'args'> {
  const names = new Map([...typed.matchAll(MENTION)].map(([, id = '', name]) => [id, name === '' ? undefined : name]));
  const { command, args } = parse(surface, slash.replace(/^\//, '').toLowerCase(), typed.replace(MENTION, '<@$1>'));
  const read = Object.entries(args).map(([name, value]) => [name, readText(value, (id) => names.get(id))]);
  return { command, args: Object.fromEntries(read) as Record<string, string> };
}

/** A command that is neither the root nor an alias asks for none, whatever follows it. */
function parse(surface: Surface, slash: string, typed: string): { command: string; args: Record<string, string> } {
  const alias = surface.commands.find((spec) => spec.alias?.toLowerCase() === slash);
  if (alias) return { command: alias.name, args: parseArgs(alias, typed) };
  if (slash === surface.root.toLowerCase()) return parseCommand(surface, typed);
  return { command: '', args: typed.trim() === '' ? {} : { text: typed.trim() } };
}
