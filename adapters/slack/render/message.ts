/** A message as Slack takes it: blocks, and a text for notifications and for readers of screens. */
import type { KnownBlock } from '@slack/types';
import type { Message } from '../../../src/chat/message.ts';
import { plain, type Text } from '../../../src/chat/text.ts';
import { blocksOf, MESSAGE, type Pictures } from './blocks.ts';
import { shorten } from './cut.ts';
import { escape, inert } from './escape.ts';
import { linesIn, passagesOf } from './passages.ts';

export interface SlackMessage {
  readonly blocks: KnownBlock[];
  /** Never empty. Nobody is mentioned in it. */
  readonly text: string;
}

export const renderMessage = (message: Message, pictures?: Pictures): SlackMessage => ({
  blocks: blocksOf(message, MESSAGE, pictures),
  text: noticeOf(message),
});

/** Escaping makes five characters of one at most; Slack advises 4,000. */
const NOTICE = 700;

function noticeOf({ title, blocks }: Message): string {
  const texts = blocks.map((block): Text => {
    if (block.kind === 'text' || block.kind === 'small') return block.text;
    return block.kind === 'image' ? [plain(block.alt)] : [];
  });
  const words = [title === undefined ? [] : [plain(title)], ...texts]
    .flatMap(passagesOf)
    .map((passage) => linesIn(passage).trim())
    .filter((line) => line !== '');
  return escape(inert(shorten(words.join('\n'), NOTICE))) || 'Greenroom';
}
