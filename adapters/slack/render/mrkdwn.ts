/** Text in Slack's own marks, for the places that take no rich text: small print, and the text of a notification. */
import { never } from '../../../src/chat/never.ts';
import type { Text } from '../../../src/chat/text.ts';
import { escape, inert, isCalm } from './escape.ts';
import { linesIn, type Passage, passagesOf } from './passages.ts';
import { shownOf, type Word } from './words.ts';

/** What people typed does nothing in it and looks the same; where that is not enough, see {@link exactMrkdwn}. */
export function mrkdwn(text: Text): string {
  const passages = passagesOf(text);
  const isInert = passages.every((passage) => inert(linesIn(passage)) === linesIn(passage));
  const exact = isInert ? exactMrkdwn(passages) : undefined;
  return exact ?? linesOf(passages, plainMarks);
}

/** The same text to the letter, or undefined where these marks cannot say it. For text Slack is told to look for no links in. */
export function exactMrkdwn(passages: readonly Passage[]): string | undefined {
  if (!passages.every((passage) => isCalm(linesIn(passage)))) return undefined;
  let isExact = true;
  const written = linesOf(passages, (words) => {
    const marked = wordsToMarks(words);
    isExact &&= marked !== undefined;
    return marked ?? '';
  });
  return isExact ? written : undefined;
}

function linesOf(passages: readonly Passage[], write: (words: readonly Word[]) => string): string {
  return passages
    .map((passage): string => {
      switch (passage.type) {
        case 'rich_text_section':
          return write(passage.elements);
        case 'rich_text_quote':
          return write(passage.elements).replaceAll(/^/gm, '> ');
        case 'rich_text_preformatted':
          return `\`\`\`${escape(inert(shownOf(passage.elements)))}\`\`\``;
        case 'rich_text_list': {
          const first = (passage.offset ?? 0) + 1;
          const mark = (i: number): string => (passage.style === 'ordered' ? `${first + i}.` : '•');
          return passage.elements.map(({ elements }, i) => `${mark(i)} ${write(elements)}`).join('\n');
        }
        default:
          return never(passage);
      }
    })
    .join('\n');
}

/** Marks count only where no letter touches them from outside. */
function wordsToMarks(words: readonly Word[]): string | undefined {
  let out = '';
  for (const word of words) {
    const marked = mark(word);
    if (marked === undefined) return undefined;
    if (/[*_`]$/.test(out) && /^[\p{L}\p{N}*_`]/u.test(marked)) return undefined;
    if (/^[*_`]/.test(marked) && /[\p{L}\p{N}]$/u.test(out)) return undefined;
    out += marked;
  }
  return out;
}

function mark(word: Word): string | undefined {
  const { bold, italic, code } = word.style ?? {};
  if (word.type !== 'text') return plainMark(word);
  if (bold !== true && italic !== true && code !== true) return escape(word.text);
  // Marks touch their words and do not reach over the end of a line.
  const inner = word.text.trim();
  if (inner === '') return escape(word.text);
  if (inner.includes('\n')) return undefined;
  const signs = [bold === true ? '*' : '', italic === true ? '_' : '', code === true ? '`' : ''];
  const marked = `${signs.join('')}${escape(inner)}${signs.toReversed().join('')}`;
  const from = word.text.indexOf(inner);
  return word.text.slice(0, from) + marked + word.text.slice(from + inner.length);
}

/** Words next to each other are looked at together: a mark may begin in one and end in the next. */
function plainMarks(words: readonly Word[]): string {
  const [first, ...rest] = words;
  if (!first) return '';
  const [second, ...others] = rest;
  if (first.type !== 'text' || second?.type !== 'text') return plainMark(first) + plainMarks(rest);
  return plainMarks([{ type: 'text', text: first.text + second.text }, ...others]);
}

function plainMark(word: Word): string {
  switch (word.type) {
    case 'text':
      return escape(inert(word.text));
    case 'user':
      return `<@${word.user_id}>`;
    case 'date':
      return `<!date^${word.timestamp}^${word.format}|${escape(word.fallback ?? '').replaceAll('|', '/')}>`;
    case 'link':
      return `<${escape(word.url).replaceAll('|', '%7C')}|${escape(inert(word.text ?? word.url)).replaceAll('|', '/')}>`;
    default:
      return never(word);
  }
}
