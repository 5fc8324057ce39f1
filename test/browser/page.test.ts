/** The local chat's page in a real browser: keyboard, drafts, what people type, both themes and a phone. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Block, Form } from '../../src/chat/message.ts';
import { plain, t } from '../../src/chat/text.ts';
import { openPainter } from '../../src/pictures/index.ts';
import {
  ANA,
  BO,
  card,
  CHANNEL,
  type Given,
  LOCAL,
  on,
  openPractice,
  type Practice,
} from '../adapters/local/practice.ts';
import { ALT, SCORECARD, SCORED, SILENT } from '../pictures/cards.ts';
import { browserThere, launchBrowser } from '../support/browser.ts';
import { become, DESK, goTo, messages, NIGHT, PHONE, shows, type Visit, visit } from './visit.ts';

const steps = ['1', '2', '3'].map((value) => ({ label: `${value} · what this step looks like`, value }));
const FORM: Form = {
  on: on('give'),
  title: 'Your answer',
  submit: 'Share',
  intro: t`Seen by **the channel**.`,
  fields: [
    {
      kind: 'choice',
      name: 'level',
      label: 'Level',
      options: [
        { label: 'Mid', value: 'mid' },
        { label: 'Senior', value: 'senior' },
      ],
    },
    {
      kind: 'choice',
      name: 'skills',
      label: 'Skills',
      many: true,
      optional: true,
      options: [
        { label: 'Ethics', value: 'ethics' },
        { label: 'Hiring', value: 'hiring' },
      ],
    },
    { kind: 'rating', name: 'rate', label: 'Action', hint: 'What they did', steps },
    { kind: 'paragraph', name: 'text', label: 'In your words' },
    { kind: 'person', name: 'who', label: 'Who', optional: true },
  ],
};
/** What is read of elements inside the browser. */
interface Image {
  readonly naturalWidth: number;
  readonly naturalHeight: number;
}
interface Scroll {
  readonly scrollHeight: number;
  readonly scrollTop: number;
  readonly clientHeight: number;
}

const HOSTILE =
  '<img src=x onerror=alert(1)><script>alert(2)</script> [x](javascript:alert(3)) @everyone \u202Eright to left\u202C <b>bold</b>';

describe.runIf(await browserThere())('the page', () => {
  let browser: Browser;
  let practice: Practice;
  let open: Visit[] = [];
  const enter = async (options = DESK, path = '/'): Promise<Visit> => {
    const one = await visit(browser, practice.url + path, options);
    open.push(one);
    return one;
  };
  const begin = async (given: Given = {}): Promise<void> => {
    practice = await openPractice(given);
    practice.answering((event) => {
      if (event.kind === 'press') return { kind: 'ask', form: FORM };
      if (event.kind === 'complete') return { kind: 'offer', options: [] };
      if (event.kind === 'command') return { kind: 'say', text: t`You asked for ${event.command}.` };
      if (event.kind !== 'submit') return { kind: 'nothing' };
      return (event.values['text'] ?? '').length < 20
        ? { kind: 'reject', field: 'text', problem: 'A little more, please.' }
        : { kind: 'say', text: t`Thank you.` };
    });
    await practice.post('daily', CHANNEL, card('What would you do?'), 'A thread');
  };
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const one of open) await one.leave();
    open = [];
    await practice.close();
  });

  it('shows what people type as they typed it, and none of it works', async () => {
    await begin();
    await practice.page.post('bo', 'say', { place: 'channel interview-practice', text: HOSTILE });
    await practice.post('quoted', CHANNEL, {
      title: HOSTILE.slice(0, 140),
      blocks: [{ kind: 'text', text: [plain(HOSTILE)] }],
    });
    const { page, look } = await enter();
    await shows(messages(page), '<b>bold</b>');
    expect(await messages(page).nth(1).locator('.words').textContent()).toBe(HOSTILE);
    expect(await page.locator('#messages').locator('script, img[src="x"], a[href^="javascript"]').count()).toBe(0);
    await look('hostile');
  });

  it('goes by keyboard: commands, messages, a thread and back', async () => {
    await begin();
    const { page, look } = await enter();
    await shows(messages(page), 'What would you do?');
    await page.locator('body').press('/');
    await shows(page.getByRole('option'), '/practice help');
    await look('commands');
    await page.keyboard.type('mo');
    await page.keyboard.press('Tab');
    await shows(page.getByRole('option'), 'senior');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    expect(await page.locator('#message').inputValue()).toBe('/mock senior ');
    await page.keyboard.press('Enter');
    await shows(messages(page), 'You asked for mock.');
    expect(practice.events.at(-1)).toMatchObject({ command: 'mock', args: { level: 'senior' } });

    await page.keyboard.press('ArrowUp');
    await shows(page.locator('article:focus'), 'You asked for mock.');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await shows(page.locator('#thread'), 'Nobody has replied yet');
    await page.keyboard.type('A reply by keyboard');
    await page.keyboard.press('Enter');
    await shows(page.locator('#thread article'), 'A reply by keyboard');
    await look('thread');
    await page.keyboard.press('Escape');
    await page.locator('#thread').waitFor({ state: 'hidden' });
    await shows(page.locator('article:focus'), '1 reply');
  });

  it('keeps what was typed in a form, through Escape, a problem and a reload', async () => {
    await begin();
    const { page, look } = await enter();
    const text = page.getByLabel('In your words');
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await text.fill('Too short');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    expect(await text.inputValue()).toBe('Too short');
    await shows(page.getByRole('dialog'), 'Your draft is back');

    await page.getByRole('button', { name: 'Share' }).click();
    await shows(page.getByRole('group', { name: 'Level' }), 'Please fill this in.');
    await page.getByLabel('Senior').check();
    await page.getByLabel('Ethics').check();
    await page.getByLabel('Hiring').check();
    await page.getByLabel('2 · what').check();
    await page.getByRole('button', { name: 'Share' }).click();
    await shows(page.getByRole('dialog'), 'A little more, please.');
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    expect(await text.inputValue()).toBe('Too short');
    await look('form-problem');
    await text.fill('Long enough to be taken by everybody.');
    await page.getByLabel('Who').selectOption({ label: 'Bo' });
    await page.getByRole('button', { name: 'Share' }).click();
    await shows(messages(page), 'Thank you.');
    expect(practice.events.at(-1)).toMatchObject({
      values: { level: 'senior', skills: 'ethics,hiring', rate: '2', who: 'bo' },
    });
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    expect(await text.inputValue()).toBe('');
  });

  it('keeps each person’s drafts, conversation and marks apart, and shows at once what others do', async () => {
    await begin();
    await practice.post('for-bo', { in: 'dm', person: BO }, card('For Bo alone'));
    const { page } = await enter();
    await shows(page.locator('#side a', { hasText: 'Bo' }), '1');
    await page.getByLabel('Message #interview-practice').fill('Ana was here');
    await become(page, 'Bo');
    expect(await page.getByLabel('Message #interview-practice').inputValue()).toBe('');
    await goTo(page, 'Greenroom');
    await shows(messages(page), 'For Bo alone');
    const other = await enter(DESK, '/#/chen/channel/interview-practice');
    await shows(messages(other.page), 'What would you do?');
    await goTo(page, 'interview-practice');
    await page.getByLabel('Message #interview-practice').fill('Hello from Bo');
    await page.keyboard.press('Enter');
    await shows(messages(other.page), 'Hello from Bo');
    await become(page, 'Ana');
    expect(await page.getByLabel('Message #interview-practice').inputValue()).toBe('Ana was here');
    await page.reload();
    await shows(messages(page), 'Hello from Bo');
    expect(await page.getByLabel('You are').inputValue()).toBe(ANA);
  });

  it('lets people change and delete what they wrote', async () => {
    await begin();
    const { page, look } = await enter();
    await page.getByLabel('Message #interview-practice').fill('First wrods');
    await page.keyboard.press('Enter');
    await shows(messages(page), 'First wrods');
    await page.getByRole('button', { name: 'More for this message of Ana' }).click();
    await look('menu');
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('Your message').fill('First words');
    await page.keyboard.press('Enter');
    await shows(messages(page), /First words/);
    await shows(messages(page), 'edited');
    await page.getByRole('button', { name: 'More for this message of Ana' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await messages(page).filter({ hasText: 'First words' }).waitFor({ state: 'detached' });
  });

  it('says when the connection is lost and when it is back, and misses nothing', async () => {
    await begin();
    const { page } = await enter();
    await shows(messages(page), 'What would you do?');
    await page.context().setOffline(true);
    await practice.chat.close();
    await shows(page.locator('#notice'), 'The connection to Greenroom is lost');
    await practice.post('meanwhile', CHANNEL, card('Said meanwhile'));
    await practice.chat.open((async () => ({ kind: 'nothing' })) as never, {
      root: 'practice',
      commands: [],
      shortcuts: [],
    });
    await page.context().setOffline(false);
    await shows(page.locator('#notice'), 'Connected again');
    await shows(messages(page), 'Said meanwhile');
  });

  it('shows pictures, on a phone and in the dark too, and their words where nobody paints them', async () => {
    await begin({ paint: openPainter({ log: SILENT }) });
    await practice.post('scored', { in: 'dm', person: ANA }, SCORED);
    const radar: Block = { kind: 'image', picture: 'radar', data: {}, alt: 'Two of five skills grew.' };
    await practice.post('unpainted', { in: 'dm', person: ANA }, { title: 'Your radar', blocks: [radar] });
    for (const [name, look] of [
      ['picture', DESK],
      ['picture-dark', NIGHT],
      ['picture-phone', PHONE],
    ] as const) {
      const one = await enter(look, '/#/ana/dm/ana');
      const picture = one.page.getByRole('img', { name: ALT });
      await picture.waitFor();
      await shows(one.page.locator('p.picture'), 'Two of five skills grew.');
      await expect.poll(() => picture.evaluate((image: Image) => image.naturalWidth)).toBe(1100);
      expect(await one.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
      await one.look(name);
    }
  }, 120_000);

  it('shows a picture whole when it is clicked', async () => {
    await begin({ paint: openPainter({ log: SILENT }) });
    await practice.post('scored', { in: 'dm', person: ANA }, SCORED);
    const { page } = await enter(PHONE, '/#/ana/dm/ana');
    const [whole] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('img', { name: ALT }).click(),
    ]);
    await expect.poll(() => whole.locator('img').evaluate((image: Image) => image.naturalWidth)).toBe(1100);
  });

  it('stays at the end when a picture comes late, and shows the new one when its message changes', async () => {
    const { promise: dried, resolve: dry } = Promise.withResolvers<void>();
    const paint = openPainter({ log: SILENT });
    await begin({ paint: (picture, data) => dried.then(() => paint(picture, data)) });
    for (let i = 1; i <= 12; i++) await practice.post(`m${i}`, { in: 'dm', person: ANA }, card(`Card ${i}`));
    const ref = await practice.post('scored', { in: 'dm', person: ANA }, SCORED);
    const { page } = await enter(DESK, '/#/ana/dm/ana');
    const picture = page.getByRole('img', { name: ALT });
    await picture.waitFor({ state: 'attached' });
    const below = () =>
      page.locator('#scroll').evaluate((it: Scroll) => it.scrollHeight - it.scrollTop - it.clientHeight);
    await expect.poll(below).toBeLessThan(2);
    dry();
    await expect.poll(() => picture.evaluate((image: Image) => image.naturalWidth)).toBe(1100);
    await expect.poll(below).toBeLessThan(2);
    const before = await picture.getAttribute('src');
    const { words: _, ...bare } = SCORECARD;
    const blocks = SCORED.blocks.map((block) => (block.kind === 'image' ? { ...block, data: bare } : block));
    await practice.chat.deliver({
      kind: 'edit',
      team: LOCAL,
      name: 'test:scored',
      ref,
      message: { ...SCORED, blocks },
    });
    await expect.poll(() => picture.getAttribute('src')).not.toBe(before);
    await expect.poll(() => picture.evaluate((image: Image) => image.naturalHeight)).toBeLessThan(1100);
  });

  it('reads back through a long conversation, and tells of new words below', async () => {
    await begin();
    const place = 'channel interview-practice';
    for (let i = 1; i <= 70; i++) await practice.page.post('bo', 'say', { place, text: `Message ${i} of many` });
    const { page, look } = await enter();
    await shows(messages(page), 'Message 70 of many');
    expect(await messages(page).filter({ hasText: 'Message 5 of many' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show earlier' }).click();
    await shows(messages(page), 'What would you do?');
    await page.locator('#scroll').evaluate((element) => element.scrollTo({ top: 0 }));
    await practice.page.post('bo', 'say', { place, text: 'Something new below' });
    await page.getByRole('button', { name: 'New messages' }).click();
    await shows(messages(page), 'Something new below');
    await page.getByRole('button', { name: 'New messages' }).waitFor({ state: 'hidden' });
    await look('long');
  });

  it('fits a phone: a drawer, a thread over everything, no sideways scroll', async () => {
    await begin();
    const { page, look } = await enter(PHONE);
    await shows(messages(page), 'What would you do?');
    const spill = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(await spill()).toBe(0);
    await look('phone');
    await page.getByRole('button', { name: 'Conversations' }).click();
    await look('phone-drawer');
    await page.locator('#side').getByRole('link', { name: 'mentorship' }).click();
    await shows(page.locator('#messages'), 'Nothing was said here yet');
    await look('phone-empty');
    await page.goBack();
    await page.getByRole('button', { name: 'Reply in the thread' }).click();
    await look('phone-thread');
    expect(await spill()).toBe(0);
    await page.getByRole('button', { name: 'Close the thread' }).click();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await look('phone-form');
  });

  it('is dark where the system is, and light or dark where somebody chose', async () => {
    await begin();
    await practice.page.post('ana', 'command', { place: 'channel interview-practice', text: '/practice help' });
    const { page, look } = await enter(NIGHT);
    await shows(messages(page), 'You asked for help.');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    await look('dark');
    await page.getByRole('button', { name: /^Colours/ }).click();
    expect(await ground()).not.toBe(dark);
    await look('chosen-light');
    await page.reload();
    expect(await ground()).not.toBe(dark);
    await page.getByRole('button', { name: /^Colours/ }).click();
    expect(await ground()).toBe(dark);
    await goTo(page, 'Greenroom');
    await shows(page.locator('#messages'), 'Nothing waits for you');
    await look('dark-empty');
  });
});
