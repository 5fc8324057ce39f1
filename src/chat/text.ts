/** Text as spans: what people typed is always `plain`, so a renderer can escape it. */
import type { Instant, PersonId } from './ids.ts';

export type Span =
  | { readonly kind: 'plain'; readonly value: string }
  /** Our own words, or a pack's: bold, italics, code, lists and links in standard Markdown. Never what a person typed. */
  | { readonly kind: 'markdown'; readonly value: string }
  | { readonly kind: 'bold'; readonly value: string }
  | { readonly kind: 'person'; readonly id: PersonId }
  /** Shown in the reader's own zone where the platform can; `zone` is for where it cannot. */
  | { readonly kind: 'time'; readonly at: Instant; readonly show: 'time' | 'day' | 'both'; readonly zone: string };

export type Text = readonly Span[];

export const plain = (value: string): Span => ({ kind: 'plain', value });
export const bold = (value: string): Span => ({ kind: 'bold', value });
export const person = (id: PersonId): Span => ({ kind: 'person', id });
export const time = (at: Instant, zone: string, show: 'time' | 'day' | 'both' = 'both'): Span => ({
  kind: 'time',
  at,
  show,
  zone,
});
export const markdown = (value: string): Text => [{ kind: 'markdown', value }];

/** Build Text from a template: our own words are Markdown, interpolated strings are plain, Text and spans are spliced in. */
export function t(words: TemplateStringsArray, ...values: readonly (string | number | Span | Text)[]): Text {
  return words.flatMap((word, i): Span[] => {
    const own: Span[] = word === '' ? [] : [{ kind: 'markdown', value: word }];
    const value = values[i];
    if (value === undefined) return own;
    if (typeof value !== 'object') return [...own, plain(String(value))];
    return [...own, ...('kind' in value ? [value] : value)];
  });
}

/** The characters a person would read, without marks; for logs, notifications and lengths. */
export const plainOf = (text: Text): string =>
  text.map((span) => (span.kind === 'person' ? '@' : span.kind === 'time' ? span.at : span.value)).join('');

/** Where to cut `text` so that at most `max` UTF-16 units stand before the cut and no character is halved. */
function cutAt(text: string, max: number): number {
  const isHalved = max > 0 && (text.codePointAt(max - 1) ?? 0) > 0xffff;
  return isHalved ? max - 1 : max;
}

/** `text` cut to at most `max` UTF-16 units, as limits count them, with an ellipsis when something was cut. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, cutAt(text, max - 1))}…`;
}

/** `text` in pages of at most `max` (two or more) UTF-16 units each, broken at a line or a space where there is one near. */
export function pages(text: string, max: number): string[] {
  const out: string[] = [];
  for (let from = 0; from < text.length;) {
    const rest = text.slice(from, from + max + 1);
    const page = rest.slice(0, cutAt(rest, max));
    const isLast = from + max >= text.length;
    const at = isLast ? page.length : Math.max(page.lastIndexOf('\n'), page.lastIndexOf(' '));
    const taken = isLast || at < page.length / 2 ? page : page.slice(0, at + 1);
    out.push(taken.trim());
    from += taken.length;
  }
  return out.length === 0 ? [''] : out;
}
