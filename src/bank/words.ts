/** Slugs, and the identity of a question's text: what stays the same when only its looks change. */

import { createHash } from 'node:crypto';

/**
 * Letters a–z and digits joined by single dashes, at most `length` characters, never a dash at an end. A text in
 * another script gets a slug of its own from its hash; a text without letters and digits gives an empty one.
 */
export function slugify(text: string, length = 60): string {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, length)
    .replace(/-+$/, '');
  return slug === '' && /[\p{L}\p{N}]/u.test(text) ? `x${shortHash(text)}` : slug;
}

/** Case, punctuation, quotes and spaces do not make another question. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#%<>=]+/gu, ' ')
    .trim();
}

/** 8 hex digits of the sha256 of a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * A text that no longer holds on to the file it was cut from: the engine keeps a slice's whole parent in memory, and
 * ten thousand packs would be kept for their answers.
 */
export function detach(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8');
}
