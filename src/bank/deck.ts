/**
 * Picks what is asked next: the skill furthest behind its share, the facet asked least inside it, and for each level
 * the next question of a seeded order. Nothing is asked again while anything in the pool has been asked less.
 */

import { keyOf } from './order.ts';
import { LEVELS, type Bank, type Level, type Question } from './question.ts';
import { explain, type Standing } from './why.ts';
import { slugify } from './words.ts';

/** One post of the past. */
export interface Asked {
  readonly skill: string;
  readonly facet: string;
  readonly questions: readonly string[];
}

export interface Pick {
  readonly skill: string;
  readonly facet: string;
  readonly title: string;
  /** At most one for a level, in the order of levels. */
  readonly questions: readonly Question[];
  /** One line for the card. */
  readonly why: string;
  /** Posts after this one, at the least, before anything repeats. */
  readonly left: number;
}

export interface Wanted {
  /** Of the workspace. */
  readonly seed: string;
  readonly levels: readonly Level[];
  /** Slugs; none: all. */
  readonly skills?: readonly string[] | undefined;
  /** Titles or categories of packs; none: all. */
  readonly packs?: readonly string[] | undefined;
  /** The history in order, oldest first. */
  readonly asked: readonly Asked[];
  /** The team's mean rating per skill, shrunk; a weak skill gets a larger share. */
  readonly means?: Readonly<Record<string, number>> | undefined;
}

/** The questions that may be asked, with what picking looks up. */
export interface Deck {
  readonly cards: readonly Card[];
}

interface Card {
  readonly question: Question;
  readonly packs: readonly string[];
  /** Questions that can stand in one post with each other, directly or through others, share it. */
  readonly island: number;
}

/** A skill and facet with what is fresh in it. */
interface Post {
  readonly skill: string;
  readonly facet: string;
  readonly fresh: Card[];
}

/** Indexes a bank; once for each load. */
export function buildDeck(bank: Bank): Deck {
  const usable = bank.questions.filter((question) => question.status === 'reviewed');
  const islandOf = findIslands(usable);
  const names = new Map<string, string>();
  for (const { title, category } of usable) {
    for (const name of [title, category]) if (!names.has(name)) names.set(name, slugify(name));
  }
  const packsOf = ({ title, category }: Question) => [names.get(title) ?? '', names.get(category) ?? ''];
  const cards = usable.map((question) => ({ question, packs: packsOf(question), island: islandOf(question) }));
  return { cards };
}

/** @returns undefined only when the pool is empty */
export function pick(deck: Deck, wanted: Wanted): Pick | undefined {
  const pool = poolOf(deck, wanted);
  const stamps = stampsOf(wanted.asked);
  const round = pool.reduce((least, { question }) => Math.min(least, stamps.get(question.id) ?? 0), Infinity);
  const fresh = pool.filter(({ question }) => (stamps.get(question.id) ?? 0) === round);
  if (fresh.length === 0) return undefined;
  const skills = [...new Set(pool.flatMap(({ question }) => question.skills))].filter(allowed(wanted));
  const posts = postsOf(fresh, allowed(wanted));
  const { skill, standing } = chooseSkill(skills, new Set(posts.map((post) => post.skill)), wanted);
  const post = chooseFacet(
    skill,
    posts.filter((one) => one.skill === skill),
    wanted,
  );
  const questions = chooseQuestions(post, round, wanted);
  const taken = new Set(questions.map((question) => question.id));
  const left = countPosts(fresh.filter(({ question }) => !taken.has(question.id)));
  const why = explain(skill, standing, round > 0 && fresh.length === pool.length);
  return { skill, facet: post.facet, title: questions[0]?.title ?? '', questions, why, left };
}

function poolOf(deck: Deck, wanted: Wanted): Card[] {
  const levels = new Set(wanted.levels);
  const packs = wanted.packs?.length ? new Set(wanted.packs.map((name) => slugify(name))) : undefined;
  const allows = allowed(wanted);
  return deck.cards.filter(
    (card) =>
      levels.has(card.question.level) &&
      card.question.skills.some(allows) &&
      (!packs || card.packs.some((name) => packs.has(name))),
  );
}

function allowed({ skills }: Wanted): (skill: string) => boolean {
  const wanted = skills?.length ? new Set(skills) : undefined;
  return (skill) => !wanted || wanted.has(skill);
}

/**
 * The round of the pool in which each question was asked last; unasked ones have none. A question that comes again
 * within a round begins the next one, so a history needs no record of rounds and survives changes of the bank.
 */
function stampsOf(asked: readonly Asked[]): Map<string, number> {
  const stamps = new Map<string, number>();
  let round = 1;
  for (const { questions } of asked) {
    if (questions.some((id) => stamps.get(id) === round)) round += 1;
    for (const id of questions) stamps.set(id, round);
  }
  return stamps;
}

function postsOf(fresh: readonly Card[], allows: (skill: string) => boolean): Post[] {
  const posts = new Map<string, Post>();
  for (const card of fresh) {
    const { facet, skills } = card.question;
    for (const skill of skills.filter(allows)) {
      const key = `${skill}/${facet}`;
      const post = posts.get(key);
      if (post) post.fresh.push(card);
      else posts.set(key, { skill, facet, fresh: [card] });
    }
  }
  return [...posts.values()];
}

function chooseSkill(
  skills: readonly string[],
  open: ReadonlySet<string>,
  wanted: Wanted,
): { skill: string; standing: Standing } {
  const counts = countBy(wanted.asked.map((post) => post.skill).filter((skill) => skills.includes(skill)));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const weights = new Map(skills.map((skill) => [skill, weightOf(wanted.means?.[skill])]));
  const sum = [...weights.values()].reduce((all, weight) => all + weight, 0);
  const target = (skill: string) => ((weights.get(skill) ?? 0) / sum) * total;
  const deficit = (skill: string) => target(skill) - (counts.get(skill) ?? 0);
  const skill = best([...open], deficit, (name) => keyOf(wanted.seed, name));
  const means = skills.map((name) => wanted.means?.[name]).filter((mean) => mean !== undefined);
  const mean = wanted.means?.[skill];
  const lowest = mean !== undefined && means.length > 1 && mean <= Math.min(...means) ? mean : undefined;
  return { skill, standing: { count: counts.get(skill) ?? 0, total, target: target(skill), lowest } };
}

/** A skill a point under 3.5 gets twice the share of one at 3.5, one far above it half. */
function weightOf(mean: number | undefined): number {
  return mean === undefined ? 1 : Math.min(2, Math.max(0.5, 1 + (3.5 - mean)));
}

function chooseFacet(skill: string, posts: readonly Post[], wanted: Wanted): Post {
  const past = wanted.asked.filter((post) => post.skill === skill);
  const counts = countBy(past.map((post) => post.facet));
  return best(
    posts,
    (post) => -(counts.get(post.facet) ?? 0),
    (post) => keyOf(wanted.seed, skill, post.facet),
  );
}

function chooseQuestions(post: Post, round: number, wanted: Wanted): Question[] {
  return LEVELS.filter((level) => wanted.levels.includes(level)).flatMap((level) => {
    const cell = post.fresh.map((card) => card.question).filter((question) => question.level === level);
    return cell.length === 0
      ? []
      : [
          best(
            cell,
            () => 0,
            ({ id }) => keyOf(wanted.seed, round, id),
            ({ id }) => id,
          ),
        ];
  });
}

/** The item of the highest worth; equals go by their key, the lowest first, then by name. */
function best<T>(
  items: readonly T[],
  worth: (item: T) => number,
  key: (item: T) => number,
  name: (item: T) => string = String,
): T {
  return items.reduce((first, item) => {
    const ahead = worth(item) - worth(first);
    if (Math.abs(ahead) > 1e-9) return ahead > 0 ? item : first;
    const behind = key(item) - key(first);
    return behind < 0 || (behind === 0 && name(item) < name(first)) ? item : first;
  });
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** A post takes one question of a level, so an island lasts as long as its longest level. */
function countPosts(fresh: readonly Card[]): number {
  const longest = new Map<number, number>();
  const counts = new Map<string, number>();
  for (const { island, question } of fresh) {
    const key = `${island} ${question.level}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    longest.set(island, Math.max(count, longest.get(island) ?? 0));
  }
  return [...longest.values()].reduce((sum, posts) => sum + posts, 0);
}

/** Joins the skills of a facet that share a question: what they share, either may use up. */
function findIslands(questions: readonly Question[]): (question: Question) => number {
  const numbers = new Map<string, number>();
  const parents: number[] = [];
  const numberOf = (skill: string | undefined, facet: string): number => {
    const key = `${skill}/${facet}`;
    const known = numbers.get(key) ?? parents.push(parents.length) - 1;
    numbers.set(key, known);
    return known;
  };
  const rootOf = (number: number): number => {
    let root = number;
    for (let up = parents[root]; up !== undefined && up !== root; up = parents[root]) root = up;
    parents[number] = root;
    return root;
  };
  for (const { skills, facet } of questions) {
    const root = rootOf(numberOf(skills[0], facet));
    for (const skill of skills) parents[rootOf(numberOf(skill, facet))] = root;
  }
  return ({ skills, facet }) => rootOf(numberOf(skills[0], facet));
}
