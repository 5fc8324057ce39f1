/** Draws cards: Slack's and Discord's from what is sent to them, the local chat's from the local chat itself. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPainter } from '../../../src/pictures/index.ts';
import { ANA, openPractice } from '../../adapters/local/practice.ts';
import { type Card, fileOf } from './card.ts';
import { discordHtml } from './discord.ts';
import { framed } from './frame.ts';
import { openPaint, type Painted } from './paint.ts';
import { slackHtml } from './slack.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels to a pixel of the page, so that words stay sharp where the picture is shown smaller. */
const SHARP = 2;
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** One PNG a card, in `folder`. */
export async function drawAll(browser: Browser, cards: readonly Card[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const paint = openPaint();
  for (const card of cards) await writeFile(join(folder, fileOf(card)), await draw(browser, card, paint));
}

async function draw(browser: Browser, card: Card, paint: Painted): Promise<Uint8Array> {
  // Tall enough for any card: what has to be scrolled to lies under the bars of the page.
  const viewport = { width: card.platform === 'local' ? 1000 : 680, height: 3000 };
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: SHARP,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  try {
    const page = await context.newPage();
    return await (card.platform === 'local' ? localPicture(page, card) : sentPicture(page, card, paint));
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
