/** Where a text tells what its author did: “I asked”, “I then wrote”, “I would call”. */
import type { Token } from './tokens.ts';
import { AND, BETWEEN, DID, DO, I_HAVE, I_WOULD, NO_STEP, STATES, WOULD } from './words.ts';

export interface Step {
  /** Index of the “I”, and of what was done. */
  readonly from: number;
  readonly verb: number;
  /** Told as something that happened. */
  readonly past: boolean;
}

/** So many words may stand between “I” and the verb. */
const REACH = 4;

export function stepsIn(tokens: readonly Token[]): Step[] {
  const steps: Step[] = [];
  let goesOn = false;
  for (const [at, { word, stop }] of tokens.entries()) {
    const isOwn = I_HAVE.has(word) || I_WOULD.has(word);
    const step: Step | undefined = isOwn
      ? stepAt(tokens, at)
      : goesOn && AND.has(word)
        ? nextAt(tokens, at)
        : undefined;
    if (step) steps.push(step);
    goesOn = stop !== 'sentence' && (goesOn || step !== undefined);
  }
  return steps;
}

/** “I sat down with them and asked”: one more step, without a subject of its own. */
function nextAt(tokens: readonly Token[], from: number): Step | undefined {
  for (let verb = from + 1; verb <= from + REACH; verb += 1) {
    const word = tokens[verb]?.word;
    if (word === undefined || tokens[verb - 1]?.stop !== '') return undefined;
    if (isDone(word)) return { from, verb, past: true };
    if (!isBetween(word)) return undefined;
  }
  return undefined;
}

function stepAt(tokens: readonly Token[], from: number): Step | undefined {
  const said = tokens[from]?.word ?? '';
  let mayComeYet = I_WOULD.has(said);
  for (let verb = from + 1; verb <= from + REACH; verb += 1) {
    const word = tokens[verb]?.word;
    if (word === undefined || tokens[verb - 1]?.stop === 'sentence') return undefined;
    if (I_HAVE.has(said) && isDone(word) && tokens[verb + 1]?.word !== 'not')
      return { from, verb, past: !mayComeYet || said === "i'd" };
    if (WOULD.has(word)) mayComeYet = true;
    else if (!isBetween(word)) return isMeant(word, mayComeYet) ? { from, verb, past: false } : undefined;
  }
  return undefined;
}

const isDone = (word: string): boolean =>
  DID.has(word) || (word.length > 3 && word.endsWith('ed') && !STATES.has(word));

const isBetween = (word: string): boolean => BETWEEN.has(word) || (word.length > 4 && word.endsWith('ly'));

const isMeant = (word: string, afterWould: boolean): boolean =>
  afterWould ? /^\p{L}+$/u.test(word) && !NO_STEP.has(word) : DO.has(word);
