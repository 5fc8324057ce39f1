/** What is wrong with a file of questions, and where; the text says what to do about it. */

export interface Problem {
  /** Path relative to the folder that was read, with `/` on every system. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** `error`: something was refused. `warning`: it was read, but look at it. */
  readonly severity: 'error' | 'warning';
  readonly problem: string;
}

/** A finding inside one file, before the file's name is put to it. */
export type Finding = Omit<Problem, 'file'>;

/** Stops the reading of one file; the loader turns it into an error of that file. */
export class Refused extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.name = 'Refused';
    this.line = line;
  }
}

export function warn(line: number, problem: string): Finding {
  return { line, severity: 'warning', problem };
}

export function fail(line: number, problem: string): Finding {
  return { line, severity: 'error', problem };
}

/** Quotes a piece of a file for a problem: short, on one line, without control characters. */
export function quote(text: string, length = 60): string {
  const shown = visible(text).replace(/\s+/g, ' ').trim();
  const points = [...shown];
  return `“${points.length > length ? `${points.slice(0, length - 1).join('')}…` : shown}”`;
}

/** Makes control characters, bidi controls and lone surrogates harmless to print. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) => (/\s/.test(c) ? ' ' : '·'));
}
