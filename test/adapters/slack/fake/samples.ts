/** Slack's own shapes, and whether something has no other keys and no other types than they. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '../../../fixtures/slack/samples');

/** `path` as in `events/MessagePayload`. */
export async function sample(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(SAMPLES, `${path}.json`), 'utf8'));
}

/** Kinds of blocks and their elements stand for others of the same place: their shape is checked elsewhere. */
const FREE = new Set(['blocks', 'attachments', 'elements']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** What differs, as `path: how`. An empty record or list in the sample says nothing about what is in it; null may stand for anything. */
export function differences(value: unknown, like: unknown, path = ''): readonly string[] {
  if (value === null || like === undefined) return [];
  if (kindOf(value) !== kindOf(like)) return [`${path}: ${kindOf(value)}, not ${kindOf(like)}`];
  if (Array.isArray(value) && Array.isArray(like)) {
    return like.length === 0 ? [] : value.flatMap((item, at) => differences(item, like[0], `${path}[${at}]`));
  }
  if (!isRecord(value) || !isRecord(like) || Object.keys(like).length === 0) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (FREE.has(key)) return [];
    return key in like ? differences(inner, like[key], at) : [`${at}: not in Slack's`];
  });
}
