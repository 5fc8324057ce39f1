/** The daily question's own words: levels, skills, counts. */
import type { Level } from '../../bank/question.ts';
import { LEVELS } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import { bold, cut, t, type Text } from '../../chat/text.ts';
import { type Asked, variantFor } from '../../store/rounds.ts';

export const on = (name: string, subject: string) => ({ feature: 'daily', name, subject });
export const spaced = (slug: string): string => cut(slug.replaceAll('-', ' '), 60);
export const counted = (answers: number): string =>
  answers === 0 ? 'No answers' : answers === 1 ? '1 answer' : `${answers} answers`;

/** Longest text of a level variant beside others, and alone. */
const BESIDE = 560;
const ALONE = 2300;

/** The question for each level. */
export function questionsText(asked: readonly Asked[]): Text {
  const shown = asked.slice(0, LEVELS.length);
  const room = shown.length > 1 ? BESIDE : ALONE;
  return shown.flatMap(({ level, text }, i) => [
    bold(capital(cut(level, 20))),
    { kind: 'plain', value: `  ${cut(text, room)}` },
    // A line of its own is ours to end: a renderer may set the levels out as a table.
    ...(i === shown.length - 1 ? [] : t`\n`),
  ]);
}

/** The question of one level, or of all while it is not known. */
export function questionFor(asked: readonly Asked[], level: Level | undefined): Text {
  const mine = level === undefined ? undefined : variantFor(asked, level, LEVELS);
  return questionsText(mine ? [mine] : asked);
}
