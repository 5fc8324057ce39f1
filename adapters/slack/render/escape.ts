/** Between what people type and Slack's own notation for text. */

/** `&`, `<` and `>`, once: nothing that is left can mention anybody or lead anywhere. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const unescape = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));

/** Slack's text as its author typed it: names for mentions, addresses for links, entities resolved once. */
export function readText(text: string, nameOf: (userId: string) => string | undefined = () => undefined): string {
  return text
    .split(/(<[^<>]*>)/)
    .map((part) => (/^<.*>$/s.test(part) ? readMark(part.slice(1, -1), nameOf) : unescape(part)))
    .join('');
}

function readMark(mark: string, nameOf: (userId: string) => string | undefined): string {
  const bar = mark.indexOf('|');
  const to = bar < 0 ? mark : mark.slice(0, bar);
  const label = bar < 0 ? '' : unescape(mark.slice(bar + 1));
  if (to.startsWith('@')) return `@${nameOf(to.slice(1)) ?? (label === '' ? to.slice(1) : label)}`;
  if (to.startsWith('#')) return `#${label === '' ? to.slice(1) : label}`;
  if (!to.startsWith('!')) return unescape(to.replace(/^(?:mailto|tel):/, ''));
  if (/^!(?:subteam|date)\^/.test(to)) return label === '' ? '@group' : label;
  return `@${to.slice(1).replace(/\^.*$/s, '')}`;
}

/** Nobody sees it, and no name, address or shortcode has it in the middle. */
export const JOINER = '\u2060';
/** What makes text bold and the like, and what looks the same and does nothing. */
export const TWINS: Readonly<Record<string, string>> = { '*': '\u2217', _: '\u02CD', '~': '\u223C', '`': '\u02CB' };

/**
 * Text that does nothing where Slack reads marks in text, to be escaped after. It looks the same; where every character
 * counts, rich text carries it instead.
 */
export const inert = (text: string): string =>
  text
    .replaceAll(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (mark) => TWINS[mark] ?? mark)
    .replaceAll(/:(?=[^\s:]+:)/g, `:${JOINER}`)
    .replaceAll('://', `:${JOINER}//`)
    .replaceAll(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}]{2})/gu, `.${JOINER}`)
    .replaceAll(/[@#](?=[^\s\u2060])/g, (mark) => `${mark}${JOINER}`)
    .replaceAll(/^(?=[^\S\n]*>)/gm, JOINER);

/** Whether Slack, told not to look for links and names, would show `text` to the letter. */
export const isCalm = (text: string): boolean =>
  !/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:[^\s:]+:|^[^\S\n]*>|[@#]\S|:\/\//mu.test(text);

/** Control characters are left out, line ends are Slack's, and half a character is none. */
export const clean = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '')
    .toWellFormed();

/** Lines joined by blanks, where Slack takes a single one. */
export const oneLine = (text: string): string =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join(' ')
    : text;

/** What a person typed, in a reading direction of its own when it tries to turn that of what follows. */
export const typed = (text: string): string =>
  /[\u202A-\u202E\u2066-\u2069]/.test(text) ? `\u2068${clean(text)}\u2069` : clean(text);
