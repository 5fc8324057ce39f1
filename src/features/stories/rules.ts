/** What the story bank decides: which stories a word finds, what a page holds, what a new story is called. Pure. */
import type { Ref } from '../../chat/ids.ts';
import { cut } from '../../chat/text.ts';
import type { Story } from '../../store/stories.ts';

/** Stories on a page of the list. */
export const PAGE_SIZE = 5;
/** As many as one person may keep. */
export const MOST_STORIES = 200;
export const LONGEST_TITLE = 120;
/** A title that is proposed is shorter, so that it reads as one. */
const PROPOSED = 70;
/** What is looked for is carried by the buttons, which hold little. */
const LONGEST_WORD = 40;
/** A ref longer than this fits no button, and none is. */
const LONGEST_REF = 60;

/** What a person is looking at: a page, from 1, of the stories with a word in them. */
export interface Sought {
  readonly page: number;
  readonly word: string;
}

export const soughtWord = (typed: string): string => cut(typed.replaceAll(/\s+/g, ' ').trim(), LONGEST_WORD);

/** `2.hiring` and back. */
export const soughtSubject = ({ page, word }: Sought): string => `${page}.${word}`;
export function readSought(subject: string): Sought {
  const [, page = '1', word = ''] = /^(\d{1,6})\.(.*)$/.exec(subject) ?? [];
  return { page: Number(page), word };
}

/** Case does not matter, and a skill is found by its words. */
export function storiesWith(stories: readonly Story[], word: string): readonly Story[] {
  const wanted = folded(word);
  const holds = ({ title, text, note, skills }: Story): boolean =>
    [title, skills.replaceAll('-', ' '), skills, note, text].some((part) => folded(part).includes(wanted));
  return wanted === '' ? stories : stories.filter(holds);
}

/** Lower case; a Greek sigma has two there, by where it stands, and a piece of a word may end elsewhere. */
const folded = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

export interface Slice<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly of: number;
}

/** One page; a number beyond the last is the last. */
export function sliceOf<T>(all: readonly T[], wanted: number): Slice<T> {
  const of = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, Math.trunc(wanted) || 1), of);
  return { items: all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), page, of };
}

/** The first sentence, cut at a word; never empty. */
export function proposeTitle(text: string): string {
  const [first = ''] = text.trim().split(/(?<=[.!?…])\s|\n/u, 1);
  const line = first.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= PROPOSED) return line.replace(/[.…]$/u, '') || 'Without a title';
  const head = cut(line, PROPOSED);
  const space = head.lastIndexOf(' ');
  return space < PROPOSED / 2 ? head : `${head.slice(0, space)}…`;
}

/** Saving the same message again finds the same story. */
export const messageSource = (ref: Ref, id: string): string =>
  ref.length <= LONGEST_REF && !ref.includes('\n') ? `message:${ref}` : `new:${id}`;

/** Only what the form offered is taken. */
export const chosenSkills = (value: string | undefined, offered: readonly string[]): string[] =>
  offered.filter((skill) => (value ?? '').split(',').includes(skill));
