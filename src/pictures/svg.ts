/** The few marks a picture is made of. Words only ever become text, and nothing here can point outside the picture. */
import type { Face } from './font.ts';

/** Paper, ink, one leaf green: the light look, whatever the reader's theme, for a picture cannot know it. */
export const PAPER = '#fbfaf7';
export const INK = '#22251f';
export const SOFT = '#5f6457';
export const LINE = '#e0dccf';
export const LEAF = '#2a6448';
/** A band of uncertainty: light enough for the point on it, dark enough for paper. */
export const BAND = '#bcd8c8';

export const PICTURE_WIDTH = 440;
export const MARGIN = 20;

export interface Words {
  readonly x: number;
  /** The line the letters stand on. */
  readonly y: number;
  readonly face: Face;
  readonly size: number;
  readonly ink?: string;
  readonly end?: 'middle' | 'end';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');

export const words = (text: string, { x, y, face, size, ink = INK, end }: Words): string =>
  `<text x="${at(x)}" y="${at(y)}" font-size="${size}" font-weight="${face.weight}" fill="${ink}"` +
  `${end === undefined ? '' : ` text-anchor="${end}"`}>${escaped(text)}</text>`;

export const line = (from: readonly [number, number], to: readonly [number, number]): string =>
  `<line x1="${at(from[0])}" y1="${at(from[1])}" x2="${at(to[0])}" y2="${at(to[1])}" stroke="${LINE}"/>`;

export const bar = (x: number, y: number, width: number): string =>
  `<rect x="${at(x)}" y="${at(y - 6)}" width="${at(width)}" height="12" rx="6" fill="${BAND}"/>`;

export const point = (x: number, y: number): string => `<circle cx="${at(x)}" cy="${at(y)}" r="5" fill="${LEAF}"/>`;

/** Wider than a point, so that both are seen where they meet. */
export const ring = (x: number, y: number): string =>
  `<circle cx="${at(x)}" cy="${at(y)}" r="8" fill="none" stroke="${INK}" stroke-width="1.8"/>`;

export const picture = (height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE_WIDTH}" height="${at(height)}" ` +
  `viewBox="0 0 ${PICTURE_WIDTH} ${at(height)}" font-family="Inter">` +
  `<rect width="${PICTURE_WIDTH}" height="${at(height)}" fill="${PAPER}"/>${parts.join('')}</svg>`;

/** Hundredths are finer than any eye, and keep the same picture the same text. */
const at = (value: number): string => String(Math.round(value * 100) / 100);
