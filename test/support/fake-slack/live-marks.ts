/** What Slack would bring to life in a message: mentions, links, looks. A test says which of them it meant. */
import { liveMarks as marksIn } from '../block-kit/index.ts';

export interface Message {
  readonly text?: string;
  readonly blocks?: unknown;
}

export const liveMarks = ({ text, blocks }: Message): readonly string[] => marksIn(blocks ?? [], text);
