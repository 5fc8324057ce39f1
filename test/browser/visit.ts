/** One visit with a real browser: a page that must stay silent and inert, pictures of it, and what axe says of it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const SHOTS = new URL('./shots/', import.meta.url);

export interface Visit {
  readonly page: Page;
  /** Keeps a picture, and expects nothing that axe would fault. */
  look(name: string): Promise<void>;
  /** Expects that the page met no error and ran nothing foreign; closes it. */
  leave(): Promise<void>;
}

export const DESK: BrowserContextOptions = { viewport: { width: 1360, height: 820 }, colorScheme: 'light' };
export const NIGHT: BrowserContextOptions = { ...DESK, colorScheme: 'dark' };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

export async function visit(browser: Browser, url: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error.stack)));
  page.on('dialog', (dialog) => {
    troubles.push(`a dialog of the browser: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // A lost connection is said by the browser too; the page says it to people.
    const isLost = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|net::ERR|status of (?:4|5)\d\d/.test(message.text());
    if (message.type() === 'error' && !isLost) troubles.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    async look(name) {
      await page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [name, id, nodes[0]?.html])).toEqual([]);
    },
    async leave() {
      // What a failed test saw last.
      await page.screenshot({ path: new URL('last.png', SHOTS).pathname });
      await context.close();
      expect(troubles).toEqual([]);
    },
  };
}

/** The messages of the open conversation. */
export const messages = (page: Page): Locator => page.locator('#messages article');

/** Waits until `what` shows these words. */
export const shows = (what: Locator, words: string | RegExp): Promise<void> =>
  what.filter({ hasText: words }).first().waitFor({ state: 'visible' });

export async function become(page: Page, name: string): Promise<void> {
  await page.getByLabel('You are').selectOption({ label: name });
  await page.locator('#side [aria-current="true"]', { hasText: name }).waitFor({ state: 'attached' });
}

export async function goTo(page: Page, name: string): Promise<void> {
  await page.locator('#side').getByRole('link', { name }).click();
  await shows(page.locator('#place-name'), name);
}
