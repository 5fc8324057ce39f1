/** What somebody probably meant: the names nearest to the one that was typed. */

/** Up to five items whose names differ from `typed` in at most two fifths of the letters, nearest first. */
export function closest<T>(typed: string, items: readonly T[], name: (item: T) => string): readonly T[] {
  const most = Math.max(2, Math.floor(typed.length * 0.4));
  return items
    .map((item) => ({ item, away: distance(typed, name(item), most) }))
    .filter(({ away }) => away <= most)
    .toSorted((a, b) => a.away - b.away)
    .slice(0, 5)
    .map(({ item }) => item);
}

/** Letters to add, drop or change between two names; more than `most` once it is clear that it will be more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most + 1;
}
