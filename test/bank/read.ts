/** Reads a pack written in a test. */
import { readPack, type Pack } from '../../src/bank/pack.ts';
import type { Question } from '../../src/bank/question.ts';

export function read(text: string, file = 'packs/example.md'): Pack {
  return readPack(Buffer.from(text, 'utf8'), file);
}

/** A pack with a title and a category, so that only what a test is about can be odd. */
export function withCover(body: string, front = ''): Pack {
  return read(`---\ntitle: Example\ncategory: must\nlevels: [mid]\n${front}---\n${body}`);
}

export function shown(pack: Pack): [level: string, text: string, answer: string | undefined][] {
  return pack.questions.map(({ level, text, answer }: Question) => [level, text, answer]);
}

export function findings(pack: Pack): string[] {
  return pack.findings.map(({ line, severity, problem }) => `${severity} ${line} ${problem}`);
}
