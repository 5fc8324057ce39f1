/** The parts cards are made of, so that a view reads like the card it makes. */
import type { Block, Button } from './message.ts';
import type { Text } from './text.ts';

export const text = (value: Text): Block => ({ kind: 'text', text: value });
export const small = (value: Text): Block => ({ kind: 'small', text: value });
/** At least one. */
export const buttons = (...all: readonly Button[]): Block => ({ kind: 'buttons', buttons: all });

/** Text line by line. */
export const lines = (all: readonly Text[]): Text =>
  all.flatMap((line, i): Text => (i === 0 ? line : [{ kind: 'markdown', value: '\n' }, ...line]));

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
/** `1 answer`, `2 answers`. */
export const counted = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;
