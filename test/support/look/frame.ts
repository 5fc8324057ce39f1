/** A page with one message in it, complete in itself: styles, letters and pictures are inside. */
import { readFileSync } from 'node:fs';
import { fontFiles } from '../../../src/pictures/font.ts';
import { all, el, type Html, raw } from './html.ts';

const CAPTIONS = {
  slack: 'Drawn from what is sent to Slack, in a look near to its own.',
  discord: 'Drawn from what is sent to Discord, in a look near to its own.',
} as const;

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const LEAF = readFileSync(new URL('../../../adapters/local/page/leaf.svg', import.meta.url)).toString('base64');

const letters = (file: string, weights: string): string =>
  `@font-face { font-family: Inter; font-weight: ${weights}; src: url(data:font/ttf;base64,${readFileSync(file).toString('base64')}); }`;

export function framed(platform: keyof typeof CAPTIONS, message: Html): string {
  const [regular, strong] = fontFiles();
  const style = [letters(regular, '100 500'), letters(strong, '501 900'), read('frame.css'), read(`${platform}.css`)];
  const head = el(
    'div',
    {},
    el('span.author', {}, 'Greenroom'),
    el('span.badge', {}, 'APP'),
    el('span.when', {}, '09:00'),
  );
  const figure = el(
    'figure',
    {},
    el('img.avatar', { src: `data:image/svg+xml;base64,${LEAF}`, alt: '' }),
    el('div', {}, head, message),
    el('figcaption', {}, CAPTIONS[platform]),
  );
  const page = all(raw('<!doctype html><meta charset="utf-8"><style>'), raw(style.join('\n')), raw('</style>'), figure);
  return page.html;
}
