/** Reads source files as a parser sees them and lists every breach of the house's rules. */
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import {
  CHANCE,
  CLOCK_MODULES,
  IMPORTS_BY_NAME,
  LONGEST_FILE,
  LONGEST_FUNCTION,
  MAY_IMPORT,
  MAY_IMPORT_TYPES,
  OWNS_THE_WORLD,
  PACKAGES,
  READS_THE_ENVIRONMENT,
  TIMERS,
  WORLDLY,
  kindOf,
  roomOf,
} from './house.ts';

export interface Breach {
  /** `path:line`. */
  readonly at: string;
  readonly what: string;
}

/** A node of the syntax tree, known only as far as it is looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

interface Reading {
  readonly path: string;
  readonly room: string | undefined;
  readonly ownsTheWorld: boolean;
  lineAt(offset: number): number;
  report(offset: number, what: string): void;
}

/** Every breach in the given files (path from the project's root → source). */
export function findBreaches(files: ReadonlyMap<string, string>): readonly Breach[] {
  return [...files].flatMap(([path, source]) => breachesIn(path, source));
}

function breachesIn(path: string, source: string): readonly Breach[] {
  const found: Breach[] = [];
  const starts = [...source.matchAll(/\n/g)].map((match) => match.index + 1);
  const reading: Reading = {
    path,
    room: roomOf(path),
    ownsTheWorld: OWNS_THE_WORLD.some((owner) => owner.test(path)),
    lineAt: (offset) => starts.filter((start) => start <= offset).length + 1,
    report: (offset, what) => found.push({ at: `${path}:${reading.lineAt(offset)}`, what }),
  };
  const parsed = parseSync(path, source, { range: false });
  for (const error of parsed.errors) reading.report(error.labels[0]?.start ?? 0, `does not parse: ${error.message}`);
  checkFile(reading, source, parsed.comments[0]?.start);
  visit(parsed.program as unknown as Node, undefined, (node, parent) => {
    checkImport(reading, node);
    checkWorld(reading, node, parent);
    checkShape(reading, node);
  });
  // One mistake may show in several nodes of the tree.
  return found.filter(
    ({ at, what }, index) => found.findIndex((other) => other.at === at && other.what === what) === index,
  );
}

function visit(node: Node, parent: Node | undefined, see: (node: Node, parent: Node | undefined) => void): void {
  see(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(child)) visit(child, node, see);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

/** The name of an identifier, or the text of a string. */
function textOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  const text = value.type === 'Identifier' ? value['name'] : value.type === 'Literal' ? value['value'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function checkFile(reading: Reading, source: string, firstComment: number | undefined): void {
  const { path, room } = reading;
  if (room === undefined) reading.report(0, 'stands in no room of the house');
  const name = posix.basename(path);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d)?\.(?:ts|js)$/.test(name))
    reading.report(0, `the name ${name} is not kebab-case`);
  if (/(?:manager|service|utils?|helpers?)\.(?:ts|js)$/.test(name)) reading.report(0, `the name ${name} says nothing`);
  const lines = source.trimEnd().split('\n').length;
  if (lines > LONGEST_FILE) reading.report(0, `${lines} lines in a file; at most ${LONGEST_FILE}`);
  const code = source.search(/^(?!#!|\s*$)/m);
  if (firstComment === undefined || firstComment > code) reading.report(0, 'does not open with what it is for');
}

// ---- imports ----

function checkImport(reading: Reading, node: Node): void {
  if (/^(?:Import|ExportAll|ExportNamed)Declaration$/.test(node.type) && isNode(node['source'])) {
    checkTarget(reading, node, textOf(node['source']), onlyTypes(node));
  }
  if (node.type === 'TSImportType') checkTarget(reading, node, textOf(node['source'] ?? node['argument']), true);
  if (node.type !== 'ImportExpression') return;
  const target = isNode(node['source']) && node['source'].type === 'Literal' ? textOf(node['source']) : undefined;
  if (target !== undefined) return checkTarget(reading, node, target, false);
  if (!IMPORTS_BY_NAME.includes(reading.path)) reading.report(node.start, 'imports a file by a name only known later');
}

function onlyTypes(node: Node): boolean {
  if ((node['importKind'] ?? node['exportKind']) === 'type') return true;
  const names = Array.isArray(node['specifiers']) ? (node['specifiers'] as Node[]) : [];
  return names.length > 0 && names.every((name) => (name['importKind'] ?? name['exportKind']) === 'type');
}

function checkTarget(reading: Reading, node: Node, target: string | undefined, types: boolean): void {
  if (target === undefined) return reading.report(node.start, 'imports something unreadable');
  const problem = target.startsWith('.')
    ? roomProblem(reading, target, types)
    : target.startsWith('node:')
      ? builtinProblem(reading, target)
      : packageProblem(reading, target, types);
  if (problem !== undefined) reading.report(node.start, problem);
}

function roomProblem({ path, room }: Reading, target: string, types: boolean): string | undefined {
  const goal = posix.join(posix.dirname(path), target);
  if (!/\.(?:ts|js)$/.test(goal)) return `imports ${target}, which does not end in .ts`;
  const there = roomOf(goal);
  if (there === undefined) return `imports ${goal}, which is in no room of the house`;
  if (room === undefined || room === there) return undefined;
  const allowed = [...(MAY_IMPORT[kindOf(room)] ?? []), ...(types ? (MAY_IMPORT_TYPES[kindOf(room)] ?? []) : [])];
  return allowed.includes('*') || (allowed.includes(kindOf(there)) && kindOf(room) !== kindOf(there))
    ? undefined
    : `${room} may not import ${there} (${goal})`;
}

function builtinProblem({ room, ownsTheWorld }: Reading, target: string): string | undefined {
  if (room === 'chat' || room === 'matching') return `${room} imports nothing, so not ${target}`;
  const clock = CLOCK_MODULES.includes(target.slice('node:'.length));
  return clock && !ownsTheWorld ? `${target} belongs to the owners of the world` : undefined;
}

function packageProblem({ room }: Reading, target: string, types: boolean): string | undefined {
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  const owner = PACKAGES[name];
  if (owner === undefined) return `the package ${name} belongs to no room`;
  const allowed = [...owner.in, ...(types ? (owner.types ?? []) : [])];
  if (room !== undefined && (allowed.includes(room) || allowed.includes(kindOf(room)))) return undefined;
  return `the package ${name} belongs to ${owner.in.join(', ')}`;
}

// ---- time, chance and the environment ----

function checkWorld(reading: Reading, node: Node, parent: Node | undefined): void {
  const taken = worldly(node, parent);
  if (taken === undefined) return;
  if (taken === 'process.env') {
    if (reading.path !== READS_THE_ENVIRONMENT)
      reading.report(node.start, 'process.env is read in src/config.ts alone');
  } else if (!reading.ownsTheWorld) reading.report(node.start, `${taken} belongs to the owners of the world`);
}

/** What this node takes from the world outside, if anything. */
function worldly(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'MemberExpression') return worldlyMember(node);
  if (node.type === 'VariableDeclarator') return worldlyPattern(node);
  const callee = textOf(node['callee']);
  if (node.type === 'CallExpression' && callee === 'Date') return 'Date()';
  const bare = Array.isArray(node['arguments']) && node['arguments'].length === 0;
  if (node.type === 'NewExpression' && callee === 'Date' && bare) return 'new Date()';
  if (node.type !== 'Identifier') return undefined;
  const name = String(node['name']);
  if (CHANCE.includes(name)) return name;
  return TIMERS.includes(name) && !namesMember(node, parent) ? name : undefined;
}

function worldlyMember(node: Node): string | undefined {
  const member = textOf(node['property']);
  if (
    member === undefined ||
    (node['computed'] === true && isNode(node['property']) && node['property'].type !== 'Literal')
  ) {
    return undefined;
  }
  const object =
    isNode(node['object']) && node['object'].type === 'MemberExpression' ? node['object']['property'] : node['object'];
  const owner = textOf(object) ?? '';
  if (CHANCE.includes(member) && node['computed'] === true) return member;
  if (/^(?:globalThis|global|window|self)$/.test(owner) && TIMERS.includes(member)) return member;
  return WORLDLY[owner]?.includes(member) === true ? `${owner}.${member}` : undefined;
}

/** `const { now } = Date`. */
function worldlyPattern(node: Node): string | undefined {
  const owner = textOf(node['init']);
  const pattern = node['id'];
  if (owner === undefined || !isNode(pattern) || pattern.type !== 'ObjectPattern') return undefined;
  const keys = (pattern['properties'] as Node[]).map((property) => textOf(property['key']) ?? '');
  const taken = keys.find((key) => WORLDLY[owner]?.includes(key) === true);
  return taken === undefined ? undefined : `${owner}.${taken}`;
}

/** Whether an identifier is only the name of a member: `clock.setTimeout`, `{ setTimeout: … }`. */
function namesMember(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return false;
  if (parent.type === 'MemberExpression') return parent['property'] === node && parent['computed'] !== true;
  return parent['key'] === node && parent['computed'] !== true && parent['shorthand'] !== true;
}

// ---- shapes ----

const FUNCTIONS = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;
const DECLARES = /^(?:Function|Class|TSInterface|TSTypeAlias)Declaration$|^VariableDeclarator$/;

function checkShape(reading: Reading, node: Node): void {
  const migration = reading.room === 'migrations';
  if (node.type === 'TSAnyKeyword' && !migration) reading.report(node.start, '`any` outside migrations');
  if (node.type === 'ExportDefaultDeclaration') reading.report(node.start, 'a default export');
  if (node.type === 'ExportSpecifier' && textOf(node['exported']) === 'default')
    reading.report(node.start, 'a default export');
  if (FUNCTIONS.test(node.type) && !migration) checkLength(reading, node);
  const name = DECLARES.test(node.type) ? textOf(node['id']) : undefined;
  if (name !== undefined && /(?:Manager|Service|Utils?|Helpers?)$/.test(name)) {
    reading.report(node.start, `the name ${name} says nothing`);
  }
}

function checkLength(reading: Reading, node: Node): void {
  const lines = reading.lineAt(node.end) - reading.lineAt(node.start) + 1;
  if (lines > LONGEST_FUNCTION) reading.report(node.start, `${lines} lines in a function; at most ${LONGEST_FUNCTION}`);
}
