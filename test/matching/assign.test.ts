/** The assignment against trying everything: as many as fit, worth as much as can be, nothing above its room. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type Worth } from '../../src/matching/assign.ts';

const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
const worth = fc.option(fc.nat(1000), { nil: undefined, freq: 4 });
const problem = sizes.chain(([rows, columns]) =>
  fc.record({
    worth: fc.array(fc.array(worth, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    room: fc.array(fc.nat(3), { minLength: columns, maxLength: columns }),
  }),
);

/** The most that can be placed, and what the best such placing is worth: every row tries every column and none. */
function bestByTrying(table: readonly (readonly Worth[])[], room: readonly number[]): [number, number] {
  const [row, ...rest] = table;
  if (!row) return [0, 0];
  let best = bestByTrying(rest, room);
  for (const [column, value] of row.entries()) {
    if (value === undefined || room[column] === 0) continue;
    const [placed, sum] = bestByTrying(
      rest,
      room.map((left, i) => (i === column ? left - 1 : left)),
    );
    if (placed + 1 > best[0] || (placed + 1 === best[0] && sum + value > best[1])) best = [placed + 1, sum + value];
  }
  return best;
}

const sumOf = (table: readonly (readonly Worth[])[], chosen: readonly (readonly number[])[]): number =>
  chosen.flatMap((columns, row) => columns.map((column) => table[row]![column]!)).reduce((a, b) => a + b, 0);

describe('the assignment', () => {
  it('is the best there is up to six by six, in 500 of 500 cases', () => {
    fc.assert(
      fc.property(problem, ({ worth: table, room }) => {
        const chosen = assign(table, { room });
        expect([chosen.flat().length, sumOf(table, chosen)]).toEqual(bestByTrying(table, room));
      }),
      { numRuns: 500 },
    );
  });

  it('never takes what is never, nor more than there is room for, nor the same twice', () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: 1, max: 3 }), ({ worth: table, room }, each) => {
        const chosen = assign(table, { each, room });
        for (const [row, columns] of chosen.entries()) {
          expect(columns.length).toBeLessThanOrEqual(each);
          expect(new Set(columns).size).toBe(columns.length);
          expect(columns.every((column) => table[row]![column] !== undefined)).toBe(true);
        }
        for (const [column, most] of room.entries())
          expect(chosen.flat().filter((one) => one === column).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: process.env['LONG'] ? 10_000 : 500 },
    );
  });

  it('names a row’s columns best first', () => {
    expect(assign([[1, 3, undefined, 2]], { each: 3, room: [1, 1, 1, 1] })).toEqual([[1, 3, 0]]);
  });

  it('leaves nobody out who could be placed, even where the best single match is lost by it', () => {
    expect(
      assign(
        [
          [10, 1],
          [9, undefined],
        ],
        { room: [1, 1] },
      ),
    ).toEqual([[1], [0]]);
  });

  it('has nothing for nobody', () => {
    expect(assign([], { room: [2] })).toEqual([]);
    expect(assign([[]], { room: [] })).toEqual([[]]);
  });
});
