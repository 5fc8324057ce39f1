/** The letters of the pictures: which there are and how wide they run, read from the font itself. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface Face {
  /** What an SVG calls its weight. */
  readonly weight: 400 | 600;
  /** In units of the picture, for letters of this size; without kerning, which only makes it narrower. */
  widthOf(text: string, size: number): number;
  has(letter: string): boolean;
}

export interface Faces {
  readonly regular: Face;
  readonly strong: Face;
}

/** Of TrueType: a painter that cannot read WOFF draws no text at all. */
export function fontFiles(): readonly [string, string] {
  const require = createRequire(import.meta.url);
  return [
    require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
    require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  ];
}

export function readFaces([regular, strong] = fontFiles()): Faces {
  return { regular: readFace(regular, 400), strong: readFace(strong, 600) };
}

function readFace(file: string, weight: Face['weight']): Face {
  const bytes = readFileSync(file);
  const at = tablesOf(bytes);
  const unitsPerEm = bytes.readUInt16BE(at('head') + 18);
  const metrics = bytes.readUInt16BE(at('hhea') + 34);
  const glyphs = glyphsOf(bytes, at('cmap'));
  const advance = (letter: string): number => {
    const glyph = Math.min(glyphs(letter) ?? 0, metrics - 1);
    return bytes.readUInt16BE(at('hmtx') + 4 * glyph);
  };
  return {
    weight,
    widthOf: (text, size) => ([...text].reduce((sum, letter) => sum + advance(letter), 0) * size) / unitsPerEm,
    has: (letter) => glyphs(letter) !== undefined,
  };
}

/** Where a table begins. */
function tablesOf(bytes: Buffer): (name: string) => number {
  const starts = new Map<string, number>();
  const count = bytes.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const entry = 12 + 16 * i;
    starts.set(bytes.toString('latin1', entry, entry + 4), bytes.readUInt32BE(entry + 8));
  }
  return (name) => {
    const start = starts.get(name);
    if (start === undefined) throw new TypeError(`the font has no ${name} table`);
    return start;
  };
}

/** The list of all of Unicode: platform 3, encoding 10, written as runs of letters. */
function glyphsOf(bytes: Buffer, cmap: number): (letter: string) => number | undefined {
  const runs = runsAt(bytes, cmap);
  const count = bytes.readUInt32BE(runs + 12);
  return (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    for (let [low, high] = [0, count - 1]; low <= high;) {
      const middle = (low + high) >> 1;
      const run = runs + 16 + 12 * middle;
      const [first, last] = [bytes.readUInt32BE(run), bytes.readUInt32BE(run + 4)];
      if (code >= first && code <= last) return bytes.readUInt32BE(run + 8) + code - first;
      if (code < first) high = middle - 1;
      else low = middle + 1;
    }
    return undefined;
  };
}

function runsAt(bytes: Buffer, cmap: number): number {
  const lists = bytes.readUInt16BE(cmap + 2);
  for (let i = 0; i < lists; i++) {
    const entry = cmap + 4 + 8 * i;
    const isAll = bytes.readUInt16BE(entry) === 3 && bytes.readUInt16BE(entry + 2) === 10;
    const start = cmap + bytes.readUInt32BE(entry + 4);
    if (isAll && bytes.readUInt16BE(start) === 12) return start;
  }
  throw new TypeError('the font does not list all of Unicode');
}
