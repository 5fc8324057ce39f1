/** Between what people type and Discord's Markdown, in which a backslash before a mark makes it a character. */

/**
 * Control characters and those that turn the direction of writing are left out, line ends are Discord's, and half a
 * character is none.
 */
export const clean = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .toWellFormed();

/** Lines joined by blanks, where Discord takes a single one. */
export const oneLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

/** Nothing of it can be seen. */
export const isBlank = (text: string): boolean =>
  clean(text)
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\u2800/gu, '')
    .trim() === '';

/**
 * Text that Discord shows to the letter: no emphasis, no code, nobody mentioned, nowhere to go. What counts only at the
 * start of a line counts at every start of a text as well, for marks of ours may stand before it.
 */
export const escape = (text: string): string =>
  text
    // A `#` at the end of a line closes a heading, and is not seen; `](` may end a link of ours.
    .replaceAll(/[\\*_~`|[<]|(?<=\])\(|#(?=#*[^\S\n]*$)/gm, String.raw`\$&`)
    .replaceAll(/@(?=everyone|here)/gi, String.raw`\@`)
    .replaceAll(/\S+/g, calm)
    .replaceAll(/^([^\S\n]*)(?=[#>]|[-+](?:[#\s]|$))/gm, (start) => `${start}\\`)
    .replaceAll(/^([^\S\n]*\d+)(?=[.)](?:\s|$))/gm, (start) => `${start}\\`);

/** A word without addresses and `:names:`. */
const calm = (word: string): string =>
  word.includes('://') || word.indexOf(':') < word.lastIndexOf(':') ? word.replaceAll(':', String.raw`\:`) : word;
