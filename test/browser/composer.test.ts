/** Where messages are written, in a real browser: what was sent leaves the box at once, and nothing that was typed is lost. */
import type { Browser, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { t } from '../../src/chat/text.ts';
import { CHANNEL, card, openPractice, type Practice } from '../adapters/local/practice.ts';
import { browserThere, launchBrowser } from '../support/browser.ts';
import { become, DESK, messages, shows, type Visit, visit } from './visit.ts';

describe.runIf(await browserThere())('the box', () => {
  let browser: Browser;
  let practice: Practice;
  let open: Visit;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    practice = await openPractice();
    practice.answering((event) => {
      if (event.kind === 'complete') return { kind: 'offer', options: [] };
      return event.kind === 'command' ? { kind: 'say', text: t`You asked for ${event.command}.` } : { kind: 'nothing' };
    });
    await practice.post('daily', CHANNEL, card('What would you do?'));
    open = await visit(browser, practice.url, DESK);
    await shows(messages(open.page), 'What would you do?');
  });
  afterEach(async () => {
    await open.leave();
    await practice.close();
  });
  const box = () => open.page.getByLabel('Message #interview-practice');
  const enter = () => open.page.keyboard.press('Enter');

  /** The next request of this name stands still until the test lets it go. */
  async function hold(name: string): Promise<{ readonly asked: Promise<Route> }> {
    const { promise: asked, resolve } = Promise.withResolvers<Route>();
    await open.page.route(`**/api/${name}`, resolve, { times: 1 });
    return { asked };
  }

  it('is free for the keyboard as soon as a command is seen, before its answer is through', async () => {
    const { asked } = await hold('command');
    await box().fill('/mock senior');
    await enter();
    const route = await asked;
    const answer = await route.fetch();
    await shows(messages(open.page), 'You asked for mock.');
    await open.page.keyboard.press('ArrowUp');
    await shows(open.page.locator('article:focus'), 'You asked for mock.');
    await route.fulfill({ response: answer });
  });

  it('keeps what is typed on while a message is on its way, and only that', async () => {
    const { asked } = await hold('say');
    await box().fill('The first');
    await enter();
    const route = await asked;
    await open.page.keyboard.type('The second');
    await enter();
    await route.continue();
    await shows(messages(open.page), 'The first');
    await box().and(open.page.locator(':not([aria-busy])')).waitFor();
    expect(await box().inputValue()).toBe('The second');
    await enter();
    await shows(messages(open.page), 'The second');
    await open.page.reload();
    await shows(messages(open.page), 'The second');
    expect(await box().inputValue()).toBe('');
  });

  it('has its words back when they did not go through, before what was typed on', async () => {
    const { asked } = await hold('say');
    await box().fill('Lost on the way');
    await enter();
    const route = await asked;
    await open.page.keyboard.type('typed on');
    await route.abort();
    await shows(open.page.getByRole('alert'), 'Your words are kept here');
    expect(await box().inputValue()).toBe('Lost on the way\ntyped on');
    await open.page.reload();
    await shows(messages(open.page), 'What would you do?');
    expect(await box().inputValue()).toBe('Lost on the way\ntyped on');
  });

  it('lets go of a draft that was sent, though its writer is somebody else by then', async () => {
    const { asked } = await hold('say');
    await box().fill('From Ana');
    await enter();
    const route = await asked;
    await become(open.page, 'Bo');
    await box().fill('A draft of Bo');
    await route.continue();
    await shows(messages(open.page), 'From Ana');
    await box().and(open.page.locator(':not([aria-busy])')).waitFor();
    expect(await box().inputValue()).toBe('A draft of Bo');
    await become(open.page, 'Ana');
    expect(await box().inputValue()).toBe('');
  });
});
