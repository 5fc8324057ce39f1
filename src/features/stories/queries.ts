/** Rows of the story bank that no other feature reads; every query is bound to its team and its person. */
import type { PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Story } from '../../store/stories.ts';
import type { Tx } from '../../store/store.ts';

export interface Whose {
  readonly team: TeamId;
  readonly person: PersonId;
}

export const findStory = (tx: Tx, { team, person }: Whose, id: string): Promise<Story | undefined> =>
  tx
    .selectFrom('stories')
    .selectAll()
    .where('team', '=', team)
    .where('person', '=', person)
    .where('id', '=', id)
    .executeTakeFirst();

/** The story made from that message or answer. */
export const storyFrom = (tx: Tx, { team, person }: Whose, source: string): Promise<Story | undefined> =>
  tx
    .selectFrom('stories')
    .selectAll()
    .where('team', '=', team)
    .where('person', '=', person)
    .where('source', '=', source)
    .executeTakeFirst();

/** One source makes one story: saved again, it keeps its id and takes the newer words. */
export const putStory = (tx: Tx, story: Story): Promise<Story> =>
  tx
    .insertInto('stories')
    .values(story)
    .onConflict((c) =>
      c.columns(['team', 'person', 'source']).doUpdateSet({
        title: story.title,
        skills: story.skills,
        text: story.text,
        note: story.note,
        edited: story.at,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();

export async function editStory(tx: Tx, { team, person, id }: Story, set: Partial<Story>): Promise<void> {
  await tx
    .updateTable('stories')
    .set(set)
    .where('team', '=', team)
    .where('person', '=', person)
    .where('id', '=', id)
    .execute();
}

export async function dropStory(tx: Tx, { team, person, id }: Story): Promise<void> {
  await tx
    .deleteFrom('story_uses')
    .where('team', '=', team)
    .where('person', '=', person)
    .where('story', '=', id)
    .execute();
  await tx.deleteFrom('stories').where('team', '=', team).where('person', '=', person).where('id', '=', id).execute();
}

export async function countStories(tx: Tx, { team, person }: Whose): Promise<number> {
  const { count } = await tx
    .selectFrom('stories')
    .select((e) => e.fn.countAll().as('count'))
    .where('team', '=', team)
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** In which answers they told what, oldest first. */
export const usesBy = (tx: Tx, { team, person }: Whose): Promise<Row<'story_uses'>[]> =>
  tx
    .selectFrom('story_uses')
    .selectAll()
    .where('team', '=', team)
    .where('person', '=', person)
    .orderBy('at')
    .orderBy('about')
    .execute();

export async function forgetStories(tx: Tx, { team, person }: Whose): Promise<void> {
  for (const table of ['story_uses', 'stories'] as const)
    await tx.deleteFrom(table).where('team', '=', team).where('person', '=', person).execute();
}
