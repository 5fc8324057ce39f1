/** Cuts a pack's body at its headings: which part holds questions, and of which level they are. */

import type { Heading, Root, RootContent } from 'mdast';
import { readLabel } from './labels.ts';
import { readLevel, type NamedLevel } from './levels.ts';
import { endOf, plainText, startOf } from './markdown.ts';

export interface Section {
  /** Under a heading for questions or for a level: here a list may be questions without saying so. */
  readonly asks: boolean;
  readonly level: NamedLevel | undefined;
  /** The heading itself is a question. */
  readonly question: Heading | undefined;
  /** The heading that names the level. */
  readonly heading: Heading | undefined;
  readonly blocks: readonly RootContent[];
  readonly end: number;
}

interface Context {
  /** Depth of the heading for questions and of the heading for a level; 0: none is open. */
  readonly asked: number;
  readonly levelled: number;
  readonly level: NamedLevel | undefined;
  readonly heading: Heading | undefined;
  readonly question: Heading | undefined;
}

const OUTSIDE: Context = { asked: 0, levelled: 0, level: undefined, heading: undefined, question: undefined };
const ASKS =
  /^(?:.*\b)?(?:interview|behaviou?ral|leadership|practice|sample|common|example) (?:interview )?(?:questions?|q a)\b|^questions?(?: (?:and|with) answers?| answers?)?$|^q a$/;

export function cutSections(root: Root): Section[] {
  const sections: Section[] = [];
  let context = OUTSIDE;
  let blocks: RootContent[] = [];
  const close = (end: number) => {
    if (blocks.length > 0 || context.question) sections.push(sectionOf(context, blocks, end));
    blocks = [];
  };
  for (const node of root.children) {
    const next = node.type === 'heading' ? enter(context, node) : context;
    if (next === context) blocks.push(node);
    else {
      close(startOf(node));
      context = next;
    }
  }
  close(endOf(root));
  return sections;
}

function sectionOf(context: Context, blocks: readonly RootContent[], end: number): Section {
  const { level, heading, question } = context;
  return { asks: context.asked > 0 || context.levelled > 0, level, heading, question, blocks, end };
}

/** The context a heading opens; the same one when it only divides an answer or a list of questions. */
function enter(context: Context, heading: Heading): Context {
  const text = plainText(heading);
  const { depth } = heading;
  // The first heading is the pack's title, whatever words it is made of.
  const level = depth > 1 ? readLevel(text) : undefined;
  if (level) {
    const asked = context.asked > 0 && context.asked < depth ? context.asked : 0;
    return { asked, levelled: depth, level, heading, question: undefined };
  }
  if (ASKS.test(bare(text)) && !text.endsWith('?')) return { ...OUTSIDE, asked: depth };
  const inLevel = context.levelled > 0 && depth > context.levelled;
  const inAsked = context.asked > 0 && depth > context.asked && (context.asked > 1 || isQuestion(text));
  if (!inLevel && !inAsked) return { ...OUTSIDE };
  const left = inLevel ? context : { ...OUTSIDE, asked: context.asked };
  if (isQuestion(text)) return { ...left, question: heading };
  if (context.question) return depth > context.question.depth ? context : { ...left, question: undefined };
  return left.level === context.level ? context : left;
}

function isQuestion(text: string): boolean {
  return text.endsWith('?') || readLabel(text)?.kind === 'question';
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
