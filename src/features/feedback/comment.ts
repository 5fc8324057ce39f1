/** The written part of a review: one thing to keep, one to change, with words of the answer quoted. Pure. */

export interface Comment {
  readonly keep: string;
  readonly change: string;
}

/** Characters of keep and change together. */
export const LEAST_COMMENT = 60;
/** Words of the answer that must stand between quotation marks. */
export const QUOTED_WORDS = 3;
/** Kept of each part; what a text block can show with its label. */
export const LONGEST_PART = 4000;

const AT_LINE = /^[ \t>*_•-]*(keep|change)[*_ \t]*[:：][*_]*/gim;
const ANYWHERE = /(?<![\p{L}\p{N}])[*_]*(keep|change)[*_]*[ \t]*[:：][*_]*/giu;

/** Reads `Keep: …` and `Change: …`, in either order; two paragraphs without labels count as the one and the other. */
export function readComment(text: string): Comment {
  const atLine = sections(text, AT_LINE);
  if (atLine.keep !== '' && atLine.change !== '') return atLine;
  const anywhere = sections(text, ANYWHERE);
  if (anywhere.keep !== '' || anywhere.change !== '') return anywhere;
  if (text.search(ANYWHERE) >= 0) return { keep: '', change: '' };
  const [keep = '', ...rest] = text
    .split(/\n\s*\n/)
    .map(tidy)
    .filter((part) => part !== '');
  return { keep, change: rest.join('\n\n') };
}

function sections(text: string, label: RegExp): Comment {
  const found = [...text.matchAll(label)];
  const parts = { keep: '', change: '' };
  for (const [i, match] of found.entries()) {
    const kind = match[1]?.toLowerCase() === 'keep' ? 'keep' : 'change';
    const before = i === 0 ? text.slice(0, match.index) : '';
    const own = text.slice(match.index + match[0].length, found[i + 1]?.index ?? text.length);
    parts[kind] = tidy(
      [parts[kind], before, own]
        .map(tidy)
        .filter((part) => part !== '')
        .join('\n'),
    );
  }
  return parts;
}

/** Without the dots of the template, and never longer than is kept. */
const tidy = (part: string): string => {
  const bare = part.trim().slice(0, LONGEST_PART);
  return /[\p{L}\p{N}]/u.test(bare) ? bare : '';
};

/** What is missing, in words that help; undefined when nothing is. */
export function problemWith({ keep, change }: Comment, answer: string): string | undefined {
  if (keep === '' && change === '')
    return 'Say one thing to keep and one to change: “Keep: …” on one line, “Change: …” on another.';
  if (keep === '') return 'One thing to keep is missing. Start a line with “Keep:” and name a moment that worked.';
  if (change === '')
    return 'One thing to change is missing. Start a line with “Change:” and say what to try next time.';
  if (!quotes(`${keep}\n${change}`, answer))
    return `Quote at least ${QUOTED_WORDS} words of the answer in a row, between quotation marks: When you said “…”. It shows which moment you mean.`;
  const length = Array.from(keep + change).length;
  if (length < LEAST_COMMENT)
    return `A little more, please: ${LEAST_COMMENT - length} characters to go. Say why it worked, or what to try instead.`;
  return undefined;
}

const CHARACTER_WORDS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
/** In scripts without spaces each character counts as a word. */
const WORD = new RegExp(String.raw`[${CHARACTER_WORDS}]|[[\p{L}\p{M}\p{N}]--[${CHARACTER_WORDS}]]+`, 'gv');

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}])['’‘ʼ](?=[\p{L}\p{N}])/gu, '')
    .match(WORD) ?? [];

/** A single quote counts only at the edge of a word, so that an apostrophe does not. */
const MARK = /["“”„‟«»‹›「」『』`]|(?<![\p{L}\p{N}])['‘’]|['‘’](?![\p{L}\p{N}])/u;

/** What stands between quotation marks of any kind. */
const quotedIn = (text: string): string[] => text.split(MARK).slice(1, -1);

/** Whether three words in a row of the answer are quoted; a shorter answer asks for all its words. Case, spaces and punctuation are free. */
export function quotes(comment: string, answer: string): boolean {
  const said = wordsOf(answer);
  const least = Math.min(QUOTED_WORDS, said.length);
  const whole = ` ${said.join(' ')} `;
  return (
    least === 0 ||
    quotedIn(comment)
      .flatMap((quoted) => quoted.split(/…|\.{2,}/))
      .map(wordsOf)
      .some((words) => words.length >= least && whole.includes(` ${words.join(' ')} `))
  );
}

const VERDICTS = /\b(you are|you['’]re|always|never|should just)\b/i;

/** The first phrase that reads as a verdict on the person; what is quoted from the answer does not count. */
export function verdictIn({ keep, change }: Comment): string | undefined {
  const own = `${keep}\n${change}`
    .split(MARK)
    .filter((_, i) => i % 2 === 0)
    .join(' ');
  return VERDICTS.exec(own)?.[1]?.toLowerCase();
}
