/** What a person wrote on Discord, as they typed it: names for mentions, and every other character as it was. */

const MARK = /<(?:@[!&]?\d{15,21}|#\d{15,21}|a?:\w{2,32}:\d{15,21}|\/[^<>:\n]{1,100}:\d{15,21})>/g;

/** `nameOf`: the name of a person or a channel by its id. Without one, the id stands for it. */
export const readText = (text: string, nameOf: (id: string) => string | undefined = () => undefined): string =>
  text.replaceAll('\r\n', '\n').replaceAll(MARK, (mark) => readMark(mark.slice(1, -1), nameOf));

function readMark(mark: string, nameOf: (id: string) => string | undefined): string {
  const id = /\d+$/.exec(mark)?.[0] ?? '';
  if (mark.startsWith('@&')) return `@${nameOf(id) ?? 'role'}`;
  if (mark.startsWith('@')) return `@${nameOf(id) ?? id}`;
  if (mark.startsWith('#')) return `#${nameOf(id) ?? id}`;
  if (mark.startsWith('/')) return mark.slice(0, -id.length - 1);
  return `${mark.slice(mark.indexOf(':'), -id.length)}`;
}
