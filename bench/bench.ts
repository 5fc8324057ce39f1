/** What a benchmark is, and how its result is judged and shown. Only ratios measured within one run have goals. */

/** One measured thing over all rounds. */
export interface Row {
  readonly what: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** At most. */
  readonly goal: number;
}

export interface Outcome {
  readonly rows: readonly Row[];
  readonly ratios: readonly Ratio[];
}

export interface Bench {
  readonly name: string;
  /** What it measures, and against what. */
  readonly about: string;
  /** Takes floor and product in turns, `rounds` times. */
  run(rounds: number | undefined, onProgress: (doing: string) => void): Promise<Outcome>;
}

export interface Judged extends Outcome {
  readonly name: string;
  readonly ratios: readonly (Ratio & { readonly met: boolean })[];
  /** All goals are met. */
  readonly ok: boolean;
}

export function judge(name: string, { rows, ratios }: Outcome): Judged {
  const judged = ratios.map((ratio) => ({ ...ratio, met: Number.isFinite(ratio.value) && ratio.value <= ratio.goal }));
  return { name, rows, ratios: judged, ok: judged.every(({ met }) => met) };
}

/** A table of medians with their spread, and one of ratios with their goals. */
export function showOutcome({ rows, ratios }: Judged): string {
  return [
    table(
      ['what', 'median', 'lowest', 'highest', ''],
      rows.map((row) => [row.what, ...[row.median, row.min, row.max].map(short), row.unit]),
    ),
    table(
      ['ratio', 'value', 'goal', ''],
      ratios.map((ratio) => [ratio.name, short(ratio.value), `≤ ${short(ratio.goal)}`, ratio.met ? 'met' : 'MISSED']),
    ),
  ].join('\n\n');
}

/** Three digits that count: 1234, 12.3, 0.0123. */
function short(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** The first column left, the numbers right. */
function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(headings),
    widths
      .map((width) => '─'.repeat(width))
      .join('  ')
      .trimEnd(),
    ...rows.map(line),
  ].join('\n');
}
