/** Joins what front matter and body say about the same question; the front matter wins, and the writer hears of it. */

import type { BodyEntry } from './body.ts';
import type { Entry } from './entry.ts';
import { quote, warn, type Finding } from './problem.ts';
import { normalise } from './words.ts';

interface Joined {
  entry: Entry;
  inBody: boolean;
}

/** @param fallback the level of a question that names none */
export function mergeEntries(
  front: readonly Entry[],
  body: readonly BodyEntry[],
  fallback: string,
  findings: Finding[],
): Entry[] {
  const joined: Joined[] = [];
  const shelf = new Shelf(fallback);
  for (const entry of front) {
    const same = shelf.twin(entry);
    if (same) findings.push(twice(entry, same.entry));
    else joined.push(shelf.put({ entry, inBody: false }));
  }
  for (const found of body) {
    const entry = entryOf(found);
    const same = shelf.twin(entry) ?? shelf.cousin(entry);
    if (!same) joined.push(shelf.put({ entry, inBody: true }));
    else if (same.inBody) findings.push(twice(entry, same.entry));
    else {
      same.entry = fill(same.entry, entry, findings);
      same.inBody = true;
    }
  }
  return joined.map(({ entry }) => entry);
}

function twice(entry: Entry, first: Entry): Finding {
  return warn(entry.line, `${quote(entry.text)} stands in this pack twice (first on line ${first.line}): remove one`);
}

/** Finds questions again: by id, by words and level, by words alone. */
class Shelf {
  readonly #fallback: string;
  readonly #byId = new Map<string, Joined>();
  readonly #byWords = new Map<string, Joined[]>();

  constructor(fallback: string) {
    this.#fallback = fallback;
  }

  put(joined: Joined): Joined {
    const { id, text } = joined.entry;
    if (id !== undefined) this.#byId.set(id, joined);
    const words = normalise(text);
    const same = this.#byWords.get(words);
    if (same) same.push(joined);
    else this.#byWords.set(words, [joined]);
    return joined;
  }

  /** The same id, or the same words at the same level unless two ids tell them apart. */
  twin(entry: Entry): Joined | undefined {
    const known = entry.id === undefined ? undefined : this.#byId.get(entry.id);
    return known ?? this.#like(entry).find((joined) => this.#level(joined.entry) === this.#level(entry));
  }

  /** The same words at another level, in the front matter and not yet met in the body. */
  cousin(entry: Entry): Joined | undefined {
    return this.#like(entry).find((joined) => !joined.inBody);
  }

  #like(entry: Entry): Joined[] {
    const same = this.#byWords.get(normalise(entry.text)) ?? [];
    return same.filter(({ entry: { id } }) => id === undefined || entry.id === undefined || id === entry.id);
  }

  #level(entry: Entry): string {
    return entry.level?.level ?? this.#fallback;
  }
}

function entryOf(found: BodyEntry): Entry {
  return { ...found, skills: [], domain: [], focus: [] };
}

function fill(front: Entry, body: Entry, findings: Finding[]): Entry {
  const differs = (what: string) =>
    findings.push(warn(body.line, `${what} in the front matter (line ${front.line}), which is kept: make them agree`));
  if (front.level && body.level && front.level.level !== body.level.level) differs(`the level is ${front.level.level}`);
  if (normalise(front.text) !== normalise(body.text)) differs('the question has other words');
  if (front.answer && body.answer && front.answer !== body.answer) differs('the answer is another');
  const choose = <T>(what: string, mine: readonly T[], theirs: readonly T[]): readonly T[] => {
    if (mine.length > 0 && theirs.length > 0 && JSON.stringify(mine) !== JSON.stringify(theirs))
      differs(`the ${what} are others`);
    return mine.length > 0 ? mine : theirs;
  };
  return {
    ...front,
    id: front.id ?? body.id,
    level: front.level ?? body.level,
    answer: front.answer ?? body.answer,
    probes: choose('probes', front.probes, body.probes),
    good: choose('good signs', front.good, body.good),
    redFlags: choose('red flags', front.redFlags, body.redFlags),
  };
}
