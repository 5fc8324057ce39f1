/** What counts as a person's trace in what the bot said, how an export reads, and how long things are kept. Pure. */
import type { Instant, Name } from '../../chat/ids.ts';
import { DAY, plus } from '../../chat/world.ts';

/** Fewer characters than this are too common to be recognised as somebody's words. */
const RECOGNISABLE = 20;
/** A card may cut a text; its beginning is what is looked for, in code points. */
const HEAD = 60;

/** Whether a post's name says that it is about one of these ids: `feedback:result:<answer>`. */
export const isAbout = (name: Name, ids: ReadonlySet<string>): boolean => name.split(':').some((part) => ids.has(part));

/** Whether an unsent body (JSON) carries one of these texts. */
export const carries = (body: string, texts: readonly string[]): boolean =>
  texts.some((text) => text.length >= RECOGNISABLE && body.includes(headOf(text)));

const headOf = (text: string): string => JSON.stringify(Array.from(text).slice(0, HEAD).join('')).slice(1, -1);

/** Everything written before this instant is deleted. */
export const cutoff = (now: Instant, retentionDays: number): Instant => plus(now, -retentionDays * DAY);

/** Indented, so that a person can read it. */
export const readable = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** A round's questions without their words; ids stay, so that picking still knows what was asked. */
export const withoutTexts = (questions: string): string =>
  JSON.stringify((JSON.parse(questions) as readonly object[]).map((asked) => ({ ...asked, text: '' })));
