/** People who answer the daily question, whatever happens to the program, and remember what it acknowledged. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { MINUTE } from '../../../src/chat/world.ts';
import type { Chance } from '../chance.ts';
import { type Life, startLife } from './life.ts';
import type { Question, Workplace } from './workplace.ts';

/** What somebody did, and whether it has to be there afterwards. */
export interface Act {
  readonly who: string;
  /** The question's message. */
  readonly root: string;
  readonly mark: string;
  /** They were told that it was taken, or it stands in the thread and has to be heard. */
  readonly certain: boolean;
}

export interface Office {
  readonly place: Workplace;
  readonly chance: Chance;
  readonly folder: string;
  readonly acts: readonly Act[];
  readonly complaints: readonly string[];
  /** A first whole life: the schedule is set and today's question asked. */
  setUp(): Promise<void>;
  start(): Promise<Life>;
  somebodyActs(): Promise<void>;
  /** Once nothing waits any more, the next morning. */
  nextDay(): Promise<void>;
  /** Both clocks go on. */
  pass(ms: number): Promise<void>;
  buried(life: Life): void;
  /** A last whole life, days of it, that ends as asked. */
  liveOn(): Promise<void>;
}

const DAY_MS = 24 * 60 * MINUTE;
const POLL = { timeout: 30_000, interval: 20 };
const DAYS_AFTER = 3;
const MOST_TRIES = 3000;

export function openOffice(place: Workplace, chance: Chance, folder: string): Office {
  const [boss = ''] = place.people;
  const acts: Act[] = [];
  const complaints: string[] = [];
  let life: Life | undefined;
  let marks = 0;
  const isOver = (): boolean => life?.isOver === true;
  const offset = (): number => place.clock.now() - Date.now();
  const newest = (): Question | undefined => place.questions().findLast((question) => question.isOpen);

  const pass = async (ms: number): Promise<void> => {
    await place.clock.advance(ms);
    life?.tell({ kind: 'clock', offset: offset() });
  };
  const start = async (): Promise<Life> => {
    life = startLife({ DATA_DIR: folder, PORT: '0', OFFSET_MS: String(offset()), ...place.env });
    await life.ready;
    return life;
  };
  const isWaiting = (): boolean => !isOver() && isAtWork(folder, new Date(place.clock.now()).toISOString());
  /** What still waits, or is in doubt, would find itself too late a day on. */
  const calm = async (): Promise<void> => {
    for (let tries = 0; isWaiting(); tries += 1) {
      if (tries > MOST_TRIES) throw new Error('it never comes to rest');
      await pass(MINUTE / 6);
      await quiet(place, 60);
    }
  };
  /** The same person answers a question once, and again when they were not told that it was taken. */
  async function answer(who: string, question: Question): Promise<void> {
    const before = acts.some((act) => act.who === who && act.root === question.id);
    const mark = `mark${String((marks += 1)).padStart(4, '0')}`;
    const text = `${mark}: our release was stuck for two days, so I asked everyone what they had ruled out, and we found it together.`;
    const act = { who, root: question.id, mark };
    if (!before && chance.roll() < 0.5) {
      if (await place.reply(who, question, text)) acts.push({ ...act, certain: true });
      return;
    }
    const told = await place.fillIn(who, question, text, isOver);
    if (told !== undefined) acts.push({ ...act, certain: told });
  }
  const buried = (gone: Life): void => {
    complaints.push(...gone.complaints());
    life = undefined;
  };
  const somebodyActs = async (): Promise<void> => {
    const root = newest();
    const silent = place.people.filter(
      (who) => !acts.some((it) => it.certain && it.who === who && it.root === root?.id),
    );
    if (root && silent.length > 0) await answer(chance.of(silent), root);
    await quiet(place, 30);
  };
  const nextDay = async (): Promise<void> => {
    await calm();
    if (isOver()) return;
    await pass(untilNine(place.clock.now()));
    await calm();
  };
  const endWell = async (whole: Life): Promise<void> => {
    expect(await whole.stop()).toBe(0);
    buried(whole);
  };
  return {
    place,
    chance,
    folder,
    acts,
    complaints,
    start,
    pass,
    buried,
    somebodyActs,
    nextDay,
    async setUp() {
      const whole = await start();
      await place.setUp(boss);
      await expect.poll(() => place.posted().length, POLL).toBeGreaterThan(0);
      await place.askNow(boss);
      await expect.poll(() => newest() !== undefined, POLL).toBe(true);
      await calm();
      await endWell(whole);
    },
    async liveOn() {
      const whole = await start();
      await nextDay();
      await expect.poll(() => place.waiting(), POLL).toBe(0);
      for (let day = 0; day < DAYS_AFTER; day += 1) {
        for (let people = 0; people < 3; people += 1) await somebodyActs();
        await nextDay();
      }
      await calm();
      await quiet(place, 500);
      await endWell(whole);
    },
  };
}

/** Milliseconds to the next 09:00:20 in Berlin, in winter. */
function untilNine(nowMs: number): number {
  const today = new Date(nowMs);
  const nine = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate(), 8, 0, 20);
  return (nine > nowMs ? nine : nine + DAY_MS) - nowMs;
}

/** Whether something is due and not done, or has yet to reach the platform: however slow the machine, nobody goes on before. */
function isAtWork(folder: string, now: string): boolean {
  const db = new Database(join(folder, 'greenroom.db'), { readonly: true });
  try {
    const due = db.prepare<[string]>(
      `select 1 from outbox where state in ('ready', 'sending') union all select 1 from wakes where at <= ?`,
    );
    return due.get(now) !== undefined;
  } finally {
    db.close();
  }
}

/** Until the program has asked nothing of the platform for so long. */
async function quiet(place: Workplace, ms: number): Promise<void> {
  for (let before = -1; before !== place.calls();) {
    before = place.calls();
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
