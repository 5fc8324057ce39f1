/** Names of threads: one line, as long as Discord takes it, with nothing in it that turns text around or hides. */
import { cut } from '../../../src/chat/text.ts';

const LONGEST = 100;
/** Control characters, marks that turn the direction of writing, and blanks that have no width. */
const UNFIT = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

export const threadName = (title: string): string =>
  cut(title.replace(/\s+/g, ' ').replace(UNFIT, '').trim(), LONGEST) || 'Practice';
