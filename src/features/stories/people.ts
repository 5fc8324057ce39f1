/** What the story bank keeps about a person: to hand over, and to forget. */
import type { PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { skillsOfStory, storiesOf } from '../../store/stories.ts';
import { forgetStories, usesBy } from './queries.ts';

export async function exportPerson(person: PersonId, turn: Turn): Promise<Readonly<Record<string, unknown>>> {
  const kept = await storiesOf(turn.tx, turn.team.id, person);
  if (kept.length === 0) return {};
  const uses = await usesBy(turn.tx, { team: turn.team.id, person });
  return {
    stories: kept.toReversed().map((story) => ({
      title: story.title,
      text: story.text,
      skills: skillsOfStory(story),
      note: story.note,
      madeFrom: story.source,
      kept: story.at,
      edited: story.edited,
      told: uses.filter((use) => use.story === story.id).map(({ about, at }) => ({ in: about, at })),
    })),
  };
}

export const erasePerson = (person: PersonId, turn: Turn): Promise<void> =>
  forgetStories(turn.tx, { team: turn.team.id, person });
