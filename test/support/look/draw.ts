/** Draws cards: Slack's and Discord's from what is sent to them, the local chat's from the local chat itself. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPainter } from '../../../src/pictures/index.ts';
import { ANA, card, CHANNEL, openPractice } from '../../adapters/local/practice.ts';
import { type Card, fileOf } from './card.ts';
import { discordHtml } from './discord.ts';
import { framed } from './frame.ts';
import { openPaint, type Painted } from './paint.ts';
import { ANSWERS, QUESTION } from './question.ts';
import { slackHtml } from './slack.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Not a card but the whole page. */
export const LOCAL_CHAT = 'local-chat.png';

/** Pixels to a pixel of the page, so that words stay sharp where the picture is shown smaller. */
const SHARP = 2;
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** One PNG a card, in `folder`. */
export async function drawAll(browser: Browser, cards: readonly Card[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const paint = openPaint();
  for (const card of cards) await writeFile(join(folder, fileOf(card)), await draw(browser, card, paint));
}

/** The local chat as a whole, with a question of the day and a thread of answers beside it. */
export async function drawLocalChat(browser: Browser, folder: string): Promise<void> {
  const picture = await inPage(browser, { width: 1360, height: 820 }, async (page) => {
    const practice = await openPractice();
    try {
      const ref = await practice.post('question', CHANNEL, QUESTION, QUESTION.title);
      await practice.post('waits', { in: 'dm', person: ANA }, card('A review waits for you.'));
      const place = `thread ${ref}`;
      for (const { person, text } of ANSWERS) await practice.page.post(person, 'say', { place, text });
      const born = (await practice.page.messages('ana', place)).at(-1)?.born;
      await practice.page.post('ana', 'read', { place, born });
      await page.goto(practice.url);
      await page.getByRole('button', { name: /replies/ }).click();
      await page.locator('#thread article').nth(1).waitFor();
      await settled(page);
      return await page.screenshot();
    } finally {
      await practice.close();
    }
  });
  await writeFile(join(folder, LOCAL_CHAT), picture);
}

async function draw(browser: Browser, card: Card, paint: Painted): Promise<Uint8Array> {
  // Tall enough for any card: what has to be scrolled to lies under the bars of the page.
  const viewport = { width: card.platform === 'local' ? 1000 : 680, height: 3000 };
  return inPage(browser, viewport, (page) =>
    card.platform === 'local' ? localPicture(page, card) : sentPicture(page, card, paint),
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function inPage<T>(browser: Browser, viewport: Size, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: SHARP,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  try {
    return await look(await context.newPage());
  } finally {
    await context.close();
  }
}

async function sentPicture(page: Page, card: Card, paint: Painted): Promise<Uint8Array> {
  const html =
    card.platform === 'slack'
      ? framed('slack', await slackHtml(card, paint))
      : framed('discord', await discordHtml(card, paint));
  await page.setContent(html);
  await settled(page);
  return page.locator('figure').screenshot();
}

/** Letters and pictures are there. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(
    'document.fonts.ready.then(() => Promise.all([...document.images].map((one) => one.decode())).then(() => 0))',
  );

/** With some of the paper it stands on. */
function around(box: Box | null): Box {
  if (!box) throw new Error('the card is not shown');
  return { x: box.x - 16, y: box.y - 6, width: box.width + 32, height: box.height + 20 };
}

async function localPicture(page: Page, { name, message }: Card): Promise<Uint8Array> {
  const practice = await openPractice({ paint: openPainter({ log: SILENT }) });
  try {
    await practice.post(name, { in: 'dm', person: ANA }, message);
    await page.goto(`${practice.url}/#/ana/dm/ana`);
    const shown = page.locator('#messages article').last();
    await shown.waitFor();
    await settled(page);
    return await page.screenshot({ clip: around(await shown.boundingBox()) });
  } finally {
    await practice.close();
  }
}
