/** A person asks for their data, or to be forgotten. Both concern the asker alone. */
import type { Of } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t } from '../../chat/text.ts';
import type { Feature, Handler, Turn } from '../../core/feature.ts';
import { erase } from './erase.ts';
import { exportOf } from './export.ts';
import { exportUnderway, fileName } from './queries.ts';
import { readable } from './rules.ts';
import { deleteCard } from './views.ts';

type Asked = Of<'command' | 'press'>;
type Said = AnswerTo['press'];

/** A file into the person's DM with all that every feature keeps about them. */
export const exportAll =
  (others: readonly Feature[]) =>
  async (event: Asked, turn: Turn): Promise<Said> => {
    const { id } = event.from;
    if (await exportUnderway(turn.tx, turn.team.id, id))
      return { kind: 'say', text: t`Your file is already on its way to our direct messages.` };
    const text = readable(await exportOf(id, others, turn));
    const name = fileName(turn.newId());
    await turn.send({ kind: 'file', name, to: { in: 'dm', person: id }, type: 'application/json', text });
    return {
      kind: 'say',
      text: t`Your file is on its way to our direct messages: everything kept about you, as JSON. If it does not arrive, see whether you let me write to you directly, and ask again.`,
    };
  };

export const askDelete = async (_: Asked, turn: Turn): Promise<Said> => ({
  kind: 'show',
  message: deleteCard(turn.words.practice),
});

/** A second press finds nothing left and says the same. */
export const deleteAll =
  (others: readonly Feature[]): Handler<'press'> =>
  async (event, turn) => {
    await erase(event.from.id, others, turn);
    return {
      kind: 'say',
      text: t`Done. What was kept about you is deleted, and my posts that carried your words are being taken down. You are welcome back at any time; you would start afresh.`,
    };
  };

export const keep: Handler<'press'> = async () => ({ kind: 'say', text: t`Nothing was deleted.` });
