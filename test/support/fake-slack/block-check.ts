/** What Slack would refuse in a message that comes as an answer. */
import { blocksProblem } from './block-rules.ts';
import type { Workspace } from './model.ts';
import type { Json } from './wire.ts';

const MOST_TEXT = 40_000;

export const textIn = (said: Json): string => (typeof said['text'] === 'string' ? said['text'] : '');

/** Slack's word for it first, then what is wrong; undefined when all is well. */
export function messageProblem(workspace: Workspace, said: Json): string | undefined {
  const blocks = said['blocks'] ?? [];
  const wrong = blocksProblem(workspace, blocks);
  if (wrong) return `${wrong.error}: ${wrong.said.join('; ')}`;
  if (textIn(said).length > MOST_TEXT) return 'msg_too_long';
  return textIn(said) === '' && (blocks as readonly unknown[]).length === 0 ? 'no_text' : undefined;
}
