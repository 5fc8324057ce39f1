/** Markup as text that is safe to put together: what is said is escaped once, where it enters. */

/** Markup that was made here. */
export interface Html {
  readonly html: string;
}

type Child = Html | string | undefined | readonly Child[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? '');

function join(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (child === undefined) return '';
      if (typeof child === 'string') return escaped(child);
      return 'html' in child ? child.html : join(child);
    })
    .join('');
}

/** `tag` may name classes: `p.small`. */
export function el(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): Html {
  const [name = 'div', ...classes] = tag.split('.');
  const all = { ...(classes.length > 0 ? { class: classes.join(' ') } : {}), ...attributes };
  const written = Object.entries(all).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `<${name}${written.join('')}>`;
  return { html: /^(?:img|hr|br)$/.test(name) ? open : `${open}${join(children)}</${name}>` };
}

/** Of our own making, never of something said. */
export const raw = (html: string): Html => ({ html });

export const all = (...children: readonly Child[]): Html => ({ html: join(children) });

export const png = (bytes: Uint8Array): string => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
