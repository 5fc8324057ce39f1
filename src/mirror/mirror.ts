/**
 * A mirror, not a judge: counts of what a text shows, each with a neutral hint, never a score. Pure, one pass, English
 * only. No length, share of “I” or tone is known to make an answer good, so none has a target here.
 */
import { effectIn, hedgesIn, outcomeIn, type Run, timeIn } from './marks.ts';
import { type Step, stepsIn } from './steps.ts';
import { type Token, tokensOf, unspacedIn } from './tokens.ts';
import { FUNCTION_WORDS, I_FORMS, WE_FORMS } from './words.ts';

export interface MirrorLine {
  readonly about: 'length' | 'language' | 'set-up' | 'event' | 'outcome' | 'voice' | 'hedges';
  /** What was counted or found, as a sentence without its full stop. */
  readonly shown: string;
  /** What a writer could ask themselves. */
  readonly hint?: string;
}

/** Stands below every mirror. */
export const MIRROR_CLAIM = 'These counters describe your text. They do not measure quality.';

/** Spoken words a minute. */
const PACE = 150;
/** Fewer words show nothing but their number. */
const LEAST_WORDS = 20;
/** Below this share of known small words a text is not read as English. */
const LEAST_ENGLISH = 0.2;
/** Most readers want the action by about here. */
const SETUP_SHARE = 1 / 3;
/** What is quoted of a text is cut to this, in characters. */
const QUOTED = 40;

export function mirrorOf(text: string, options: { readonly hedges?: boolean } = {}): MirrorLine[] {
  const tokens = tokensOf(text);
  const unspaced = unspacedIn(text);
  if (unspaced > tokens.length) return [{ about: 'length', shown: `About ${unspaced} characters` }, notEnglish];
  const length: MirrorLine = { about: 'length', shown: lengthWords(tokens.length) };
  if (tokens.length < LEAST_WORDS) return [length, tooShort];
  if (!isEnglish(tokens)) return [length, notEnglish];
  const steps = stepsIn(tokens);
  return [
    length,
    setUp(tokens.length, steps[0]),
    event(text, tokens, steps),
    ...outcome(text, tokens, steps),
    voice(tokens),
    ...(options.hedges === true ? [hedges(tokens)] : []),
  ];
}

const tooShort: MirrorLine = {
  about: 'language',
  shown: 'Too short for the other counters',
  hint: 'they need about twenty words',
};
const notEnglish: MirrorLine = {
  about: 'language',
  shown: 'Only the length is shown: the other counters read English, and find too few English words here',
};

const plural = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;

function lengthWords(words: number): string {
  const halves = Math.round((words / PACE) * 2);
  const minutes = `${halves >= 2 ? Math.floor(halves / 2) : ''}${halves % 2 === 1 ? '½' : ''}`;
  const spoken = halves < 2 ? 'under a minute' : `about ${minutes} ${halves === 2 ? 'minute' : 'minutes'}`;
  return `${plural(words, 'word')}, ${spoken} when spoken`;
}

function isEnglish(tokens: readonly Token[]): boolean {
  const known = tokens.filter(({ word }) => FUNCTION_WORDS.has(word)).length;
  return known / tokens.length >= LEAST_ENGLISH;
}

function setUp(words: number, first: Step | undefined): MirrorLine {
  if (first === undefined)
    return { about: 'set-up', shown: 'No step of yours found, such as “I asked”', hint: 'which part did you do?' };
  const share = first.from / words;
  const shown = `${Math.round(share * 100)} % of the words come before the first thing you did`;
  if (share <= SETUP_SHARE) return { about: 'set-up', shown };
  return { about: 'set-up', shown, hint: 'most readers want the action by about a third' };
}

function event(text: string, tokens: readonly Token[], steps: readonly Step[]): MirrorLine {
  const time = timeIn(tokens);
  const happened = steps.find(({ past }) => past);
  if (time) return { about: 'event', shown: `A point in time is there: “${quoteOf(text, tokens, time)}”` };
  if (happened) {
    const quote = quoteOf(text, tokens, { from: happened.from, to: happened.verb });
    return {
      about: 'event',
      shown: `It tells what happened (“${quote}”), without a day or date`,
      hint: 'when was it?',
    };
  }
  return { about: 'event', shown: 'No single event found', hint: 'which day was it?' };
}

/** Without a step of one's own there is no “after” to look at. */
function outcome(text: string, tokens: readonly Token[], steps: readonly Step[]): MirrorLine[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const found = outcomeIn(tokens, afterStep(tokens, last));
  if (found) return [{ about: 'outcome', shown: `After your last step there is “${quoteOf(text, tokens, found)}”` }];
  // Some tell the outcome and then one step more.
  const effect = effectIn(tokens, Math.floor((tokens.length * 2) / 3));
  if (effect) return [{ about: 'outcome', shown: `Near the end there is “${quoteOf(text, tokens, effect)}”` }];
  const hint = 'what was different then, and for whom?';
  return [{ about: 'outcome', shown: 'No outcome found after your last step', hint }];
}

/** Where the part of the sentence ends that tells the step. */
function afterStep(tokens: readonly Token[], step: Step): number {
  const stop = tokens.findIndex((token, at) => at >= step.verb && token.stop !== '');
  return stop === -1 ? tokens.length : stop + 1;
}

function voice(tokens: readonly Token[]): MirrorLine {
  const own = tokens.filter(({ word }) => I_FORMS.has(word)).length;
  const shared = tokens.filter(({ word, raw }) => WE_FORMS.has(word) && raw !== 'US').length;
  const shown = `“I” and its forms: ${own}; “we” and its forms: ${shared}`;
  return shared === 0 && own > 0
    ? { about: 'voice', shown }
    : { about: 'voice', shown, hint: 'say which part was yours' };
}

const hedges = (tokens: readonly Token[]): MirrorLine => ({
  about: 'hedges',
  shown: `Softening words such as “maybe”: ${hedgesIn(tokens)}`,
  hint: 'habits differ between regions and people',
});

function quoteOf(text: string, tokens: readonly Token[], { from, to }: Run): string {
  const quote = text.slice(tokens[from]?.from, tokens[to]?.to).replaceAll(/\s+/g, ' ');
  return quote.length <= QUOTED ? quote : `${Array.from(quote.slice(0, QUOTED)).slice(0, -1).join('')}…`;
}
