/** Who goes with whom: as many takings as fit, and of all ways to do that the one that is worth most. */
import { cheapestFlow, type Edge } from './flow.ts';

/** How good a column is for a row; undefined: never. Told apart down to a millionth. */
export type Worth = number | undefined;

export interface Limits {
  /** Columns a row takes at most. Default 1. */
  readonly each?: number;
  /** Rows a column can take, by column. */
  readonly room: readonly number[];
}

/** The columns of each row, best first. A row never has a column twice. */
export function assign(worth: readonly (readonly Worth[])[], { each = 1, room }: Limits): number[][] {
  const rows = worth.length;
  const sink = rows + room.length + 1;
  const pairs = worth.flatMap((row, i) =>
    row.flatMap((value, j): [number, number, number][] => (value === undefined ? [] : [[i, j, value]])),
  );
  const edges: Edge[] = [
    ...pairs.map(([i, j, value]) => ({ from: 1 + i, to: 1 + rows + j, capacity: 1, cost: -Math.round(value * 1e6) })),
    ...worth.map((_, i) => ({ from: 0, to: 1 + i, capacity: each, cost: 0 })),
    ...room.map((capacity, j) => ({ from: 1 + rows + j, to: sink, capacity, cost: 0 })),
  ];
  const { on } = cheapestFlow(sink + 1, edges, 0, sink);
  const taken = pairs.filter((_, at) => on[at] === 1);
  return worth.map((_, i) =>
    taken
      .filter(([row]) => row === i)
      .toSorted(([, , a], [, , b]) => b - a)
      .map(([, column]) => column),
  );
}
