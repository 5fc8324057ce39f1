/** `npm run pictures`: draws the pictures of docs/pictures; with names after it, only those. */
import { launchWith, prepareBrowser } from '../browser-binary.ts';
import { fileOf } from './card.ts';
import { CARDS } from './cards.ts';
import { drawAll } from './draw.ts';

const FOLDER = new URL('../../../docs/pictures/', import.meta.url).pathname;

const wanted = process.argv.slice(2);
const cards = CARDS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const browser = await launchWith(await prepareBrowser());
try {
  await drawAll(browser, cards, FOLDER);
  for (const card of cards) console.log(`docs/pictures/${fileOf(card)}`);
} finally {
  await browser.close();
}
