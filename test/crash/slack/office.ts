/** A workspace whose people answer the daily question, whatever happens to the program, and remember what it acknowledged. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { MINUTE } from '../../../src/chat/world.ts';
import { wordsIn } from '../../adapters/slack/words.ts';
import type { FakeChannel, FakeMessage, FakeSlack, FakeWorkspace } from '../../support/fake-slack/types.ts';
import type { Chance } from '../chance.ts';
import type { Life, startLife } from './life.ts';

/** What somebody did, and whether they were told that it was taken. */
export interface Act {
  readonly who: string;
  /** The question's message. */
  readonly root: string;
  readonly mark: string;
  readonly how: 'form' | 'thread';
  /** The message it was written in, in the thread. */
  readonly ts?: string;
  /** By form: the answer of the form was there. In the thread: it stands on Slack, so it has to be heard. */
  readonly certain: boolean;
}

export interface Office {
  readonly fake: FakeSlack;
  readonly workspace: FakeWorkspace;
  readonly channel: FakeChannel;
  readonly chance: Chance;
  readonly folder: string;
  readonly acts: readonly Act[];
  readonly complaints: readonly string[];
  /** A first whole life: the schedule is set and today's question asked. */
  setUp(): Promise<void>;
  start(): Promise<Life>;
  somebodyActs(): Promise<void>;
  nextDay(): Promise<void>;
  /** Both clocks go on. */
  pass(ms: number): Promise<void>;
  buried(life: Life): void;
  /** A last whole life, days of it, that ends as asked. */
  liveOn(): Promise<void>;
  /** Resolves after a while with the word for it. */
  patience(): Promise<string>;
}

const DAY_MS = 24 * 60 * MINUTE;
const POLL = { timeout: 30_000, interval: 20 };

export function openOffice(fake: FakeSlack, chance: Chance, folder: string, begin: typeof startLife): Office {
  const workspace = fake.addWorkspace('Acme');
  const channel = workspace.addChannel('interview-practice');
  const [ana, ...others] = ['Ana', 'Bo', 'Cleo', 'Dee', 'Eli'].map((name) => {
    const user = workspace.addUser(name, { admin: name === 'Ana', tz: 'Europe/Berlin' });
    channel.members.add(user.id);
    return user.id;
  });
  const boss = ana ?? '';
  const people = [boss, ...others];
  const acts: Act[] = [];
  const complaints: string[] = [];
  let life: Life | undefined;
  let marks = 0;

  const offset = (): number => fake.clock.now() - Date.now();
  const pass = async (ms: number): Promise<void> => {
    await fake.clock.advance(ms);
    life?.tell({ kind: 'clock', offset: offset() });
  };
  const questions = (): FakeMessage[] =>
    fake
      .posted(workspace.id)
      .filter((one) => one.channel === channel.id && one.threadTs === undefined && /Answer/.test(wordsIn(one)));
  const newest = (): FakeMessage | undefined => questions().findLast((one) => /open until/.test(wordsIn(one)));

  /** What only this person was told in the channel. */
  const whispers = (who: string): number =>
    workspace.visible(who, channel.id).filter(({ ephemeralTo }) => ephemeralTo === who).length;
  const hasForm = (who: string): boolean => workspace.modals.get(who)?.at(-1)?.view['submit'] !== undefined;
  const closeAll = async (who: string): Promise<void> => {
    while ((workspace.modals.get(who)?.length ?? 0) > 0) await fake.hands.dismiss(workspace.id, who);
  };

  /** False when no form opens: they are told something instead, or the program died before it asked for it. */
  async function opensForm(who: string, act: () => Promise<{ readonly ok: boolean }>): Promise<boolean> {
    await closeAll(who);
    const before = whispers(who);
    if (!(await act()).ok) return false;
    await expect.poll(() => hasForm(who) || life?.isOver === true || whispers(who) > before, POLL).toBe(true);
    return hasForm(who);
  }

  /** The same person answers a question once, and again when they were not told that it was taken. */
  async function answer(who: string, root: FakeMessage): Promise<void> {
    const before = acts.findLast((act) => act.who === who && act.root === root.ts);
    if (before?.certain) return;
    const mark = `mark${String((marks += 1)).padStart(4, '0')}`;
    const text = `${mark}: our release was stuck for two days, so I asked everyone what they had ruled out, and we found it together.`;
    const on = { channel: channel.id, ts: root.ts };
    if (before === undefined && chance.roll() < 0.5) {
      const ts = await fake.hands.write(workspace.id, who, channel.id, text, { threadTs: root.ts });
      acts.push({ who, root: root.ts, mark, how: 'thread', ts, certain: true });
      return;
    }
    if (!(await opensForm(who, () => fake.hands.press(workspace.id, who, on, 'Answer')))) return;
    const sent = await fake.hands.submit(workspace.id, who, { answer: text });
    acts.push({ who, root: root.ts, mark, how: 'form', certain: sent.ok });
    await closeAll(who);
  }

  const start = async (): Promise<Life> => {
    life = begin({
      DATA_DIR: folder,
      PORT: '0',
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: fake.appToken,
      SLACK_API_URL: fake.apiUrl,
      OFFSET_MS: String(offset()),
    });
    await life.ready;
    return life;
  };
  const office: Office = {
    fake,
    workspace,
    channel,
    chance,
    folder,
    acts,
    complaints,
    start,
    pass,
    async setUp() {
      const whole = await start();
      await opensForm(boss, () => fake.hands.command(workspace.id, boss, channel.id, '/practice', 'setup'));
      await fake.hands.submit(workspace.id, boss, { channel: channel.id });
      await expect.poll(() => fake.posted(workspace.id).length, POLL).toBeGreaterThan(0);
      await fake.hands.command(workspace.id, boss, channel.id, '/practice', 'question');
      await expect.poll(() => newest() !== undefined, POLL).toBe(true);
      expect(await whole.stop()).toBe(0);
      office.buried(whole);
    },
    async somebodyActs() {
      const root = newest();
      const silent = people.filter(
        (who) => !acts.some((act) => act.certain && act.who === who && act.root === root?.ts),
      );
      if (root && silent.length > 0) await answer(chance.of(silent), root);
      await quiet(fake, 30);
    },
    async nextDay() {
      // What still waits, or is in doubt, would find itself too late a day on.
      for (let tries = 0; tries < 600 && isWaiting(folder); tries += 1) {
        await pass(MINUTE / 6);
        await quiet(fake, 60);
        if (life?.isOver === true) return;
      }
      const today = new Date(fake.clock.now());
      const nine = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate(), 8, 0, 20);
      await pass((nine > fake.clock.now() ? nine : nine + DAY_MS) - fake.clock.now());
      await quiet(fake, 60);
    },
    buried(gone) {
      complaints.push(...gone.complaints());
      life = undefined;
    },
    async liveOn() {
      const whole = await start();
      await office.nextDay();
      await expect.poll(() => fake.unacked, POLL).toBe(0);
      for (let days = 0; days < 3; days += 1) {
        for (let acts = 0; acts < 3; acts += 1) await office.somebodyActs();
        await office.nextDay();
      }
      for (let tries = 0; tries < 600 && isWaiting(folder); tries += 1) {
        await pass(MINUTE / 6);
        await quiet(fake, 60);
      }
      await quiet(fake, 500);
      expect(await whole.stop()).toBe(0);
      office.buried(whole);
    },
    patience: () => new Promise((resolve) => setTimeout(() => resolve('still alive'), 5000)),
  };
  return office;
}

/** Whether something of ours has yet to reach Slack. */
function isWaiting(folder: string): boolean {
  const db = new Database(join(folder, 'greenroom.db'), { readonly: true });
  try {
    return db.prepare(`select 1 from outbox where state in ('ready', 'sending')`).get() !== undefined;
  } finally {
    db.close();
  }
}

/** Until the program has asked nothing of Slack for so long. */
async function quiet(fake: FakeSlack, ms: number): Promise<void> {
  for (let before = -1; before !== fake.calls.length;) {
    before = fake.calls.length;
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
