/** What people do, each so that it can be done again by somebody who does not know whether the first time went through. */
import type { MessageView } from '../../adapters/local/view.ts';
import { isHidden, type Page } from '../support/local-page.ts';
import { wordsOf } from '../adapters/local/words.ts';
import type { Ledger } from './ledger.ts';

export interface Deed {
  readonly who: string;
  readonly what: string;
  /** `isAgain`: it was cut off before. Writes into the ledger what was taken. */
  run(page: Page, isAgain: boolean): Promise<void>;
}

/** A question or a card one can press. */
export interface Pressed {
  readonly ref: string;
  readonly on: string;
}

/** Greenroom asked for a pause: more than so many actions in a minute. */
export class Slowed extends Error {
  override readonly name = 'Slowed';
}

const STANDS = 'This round has closed, so your answer stands';

/** Long enough to be an answer, with words a reviewer can quote. */
export const answerText = (mark: string): string =>
  `${mark}: our release was stuck for two days, so I asked everyone to list what they had ruled out, and we found the cause together.`;
export const talkText = (mark: string): string => `${mark}: good one`;
const commentText = (mark: string): string =>
  `Keep: When you said “we found the cause together”, it worked, as it showed the team (${mark}).\n\nChange: Next time, try to say what it cost (${mark}).`;

export const reply = (ledger: Ledger, who: string, root: string, text: string): Deed => ({
  who,
  what: 'reply',
  async run(page, isAgain) {
    const place = `thread ${root}`;
    const there = isAgain ? (await page.messages(who, place)).find(({ typed }) => typed === text) : undefined;
    const got = there ? { kind: 'said' as const, ref: there.ref } : await page.post(who, 'say', { place, text });
    if (got.kind !== 'said') throw new Error(`a message was answered with ${got.kind}`);
    ledger.say(got.ref, { root, who, text });
    if (there && ledger.answers.get(`${root} ${who}`)?.ref === there.ref) await untilTaken(page, who, root, text);
  },
});

/** An answer that was cut off is taken by catch-up: from then on the form begins with it. */
async function untilTaken(page: Page, who: string, root: string, text: string): Promise<void> {
  const on = buttonsOf(await page.find(who, root)).find((button) => button.on.startsWith('daily.answer:'))?.on;
  const deadline = performance.now() + 20_000;
  for (;;) {
    const opened = await page.post(who, 'press', { ref: root, on });
    if (opened.kind === 'ask' && opened.form.fields.some(({ value }) => value === text)) return;
    if (opened.kind === 'said' && wordsOf(await page.find(who, opened.ref)).startsWith(STANDS)) return;
    if (performance.now() > deadline) throw new Error(`lost: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export const edit = (ledger: Ledger, who: string, ref: string, text: string): Deed => ({
  who,
  what: 'edit',
  async run(page) {
    await page.post(who, 'edit', { ref, text });
    ledger.edit(ref, text);
  },
});

export const erase = (ledger: Ledger, who: string, ref: string): Deed => ({
  who,
  what: 'delete',
  async run(page, isAgain) {
    await page.post(who, 'delete', { ref }).catch((error: unknown) => {
      if (!isAgain || !isHidden(error)) throw error;
    });
    ledger.erase(ref);
  },
});

/** "Use as my answer" on one's own message. */
export const choose = (ledger: Ledger, who: string, ref: string): Deed => {
  const receipt: Receipt = {};
  return {
    who,
    what: 'use as my answer',
    async run(page) {
      const { surface } = await page.start(who);
      const on = surface.shortcuts.find(({ label }) => label === 'Use as my answer')?.on;
      const said = ledger.said.get(ref);
      if (!said) throw new Error(`nobody said ${ref}`);
      const words = await tell(page, who, 'pick', { ref, on }, { place: `thread ${said.root}`, receipt });
      if (!words.startsWith('That is your answer')) throw new Error(`not taken: ${words}`);
      ledger.answer(said.root, who, { text: said.text, source: 'thread', ref });
    },
  };
};

export const answerByForm = (ledger: Ledger, who: string, card: Pressed, text: string): Deed => {
  const receipt: Receipt = {};
  return {
    who,
    what: 'answer by the form',
    async run(page, isAgain) {
      const words = await fill(page, who, card, { answer: text }, receipt);
      // Only what was taken before the close can stand: this was the first one.
      const stands = isAgain && words.startsWith(STANDS) && !ledger.answers.has(`${card.ref} ${who}`);
      if (!stands && !/^(?:Shared|Saved)/.test(words)) throw new Error(`not taken: ${words}`);
      ledger.answer(card.ref, who, { text, source: 'form' });
    },
  };
};

export const review = (ledger: Ledger, who: string, card: Pressed, mark: string): Deed => {
  const receipt: Receipt = {};
  return {
    who,
    what: 'review',
    async run(page) {
      const key = `review ${subjectOf(card.on)}`;
      ledger.sending(key, mark);
      const words = await fill(page, who, card, { ...ratings('3432'), comment: commentText(mark) }, receipt);
      if (words.includes('Review given')) ledger.taken(key, mark);
    },
  };
};

/** `steps`: the four ratings as digits. */
export const rateSelf = (ledger: Ledger, who: string, card: Pressed, steps: string): Deed => {
  const receipt: Receipt = {};
  return {
    who,
    what: 'rate oneself',
    async run(page) {
      const key = `self ${subjectOf(card.on)}`;
      ledger.sending(key, steps);
      if ((await fill(page, who, card, ratings(steps), receipt)).startsWith('Kept')) ledger.taken(key, steps);
    },
  };
};

export const resolveTo = (ledger: Ledger, who: string, card: Pressed, text: string): Deed => {
  const receipt: Receipt = {};
  return {
    who,
    what: 'next time',
    async run(page) {
      const key = `next ${subjectOf(card.on)}`;
      ledger.sending(key, text);
      if ((await fill(page, who, card, { next: text }, receipt)).startsWith('Kept')) ledger.taken(key, text);
    },
  };
};

/** A move that was cut off is not made again: the day goes on from where the clock stands. */
export const moveClock = (ledger: Ledger, to: 'minute' | 'event' | 'tomorrow'): Deed => ({
  who: 'ana',
  what: `clock to ${to}`,
  async run(page, isAgain) {
    if (!isAgain) await page.post('ana', 'clock', { to });
    ledger.saw((await page.start('ana')).clock.now);
  },
});

export const subjectOf = (on: string): string => on.slice(on.indexOf(':') + 1);

export const buttonsOf = ({ card }: MessageView): readonly { readonly label: string; readonly on: string }[] =>
  (card?.blocks ?? []).flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

const ratings = (steps: string): Record<string, string> => {
  const [setup = '3', action = '3', result = '3', reach = '3'] = steps;
  return { setup, action, result, reach };
};

/** Where the answer to something stands that got its 200; it is not sent again, only read. */
interface Receipt {
  at?: { readonly ref: string; readonly place: string };
}

/** Presses, fills what the form asks, sends it; the words that came back. */
async function fill(
  page: Page,
  who: string,
  card: Pressed,
  values: Record<string, string>,
  receipt: Receipt,
): Promise<string> {
  if (receipt.at) return readBack(page, who, receipt);
  const opened = await page.post(who, 'press', { ref: card.ref, on: card.on }).catch(ifGone);
  if (opened === undefined) return 'The card is gone.';
  if (opened.kind === 'said') return heard(wordsOf(await page.find(who, opened.ref)));
  if (opened.kind !== 'ask') throw new Error(`a form was wanted, there came ${opened.kind}`);
  const standing = Object.fromEntries(opened.form.fields.map(({ name, value }) => [name, value ?? '']));
  const ask = { on: opened.form.on, place: opened.place, values: { ...standing, ...values } };
  return tell(page, who, 'submit', ask, { place: opened.place, receipt });
}

/** A card may be taken back between being read and being pressed. */
function ifGone(error: unknown): undefined {
  if (!isHidden(error)) throw error;
}

async function tell(
  page: Page,
  who: string,
  name: string,
  ask: object,
  { place, receipt }: { readonly place: string; readonly receipt: Receipt },
): Promise<string> {
  if (receipt.at) return readBack(page, who, receipt);
  const got = await page.post(who, name, { ...ask });
  if (got.kind === 'reject') return got.problem;
  if (got.kind !== 'said') throw new Error(`${name} was answered with ${JSON.stringify(got)}`);
  receipt.at = { ref: got.ref, place };
  return readBack(page, who, receipt);
}

async function readBack(page: Page, who: string, receipt: Receipt): Promise<string> {
  const { ref, place } = receipt.at ?? { ref: '', place: '' };
  const told = (await page.messages(who, place)).find((view) => view.ref === ref);
  if (!told) throw new Error(`what was answered at ${ref} is not there`);
  delete receipt.at;
  return heard(wordsOf(told));
}

function heard(words: string): string {
  if (words.startsWith('That was more than')) throw new Slowed(words);
  return words;
}
