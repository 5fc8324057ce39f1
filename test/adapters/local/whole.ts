/** The whole program with the local chat: its people act through the addresses that its page asks. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MessageView } from '../../../adapters/local/view.ts';
import type { Log } from '../../../src/chat/world.ts';
import { readConfig } from '../../../src/config.ts';
import { type Greenroom, serve } from '../../../src/main.ts';
import { type Got, openPage, type Page } from '../../support/local-page.ts';
import { wordsOf } from './words.ts';

const HOW_LONG = { timeout: 15_000, interval: 20 };
/** More than the events of a few days. */
const MOST_EVENTS = 60;

export interface Whole {
  /** `[level, what, facts]` of what was logged. */
  readonly logged: (readonly [string, string, unknown])[];
  /** For what is not in #mentorship or a DM. */
  readonly page: Page;
  /** One of `ana`, `bo`, `chen`; Ana is the admin. They talk in #mentorship. */
  someone(id: string): LocalMember;
  /** The clock goes from one event to the next, until `isThere` says so. */
  passUntil(isThere: () => Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

export interface LocalMember {
  says(words: string): Promise<void>;
  sees(words: string | RegExp): Promise<MessageView>;
  /** Whether they see it now. */
  finds(words: string | RegExp): Promise<boolean>;
  presses(label: string, on?: string | RegExp): Promise<void>;
  fills(values: Readonly<Record<string, string>>): Promise<void>;
  replies(under: MessageView, text: string): Promise<void>;
  dms(): Promise<readonly string[]>;
}

export async function openWhole(): Promise<Whole> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-local-'));
  const logged: (readonly [string, string, unknown])[] = [];
  const config = readConfig({ PORT: '0', DATA_DIR: folder });
  const greenroom: Greenroom = await serve(config, 'Europe/Berlin', logInto(logged));
  const page = openPage(greenroom.url, (request) => fetch(request));
  return {
    logged,
    page,
    someone: (id) => memberOf(page, id),
    async passUntil(isThere) {
      for (let n = 0; n < MOST_EVENTS && !(await isThere()); n += 1) await page.post('ana', 'clock', { to: 'event' });
    },
    async close() {
      await greenroom.stop();
      await rm(folder, { recursive: true });
    },
  };
}

const logInto = (lines: (readonly [string, string, unknown])[]): Log => ({
  info: (what, facts) => void lines.push(['info', what, facts]),
  warn: (what, facts) => void lines.push(['warn', what, facts]),
  error: (what, facts) => void lines.push(['error', what, facts]),
});

const CHANNEL = 'channel mentorship';

/** What a person sees in #mentorship, its threads and their DM, oldest first. */
async function sightOf(page: Page, id: string): Promise<MessageView[]> {
  const roots = await page.messages(id, CHANNEL);
  const threads = roots.filter(({ talk }) => talk).map(({ ref }) => page.messages(id, `thread ${ref}`));
  const all = [...roots, ...(await Promise.all(threads)).flat(), ...(await page.messages(id, `dm ${id}`))];
  return all.toSorted((a, b) => a.born - b.born);
}

function memberOf(page: Page, id: string): LocalMember {
  let form: Extract<Got, { kind: 'ask' }> | undefined;
  const keep = (got: Got): void => {
    form = got.kind === 'ask' ? got : undefined;
  };
  const reads = (view: MessageView, words: string | RegExp): boolean =>
    typeof words === 'string' ? wordsOf(view).includes(words) : words.test(wordsOf(view));
  const find = async (words: string | RegExp) => (await sightOf(page, id)).findLast((view) => reads(view, words));
  const sees = async (words: string | RegExp): Promise<MessageView> => {
    await expect
      .poll(async () => ((await find(words)) ? '' : (await sightOf(page, id)).map(wordsOf)), HOW_LONG)
      .toBe('');
    return (await find(words))!;
  };
  return {
    sees,
    finds: async (words) => (await find(words)) !== undefined,
    says: async (words) => keep(await page.post(id, 'command', { place: CHANNEL, text: `/practice ${words}` })),
    async presses(label, words) {
      const view = await sees(words ?? label);
      const buttons = view.card?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? [];
      const button = buttons.find((one) => one.label === label);
      expect(button).toBeDefined();
      keep(await page.post(id, 'press', { ref: view.ref, on: button?.on }));
    },
    async fills(values) {
      expect(form).toBeDefined();
      keep(await page.post(id, 'submit', { on: form?.form.on, place: form?.place, values }));
    },
    replies: async (under, text) => void (await page.post(id, 'say', { place: `thread ${under.ref}`, text })),
    dms: async () => (await page.messages(id, `dm ${id}`)).map(wordsOf),
  };
}
