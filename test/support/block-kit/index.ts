/** Says what Slack would not take of the messages and views we send. Empty lists mean that it would. */
import { BLOCKS } from './blocks.ts';
import { byType, type Check, isRecord, type Json, list, oneOf, shape, str } from './check.ts';
import { lengthOf, limitOf, MORE_LIMITS, most } from './limits.ts';
import { plainText } from './objects.ts';

export { liveMarks } from './live-marks.ts';

export type Surface = 'message' | 'modal' | 'home';

/** Each problem with where it is: `/blocks/0/text/text: 3001 characters, at most 3000`. */
export function blockProblems(blocks: unknown, surface: Surface): readonly string[] {
  const count = surface === 'message' ? MORE_LIMITS.messageBlocks : MORE_LIMITS.viewBlocks;
  return [
    ...list(byType(BLOCKS), 0, count)(blocks, '/blocks'),
    ...twice('block_id', Array.isArray(blocks) ? blocks : []),
    ...twice('action_id', recordsIn(blocks)),
    ...together(blocks, surface),
  ];
}

const anything: Check = () => [];
const common = {
  private_metadata: str(most('view.private_metadata'), 0),
  callback_id: str(most('view.callback_id')),
  external_id: str(MORE_LIMITS.ids),
};
const VIEWS: Readonly<Record<string, Check>> = {
  modal: shape(
    { type: oneOf('modal'), title: plainText(most('view.title')), blocks: anything },
    {
      ...common,
      submit: plainText(most('view.submit')),
      close: plainText(most('view.close')),
      clear_on_close: oneOf(true, false),
      notify_on_close: oneOf(true, false),
    },
  ),
  home: shape({ type: oneOf('home'), blocks: anything }, common),
};

export function viewProblems(view: unknown): readonly string[] {
  const said = byType(VIEWS)(view, '');
  if (!isRecord(view)) return said;
  const blocks: readonly unknown[] = Array.isArray(view['blocks']) ? view['blocks'] : [];
  const bytes = Buffer.byteLength(JSON.stringify(view));
  const least = limitOf('view.blocks').min_items ?? 0;
  const asks = blocks.some((block) => isRecord(block) && block['type'] === 'input');
  return [
    ...said,
    ...blockProblems(view['blocks'], view['type'] === 'home' ? 'home' : 'modal'),
    ...(blocks.length < least ? [`/blocks: at least ${least}`] : []),
    ...(bytes > MORE_LIMITS.viewBytes ? [`/: ${bytes} bytes, at most ${MORE_LIMITS.viewBytes}`] : []),
    ...(asks && view['type'] === 'modal' && view['submit'] === undefined ? ['/submit: an input needs it'] : []),
  ];
}

export function messageProblems({
  text,
  blocks,
}: {
  readonly text?: unknown;
  readonly blocks?: unknown;
}): readonly string[] {
  const hasBlocks = Array.isArray(blocks) && blocks.length > 0;
  return [
    ...(text === undefined ? [] : str(MORE_LIMITS.fallback, hasBlocks ? 0 : 1)(text, '/text')),
    ...(blocks === undefined ? [] : blockProblems(blocks, 'message')),
    ...(text === undefined && !hasBlocks ? ['/: no text'] : []),
  ];
}

/** Every record within, the outer ones first. */
export function recordsIn(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  if (!isRecord(value)) return [];
  return [value, ...Object.values(value).flatMap(recordsIn)];
}

/** An input's `action_id` is only one of its kind within its block, for its block's id goes with it. */
function twice(key: 'block_id' | 'action_id', records: readonly unknown[]): string[] {
  const inInputs = new Set(
    records.filter(isRecord).map((one) => (one['type'] === 'input' ? one['element'] : undefined)),
  );
  const ids = records
    .filter(isRecord)
    .filter((one) => !inInputs.has(one))
    .flatMap((one) => (typeof one[key] === 'string' ? [one[key]] : []));
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map(
    (id) => `/blocks: ${key} ${id} stands there twice`,
  );
}

/** What only shows when all blocks are counted together. */
function together(blocks: unknown, surface: Surface): string[] {
  const records = recordsIn(blocks);
  const length = (of: readonly Json[]): number =>
    of.reduce((sum, { text }) => sum + (typeof text === 'string' ? lengthOf(text) : 0), 0);
  const markdown = length(records.filter(({ type }) => type === 'markdown'));
  const all = surface === 'message' ? length(records) : 0;
  return [
    ...(all > MORE_LIMITS.messageTexts
      ? [`/blocks: ${all} characters together, at most ${MORE_LIMITS.messageTexts}`]
      : []),
    ...(markdown > MORE_LIMITS.markdownTogether ? [`/blocks: ${markdown} characters of markdown together`] : []),
  ];
}
