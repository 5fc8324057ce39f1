/** A person uses a command as it is registered: only what is there, with options that its client would let them send. */
import type { Json, Model, StoredChannel, StoredCommand } from '../model.ts';
import { memberMay } from './payload.ts';

const OPTION = {
  sub: 1,
  group: 2,
  text: 3,
  whole: 4,
  yes: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
} as const;
const COMMAND = { slash: 1, user: 2, message: 3 } as const;

export interface Used {
  readonly command: StoredCommand;
  /** As the payload has them: groups and subcommands outside, options inside. */
  readonly options: readonly Json[];
  readonly users: readonly string[];
  readonly channels: readonly string[];
}

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

function fail(why: string): never {
  throw new Error(why);
}

/** Whether this person finds it there: by server or DM, and by what it asks of who uses it. */
function checkUse(model: Model, command: StoredCommand, channel: StoredChannel, user: string): void {
  const contexts = command['contexts'] as readonly number[] | null | undefined;
  const here = channel.guild === undefined ? 1 : 0;
  if (contexts && !contexts.includes(here)) fail(`/${command.name} is not there in ${here === 1 ? 'DMs' : 'servers'}`);
  const asked = command['default_member_permissions'];
  if (asked === null || asked === undefined || channel.guild === undefined) return;
  const may = memberMay(model.guild(channel.guild), user);
  const needs = BigInt(asked as string);
  const isAdmin = (may & (1n << 3n)) !== 0n;
  if (!isAdmin && (needs === 0n || (may & needs) !== needs)) fail(`${user} does not see /${command.name}`);
}

/** Of a server's own and the global one with the same name, the server's. */
export function findCommand(
  model: Model,
  channel: StoredChannel,
  user: string,
  name: string,
  kind: 'slash' | 'message' = 'slash',
): StoredCommand {
  const own = channel.guild === undefined ? [] : (model.commands.get(channel.guild) ?? []);
  const all = [...own, ...(model.commands.get('global') ?? [])];
  const found = all.find((one) => one.name === name && one.type === COMMAND[kind]);
  if (!found)
    return fail(`no command ${name} is registered here: ${all.map((one) => one.name).join(', ') || 'none is'}`);
  checkUse(model, found, channel, user);
  return found;
}

const isNested = ({ type }: Json): boolean => type === OPTION.sub || type === OPTION.group;

/** The options of the subcommand that `sub` leads to, and how to wrap what is chosen of them. */
function descend(command: StoredCommand, sub: readonly string[]) {
  let options = listOf(command['options']);
  const path: Json[] = [];
  for (const word of sub) {
    const next = options.find((one) => one['name'] === word && isNested(one));
    if (!next) return fail(`/${command.name} has no ${sub.join(' ')}`);
    path.push(next);
    options = listOf(next['options']);
  }
  if (options.some(isNested)) fail(`/${[command.name, ...sub].join(' ')} cannot be used without a subcommand`);
  const wrap = (chosen: readonly Json[]): readonly Json[] =>
    path.toReversed().reduce<readonly Json[]>((inside, { name, type }) => [{ name, type, options: inside }], chosen);
  return { options, wrap };
}

function checkNumber({ name, min_value: least, max_value: most }: Json, value: unknown, whole: boolean): void {
  if (typeof value !== 'number' || (whole && !Number.isInteger(value))) fail(`${String(name)} takes a number`);
  if (least !== undefined && (value as number) < Number(least)) fail(`${String(name)} is at least ${Number(least)}`);
  if (most !== undefined && (value as number) > Number(most)) fail(`${String(name)} is at most ${Number(most)}`);
}

function checkText({ name, min_length: least, max_length: most }: Json, value: unknown): void {
  if (typeof value !== 'string' || value === '') return fail(`${String(name)} takes text`);
  if (value.length < Number(least ?? 0)) fail(`${String(name)} is longer`);
  if (value.length > Number(most ?? 6000)) fail(`${String(name)} is shorter`);
  return undefined;
}

function checkThing(model: Model, { name, type, channel_types: types }: Json, value: unknown): void {
  const id = String(value);
  if (type === OPTION.user && id !== model.bot.id && !model.users.has(id)) fail(`${String(name)} takes a person`);
  if (type !== OPTION.channel) return;
  const kind = { text: 0, forum: 15, 'public thread': 11, 'private thread': 12, dm: 1 }[model.channel(id).kind];
  if (Array.isArray(types) && !types.includes(kind)) fail(`${String(name)} takes another kind of channel`);
}

function checkValue(model: Model, option: Json, value: unknown): void {
  const { name, type } = option;
  const choices = listOf(option['choices']);
  if (choices.length > 0 && !choices.some((choice) => choice['value'] === value)) {
    fail(`${String(name)} has no choice ${String(value)}`);
  }
  if (type === OPTION.text) checkText(option, value);
  else if (type === OPTION.whole || type === OPTION.number) checkNumber(option, value, type === OPTION.whole);
  else if (type === OPTION.yes && typeof value !== 'boolean') fail(`${String(name)} is true or false`);
  else checkThing(model, option, value);
}

const idsOf = (chosen: readonly Json[], ...types: readonly number[]): readonly string[] =>
  chosen.filter(({ type }) => types.includes(Number(type))).map(({ value }) => String(value));

export function useCommand(model: Model, command: StoredCommand, sub: readonly string[], given: Json): Used {
  const { options, wrap } = descend(command, sub);
  for (const name of Object.keys(given)) {
    if (!options.some((one) => one['name'] === name))
      fail(`/${[command.name, ...sub].join(' ')} has no option ${name}`);
  }
  const chosen = options.flatMap((option) => {
    const { name, type, required } = option;
    const value = given[String(name)];
    if (value === undefined && required === true) fail(`${String(name)} is required`);
    if (value === undefined) return [];
    checkValue(model, option, value);
    return [{ name, type, value }];
  });
  const users = idsOf(chosen, OPTION.user, OPTION.mentionable);
  return { command, options: wrap(chosen), users, channels: idsOf(chosen, OPTION.channel) };
}

/** What is sent while somebody types into one option. */
export function typeInto(command: StoredCommand, sub: readonly string[], name: string, typed: string): readonly Json[] {
  const { options, wrap } = descend(command, sub);
  const option = options.find((one) => one['name'] === name);
  if (!option) return fail(`/${[command.name, ...sub].join(' ')} has no option ${name}`);
  if (option['autocomplete'] !== true) fail(`${name} offers nothing while one types`);
  return wrap([{ name, type: option['type'], value: typed, focused: true }]);
}
