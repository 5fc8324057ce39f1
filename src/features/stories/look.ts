/** What a story is shown with: how often it was told, and the clock of its person. */
import type { PersonId } from '../../chat/ids.ts';
import type { ActedEvent } from '../../chat/incoming.ts';
import type { Text } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { schedulesOf } from '../../store/schedules.ts';
import { type Story, type Telling, tellingsOf } from '../../store/stories.ts';
import type { Whose } from './queries.ts';
import { storyCard, type Told } from './views.ts';

export const whose = (event: Pick<ActedEvent, 'from'>, turn: Turn): Whose => ({
  team: turn.team.id,
  person: event.from.id,
});

export function toldOf(story: Story, tellings: readonly Telling[]): Told {
  const own = tellings.filter((telling) => telling.story === story.id);
  return { story, told: own.length, last: own.at(-1)?.at };
}

/** Their own zone, else their team's first schedule's, else UTC. */
export async function zoneOf(person: PersonId, turn: Turn): Promise<string> {
  const own = (await turn.person(person))?.zone;
  return own ?? (await schedulesOf(turn.tx, turn.team.id))[0]?.zone ?? 'Etc/UTC';
}

/** A page of a story; `said` is what just happened. */
export async function showStory(turn: Turn, story: Story, page = 1, said?: Text) {
  const tellings = await tellingsOf(turn.tx, turn.team.id, story.person);
  const zone = await zoneOf(story.person, turn);
  const message = storyCard({ ...toldOf(story, tellings), page, zone, ...(said ? { said } : {}) });
  return { kind: 'show', message } as const;
}
