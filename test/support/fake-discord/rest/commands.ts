/** Application commands over REST: read, and put as a whole, for all servers or one of them. */
import type { Asked, Json, StoredCommand } from '../model.ts';
import { refuse } from './refusal.ts';
import { DONE, jsonsOf, ok, type Desk, type Handle } from './route.ts';

/** `'global'` or the guild's id. */
function scopeOf({ model }: Desk, asked: Asked): string {
  if (asked.params['app'] !== model.applicationId) refuse(50001);
  const guild = asked.params['guild'];
  if (guild === undefined) return 'global';
  if (!model.guilds.get(guild)?.joined) refuse(50001);
  return guild;
}

const inScope = (desk: Desk, asked: Asked): readonly StoredCommand[] =>
  desk.model.commands.get(scopeOf(desk, asked)) ?? [];

/** As Discord gives a command back: with what was left out. */
function stored({ model }: Desk, scope: string, body: Json, known: StoredCommand | undefined): StoredCommand {
  const changed = JSON.stringify(known?.['asked']) !== JSON.stringify(body);
  const isChat = (body['type'] ?? 1) === 1;
  return {
    id: known?.id ?? model.newId(),
    application_id: model.applicationId,
    version: changed ? model.newId() : known?.['version'],
    name: String(body['name']),
    type: Number(body['type'] ?? 1),
    description: isChat ? String(body['description']) : '',
    name_localizations: body['name_localizations'] ?? null,
    description_localizations: body['description_localizations'] ?? null,
    default_member_permissions: asTextOrNull(body['default_member_permissions']),
    nsfw: body['nsfw'] ?? false,
    integration_types: body['integration_types'] ?? [0],
    contexts: body['contexts'] ?? null,
    ...(body['options'] !== undefined && { options: body['options'] }),
    ...(scope !== 'global' && { guild_id: scope }),
    asked: body,
  };
}

const asTextOrNull = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

const shown = ({ asked: _, ...command }: StoredCommand & { readonly asked?: unknown }): Json => command;

const matching = (commands: readonly StoredCommand[], body: Json): StoredCommand | undefined =>
  commands.find(({ name, type }) => name === body['name'] && type === (body['type'] ?? 1));

const MOST: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

function keep(desk: Desk, scope: string, commands: readonly StoredCommand[]): void {
  for (const [type, most] of Object.entries(MOST)) {
    if (commands.filter((command) => command.type === Number(type)).length > most) refuse(30032);
  }
  desk.model.commands.set(scope, commands);
}

const list: Handle = (desk, asked) => ok(inScope(desk, asked).map(shown));

const replaceAll: Handle = (desk, asked) => {
  const scope = scopeOf(desk, asked);
  const before = inScope(desk, asked);
  const after = jsonsOf(asked.raw).map((body) => stored(desk, scope, body, matching(before, body)));
  keep(desk, scope, after);
  return ok(after.map(shown));
};

const create: Handle = (desk, asked) => {
  const scope = scopeOf(desk, asked);
  const before = inScope(desk, asked);
  const known = matching(before, asked.body);
  const command = stored(desk, scope, asked.body, known);
  keep(desk, scope, [...before.filter((one) => one !== known), command]);
  return ok(shown(command), known ? 200 : 201);
};

const oneOf = (desk: Desk, asked: Asked): StoredCommand =>
  inScope(desk, asked).find(({ id }) => id === asked.params['command']) ?? refuse(10063);

const read: Handle = (desk, asked) => ok(shown(oneOf(desk, asked)));

const remove: Handle = (desk, asked) => {
  const gone = oneOf(desk, asked);
  keep(
    desk,
    scopeOf(desk, asked),
    inScope(desk, asked).filter((one) => one !== gone),
  );
  return DONE;
};

const under = (path: string): Readonly<Record<string, Handle>> => ({
  [`GET ${path}`]: list,
  [`PUT ${path}`]: replaceAll,
  [`POST ${path}`]: create,
  [`GET ${path}/:command`]: read,
  [`DELETE ${path}/:command`]: remove,
});

export const COMMAND_ROUTES: Readonly<Record<string, Handle>> = {
  ...under('/applications/:app/commands'),
  ...under('/applications/:app/guilds/:guild/commands'),
};
