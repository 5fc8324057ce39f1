/** Reads a scenario to discuss: a situation, questions to it, and a guide for whoever leads. A pack of its own kind. */

import type { Heading, RootContent } from 'mdast';
import { readChoice, readTags, readText } from './fields.ts';
import type { Parts } from './front-matter.ts';
import { readLevel } from './levels.ts';
import { plainText, readMarkdown } from './markdown.ts';
import { fail, quote, warn, type Finding } from './problem.ts';
import { LEVELS, type Level } from './question.ts';
import { detach, slugify } from './words.ts';

export interface Guide {
  readonly open: string;
  readonly drawOut: readonly string[];
  readonly traps: readonly string[];
  readonly close: string;
}

export interface Scenario {
  /** Stable; what a team has discussed hangs on it. */
  readonly id: string;
  readonly title: string;
  /** In rising order, at least one. */
  readonly levels: readonly Level[];
  /** Slugs, at least one. */
  readonly skills: readonly string[];
  /** Paragraphs with an empty line between them. Plain: no Markdown in it. */
  readonly situation: string;
  readonly questions: readonly string[];
  readonly guide: Guide;
  readonly status: 'draft' | 'reviewed' | 'retired';
  readonly source?: string;
  readonly license?: string;
  /** Path relative to the content folder, and the 1-based line. */
  readonly file: string;
  readonly line: number;
}

const LONGEST_SITUATION = 1_500;
const MOST_QUESTIONS = 6;
const LONGEST_QUESTION = 300;
const LONGEST_TITLE = 100;
/** Of each part of the guide, together. */
const LONGEST_PART = 900;
const FEWEST_WORDS = 90;
const MOST_WORDS = 160;
export const ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Front matter says `kind: scenario`. */
export const isScenario = ({ fields }: Parts): boolean => fields['kind']?.value === 'scenario';

/** @returns undefined when it cannot be used; a finding says why */
export function readScenario(parts: Parts, file: string, findings: Finding[]): Scenario | undefined {
  const { fields } = parts;
  const body = readBody(parts, findings);
  const before = findings.length;
  const title = readText(fields['title'], 'title', findings) ?? '';
  const id = readText(fields['id'], 'id', findings) ?? slugify(title, 64);
  const titleLine = fields['title']?.line ?? 1;
  if (title === '') findings.push(fail(titleLine, 'no `title`: a scenario needs one, it heads the card'));
  else if (title.length > LONGEST_TITLE) findings.push(tooLong(titleLine, 'title', LONGEST_TITLE));
  if (title !== '' && !ID.test(id)) {
    findings.push(
      fail(fields['id']?.line ?? 1, `the id ${quote(id)} is refused: write a–z, 0–9 and dashes, at most 64`),
    );
  }
  checkSituation(body.situation, findings);
  checkQuestions(body.questions, findings);
  const guide = readGuide(body, findings);
  if (findings.slice(before).some(({ severity }) => severity === 'error')) return undefined;
  const source = readText(fields['source'], 'source', findings);
  const license = readText(fields['license'], 'license', findings);
  return {
    id,
    title,
    levels: readLevels(parts, findings),
    skills: readSkills(parts, findings),
    situation: detach(body.situation.text),
    questions: body.questions.items.map(detach),
    guide,
    status: readChoice(fields, 'status', ['draft', 'reviewed', 'retired'] as const, findings) ?? 'reviewed',
    ...(source !== undefined && { source }),
    ...(license !== undefined && { license }),
    file,
    line: titleLine,
  };
}

function readLevels({ fields }: Parts, findings: Finding[]): readonly Level[] {
  const line = fields['levels']?.line ?? 1;
  const named = readTags(fields['levels'], 'levels', findings).map((text) => {
    const level = readLevel(text);
    const note = level ? level.note : 'is not a level and was left out: write mid, senior, staff or principal';
    if (note !== undefined) findings.push(warn(line, `${quote(text)} ${note}`));
    return level?.level;
  });
  const levels = LEVELS.filter((level) => named.includes(level));
  if (levels.length > 0) return levels;
  findings.push(warn(line, 'no `levels`: taken as for everybody, add them'));
  return LEVELS;
}

function readSkills({ fields }: Parts, findings: Finding[]): readonly string[] {
  const slugs = readTags(fields['skills'], 'skills', findings)
    .map((skill) => slugify(skill))
    .filter((slug) => slug !== '');
  if (slugs.length === 0)
    findings.push(warn(fields['skills']?.line ?? 1, 'no `skills`: taken as `mentorship`, add them'));
  return slugs.length === 0 ? ['mentorship'] : [...new Set(slugs)];
}

/** What stands under one heading. */
interface Part {
  /** Of its heading; of the body where there is none. */
  readonly line: number;
  /** Its paragraphs. */
  readonly text: string;
  /** The items of its lists. */
  readonly items: readonly string[];
}

type PartName = 'situation' | 'questions' | keyof Guide;
type Body = Readonly<Record<PartName, Part>>;

const HEADINGS: Readonly<Record<string, PartName | 'guide'>> = {
  situation: 'situation',
  questions: 'questions',
  'questions to discuss': 'questions',
  'leads guide': 'guide',
  'how to open': 'open',
  'what to draw out': 'drawOut',
  traps: 'traps',
  'how to close': 'close',
};

function readBody({ body, bodyLine }: Parts, findings: Finding[]): Body {
  const root = readMarkdown(body, bodyLine);
  const blank = (): Part => ({ line: bodyLine, text: '', items: [] });
  const parts: Record<PartName, Part> = {
    situation: blank(),
    questions: blank(),
    open: blank(),
    drawOut: blank(),
    traps: blank(),
    close: blank(),
  };
  let into: PartName | 'guide' | undefined;
  for (const node of root.children) {
    const line = bodyLine - 1 + (node.position?.start.line ?? 1);
    if (node.type === 'heading') {
      into = enter(node, line, findings);
      if (into !== undefined && into !== 'guide') parts[into] = { ...parts[into], line };
    } else if (into !== undefined && into !== 'guide') parts[into] = withBlock(parts[into], node);
    else if (into === 'guide')
      findings.push(warn(line, 'text before the first part of the guide was left out: put it under one'));
  }
  return parts;
}

function enter(heading: Heading, line: number, findings: Finding[]): PartName | 'guide' | undefined {
  const text = plainText(heading);
  const into = HEADINGS[text.toLowerCase().replace(/['’]/g, '').trim()];
  if (into === undefined && heading.depth > 1)
    findings.push(warn(line, `the heading ${quote(text)} is not one of a scenario’s, what follows was left out`));
  return into;
}

function withBlock(part: Part, node: RootContent): Part {
  if (node.type === 'list') {
    const items = node.children.map(plainText).filter((item) => item !== '');
    return { ...part, items: [...part.items, ...items] };
  }
  const text = plainText(node);
  if (text === '') return part;
  return { ...part, text: part.text === '' ? text : `${part.text}\n\n${text}` };
}

const tooLong = (line: number, what: string, most: number): Finding =>
  fail(line, `the ${what} is longer than ${most} characters: shorten it`);

function checkSituation({ line, text }: Part, findings: Finding[]): void {
  if (text === '') return void findings.push(fail(line, 'no situation: write it under a heading `## Situation`'));
  if (text.length > LONGEST_SITUATION) return void findings.push(tooLong(line, 'situation', LONGEST_SITUATION));
  const words = text.split(/\s+/).length;
  if (words < FEWEST_WORDS || words > MOST_WORDS)
    findings.push(warn(line, `the situation has ${words} words: ${FEWEST_WORDS} to ${MOST_WORDS} read well on a card`));
}

function checkQuestions({ line, items }: Part, findings: Finding[]): void {
  if (items.length === 0)
    findings.push(fail(line, 'no questions to discuss: list them under a heading `## Questions`'));
  if (items.length > MOST_QUESTIONS)
    findings.push(fail(line, `${items.length} questions: more than ${MOST_QUESTIONS} do not fit on a card`));
  for (const item of items) {
    if (item.length > LONGEST_QUESTION)
      findings.push(
        fail(line, `the question ${quote(item, 30)} is longer than ${LONGEST_QUESTION} characters: shorten it`),
      );
  }
}

function readGuide(body: Body, findings: Finding[]): Guide {
  const guide: Guide = {
    open: whole(body.open).join(' '),
    drawOut: whole(body.drawOut),
    traps: whole(body.traps),
    close: whole(body.close).join(' '),
  };
  const names = { open: 'How to open', drawOut: 'What to draw out', traps: 'Traps', close: 'How to close' } as const;
  for (const key of ['open', 'drawOut', 'traps', 'close'] as const) {
    const { line } = body[key];
    const length = [guide[key]].flat().join('').length;
    if (length === 0) findings.push(warn(line, `the lead’s guide has no \`### ${names[key]}\`: add it`));
    if (length > LONGEST_PART) findings.push(tooLong(line, `part “${names[key]}”`, LONGEST_PART));
  }
  return guide;
}

/** Paragraphs and items of a part, each a text of its own. */
const whole = ({ text, items }: Part): readonly string[] =>
  [...(text === '' ? [] : text.split('\n\n')), ...items].map(detach);
