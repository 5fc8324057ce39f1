/** What a person's story bank has to say before a mock: skills without a story, and stories that were told often. */
import type { PersonId } from '../../chat/ids.ts';
import { cut, t, type Text } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { overused, storiesOf, tellingsOf, uncovered } from '../../store/stories.ts';
import { spaced } from './words.ts';

const MOST = 5;

/** Undefined while the bank is empty or has nothing to say. Only for that person's own eyes. */
export async function storyLine(turn: Turn, person: PersonId, skills: readonly string[]): Promise<Text | undefined> {
  const { tx, team, now } = turn;
  const stories = await storiesOf(tx, team.id, person);
  if (stories.length === 0) return undefined;
  const missing = uncovered([...new Set(skills)], stories).slice(0, MOST);
  const often = overused(await tellingsOf(tx, team.id, person), now)
    .flatMap((id) => stories.find((story) => story.id === id) ?? [])
    .slice(0, 2);
  const parts: Text[] = [
    ...(missing.length === 0 ? [] : [t`Your story bank has nothing yet on ${missing.map(spaced).join(', ')}.`]),
    ...often.map(({ title }) => t`“${cut(title, 100)}” was told often lately; perhaps another one this time.`),
  ];
  return parts.length === 0 ? undefined : parts.flatMap((part, i) => (i === 0 ? part : [...t` `, ...part]));
}
