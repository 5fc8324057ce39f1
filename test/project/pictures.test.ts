/** The pictures of the papers are those that `npm run pictures` draws, from what the platforms are really sent. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/chat/ids.ts';
import type { Message } from '../../src/chat/message.ts';
import { person, t, time } from '../../src/chat/text.ts';
import * as forDiscord from '../adapters/discord/render/anything.ts';
import * as forSlack from '../adapters/slack/render/anything.ts';
import { browserThere, launchBrowser } from '../support/browser.ts';
import { type Card, fileOf, onEvery } from '../support/look/card.ts';
import { CARDS } from '../support/look/cards.ts';
import { discordHtml } from '../support/look/discord.ts';
import { drawAll, drawLocalChat, LOCAL_CHAT } from '../support/look/draw.ts';
import { openPaint, type Painted } from '../support/look/paint.ts';
import { QUESTION } from '../support/look/question.ts';
import { slackHtml } from '../support/look/slack.ts';
import { PNG_SIGNATURE } from '../support/png.ts';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const runs = { numRuns: process.env['LONG'] ? 10_000 : 100 };

const isPng = (bytes: Uint8Array): boolean => PNG_SIGNATURE.every((byte, i) => bytes[i] === byte);
const noPictures: Painted = async () => new Map();
const wordsIn = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '"');

describe('the pictures of the papers', () => {
  it('are those that are drawn, each there and each once', async () => {
    const drawn = [...CARDS.map(fileOf), LOCAL_CHAT];
    expect(new Set(drawn).size).toBe(drawn.length);
    for (const { name } of CARDS) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect((await readdir(FOLDER)).toSorted()).toEqual(drawn.toSorted());
    for (const file of drawn) expect([file, isPng(await readFile(new URL(file, FOLDER)))]).toEqual([file, true]);
  });
});

describe('a card drawn', () => {
  const message: Message = {
    title: 'A *title* & <more>',
    blocks: [
      { kind: 'text', text: t`**Ours** and _more_ with ${person('ana' as PersonId)} of **${'<b>typed</b> *stars*'}**` },
      { kind: 'text', text: t`- one\n- two\n\n> said\n\n\`code\` and [a link](https://example.org/a)` },
      { kind: 'small', text: t`open until ${time('2026-11-24T08:00:00.000Z' as never, 'Europe/Berlin')}` },
      { kind: 'divider' },
      {
        kind: 'choice',
        on: { feature: 'test', name: 'choose', subject: '1' },
        prompt: 'Pick one',
        options: [{ label: 'A', value: 'a' }],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Go', style: 'primary', on: { feature: 'test', name: 'go', subject: '1' } }],
      },
    ],
  };
  const [, onSlack, onDiscord] = onEvery('all', message) as [Card, Card, Card];

  it('says what the message says, as the platform would', async () => {
    const slack = (await slackHtml(onSlack, noPictures)).html;
    const discord = (await discordHtml(onDiscord, noPictures)).html;
    for (const html of [slack, discord]) {
      const words = wordsIn(html);
      for (const said of ['A *title* & <more>', 'Ours and more with @Ana of <b>typed</b> *stars*', 'Pick one', 'Go'])
        expect(words).toContain(said);
      for (const said of ['one', 'two', 'said', 'code', 'a link']) expect(words).toContain(said);
      expect(html).toContain('<b>Ours</b>');
      expect(html).toContain('<i>more</i>');
      expect(html).toContain('<code>code</code>');
      expect(html).toContain('<span class="mention">@Ana</span>');
      expect(html).toContain('<span class="button primary">Go</span>');
    }
    expect(wordsIn(slack)).toContain('open until Nov 24, 2026 at 9:00 AM');
    expect(wordsIn(discord)).toContain('open until Tuesday');
  });

  it('is drawn whatever is in it, and what people typed stays words', async () => {
    const anySlack = forSlack.message.map((one): Card => ({ name: 'any', platform: 'slack', message: one }));
    const anyDiscord = forDiscord.message.map((one): Card => ({ name: 'any', platform: 'discord', message: one }));
    const foreign = /<(?!\/?(?:div|span|h[123]|hr|b|i|pre|code|blockquote|ol|ul|li)[ >])/;
    await fc.assert(
      fc.asyncProperty(anySlack, anyDiscord, async (slack, discord) => {
        expect((await slackHtml(slack, noPictures)).html).not.toMatch(foreign);
        expect((await discordHtml(discord, noPictures)).html).not.toMatch(foreign);
      }),
      runs,
    );
  });

  it('fails loudly where its picture cannot be painted', async () => {
    const image = { kind: 'image', picture: 'scorecard', data: {}, alt: 'words' } as const;
    await expect(openPaint()({ blocks: [image] })).rejects.toThrow();
  });
});

describe.runIf(await browserThere())('drawing', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    [browser, folder] = await Promise.all([launchBrowser(), mkdtemp(join(tmpdir(), 'greenroom-look-'))]);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives a picture a card, the same each time', async () => {
    const cards = onEvery('question', QUESTION);
    const again = cards.filter(({ platform }) => platform === 'slack');
    await drawAll(browser, cards, join(folder, 'one'));
    await drawAll(browser, again, join(folder, 'two'));
    for (const at of ['one', 'two']) await drawLocalChat(browser, join(folder, at));
    for (const card of cards) expect(isPng(await readFile(join(folder, 'one', fileOf(card))))).toBe(true);
    for (const file of [...again.map(fileOf), LOCAL_CHAT]) {
      const [one, two] = await Promise.all(['one', 'two'].map((at) => readFile(join(folder, at, file))));
      expect([file, one?.equals(two ?? new Uint8Array())]).toEqual([file, true]);
    }
  }, 120_000);
});
