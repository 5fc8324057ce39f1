/** The name of a post, as it travels with the post itself: ids only, as every member and app could read it. */
import type { Name } from '../../src/chat/ids.ts';

const MARK = 'post ';

/** At most 105 of the 255 characters a block's id may have. */
export const blockIdOf = (name: Name): string => `${MARK}${name}`;

/** Undefined for an id we did not write. */
export const nameIn = (blockId: string): Name | undefined =>
  blockId.startsWith(MARK) && blockId.includes(':') ? (blockId.slice(MARK.length) as Name) : undefined;
