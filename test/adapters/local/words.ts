/** A message of the page as the words a person reads. */
import type { BlockView, MessageView } from '../../../adapters/local/view.ts';
import type { Passage, Word } from '../../../adapters/local/words.ts';

export function wordsOf({ words, card, file, room }: MessageView): string {
  const lines = [
    line(words ?? []),
    card?.title ?? '',
    line(card?.facts ?? []),
    ...(card?.blocks ?? []).map(blockText),
    file?.name ?? '',
    room?.title ?? '',
  ];
  return lines.filter((text) => text !== '').join('\n');
}

function blockText(block: BlockView): string {
  switch (block.kind) {
    case 'text':
    case 'small':
      return block.passages.map(passageText).join('\n');
    case 'buttons':
      return block.buttons.map(({ label }) => label).join('\n');
    case 'choice':
      return [block.prompt, ...block.options.map(({ label }) => label)].join('\n');
    case 'image':
      return block.alt;
    case 'divider':
      return '';
  }
}

function passageText(passage: Passage): string {
  switch (passage.t) {
    case 'list':
      return passage.items.map(line).join('\n');
    case 'terms':
      return passage.rows.map(({ term, c }) => `${term} ${line(c)}`).join('\n');
    case 'pre':
      return passage.v;
    default:
      return line(passage.c);
  }
}

const line = (words: readonly Word[]): string => words.map(wordText).join('');

function wordText(word: Word): string {
  switch (word.t) {
    case 'br':
      return '\n';
    case 'person':
      return word.name;
    case 'time':
      return word.at;
    default:
      return 'c' in word ? line(word.c) : word.v;
  }
}
