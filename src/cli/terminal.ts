/** What a command may do to the terminal: say its result, say something beside it, show that work goes on. */
import { styleText } from 'node:util';
import type { Environment } from '../config.ts';

export interface Terminal {
  /** The result; with `--json` the one JSON object. */
  out(text: string): void;
  /** Everything else. */
  err(text: string): void;
  /** A person looks at what goes to `err`. */
  readonly live: boolean;
  /** Columns to wrap help at. */
  readonly columns: number;
  /** Colours are wanted in `out`. */
  readonly colours: boolean;
  /** Milliseconds, only to tell how long something takes. */
  now(): number;
  /** The environment; the process's own when left out. */
  readonly env?: Environment;
}

/** What a command's end means to a script. */
export const EXIT = {
  /** It did what was asked, and all is well. */
  ok: 0,
  /** It did what was asked, and found problems. */
  problems: 1,
  /** The command or the configuration is not right. */
  usage: 2,
  /** It could not do what was asked. */
  failed: 3,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a sentence for the person at the terminal. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly exit: Exit;
  constructor(message: string, exit: Exit = EXIT.failed) {
    super(message);
    this.exit = exit;
  }
}

/** A result, as JSON or in words. */
export function say(terminal: Terminal, json: boolean | undefined, result: object, words: () => string): void {
  terminal.out(json === true ? `${JSON.stringify(result, undefined, 2)}\n` : `${words()}\n`);
}

type Style = 'green' | 'yellow' | 'red' | 'bold' | 'dim';

export const paint = (terminal: Terminal, style: Style, text: string): string =>
  terminal.colours ? styleText(style, text, { validateStream: false }) : text;

const QUIET_MS = 1_000;
const BETWEEN_MS = 200;

/** How far the work is, on one line that rewrites itself; nothing at all for work that is over within a second. */
export interface Progress {
  at(done: number, total?: number): void;
  end(): void;
}

export function startProgress(terminal: Terminal, what: string): Progress {
  const begun = terminal.now();
  let shown = begun + QUIET_MS - BETWEEN_MS;
  let drawn = false;
  return {
    at(done, total) {
      const now = terminal.now();
      if (now - shown < BETWEEN_MS && !(drawn && done === total)) return;
      // Where nobody watches, one line is enough to tell that it has not hung.
      if (!terminal.live && drawn) return;
      shown = now;
      drawn = true;
      const far =
        total === undefined ? String(done) : `${done} of ${total} (${Math.floor((100 * done) / Math.max(total, 1))} %)`;
      terminal.err(terminal.live ? `\r\u001b[K${what}: ${far}` : `${what}: ${far}\n`);
    },
    end() {
      if (drawn && terminal.live) terminal.err('\r\u001b[K');
    },
  };
}

/** Rows under headings, in columns as wide as they need to be. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
