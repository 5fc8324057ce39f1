/** Reads the questions, model answers, probes and signs that stand in the body of a pack. */

import type { Root } from 'mdast';
import type { NamedLevel } from './levels.ts';
import { dedent, plainText, readMarkdown } from './markdown.ts';
import { findMarks, type Mark } from './marks.ts';
import type { Probe } from './question.ts';
import { cutSections, type Section } from './sections.ts';
import { detach } from './words.ts';

/** A question as the body has it. */
export interface BodyEntry {
  readonly text: string;
  readonly id: string | undefined;
  readonly level: NamedLevel | undefined;
  /** 1-based lines in the file: of the question, and of the heading that names its level. */
  readonly line: number;
  readonly levelLine: number;
  readonly answer: string | undefined;
  readonly probes: readonly Probe[];
  readonly good: readonly string[];
  readonly redFlags: readonly string[];
}

export interface Body {
  readonly title: string | undefined;
  readonly entries: readonly BodyEntry[];
}

/**
 * @param bodyLine line of the file on which the body begins
 * @throws Refused for Markdown that would take the parser minutes
 */
export function readBody(body: string, bodyLine: number): Body {
  const root = readMarkdown(body, bodyLine);
  const entries = cutSections(root).flatMap((section) => readSection(body, section, bodyLine - 1));
  return { title: titleOf(root), entries };
}

function titleOf(root: Root): string | undefined {
  const heading = root.children.find((node) => node.type === 'heading' && node.depth === 1);
  const title = heading && plainText(heading);
  return title ? detach(title) : undefined;
}

function readSection(body: string, section: Section, linesBefore: number): BodyEntry[] {
  const marks = findMarks(body, section);
  const asked = marks.filter((mark) => mark.kind === 'question' && mark.words !== '');
  const levelLine = linesBefore + (section.heading?.position?.start.line ?? 1);
  return asked.map((question, nth) => {
    const until = asked[nth + 1]?.from ?? section.end;
    const under = outermost(marks.filter((mark) => mark.from >= question.wordsEnd && mark.from < until));
    return {
      text: detach(question.words),
      id: idOf(body, question, until),
      level: section.level,
      line: linesBefore + question.line,
      levelLine,
      answer: answerOf(body, question, under, until),
      probes: pointsOf(under, 'probe').map(probeOf),
      good: pointsOf(under, 'good'),
      redFlags: pointsOf(under, 'flag'),
    };
  });
}

/** A label inside an answer is a word of the answer. */
function outermost(marks: readonly Mark[]): Mark[] {
  const answers = marks.filter((mark) => mark.kind === 'answer');
  return marks.filter((mark) => !answers.some((answer) => answer.from < mark.from && mark.from < answer.end));
}

const ID_COMMENT = /<!--\s*id:\s*([^\s>]{1,200})\s*-->/;

function idOf(body: string, question: Mark, until: number): string | undefined {
  const inside = ID_COMMENT.exec(body.slice(question.from, question.wordsEnd));
  const after = new RegExp(`^\\s*${ID_COMMENT.source}`).exec(body.slice(question.wordsEnd, until));
  const id = (inside ?? after)?.[1];
  return id === undefined ? undefined : detach(id);
}

function pointsOf(marks: readonly Mark[], kind: Mark['kind']): string[] {
  return marks
    .filter((mark) => mark.kind === kind)
    .flatMap((mark) => [mark.words, ...mark.items])
    .filter((words) => words !== '')
    .map(detach);
}

const PROBE_KIND = /^(clarify|own-part|why|evidence|other-side|scale|transfer)\s*[—–:-]\s*/i;

/** `own-part — What exactly did you say?`; without a kind it asks for more of the same story. */
function probeOf(words: string): Probe {
  const kind = PROBE_KIND.exec(words);
  if (!kind) return { kind: 'clarify', text: words };
  return { kind: kind[1]?.toLowerCase() as Probe['kind'], text: words.slice(kind[0].length) };
}

/** The source under a question up to the next one, without what is not the answer: label, probes and signs. */
function answerOf(body: string, question: Mark, under: readonly Mark[], until: number): string | undefined {
  const pieces: string[] = [];
  let at = question.wordsEnd;
  let labelled = false;
  const take = (to: number) => pieces.push(dedent(withoutComment(body.slice(at, to))));
  for (const mark of under) {
    if (mark.from < at) continue;
    const before = body.slice(at, mark.from).trim();
    if (mark.kind !== 'answer') {
      take(mark.from);
      at = mark.end;
    } else if (!labelled && pieces.join('') === '' && /^(?:<!--.*?-->)?[\s>]*$/s.test(before)) {
      labelled = true;
      pieces.push(mark.open + dedent(body.slice(mark.text, Math.min(mark.end, until))));
      at = mark.end;
    }
  }
  take(until);
  const answer = withoutTail(pieces.filter((piece) => piece !== '').join('\n\n'));
  return answer === '' ? undefined : detach(answer);
}

function withoutComment(piece: string): string {
  return piece.replace(ID_COMMENT, '');
}

/** A heading or a rule after the last word belongs to what comes next. */
function withoutTail(answer: string): string {
  const cut = answer.replace(/(?:^|\n)[ \t]*(?:#{1,6}[ \t][^\n]*|(?:-{3,}|\*{3,}|_{3,})[ \t]*)$/, '').trimEnd();
  return cut === answer ? answer : withoutTail(cut);
}
