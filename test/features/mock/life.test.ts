/**
 * A mock through whatever life brings: messages, presses on new and old cards, pauses, a clock that jumps, and a process that dies at any
 * step and starts again, the platform repeating what was not taken. One legal state, each message kept once, nothing asked twice.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonId, Ref } from '../../../src/chat/ids.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import type { Action, Form } from '../../../src/chat/message.ts';
import { MINUTE, plus } from '../../../src/chat/world.ts';
import { mock } from '../../../src/features/mock/index.ts';
import { isOver, isUnderway } from '../../../src/features/mock/states.ts';
import { setup } from '../../../src/features/setup/index.ts';
import { buttonsOf } from '../../support/words.ts';
import { openWorld, TEAM, type TestWorld } from '../../support/world.ts';
import { rows } from './play.ts';

const SEQUENCES = process.env['LONG'] ? 10_000 : 100;
/** In the long run this many of them on a file, with deaths; each start of the engine costs its time. */
const WITH_DEATHS = process.env['LONG'] ? 50 : 6;
const FEATURES = [setup, mock];

type Step =
  | { readonly do: 'write' | 'edit' | 'erase' | 'mock' | 'fill' }
  /** The nth button from the newest on; older ones lead back to cards that are behind. */
  | { readonly do: 'press'; readonly at: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'again' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ do: 'write' } as const) },
  { weight: 8, arbitrary: fc.nat(4).map((at) => ({ do: 'press', at }) as const) },
  { weight: 2, arbitrary: fc.nat(60).map((at) => ({ do: 'press', at }) as const) },
  { weight: 4, arbitrary: fc.constant({ do: 'fill' } as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 3, 6, 90, 1500, 12_000).map((minutes) => ({ do: 'wait', minutes }) as const),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'edit' } as const, { do: 'erase' } as const, { do: 'mock' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'again' } as const) },
);

/** One life of one person; everybody in a world has their own. */
class Life {
  team: TestWorld;
  readonly #who: PersonId;
  readonly #restart: ((team: TestWorld) => Promise<TestWorld>) | undefined;
  readonly written = new Map<Ref, string>();
  /** Which mock a message was written in. */
  readonly #in = new Map<Ref, string>();
  #form: Form | undefined;
  #last: Incoming | undefined;
  #events = 0;
  /** How many steps of the world are left before it dies; undefined: it lives. */
  dieIn: number | undefined;

  constructor(team: TestWorld, who: string, restart?: (team: TestWorld) => Promise<TestWorld>) {
    this.team = team;
    this.#who = who as PersonId;
    this.#restart = restart;
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.#act({
      kind: 'command',
      command: 'mock',
      args: { level: 'mid' },
      ...this.#at({ in: 'channel', channel: 'C1' }),
    });
    for (const one of steps) {
      await this.#do(one);
      await this.#look();
    }
  }

  #at(place: object) {
    const id = `${this.#who}-${(this.#events += 1)}`;
    return { id, team: TEAM, at: this.team.now(), from: { id: this.#who, name: 'Somebody', admin: false }, place };
  }

  /** The platform repeats an event until it is taken. */
  async #act(event: object): Promise<void> {
    this.#last = event as Incoming;
    await this.#through(async () => {
      const answer = await this.team.chat.emit(event as Incoming).catch(() => undefined);
      if (typeof answer === 'object' && 'form' in answer) this.#form = answer.form;
      await this.team.settle();
    });
  }

  /** Does it, and once more in the next life when the world died meanwhile. */
  async #through(work: () => Promise<void>): Promise<void> {
    const died = this.#arm();
    const how = await Promise.race([work().then(() => 'done'), died]);
    this.team.point = () => {};
    if (how !== 'died') return;
    this.dieIn = undefined;
    this.team = (await this.#restart?.(this.team)) ?? this.team;
    await this.team.settle();
    await work();
  }

  /** While something is done the world may stop for good at one of its steps; resolves when it has. */
  #arm(): Promise<'died'> {
    const { promise, resolve } = Promise.withResolvers<'died'>();
    const { store } = this.team;
    const look = store.read.bind(store);
    this.team.point = (name) => {
      if (this.dieIn === undefined || this.dieIn-- > 0) return;
      Object.assign(store, { read: () => new Promise(() => {}), write: () => new Promise(() => {}) });
      // A read waits for what is open before it, so that is rolled back by then.
      setImmediate(() => void look(async () => {}).then(() => resolve('died')));
      throw new Error(`dies at ${name}`);
    };
    return promise;
  }

  async #do(one: Step): Promise<void> {
    const dm = { in: 'dm', person: this.#who };
    const [newest] = [...this.written.keys()].slice(-1);
    if (one.do === 'write') return this.#write(`${this.#who} says ${this.#events}`);
    if (one.do === 'mock')
      return this.#act({ kind: 'command', command: 'mock', args: { level: 'mid' }, ...this.#at(dm) });
    if (one.do === 'wait') {
      const to = plus(this.team.now(), one.minutes * MINUTE);
      return this.#through(() => this.team.at(to));
    }
    if (one.do === 'again') return this.#last && this.#act(this.#last);
    if (one.do === 'edit' && newest) {
      const text = `changed ${this.#events}`;
      // Edits count until the end.
      if ((await this.#mock())?.id === this.#in.get(newest)) this.written.set(newest, text);
      return this.#reply(newest, 'edited', text);
    }
    if (one.do === 'erase' && newest) {
      if (await this.#mock()) this.written.delete(newest);
      return this.#reply(newest, 'deleted');
    }
    if (one.do === 'fill') return this.#fill();
    if (one.do === 'press') return this.#press(one.at);
  }

  async #write(text: string): Promise<void> {
    const seat = await this.#mock();
    const ref = `${this.#who}-m${this.#events}` as Ref;
    if (seat && isUnderway(seat)) {
      this.written.set(ref, text);
      this.#in.set(ref, seat.id);
    }
    await this.#reply(ref, 'new', text);
  }

  #reply(ref: Ref, change: 'new' | 'edited' | 'deleted', text?: string): Promise<void> {
    const at = this.#at({ in: 'dm', person: this.#who });
    return this.#act({ kind: 'reply', ref, change, extras: 0, ...(text === undefined ? {} : { text }), ...at });
  }

  async #press(nth: number): Promise<void> {
    const all = this.team.chat.dms(this.#who).flatMap(({ message }) => buttonsOf(message));
    const button = all.toReversed()[nth];
    // An answer by the form is told apart below; what peers and stories do has tests of its own.
    if (!button || button.on.feature !== 'mock') return;
    await this.#act({ kind: 'press', on: button.on, ...this.#at({ in: 'dm', person: this.#who }) });
  }

  async #fill(): Promise<void> {
    if (!this.#form) return;
    const { on, fields }: { on: Action; fields: Form['fields'] } = this.#form;
    const values = Object.fromEntries(
      fields.map(({ name, kind }) => [name, kind === 'rating' ? '3' : `${this.#who} writes ${name}`]),
    );
    await this.#act({ kind: 'submit', on, values, ...this.#at({ in: 'dm', person: this.#who }) });
  }

  async #mock() {
    const all = (await rows(this.team, 'mocks')).filter(({ candidate }) => candidate === this.#who);
    return all.find((one) => !isOver(one));
  }

  /** What must hold after every step. */
  async #look(): Promise<void> {
    const own = (await rows(this.team, 'mocks')).filter(({ candidate }) => candidate === this.#who);
    const live = own.filter((one) => !isOver(one));
    const seats = (await rows(this.team, 'mock_seats')).filter(({ person }) => person === this.#who);
    expect(seats.map((seat) => seat.mock)).toEqual(live.map(({ id }) => id));
    expect(live.length).toBeLessThanOrEqual(1);
    const words = (await rows(this.team, 'mock_words')).filter(
      ({ person, ref }) => person === this.#who && ref !== null,
    );
    expect(new Map(words.map(({ ref, text }) => [ref, text]))).toEqual(this.written);
    const names = this.team.chat.posted.map(({ name }) => name);
    expect(names.length).toBe(new Set(names).size);
    const timers = await this.team.store.read((tx) =>
      tx.selectFrom('wakes').selectAll().where('feature', '=', 'mock').execute(),
    );
    const mine = timers.filter(({ subject, name }) => name !== 'next' && own.some(({ id }) => subject.startsWith(id)));
    const [now] = live;
    expect(mine.map(({ name }) => name).toSorted()).toEqual(now === undefined ? [] : timersOf(now));
    // A nudge a question, a card a step: the names say so.
    for (const { id } of own)
      for (const n of [1, 2, 3, 4])
        expect(names.filter((name) => name === `mock:nudge:${id}:${n}`).length).toBeLessThanOrEqual(1);
    expect(
      this.team.logged.filter(([level]) => level === 'error').filter(([, what]) => !String(what).includes('dies')),
    ).toEqual([]);
  }
}

function timersOf({ stage, paused, nudge_at }: { stage: string; paused: number; nudge_at: string | null }): string[] {
  if (stage === 'opening') return ['idle'];
  if (paused === 1) return ['abandon'];
  return nudge_at === null ? ['idle'] : ['idle', 'nudge'];
}

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'greenroom-mocks-'))));
afterAll(() => rm(folder, { recursive: true }));

/** In ms; ten thousand lives take their time on a busy machine. */
const LONGEST = process.env['LONG'] ? 3_600_000 : 240_000;

it(
  `in ${SEQUENCES} lives is always in one legal state, keeps each message once, and asks nothing twice`,
  async () => {
    let team = await openWorld({ features: FEATURES });
    let lives = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
        // A fresh world now and then: a crowded one is slow to look through.
        if ((lives += 1) % 20 === 0) {
          await team.close();
          team = await openWorld({ features: FEATURES });
        }
        await new Life(team, `p${lives}`).run(steps);
      }),
      { numRuns: SEQUENCES, endOnFailure: true },
    );
    await team.close();
  },
  LONGEST,
);

it(
  `with ${WITH_DEATHS} deaths at any step loses no answer and asks no question twice`,
  async () => {
    let lives = 0;
    let deaths = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 15, maxLength: 40 }),
        fc.nat(14),
        fc.nat(60),
        async (steps, when, dieIn) => {
          const url = `sqlite:${join(folder, `${(lives += 1)}.db`)}`;
          const life = new Life(await openWorld({ features: FEATURES, url }), 'ana', async (dead) => {
            deaths += 1;
            await dead.close();
            return openWorld({ features: FEATURES, url, after: dead });
          });
          await life.run(steps.slice(0, when));
          life.dieIn = dieIn;
          await life.run(steps.slice(when));
          await life.team.close();
        },
      ),
      { numRuns: WITH_DEATHS, endOnFailure: true },
    );
    expect(deaths).toBeGreaterThan(WITH_DEATHS / 3);
  },
  LONGEST,
);
