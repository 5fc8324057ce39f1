/** Which story an answer told: asked of its author alone, counted for nobody else. */
import { cut, t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler } from '../../core/feature.ts';
import { ownWords } from '../../store/own-words.ts';
import { recordUse, storiesOf } from '../../store/stories.ts';
import { showStory, whose } from './look.ts';
import { findStory } from './queries.ts';
import { toldCard } from './views.ts';

const GONE = 'That answer is no longer here, or it is not yours.';

/** Subject: the answer, such as `answer:<id>`. */
export const askTold: Handler<'press'> = async (event, turn) => {
  const about = event.on.subject;
  const words = await ownWords(turn.tx, whose(event, turn), about);
  if (!words) throw new Refusal(t`${GONE}`);
  const stories = await storiesOf(turn.tx, turn.team.id, event.from.id);
  if (stories.length === 0)
    throw new Refusal(t`Your story bank is empty. Save this answer as a story, and it counts as told here.`);
  return { kind: 'show', message: toldCard(about, words.title, stories) };
};

export const noteTold: Handler<'choose'> = async (event, turn) => {
  const about = event.on.subject;
  const words = await ownWords(turn.tx, whose(event, turn), about);
  if (!words) throw new Refusal(t`${GONE}`);
  const isOwn = await recordUse(turn.tx, { ...whose(event, turn), story: event.value, about, at: words.at });
  const story = isOwn ? await findStory(turn.tx, whose(event, turn), event.value) : undefined;
  if (!story) throw new Refusal(t`That story is not in your bank. Perhaps you deleted it.`);
  return showStory(turn, story, 1, t`Noted: told in your answer to “${cut(words.title, 200)}”.`);
};
