/** A person's stories, shared by the features that speak of them. Every query is bound to its team and its person. */
import type { Instant, PersonId, TeamId } from '../chat/ids.ts';
import { DAY, plus } from '../chat/world.ts';
import type { Row } from './schema.ts';
import type { Tx } from './store.ts';

export type Story = Row<'stories'>;
export type Telling = Pick<Row<'story_uses'>, 'story' | 'at'>;

/** A story told so often in so many days would do well to rest. */
const OFTEN = 3;
const LATELY_DAYS = 60;

/** All of them, newest first. */
export const storiesOf = (tx: Tx, team: TeamId, person: PersonId): Promise<Story[]> =>
  tx
    .selectFrom('stories')
    .selectAll()
    .where('team', '=', team)
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** When which story was told, oldest first. */
export const tellingsOf = (tx: Tx, team: TeamId, person: PersonId): Promise<Telling[]> =>
  tx
    .selectFrom('story_uses')
    .select(['story', 'at'])
    .where('team', '=', team)
    .where('person', '=', person)
    .orderBy('at')
    .orderBy('story')
    .execute();

/**
 * Notes that a story was told in an answer (`about`: `answer:<id>`); an answer has one story, the one said last. Its
 * person's own story only: false when they have none of that id.
 */
export async function recordUse(tx: Tx, use: Row<'story_uses'>): Promise<boolean> {
  const { team, person, story } = use;
  const own = await tx
    .selectFrom('stories')
    .select('id')
    .where('team', '=', team)
    .where('person', '=', person)
    .where('id', '=', story)
    .executeTakeFirst();
  if (!own) return false;
  await tx
    .insertInto('story_uses')
    .values(use)
    .onConflict((c) => c.columns(['team', 'person', 'about']).doUpdateSet({ story, at: use.at }))
    .execute();
  return true;
}

export const skillsOfStory = ({ skills }: Pick<Story, 'skills'>): string[] =>
  skills.split(',').filter((skill) => skill !== '');

/** How often each story was told lately, without those that were not. */
export function toldLately(tellings: readonly Telling[], now: Instant): ReadonlyMap<string, number> {
  const since = plus(now, -LATELY_DAYS * DAY);
  const counts = new Map<string, number>();
  for (const { story, at } of tellings) if (at > since) counts.set(story, (counts.get(story) ?? 0) + 1);
  return counts;
}

/** Ids of the stories told three times or more in the last sixty days, the most told first. */
export const overused = (tellings: readonly Telling[], now: Instant): string[] =>
  [...toldLately(tellings, now)]
    .filter(([, count]) => count >= OFTEN)
    .toSorted(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .map(([story]) => story);

/** Those of `skills` that no story is about, in their order. */
export function uncovered(skills: readonly string[], stories: readonly Pick<Story, 'skills'>[]): string[] {
  const covered = new Set(stories.flatMap(skillsOfStory));
  return skills.filter((skill) => !covered.has(skill));
}
