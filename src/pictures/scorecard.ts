/** A mock interview's scorecard: what to keep and to change, then each dimension with its ratings. No total, no verdict. */
import type { Faces } from './font.ts';
import { inLines, legible } from './legible.ts';
import type { Scorecard, ScorecardDimension } from './scorecard-data.ts';
import { bar, line, MARGIN, picture, PICTURE_WIDTH, point, ring, SOFT, words } from './svg.ts';

/** Something drawn, and how far down the picture it reaches. */
interface Drawn {
  readonly parts: readonly string[];
  readonly bottom: number;
}

const [LEFT, RIGHT] = [MARGIN, PICTURE_WIDTH - MARGIN];
/** Where 1 and 5 stand. */
const SCALE = [132, 342] as const;
const STEPS = [1, 2, 3, 4, 5];
const ROW = 34;
/** Letters no smaller: a phone shows the picture at three quarters of its size. */
const SMALL = 14;
const MOST_KEEPS = 3;
const NO_LETTERS = 'Written with letters this picture does not have; the message has them.';

const onScale = (value: number): number => SCALE[0] + ((value - 1) / 4) * (SCALE[1] - SCALE[0]);

export function drawScorecard(card: Scorecard, faces: Faces): string {
  const head = headOf(card, faces);
  const said = wordsOf(card, faces, head.bottom);
  const rows = rowsOf(card, faces, said.bottom);
  const legend = legendOf(card, faces, rows.bottom);
  return picture(legend.bottom + MARGIN, [...head.parts, ...said.parts, ...rows.parts, ...legend.parts]);
}

function headOf(card: Scorecard, { regular, strong }: Faces): Drawn {
  const title = legible(card.title, strong) || 'Scorecard';
  const facts = [card.level, card.when, counted(card.raters)].map((fact) => legible(fact, regular) ?? '');
  const lines = inLines(title, { face: strong, size: 19, width: RIGHT - LEFT, lines: 2 });
  const bottom = 20 + 25 * lines.length;
  const [fact = ''] = inLines(facts.filter((one) => one !== '').join(' · '), {
    face: regular,
    size: SMALL,
    width: RIGHT - LEFT,
    lines: 1,
  });
  return {
    parts: [
      ...lines.map((text, i) => words(text, { x: LEFT, y: 40 + 25 * i, face: strong, size: 19 })),
      words(fact, { x: LEFT, y: bottom + 18, face: regular, size: SMALL, ink: SOFT }),
    ],
    bottom: bottom + 24,
  };
}

const counted = (raters: number): string =>
  raters === 0 ? 'self-rating alone' : raters === 1 ? '1 rater' : `${raters} raters`;

function wordsOf({ words: said }: Scorecard, faces: Faces, top: number): Drawn {
  const keep = said?.keep.slice(0, MOST_KEEPS) ?? [];
  const change = said?.change === undefined ? [] : [said.change];
  const kept = paragraphs('Keep', keep, faces, top);
  const changed = paragraphs('Change', change, faces, kept.bottom);
  const parts = [...kept.parts, ...changed.parts];
  if (parts.length === 0) return { parts, bottom: top };
  const under = changed.bottom + 14;
  return { parts: [...parts, line([LEFT, under], [RIGHT, under])], bottom: under };
}

function paragraphs(label: string, texts: readonly string[], { regular, strong }: Faces, top: number): Drawn {
  const shown = texts.map((text) => legible(text, regular) ?? NO_LETTERS).filter((text) => text !== '');
  if (shown.length === 0) return { parts: [], bottom: top };
  const parts = [words(label, { x: LEFT, y: top + 26, face: strong, size: SMALL, ink: SOFT })];
  let y = top + 26;
  for (const text of shown) {
    const lines = inLines(text, { face: regular, size: 15, width: RIGHT - LEFT, lines: 2 });
    parts.push(...lines.map((each, i) => words(each, { x: LEFT, y: y + 21 * (i + 1), face: regular, size: 15 })));
    y += 21 * lines.length + 4;
  }
  return { parts, bottom: y };
}

function rowsOf({ dimensions, raters }: Scorecard, faces: Faces, top: number): Drawn {
  const { regular } = faces;
  const first = top + 40;
  const bottom = first + ROW * dimensions.length;
  const small = { face: regular, size: SMALL, ink: SOFT } as const;
  return {
    parts: [
      ...STEPS.flatMap((step) => [
        line([onScale(step), first], [onScale(step), bottom]),
        words(String(step), { ...small, x: onScale(step), y: first - 8, end: 'middle' }),
      ]),
      words(raters === 0 ? 'Self' : 'Mean', { ...small, x: RIGHT, y: first - 8, end: 'end' }),
      ...dimensions.flatMap((one, i) => rowOf(one, raters === 0, faces, first + ROW * (i + 0.5))),
    ],
    bottom,
  };
}

/** `isAlone`: nobody else has rated, so the number is one's own. */
function rowOf(
  { name, self, raters, low, high }: ScorecardDimension,
  isAlone: boolean,
  { regular, strong }: Faces,
  y: number,
): string[] {
  const width = SCALE[0] - LEFT - 14;
  const [label = ''] = inLines(legible(name, regular) ?? '', { face: regular, size: 15, width, lines: 1 });
  const baseline = y + 5;
  const value = isAlone ? self : raters;
  return [
    words(label, { x: LEFT, y: baseline, face: regular, size: 15 }),
    ...(raters === null ? [] : [bandOf(low ?? raters, high ?? raters, y), point(onScale(raters), y)]),
    ...(self === null ? [] : [ring(onScale(self), y)]),
    value === null
      ? words('not rated', { x: RIGHT, y: baseline, face: regular, size: SMALL, ink: SOFT, end: 'end' })
      : words(isAlone && Number.isInteger(value) ? String(value) : value.toFixed(1), {
          x: RIGHT,
          y: baseline,
          face: strong,
          size: 15,
          end: 'end',
        }),
  ];
}

/** As wide as its ends are apart, with room around the point where they are one. */
const bandOf = (low: number, high: number, y: number): string =>
  bar(onScale(low) - 6, y, onScale(high) - onScale(low) + 12);

function legendOf(card: Scorecard, { regular }: Faces, top: number): Drawn {
  const y = top + 30;
  const small = { y: y + 5, face: regular, size: SMALL, ink: SOFT } as const;
  const isAlone = card.raters === 0;
  const at = isAlone ? LEFT + 8 : LEFT + 264;
  const others = isAlone
    ? []
    : [
        point(LEFT + 6, y),
        words('Mean', { ...small, x: LEFT + 20 }),
        bar(LEFT + 80, y, 34),
        words('Lowest to highest', { ...small, x: LEFT + 122 }),
      ];
  const note = isAlone ? '' : (legible(missingSelf(card), regular) ?? '');
  const lines = inLines(note, { face: regular, size: SMALL, width: RIGHT - LEFT, lines: 2 });
  const under = y + 6;
  return {
    parts: [
      ...others,
      ring(at, y),
      words('Self-rating', { ...small, x: at + 16 }),
      ...lines.map((text, i) => words(text, { ...small, x: LEFT, y: under + 24 + 20 * i })),
    ],
    bottom: under + (lines.length === 0 ? 0 : 8 + 20 * lines.length),
  };
}

function missingSelf({ dimensions }: Scorecard): string {
  const missing = dimensions.filter((one) => one.self === null).map(({ name }) => name);
  if (missing.length === 0) return '';
  return missing.length === dimensions.length
    ? 'Self-rating: not rated.'
    : `Self-rating: not rated in ${missing.join(', ')}.`;
}
