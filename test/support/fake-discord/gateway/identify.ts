/** Who may begin a session: token, intents, shard, the day's budget, and how soon after the one before. */
import type { Model } from '../model.ts';
import { INTENT, shardOf } from './filter.ts';

/** Guilds one shard takes. */
export const MOST_GUILDS = 2500;
export const IDENTIFIES_A_DAY = 1000;
const DAY_MS = 86_400_000;
const LAST_INTENT_BIT = 25;
const EVERY_INTENT = 2 ** (LAST_INTENT_BIT + 1) - 1;

export interface IdentifyOptions {
  /** Between two IDENTIFYs of one place in the queue, by the fake's clock; 5 s. */
  readonly identifyEveryMs?: number;
  /** Places in the queue. */
  readonly maxConcurrency?: number;
}

export interface Hello {
  readonly token?: unknown;
  readonly intents?: unknown;
  readonly shard?: unknown;
  readonly properties?: unknown;
  readonly compress?: unknown;
}

export type Verdict =
  | { readonly intents: number; readonly shard: readonly [number, number] }
  | { readonly close: number; readonly why: string }
  /** Told to wait, with op 9. */
  | { readonly wait: true };

export interface Registrar {
  judge(hello: Hello): Verdict;
  refuse(code: number, times: number): void;
  contentSwitch: boolean;
  sessionsLeft: number;
  readonly identifies: number;
  readonly intents: number;
  readonly maxConcurrency: number;
  /** Until the budget is full again. */
  resetAfter(): number;
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

export function readShard(value: unknown): readonly [number, number] | undefined {
  if (value === undefined) return [0, 1];
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id, count] = value as readonly unknown[];
  return isCount(id) && isCount(count) && id < count ? [id, count] : undefined;
}

function intentProblem(intents: unknown, contentSwitch: boolean): Verdict | undefined {
  if (!isCount(intents) || intents > EVERY_INTENT) return { close: 4013, why: 'Invalid intent(s).' };
  const closed = INTENT.guildMembers | INTENT.guildPresences | (contentSwitch ? 0 : INTENT.messageContent);
  return (intents & closed) === 0 ? undefined : { close: 4014, why: 'Disallowed intent(s).' };
}

/** What is wrong with it in itself; the token is looked at first. */
function problemOf(model: Model, hello: Hello, contentSwitch: boolean): Verdict | undefined {
  if (hello.token !== model.token) return { close: 4004, why: 'Authentication failed.' };
  const named = hello.properties as { readonly os?: unknown } | undefined;
  if (typeof named?.os !== 'string') return { close: 4002, why: 'Error while decoding payload.' };
  const shard = readShard(hello.shard);
  if (!shard) return { close: 4010, why: 'Invalid shard.' };
  const mine = [...model.guilds.values()].filter(({ id, joined }) => joined && shardOf(id, shard[1]) === shard[0]);
  if (mine.length > MOST_GUILDS) return { close: 4011, why: 'Sharding required.' };
  return intentProblem(hello.intents, contentSwitch);
}

interface Budget {
  left: number;
  since: number;
}

function refill(budget: Budget, now: number): void {
  if (now - budget.since < DAY_MS) return;
  budget.left = IDENTIFIES_A_DAY;
  budget.since = now;
}

/** True: too soon after the one before of its place in the queue. */
function makeQueue(model: Model, everyMs: number, places: number): (shard: number) => boolean {
  const last = new Map<number, number>();
  return (shard) => {
    const now = model.clock.now();
    const tooSoon = now - (last.get(shard % places) ?? -Infinity) < everyMs;
    if (!tooSoon) last.set(shard % places, now);
    return tooSoon;
  };
}

export function openRegistrar(model: Model, options: IdentifyOptions): Registrar {
  const maxConcurrency = options.maxConcurrency ?? 1;
  // A timer of the app may run out some milliseconds before ours.
  const isTooSoon = makeQueue(model, (options.identifyEveryMs ?? 5000) * 0.95, maxConcurrency);
  const budget: Budget = { left: IDENTIFIES_A_DAY, since: model.clock.now() };
  const refusals: number[] = [];
  let contentSwitch = true;
  let identifies = 0;
  let intents = 0;
  const judge = (hello: Hello): Verdict => {
    identifies += 1;
    refill(budget, model.clock.now());
    const refusal = refusals.shift();
    if (refusal !== undefined) return { close: refusal, why: 'refused' };
    if (isCount(hello.intents)) intents = hello.intents;
    const problem = problemOf(model, hello, contentSwitch);
    if (problem) return problem;
    if (budget.left <= 0) {
      model.complaints.push(`an IDENTIFY more than ${IDENTIFIES_A_DAY} a day: the token is reset`);
      return { close: 4004, why: 'Authentication failed.' };
    }
    const shard = readShard(hello.shard) ?? [0, 1];
    if (isTooSoon(shard[0])) return { wait: true };
    budget.left -= 1;
    return { intents: hello.intents as number, shard };
  };
  return {
    judge,
    refuse: (code, times) => refusals.push(...Array.from({ length: times }, () => code)),
    get contentSwitch() {
      return contentSwitch;
    },
    set contentSwitch(on) {
      contentSwitch = on;
    },
    get sessionsLeft() {
      refill(budget, model.clock.now());
      return budget.left;
    },
    set sessionsLeft(left) {
      budget.left = left;
    },
    get identifies() {
      return identifies;
    },
    get intents() {
      return intents;
    },
    maxConcurrency,
    resetAfter: () => Math.max(0, budget.since + DAY_MS - model.clock.now()),
  };
}
