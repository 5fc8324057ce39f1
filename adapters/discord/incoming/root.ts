/**
 * The post that an answer in a DM goes back to. A DM names no server, and only posts are known to the core: a control below an answer
 * carries the post it all began on, as in `feedback.review@1z141z3:01K…`.
 */
import type { Ref } from '../../../src/chat/ids.ts';
import { readRef, refOf } from '../refs.ts';
import { type Body, idOf, recordOf, textOf } from './read.ts';

const MARKED = /^([a-z.-]+(?:#\d{1,3})?)@([0-9a-z]{10,14}):/;
const MOST_ID = 100;
const BASE = 36;

/** The same components; what cannot carry the mark stays as it is. */
export function withRoot(components: readonly unknown[], root: Ref): unknown[] {
  const at = readRef(root);
  return at?.kind === 'message'
    ? components.map((part) => marked(part, BigInt(at.id).toString(BASE)))
    : [...components];
}

function marked(part: unknown, mark: string): unknown {
  const own = recordOf(part);
  if (own === undefined) return part;
  const inner = own['components'];
  const id = textOf(own['custom_id'])?.replace(/^([a-z-]+\.[a-z-]+(?:#\d{1,3})?):/, `$1@${mark}:`);
  return {
    ...own,
    ...(id === undefined || id.length > MOST_ID ? {} : { custom_id: id }),
    ...(Array.isArray(inner) ? { components: inner.map((one: unknown) => marked(one, mark)) } : {}),
  };
}

/** `data` of an interaction as if it carried no mark, and the post its mark names in this channel. */
export function takeRoot(data: Body, channel: string): { readonly data: Body; readonly root?: Ref } {
  const id = textOf(data['custom_id']);
  const [, , mark] = (id === undefined ? undefined : MARKED.exec(id)) ?? [];
  if (id === undefined || mark === undefined) return { data };
  const root = idOf(readBase(mark));
  return {
    data: { ...data, custom_id: id.replace(MARKED, '$1:') },
    ...(root === undefined ? {} : { root: refOf('message', channel, root) }),
  };
}

const readBase = (text: string): string =>
  String([...text].reduce((sum, digit) => sum * BigInt(BASE) + BigInt(Number.parseInt(digit, BASE)), 0n));
