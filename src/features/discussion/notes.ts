/** `mentor notes`: what discussions of this team left behind, found again by a word. */
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler } from '../../core/feature.ts';
import { cleanText } from '../../store/text.ts';
import { countReplies, findDiscussion, notesWith } from './queries.ts';
import { wordsOf } from './rules.ts';
import { noteCard, noteList } from './summary-views.ts';

/** So many words are looked for; more of them find nothing better. */
const MOST_WORDS = 8;

export const showNotes: Handler<'command'> = async (event, turn) => {
  const searched = cleanText(event.args['word'] ?? '').trim();
  const words = wordsOf(searched).slice(0, MOST_WORDS);
  const isNothing = searched !== '' && words.length === 0;
  const found = isNothing ? [] : await notesWith(turn.tx, turn.team.id, words);
  return { kind: 'show', message: noteList(found, searched, turn.team.retention_days) };
};

export const readNote: Handler<'choose'> = async (event, turn) => {
  const note = await findDiscussion(turn.tx, turn.team.id, event.value);
  if (!note || note.summary_at === null || note.state !== 'closed') throw new Refusal(t`That note is no longer kept.`);
  return { kind: 'show', message: noteCard(note, await countReplies(turn.tx, note)) };
};
