/** A form that was already replaced, made again from what came of it: nobody loses what they wrote. */
import type { ModalView } from '@slack/types';
import { cut } from '../../../src/chat/text.ts';
import { type Body, dig, recordOf, recordsOf, textOf } from '../incoming/read.ts';

/** Blocks of plain text take this many characters. */
const LONGEST_TEXT = 3_000;
const PROBLEM_BLOCK = 'problem';

/** `view` as it came with the submission; the problem stands above its fields. */
export function reopened(view: Body, problem: string): ModalView {
  const text = { type: 'plain_text', text: `⚠️ ${cut(problem, LONGEST_TEXT - 10)}`, emoji: true };
  const blocks = recordsOf(view['blocks']).filter((block) => block['block_id'] !== PROBLEM_BLOCK);
  const kept = ['type', 'title', 'submit', 'close', 'callback_id', 'private_metadata'].flatMap((name) =>
    view[name] === undefined || view[name] === null ? [] : [[name, view[name]] as const],
  );
  return {
    ...Object.fromEntries(kept),
    blocks: [{ type: 'section', block_id: PROBLEM_BLOCK, text }, ...blocks.map((block) => refilled(block, view))],
  } as unknown as ModalView;
}

/** An input begins with what was left in it. */
function refilled(block: Body, view: Body): Body {
  const element = recordOf(block['element']);
  const id = textOf(block['block_id']);
  const action = textOf(element?.['action_id']);
  if (block['type'] !== 'input' || !element || id === undefined || action === undefined) return block;
  const state = recordOf(dig(view, 'state', 'values', id, action));
  const bare = Object.fromEntries(Object.entries(element).filter(([name]) => !INITIAL.some(([, to]) => to === name)));
  return { ...block, element: { ...bare, ...initialOf(state) } };
}

/** How what is in an input is called, and how what it begins with. */
const INITIAL = [
  ['value', 'initial_value'],
  ['selected_option', 'initial_option'],
  ['selected_options', 'initial_options'],
  ['selected_user', 'initial_user'],
  ['selected_channel', 'initial_channel'],
  ['selected_conversation', 'initial_conversation'],
] as const;

const initialOf = (state: Body | undefined): Body =>
  Object.fromEntries(
    INITIAL.flatMap(([from, to]) => {
      const value = state?.[from];
      const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);
      return isEmpty ? [] : [[to, value]];
    }),
  );
