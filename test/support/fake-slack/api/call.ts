/** One call of a Web API method: who calls, with which arguments, and the ways it can be refused. */
import type { Model, Plugs, Workspace } from '../model.ts';
import type { FakeChannel } from '../types.ts';
import type { Json } from '../wire.ts';

export type Args = Readonly<Record<string, unknown>>;

/** `{ok: false, error}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly extra: Json;
  constructor(error: string, extra: Json = {}) {
    super(error);
    this.extra = extra;
  }
}

export interface Call {
  readonly model: Model;
  readonly plugs: Plugs;
  readonly method: string;
  readonly args: Args;
  /** The token it came with; empty when there was none. */
  readonly token: string;
  /** Whose token that is. Throws for calls without a bot token. */
  readonly workspace: Workspace;
  readonly warnings: string[];
  /** `Basic` credentials, as OAuth calls carry them. */
  readonly basic?: readonly [id: string, secret: string];
}

export interface Method {
  /** Which kind of token; `none`: it needs no token, `any`: bot or app. */
  readonly token: 'bot' | 'app' | 'none' | 'any';
  /** All of them are needed. Scopes that hang on the conversation are asked for within `run`. */
  readonly scopes?: readonly string[];
  /** Arguments it knows, `token` and `team_id` apart. */
  readonly args: readonly string[];
  readonly run: (call: Call) => Json;
}

export type Methods = Readonly<Record<string, Method>>;

/** An argument as text; absent when it is not there or empty. */
export function textOf(call: Call, name: string): string | undefined {
  const value = call.args[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Throws `error` (or `invalid_arguments`, naming what is missing) without it. */
export function needText(call: Call, name: string, error?: string): string {
  const value = textOf(call, name);
  if (value !== undefined) return value;
  if (error !== undefined) throw new Refusal(error);
  throw invalidArguments(`missing required field: ${name}`);
}

export const invalidArguments = (...said: readonly string[]): Refusal =>
  new Refusal('invalid_arguments', { response_metadata: { messages: said.map((line) => `[ERROR] ${line}`) } });

export function flagOf(call: Call, name: string): boolean {
  const value = call.args[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

export function numberOf(call: Call, name: string, fallback: number): number {
  const value = textOf(call, name);
  if (value === undefined) return fallback;
  if (!/^\d+$/.test(value)) throw invalidArguments(`${name} is not a number`);
  return Number(value);
}

/** Names between commas, or a JSON list of them. */
export function listOf(call: Call, name: string): readonly string[] {
  const value = call.args[name];
  if (Array.isArray(value)) return value.map(String);
  const text = textOf(call, name);
  if (text === undefined) return [];
  const list = text.startsWith('[') ? (JSON.parse(text) as unknown[]).map(String) : text.split(',');
  return list.map((item) => item.trim()).filter((item) => item !== '');
}

/** A nested value: as it is in a JSON body, as JSON text in a form. Throws `error` when it cannot be read. */
export function nestedOf(call: Call, name: string, error: string): unknown {
  const value = call.args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new Refusal(error);
  }
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function needScope(call: Call, ...needed: readonly string[]): void {
  const has = call.workspace.scopes;
  const missing = needed.filter((scope) => !has.has(scope));
  if (missing.length === 0) return;
  throw new Refusal('missing_scope', { needed: missing.join(','), provided: [...has].join(',') });
}

const FAMILY: Readonly<Record<FakeChannel['kind'], string>> = {
  public: 'channels',
  private: 'groups',
  im: 'im',
  mpim: 'mpim',
};

/** The scope for a kind of conversation: `groups:history`. */
export const scopeFor = (kind: FakeChannel['kind'], what: 'read' | 'history' | 'write'): string =>
  `${FAMILY[kind]}:${what}`;

/** A conversation the bot may know of: a public one, or one it is in. */
export function needChannel(call: Call, id: string): FakeChannel {
  const { workspace } = call;
  const channel = workspace.channels.get(id);
  if (!channel || channel.deleted) throw new Refusal('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.has(workspace.botUser)) throw new Refusal('channel_not_found');
  return channel;
}

/** A conversation the bot is in. */
export function needMember(call: Call, id: string): FakeChannel {
  const channel = needChannel(call, id);
  if (!channel.members.has(call.workspace.botUser)) throw new Refusal('not_in_channel');
  return channel;
}

const CURSOR = 'next:';

/** A page of a list; `next_cursor` is empty on the last one. */
export function pageOf<T>(
  call: Call,
  all: readonly T[],
  limits: { readonly usual: number; readonly most: number },
): { readonly page: readonly T[]; readonly next: string } {
  const limit = numberOf(call, 'limit', limits.usual);
  if (limit < 1 || limit > limits.most) throw new Refusal('invalid_limit');
  const cursor = textOf(call, 'cursor');
  const read = cursor === undefined ? `${CURSOR}0` : Buffer.from(cursor, 'base64').toString('utf8');
  const from = read.startsWith(CURSOR) ? Number(read.slice(CURSOR.length)) : Number.NaN;
  if (!Number.isInteger(from)) throw new Refusal('invalid_cursor');
  const end = from + limit;
  const next = end < all.length ? Buffer.from(`${CURSOR}${end}`).toString('base64') : '';
  return { page: all.slice(from, end), next };
}
