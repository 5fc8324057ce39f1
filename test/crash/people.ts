/** Three people in front of the page: what there is to do for each of them, and doing it. */
import type { Page } from '../support/local-page.ts';
import type { Chance } from './chance.ts';
import {
  answerByForm,
  answerText,
  buttonsOf,
  choose,
  type Deed,
  edit,
  erase,
  moveClock,
  type Pressed,
  rateSelf,
  reply,
  resolveTo,
  review,
  Slowed,
  subjectOf,
  talkText,
} from './deeds.ts';
import type { Ledger } from './ledger.ts';

export const PEOPLE = ['ana', 'bo', 'chen'] as const;
const CHANNEL = 'channel interview-practice';

export interface People {
  /** Up to one thing for each of them, and now and then a move of the clock. */
  plan(page: Page): Promise<Deed[]>;
  /** All at once; rejects as soon as one is refused. What was cut off waits for `unfinished`. */
  perform(page: Page, deeds: readonly Deed[]): Promise<void>;
  /** What was cut off, in the order it was begun. */
  readonly unfinished: Set<Deed>;
  /** Everybody answers today's question, does the reviews that wait, and the day passes. */
  liveADay(page: Page): Promise<void>;
}

export function gather(ledger: Ledger, chance: Chance): People {
  const unfinished = new Set<Deed>();
  let marks = 0;
  const mark = (): string => `mark-${String(++marks).padStart(4, '0')}`;

  async function perform(page: Page, deeds: readonly Deed[]): Promise<void> {
    const again = new Set(deeds.filter((deed) => unfinished.has(deed)));
    for (const deed of deeds) unfinished.add(deed);
    await Promise.all(
      deeds.map(async (deed) => {
        await patiently(page, deed, again.has(deed));
        unfinished.delete(deed);
      }),
    );
  }

  async function plan(page: Page): Promise<Deed[]> {
    const question = await newestQuestion(page);
    const moves = chance.roll() < 0.35;
    const deeds: Deed[] = moves ? [moveClock(ledger, chance.of(['minute', 'event', 'event', 'tomorrow']))] : [];
    for (const who of PEOPLE) {
      if (chance.roll() < 0.25) continue;
      const open = [...(await cardsFor(page, who)), ...aboutQuestion(question, who, moves)];
      deeds.push(chance.of(open)());
    }
    return deeds;
  }

  /** What `who` can do about the question of today; changes and deletions only while no close can come between. */
  function aboutQuestion(question: Pressed & { isOpen: boolean }, who: string, moves: boolean): (() => Deed)[] {
    const key = `${question.ref} ${who}`;
    const mine = [...ledger.said].filter(
      ([, said]) => said.root === question.ref && said.who === who && !said.isDeleted,
    );
    const long = mine.filter(([, { text }]) => text === answerText(text.slice(0, 9)));
    const some = (all: typeof mine): string => chance.of(all)[0];
    const isCalm = question.isOpen && !moves;
    // After the close an answer stands as it was; a first one is taken late.
    const mayAnswer = isCalm || !ledger.answers.has(key);
    return [
      () => reply(ledger, who, question.ref, answerText(mark())),
      () => reply(ledger, who, question.ref, talkText(mark())),
      ...(mayAnswer ? [() => answerByForm(ledger, who, question, answerText(mark()))] : []),
      ...(mayAnswer && long.length > 0 ? [() => choose(ledger, who, some(long))] : []),
      ...(isCalm && mine.length > 0 ? [() => edit(ledger, who, some(mine), answerText(mark()))] : []),
      ...(isCalm && mine.length > 0 ? [() => erase(ledger, who, some(mine))] : []),
    ];
  }

  /** What the cards in their direct messages ask for; the more there is, the likelier one of it is done. */
  async function cardsFor(page: Page, who: string): Promise<(() => Deed)[]> {
    const cards = await pressables(page, who);
    return cards.flatMap((card) => {
      const { on } = card;
      if (on.startsWith('feedback.review:'))
        return isNew(`review ${subjectOf(on)}`, () => review(ledger, who, card, mark()));
      if (on.startsWith('feedback.self:'))
        return isNew(`self ${subjectOf(on)}`, () => rateSelf(ledger, who, card, digits()));
      return on.startsWith('feedback.next:') ? [() => resolveTo(ledger, who, card, mark())] : [];
    });
  }
  const digits = (): string => Array.from({ length: 4 }, () => chance.below(5) + 1).join('');
  const isNew = (key: string, make: () => Deed): (() => Deed)[] =>
    ledger.told.get(key)?.certain === undefined || chance.roll() < 0.1 ? [make] : [];

  return {
    plan,
    perform,
    unfinished,
    async liveADay(page) {
      const question = await newestQuestion(page);
      const without = PEOPLE.filter((who) => !ledger.answers.has(`${question.ref} ${who}`));
      await perform(
        page,
        without.map((who) => reply(ledger, who, question.ref, answerText(mark()))),
      );
      for (const who of PEOPLE) for (const make of await cardsFor(page, who)) await perform(page, [make()]);
      await perform(page, [moveClock(ledger, 'tomorrow')]);
    },
  };
}

/** Where Greenroom asks for a breath, a minute passes first. */
async function patiently(page: Page, deed: Deed, isAgain: boolean): Promise<void> {
  try {
    await deed.run(page, isAgain);
  } catch (error) {
    if (!(error instanceof Slowed)) throw error;
    await page.post('ana', 'clock', { to: 'minute' });
    await deed.run(page, true);
  }
}

async function newestQuestion(page: Page): Promise<Pressed & { readonly isOpen: boolean }> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const seen = await page.messages('ana', CHANNEL);
    const card = seen.findLast(({ thread }) => thread !== undefined);
    const answer = card && buttonsOf(card).find(({ on }) => on.startsWith('daily.answer:'));
    if (card && answer) return { ref: card.ref, on: answer.on, isOpen: answer.label === 'Answer' };
    if (performance.now() > deadline) throw new Error('no question came');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The buttons in a person's direct messages, each action once, where it was last shown. */
async function pressables(page: Page, who: string): Promise<Pressed[]> {
  const seen = await page.messages(who, `dm ${who}`);
  const all = seen.flatMap((view) => buttonsOf(view).map(({ on }): [string, Pressed] => [on, { ref: view.ref, on }]));
  return [...new Map(all).values()];
}
