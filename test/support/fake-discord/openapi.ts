/** Discord's own description of its API, made strict, with a validator for every operation: compiled when first needed, then kept. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isNode, makeStrict, type Node, type Side } from './strict.ts';

interface Operation {
  readonly requestBody?: unknown;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly schema: unknown;
}

type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] };

const FILE = new URL('../../fixtures/discord/openapi.json', import.meta.url);

const BEYOND_SNOWFLAKES = 2n ** 64n;

function openAjv(spec: unknown, allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors, logger: false });
  formats.default(ajv);
  ajv.addFormat('snowflake', (text: string) => /^\d{1,20}$/.test(text) && BigInt(text) < BEYOND_SNOWFLAKES);
  ajv.addFormat('nonce', (text: string) => text.length <= 25);
  ajv.addFormat('int64', { type: 'number', validate: Number.isInteger });
  ajv.addSchema(spec as Node, 'discord');
  return ajv;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

interface Spec {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Node };
}

const readSpec = once(() => JSON.parse(readFileSync(FILE, 'utf8')) as Spec);
const specOf = (side: Side) =>
  once(() => {
    const spec = structuredClone(readSpec());
    for (const node of [spec.paths, spec.components]) makeStrict(node, side, spec.components.schemas);
    return { paths: spec.paths, quick: once(() => openAjv(spec, false)), thorough: once(() => openAjv(spec, true)) };
  });
const SPECS = { asked: specOf('asked'), answered: specOf('answered') };

const pointer = (parts: readonly string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const compiled = new Map<string, ValidateFunction | undefined>();

function validatorAt(side: Side, parts: readonly string[], how: 'quick' | 'thorough'): ValidateFunction | undefined {
  const ref = `discord#${pointer(parts)}`;
  const key = `${side} ${how} ${ref}`;
  if (!compiled.has(key)) compiled.set(key, SPECS[side]()[how]().getSchema(ref));
  return compiled.get(key);
}

/** Of a choice all branches fail; the deepest of what is left says most. */
function wordsOf(errors: readonly ErrorObject[]): string {
  const telling = errors.filter(({ keyword }) => !['oneOf', 'anyOf', 'if'].includes(keyword));
  const all = telling.length > 0 ? telling : errors;
  const deepest = Math.max(...all.map(({ instancePath }) => instancePath.split('/').length));
  const chosen = all.filter(({ instancePath }) => instancePath.split('/').length === deepest);
  return [...new Set(chosen.map(nameError))].slice(0, 3).join('; ');
}

function nameError({ instancePath, message, params }: ErrorObject): string {
  const extra = (params as { readonly additionalProperty?: string }).additionalProperty;
  const where = instancePath === '' ? 'the body' : instancePath.slice(1).replaceAll('/', '.');
  return extra === undefined ? `${where} ${message}` : `${where} has no '${extra}'`;
}

/** A value that is right is looked at quickly; one that is not once more, for words. */
function problemsAt(side: Side, parts: readonly string[], value: unknown): readonly string[] {
  if (validatorAt(side, parts, 'quick')?.(value) !== false) return [];
  const thorough = validatorAt(side, parts, 'thorough');
  thorough?.(value);
  return [wordsOf(thorough?.errors ?? [])];
}

const JSON_BODY = ['content', 'application/json', 'schema'];

const isWild = (part: string): boolean => part.startsWith('{');
const pathOf = new Map<string, string | undefined>();

/** The description's name for a path, as in `/channels/{channel_id}`; the most literal one that fits. */
function findPath(path: string): string | undefined {
  const parts = path.split('/');
  const fitting = Object.keys(SPECS.asked().paths).filter((one) => {
    const wanted = one.split('/');
    return wanted.length === parts.length && wanted.every((part, i) => isWild(part) || part === parts[i]);
  });
  const wild = (one: string): number => one.split('/').filter(isWild).length;
  return fitting.toSorted((a, b) => wild(a) - wild(b))[0];
}

export interface Operated {
  readonly method: string;
  /** With its parameters named, and the words that stand in their places: `@me`, `@original`. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
}

function operationOf({ method, route, params }: Operated): readonly [path: string, method: string] | undefined {
  const path = route.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params[name] ?? '';
    return value.startsWith('@') ? value : `{${name}}`;
  });
  if (!pathOf.has(path)) pathOf.set(path, findPath(path));
  const found = pathOf.get(path);
  return found === undefined ? undefined : [found, method.toLowerCase()];
}

/** What is wrong with a body; nothing when the operation has none. */
export function checkBody(asked: Operated, body: unknown): readonly string[] {
  const operation = operationOf(asked);
  if (!operation) return [`the description has no ${asked.method} ${asked.route}`];
  const [path, method] = operation;
  const described = SPECS.asked().paths[path]?.[method];
  if (!described) return [`the description has no ${asked.method} ${path}`];
  if (described.requestBody === undefined) {
    return body === undefined || (isNode(body) && Object.keys(body).length === 0) ? [] : ['no body belongs here'];
  }
  return problemsAt('asked', ['paths', path, method, 'requestBody', ...JSON_BODY], body ?? {});
}

export function checkQuery(asked: Operated, query: URLSearchParams): readonly string[] {
  const operation = operationOf(asked);
  if (!operation) return [];
  const [path, method] = operation;
  const described = SPECS.asked().paths[path]?.[method]?.parameters ?? [];
  return [...query].flatMap(([name, text]) => {
    const place = described.findIndex((one) => one.in === 'query' && one.name === name);
    if (place < 0) return [`the query has no '${name}'`];
    const parts = ['paths', path, method, 'parameters', String(place), 'schema'];
    const fits = [read(text), text].some((value) => problemsAt('answered', parts, value).length === 0);
    return fits ? [] : [`${name}=${text} is not allowed in the query`];
  });
}

/** A query's text as the number or truth it may mean. */
function read(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

export function checkParams(asked: Operated): readonly string[] {
  return Object.entries(asked.params)
    .filter(([name, value]) => name !== 'token' && name !== 'emoji' && !value.startsWith('@'))
    .filter(([, value]) => !/^\d{17,20}$/.test(value))
    .map(([name, value]) => `${name} ${value} is no snowflake`);
}

export function checkAnswered(asked: Operated, status: number, body: unknown): readonly string[] {
  const operation = operationOf(asked);
  if (!operation) return [];
  const [path, method] = operation;
  const responses = SPECS.answered().paths[path]?.[method]?.responses ?? {};
  const name = [String(status), `${Math.floor(status / 100)}XX`].find((one) => one in responses);
  if (name === undefined) return [`it is never answered ${status}`];
  const response = responses[name] as { readonly $ref?: string; readonly content?: unknown };
  if (response.$ref !== undefined) {
    return problemsAt('answered', [...response.$ref.split('/').slice(1), ...JSON_BODY], body);
  }
  if (response.content === undefined) return body === undefined ? [] : [`${status} has no body`];
  return problemsAt('answered', ['paths', path, method, 'responses', name, ...JSON_BODY], body);
}
