/** `npm run pictures`: draws the pictures of docs/pictures; with names after it, only those. */
import { launchWith, prepareBrowser } from '../browser-binary.ts';
import { fileOf } from './card.ts';
import { CARDS } from './cards.ts';
import { drawAll, drawLocalChat, LOCAL_CHAT } from './draw.ts';

const FOLDER = new URL('../../../docs/pictures/', import.meta.url).pathname;

const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const cards = CARDS.filter(({ name }) => isWanted(name));
const browser = await launchWith(await prepareBrowser());
try {
  await drawAll(browser, cards, FOLDER);
  if (isWanted('local-chat')) await drawLocalChat(browser, FOLDER);
  for (const file of [...cards.map(fileOf), ...(isWanted('local-chat') ? [LOCAL_CHAT] : [])])
    console.log(`docs/pictures/${file}`);
} finally {
  await browser.close();
}
