/** The rules for blocks and views, and what Slack does to blocks it takes in. */
import { blockProblems, recordsIn } from '../block-kit/index.ts';
import type { Model, Workspace } from './model.ts';
import type { Json } from './wire.ts';

/** Pictures from Slack's own files that are not there, or not ready. */
export function fileProblems(workspace: Workspace, blocks: unknown): readonly string[] {
  const asked = recordsIn(blocks).flatMap((record) => (isRecord(record['slack_file']) ? [record['slack_file']] : []));
  return asked.flatMap((reference) => {
    const id = typeof reference['id'] === 'string' ? reference['id'] : '';
    const file = workspace.files.get(id);
    if (file?.state === 'complete' && file.mimetype.startsWith('image/')) return [];
    return [`invalid slack file ${id}`];
  });
}

/** Of all blocks of a message together, in characters. Not documented; what people met. */
export const LONGEST_BLOCKS = 13_200;

/** What Slack refuses the blocks of a message with; undefined when all is well. */
export function blocksProblem(
  workspace: Workspace,
  blocks: unknown,
): { readonly error: 'invalid_blocks' | 'msg_blocks_too_long'; readonly said: readonly string[] } | undefined {
  const said = [...blockProblems(blocks, 'message'), ...fileProblems(workspace, blocks)];
  if (said.length === 0) return undefined;
  const length = recordsIn(blocks).reduce(
    (sum, { text }) => sum + (typeof text === 'string' ? [...text].length : 0),
    0,
  );
  const isOnlyLong = length > LONGEST_BLOCKS && said.length === 1;
  return { error: isOnlyLong ? 'msg_blocks_too_long' : 'invalid_blocks', said };
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ACTIVE = new Set(['button', 'static_select', 'multi_static_select', 'users_select', 'overflow', 'checkboxes']);
const isActive = (type: unknown): boolean =>
  typeof type === 'string' && (ACTIVE.has(type) || type === 'radio_buttons' || type.endsWith('_input'));

function complete(model: Model, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => complete(model, item));
  if (!isRecord(value)) return value;
  const filled = Object.fromEntries(Object.entries(value).map(([key, within]) => [key, complete(model, within)]));
  if (filled['type'] === 'plain_text') return { emoji: true, ...filled };
  if (filled['type'] === 'mrkdwn') return { verbatim: false, ...filled };
  if (isActive(filled['type'])) return { action_id: model.newId('a'), ...filled };
  return filled;
}

/** Blocks as Slack keeps them: with the ids and defaults the app left out. */
export const keepBlocks = (model: Model, blocks: readonly Json[]): readonly Json[] =>
  blocks.map((block) => ({ block_id: model.newId('b'), ...(complete(model, block) as Json) }));
