/** Makes Discord's description of its API strict: nothing but what it names, and choices that are made by the type. */

export type Node = Record<string, unknown>;

/** What is asked for: strict, and digits do for numbers. What is answered: strict. */
export type Side = 'asked' | 'answered';

/** What is sent all the same: messages everywhere in one shape, a thread's type where it follows from the place. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  CreateTextThreadWithMessageRequest: ['type'],
  ApplicationCommandUpdateRequest: ['nsfw'],
  ApplicationCommandCreateRequest: ['nsfw'],
  // A forum post is answered with its first message.
  CreatedThreadResponse: ['message'],
};
const WITH_MESSAGES = ['tts', 'nonce', 'enforce_nonce'];

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function isMessage(properties: Node): boolean {
  return 'content' in properties && 'components' in properties && 'allowed_mentions' in properties;
}

function close(schema: Node, name: string | undefined): void {
  const { properties } = schema;
  if (!isNode(properties) || 'additionalProperties' in schema) return;
  const also = [...(ALSO[name ?? ''] ?? []), ...(isMessage(properties) ? WITH_MESSAGES : [])];
  for (const one of also) properties[one] ??= {};
  schema['additionalProperties'] = false;
}

/** A number may come as a string of digits, but where a string of another meaning could stand as well. */
function takeDigits(schema: Node): void {
  const types = [schema['type']].flat();
  if (!types.includes('integer') || 'enum' in schema || schema['format'] === 'int64') return;
  schema['type'] = [...types, 'string'];
  schema['pattern'] = '^-?[0-9]+$';
}

/** Errors are put together of parts, none of which knows the whole. */
const OPEN = new Set(['Error', 'ErrorResponse', 'RatelimitedResponse']);

/** The types a schema stands for, when it says so: `{type: 2, …}`. */
function typesOf(schemas: Node, one: unknown): readonly unknown[] | undefined {
  const name = isNode(one) && typeof one['$ref'] === 'string' ? (one['$ref'].split('/').at(-1) ?? '') : '';
  const schema = schemas[name] as { readonly properties?: Node; readonly required?: readonly string[] } | undefined;
  const type = schema?.properties?.['type'] as { readonly enum?: readonly unknown[] } | undefined;
  return schema?.required?.includes('type') === true ? type?.enum : undefined;
}

const whenThen = (condition: unknown, choice: unknown): Node =>
  Object.fromEntries(['if', 'then'].map((word, at) => [word, at === 0 ? condition : choice]));

/** A choice between things of different types is made by the type: what is wrong is then told of the one that was meant. */
function chooseByType(node: Node, schemas: Node): void {
  const choices = node['oneOf'] ?? node['anyOf'];
  if (!Array.isArray(choices) || choices.length < 2) return;
  const types = choices.map((one) => typesOf(schemas, one));
  if (types.includes(undefined) || new Set(types.flat()).size < types.flat().length) return;
  delete node['anyOf'];
  delete node['oneOf'];
  const isOf = (some: unknown) => ({
    properties: { type: { enum: some } },
    required: ['type'],
    additionalProperties: true,
  });
  Object.assign(node, isOf(types.flat()), { type: 'object' });
  node['allOf'] = choices.map((choice: unknown, at) => whenThen(isOf(types[at]), choice));
}

export function makeStrict(node: unknown, side: Side, schemas: Node, name = ''): void {
  if (!isNode(node) || OPEN.has(name)) return;
  if (!Array.isArray(node)) close(node, name);
  if (side === 'asked') takeDigits(node);
  chooseByType(node, schemas);
  for (const [key, value] of Object.entries(node)) makeStrict(value, side, schemas, key);
}
