/** Passages cut to a size, for messages that hold more than Slack takes in one. */
import { shortenTo } from './cut.ts';
import type { Passage } from './passages.ts';
import type { Word } from './words.ts';

/** How much of a limit something takes, as it is sent. */
export type Weigh = (json: unknown) => number;

export const units: Weigh = (json) => JSON.stringify(json).length;
export const bytes: Weigh = (json) => Buffer.byteLength(JSON.stringify(json));

const DOTS: Word = { type: 'text', text: '…' };

interface Room {
  left: number;
  readonly weigh: Weigh;
}

/** As much from the start of `passages` as weighs `max` at most, an ellipsis at its end. */
export function cutPassages(passages: readonly Passage[], max: number, weigh: Weigh): Passage[] {
  const room: Room = { left: max - weigh(DOTS) - weigh({ type: 'rich_text', elements: [] }), weigh };
  const out: Passage[] = [];
  for (const passage of passages) {
    const kept = cutPassage(passage, room);
    if (kept) out.push(kept);
    if (room.left <= 0) break;
  }
  return out.length > 0 ? out : [{ type: 'rich_text_section', elements: [DOTS] }];
}

function cutPassage(passage: Passage, room: Room): Passage | undefined {
  room.left -= room.weigh({ ...passage, elements: [] }) + 1;
  if (passage.type === 'rich_text_list') {
    const elements = passage.elements.flatMap((item) => {
      room.left -= room.weigh({ ...item, elements: [] }) + 1;
      const words = cutWords(item.elements, room);
      return words.length === 0 ? [] : [{ ...item, elements: words }];
    });
    return elements.length === 0 ? undefined : { ...passage, elements };
  }
  const elements = cutWords(passage.elements, room);
  if (elements.length === 0) return undefined;
  if (passage.type !== 'rich_text_preformatted') return { ...passage, elements };
  return { ...passage, elements: elements.filter((word) => word.type === 'text') };
}

function cutWords(words: readonly Word[], room: Room): Word[] {
  const out: Word[] = [];
  for (const word of words) {
    if (room.left <= 0) return out;
    const weight = room.weigh(word) + 1;
    if (weight <= room.left) out.push(word);
    else out.push(cutWord(word, room));
    room.left -= weight;
  }
  return out;
}

/** The ellipsis was paid for from the start. */
function cutWord(word: Word, { left, weigh }: Room): Word {
  if (word.type !== 'text') return DOTS;
  const text = shortenTo(word.text, (short) => weigh({ ...word, text: short }) < left);
  return text === '' ? DOTS : { ...word, text };
}

/** The highest ceiling under which all `weights`, each cut to it, are no more than `budget` together. */
export function ceilingFor(weights: readonly number[], budget: number): number {
  let left = budget;
  const sorted = weights.toSorted((a, b) => a - b);
  for (const [i, weight] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - i));
    if (weight > share) return Math.max(0, share);
    left -= weight;
  }
  return Infinity;
}
