/** The two minutes of a newcomer: the real process, a real browser, from today's question to one's own result. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserThere, launchBrowser } from '../support/browser.ts';
import { become, DESK, goTo, messages, shows, type Visit, visit } from './visit.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const ANA_SAID =
  'A new colleague had been stuck for two days on a flaky import. I asked her to show me what she had ruled out, ' +
  'and we found the stale cache in an hour. I wrote the first checks down, and the next person needed ten minutes.';
const BO_SAID =
  'Our nightly run failed three times and the owner said it was nearly there. I sat down beside him, asked for the ' +
  'smallest case that fails, and we agreed on a time to call for help. It worked the same evening.';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** `npm start` in a folder of its own; resolves when it tells where it is open. */
async function start(folder: string, port: number): Promise<Running> {
  const env = {
    PATH: process.env['PATH'],
    TZ: 'Europe/Berlin',
    DATA_DIR: folder,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const child: ChildProcess = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /open: (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    },
  };
}

/** Some words in a row of what somebody said, to quote. */
const quote = (said: string): string => said.split(' ').slice(2, 9).join(' ');

async function rate(page: Page, step: number): Promise<void> {
  await page.getByRole('dialog').waitFor();
  for (const item of await page.locator('dialog fieldset').all()) await item.locator('input').nth(step).check();
}

async function review(page: Page): Promise<void> {
  const card = messages(page)
    .filter({ has: page.getByRole('button', { name: 'Review', exact: true }) })
    .first();
  const before = await page.getByRole('button', { name: 'Review', exact: true }).count();
  await card.getByRole('button', { name: 'Review', exact: true }).click();
  const answer = (await page.locator('dialog .fields > .passages p').last().innerText()).replace(
    /^Sample answer: /,
    '',
  );
  await rate(page, 3);
  const words = `Keep: When you said “${quote(answer)}”, I saw how you think.\n\nChange: Next time, tell me sooner what came of it.`;
  await page.getByLabel('Keep and change').fill(words);
  await page.getByRole('button', { name: 'Send feedback' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('button', { name: 'Review', exact: true }).count()).toBe(before - 1);
}

describe.runIf(await browserThere())('the first two minutes', () => {
  let browser: Browser;
  let folder: string;
  let running: Running;
  let visitor: Visit;
  let port: number;
  beforeAll(async () => {
    [browser, folder, port] = await Promise.all([launchBrowser(), mkdtemp(join(tmpdir(), 'greenroom-')), freePort()]);
    running = await start(folder, port);
    visitor = await visit(browser, running.url, DESK);
  }, 60_000);
  afterAll(async () => {
    await visitor.leave();
    await running.stop();
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  const question = (page: Page) =>
    messages(page).filter({ has: page.getByRole('button', { name: 'Answer', exact: true }) });

  /** Open on today’s question. */
  const todaysQuestion = async (): Promise<void> => {
    const { page, look } = visitor;
    await shows(question(page), 'open until');
    for (const level of ['Mid', 'Senior', 'Staff', 'Principal']) await shows(question(page).locator('dt'), level);
    await look('1-today');
  };

  /** Let Ana answer in its thread. */
  const anaAnswersInTheThread = async (): Promise<void> => {
    const { page, look } = visitor;
    await question(page).getByRole('button', { name: 'Reply in the thread' }).click();
    await page.getByLabel('Reply in the thread').fill(ANA_SAID);
    await page.keyboard.press('Enter');
    await shows(page.locator('#thread article'), 'stale cache');
    await shows(question(page), '1 answer');
    await look('2-thread');
  };

  /** Let Bo answer by the form, and keep what he typed when he looks away. */
  const boAnswersByTheForm = async (): Promise<void> => {
    const { page, look } = visitor;
    await become(page, 'Bo');
    await question(page).getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByRole('textbox', { name: /^Your answer/ }).fill(BO_SAID);
    await page.keyboard.press('Escape');
    await question(page).getByRole('button', { name: 'Answer', exact: true }).click();
    expect(await page.getByRole('textbox', { name: /^Your answer/ }).inputValue()).toBe(BO_SAID);
    await look('3-form');
    await page.getByRole('button', { name: 'Share' }).click();
    await shows(question(page), '2 answers');
  };

  /** Have the colleagues answer on request, marked as samples. */
  const colleaguesAnswer = async (): Promise<void> => {
    const { page, look } = visitor;
    await become(page, 'Ana');
    await page.getByRole('button', { name: 'Let them answer' }).click();
    await shows(question(page), '3 answers');
    await question(page)
      .getByRole('button', { name: /replies/ })
      .click();
    await shows(page.locator('#thread article'), 'Sample answer: ');
    await shows(page.locator('#thread article'), 'smallest case that fails');
    await look('4-answers');
    await page.getByRole('button', { name: 'Close the thread' }).click();
  };

  /** Close the round by the clock, and bring reviews to everybody. */
  const theRoundCloses = async (): Promise<void> => {
    const { page, look } = visitor;
    await page.getByRole('button', { name: 'next event' }).click();
    await page.getByRole('button', { name: 'tomorrow 9:00' }).click();
    await goTo(page, 'Greenroom');
    await shows(messages(page), 'A review for you');
    await shows(messages(page), 'Rate it yourself first');
    await look('5-reviews');
  };

  /** Let Ana give feedback on the rubric and rate herself. */
  const anaGivesFeedback = async (): Promise<void> => {
    const { page, look } = visitor;
    await review(page);
    await messages(page).getByRole('button', { name: 'Review', exact: true }).first().click();
    await page.getByRole('dialog').waitFor();
    await look('6-rubric');
    await page.keyboard.press('Escape');
    await review(page);
    await page.getByRole('button', { name: 'Rate my answer' }).click();
    await rate(page, 2);
    await page.getByRole('button', { name: 'Keep my rating' }).click();
    await shows(messages(page), 'Change my rating');
  };

  /** Let her read what her peers wrote, as the author. */
  const anaReadsHerResult = async (): Promise<void> => {
    const { page, look } = visitor;
    await page.getByRole('button', { name: 'Let them answer' }).click();
    const result = messages(page).filter({ hasText: 'Feedback:' });
    await shows(result, 'Keep: Sample feedback: When you said “');
    await shows(result, 'Change: Sample feedback: ');
    await shows(result, 'What will you change next time?');
    await look('7-result');
    await become(page, 'Bo');
    await goTo(page, 'Greenroom');
    expect(
      await messages(page)
        .filter({ hasText: ANA_SAID.slice(0, 40) })
        .filter({ hasText: 'Feedback:' })
        .count(),
    ).toBe(0);
    await become(page, 'Ana');
  };

  /** Keep all of it through a restart, in the dark too. */
  const allOfItStays = async (): Promise<void> => {
    const { page, look } = visitor;
    await goTo(page, 'Greenroom');
    await running.stop();
    await shows(page.locator('#notice'), 'The connection to Greenroom is lost');
    running = await start(folder, port);
    await shows(page.locator('#notice'), 'Connected again');
    await page.reload();
    await page.emulateMedia({ colorScheme: 'dark' });
    await shows(messages(page), 'Keep: Sample feedback: When you said “');
    await look('8-result-dark');
    await goTo(page, 'interview-practice');
    await shows(question(page), 'open until');
    await look('9-today-dark');
  };

  it('lead from today’s question to what peers wrote about one’s own answer', async () => {
    await todaysQuestion();
    await anaAnswersInTheThread();
    await boAnswersByTheForm();
    await colleaguesAnswer();
    await theRoundCloses();
    await anaGivesFeedback();
    await anaReadsHerResult();
    await allOfItStays();
  }, 180_000);
});
