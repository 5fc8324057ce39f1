/** What Block Kit allows: limits.json as it came, and the limits it does not have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../../fixtures/slack/block-kit');

interface Range {
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly item_max_length?: number;
}

/** `button.text` → how long a button's text may be. Throws for a limit that is not known, so that none is skipped by a typo. */
export function limitOf(path: string): Range {
  const found = path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      JSON_LIMITS,
    );
  if (typeof found !== 'object' || found === null) throw new Error(`no limit is known for ${path}`);
  return found;
}
export const most = (path: string): number => limitOf(path).max_length ?? limitOf(path).max_items ?? Infinity;

const JSON_LIMITS: unknown = JSON.parse(readFileSync(join(FIXTURES, 'limits.json'), 'utf8'));

/** From Slack's reference, its types, and what people met; the first file has none of these. */
export const MORE_LIMITS = {
  /** docs.slack.dev, reference/block-kit/blocks */
  messageBlocks: 50,
  viewBlocks: 100,
  /** All texts of a message's blocks together; undocumented, met by others as `msg_blocks_too_long`. */
  messageTexts: 13_200,
  /** docs.slack.dev, chat.postMessage: longer text is cut. */
  fallback: 40_000,
  /** docs.slack.dev, chat.update */
  viewBytes: 250_000,
  /** All `markdown` blocks of one payload. */
  markdownTogether: 12_000,
  /** `callback_id` and `external_id` */
  ids: 255,
  listIndent: 8,
} as const;

/** Slack counts characters, not the units JavaScript counts. */
export const lengthOf = (text: string): number => [...text].length;
