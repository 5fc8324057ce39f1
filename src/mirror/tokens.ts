/** A text as words and stops, in one pass however long it is. */

/** What separates a word from the next: nothing, a pause inside the sentence, or its end. */
type Stop = '' | 'clause' | 'sentence';

export interface Token {
  /** Lower case, with a straight apostrophe. */
  readonly word: string;
  readonly raw: string;
  /** The first character, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly stop: Stop;
}

/** No branch begins like another, so that nothing is tried twice. */
const PARTS =
  /(?<number>\p{N}+(?:[.,:]\p{N}+)*)|(?<word>[\p{L}\p{M}](?:['’‑-]?[\p{L}\p{M}\p{N}])*)|(?<end>[.!?…。！？\n]+)|(?<pause>[,;:–—()]+)/gu;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: raw, index: from, groups = {} } of text.matchAll(PARTS)) {
    if (groups['number'] !== undefined || groups['word'] !== undefined) {
      const word = raw.toLowerCase().replaceAll('’', "'");
      tokens.push({ word, raw, from, to: from + raw.length, stop: '' });
      continue;
    }
    const last = tokens.at(-1);
    if (last === undefined || last.stop === 'sentence') continue;
    tokens[tokens.length - 1] = { ...last, stop: groups['end'] === undefined ? 'clause' : 'sentence' };
  }
  return tokens;
}

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/** Characters of scripts that write no spaces between words. */
export const unspacedIn = (text: string): number => text.match(UNSPACED)?.length ?? 0;
