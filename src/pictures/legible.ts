/** Words for a picture: only letters the font has, on as many lines as there is room for. */
import type { Face } from './font.ts';

/** As much of a text as is looked at: far more than any picture has room for. */
const LONGEST = 1000;

/**
 * `raw` in one line. What is no letter and cannot be drawn is left out (emoji, controls, marks of direction);
 * undefined when a letter cannot be drawn, for half a word may say something else.
 */
export function legible(raw: string, face: Face): string | undefined {
  const letters = [...raw.slice(0, LONGEST).replace(/\s+/g, ' ')];
  const isMissing = (letter: string): boolean => !face.has(letter);
  if (letters.some((letter) => isMissing(letter) && /[\p{L}\p{N}]/u.test(letter))) return undefined;
  const kept = letters.filter(
    (letter) => !isMissing(letter) && !/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(letter),
  );
  return kept.join('').replace(/ +/g, ' ').trim();
}

export interface Room {
  readonly face: Face;
  readonly size: number;
  readonly width: number;
  readonly lines: number;
}

/** `text` broken at its spaces, and inside a word where that alone is too long; what has no room ends in an ellipsis. */
export function inLines(text: string, room: Room): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < room.lines) {
    const taken = lineOf(rest, room);
    lines.push(taken.trim());
    rest = rest.slice(taken.length).trimStart();
  }
  const last = lines.at(-1);
  return rest === '' || last === undefined ? lines : [...lines.slice(0, -1), shortened(last, room)];
}

const fits = (text: string, { face, size, width }: Room): boolean => face.widthOf(text, size) <= width;

function lineOf(text: string, room: Room): string {
  if (fits(text, room)) return text;
  const letters = [...text];
  let count = 1;
  while (count < letters.length && fits(letters.slice(0, count + 1).join(''), room)) count += 1;
  const most = letters.slice(0, count).join('');
  if (letters[count] === ' ') return most;
  const space = most.lastIndexOf(' ');
  return space > 0 ? most.slice(0, space) : most;
}

function shortened(line: string, room: Room): string {
  const letters = [...line];
  while (letters.length > 0 && !fits(`${letters.join('').trimEnd()}…`, room)) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
