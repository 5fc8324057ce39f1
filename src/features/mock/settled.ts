/** A card of a mock that could not be delivered: nobody waits for somebody who cannot be reached. */
import { cut, person, t } from '../../chat/text.ts';
import type { PersonId } from '../../chat/ids.ts';
import type { Settled, Turn } from '../../core/feature.ts';
import { move } from './move.ts';
import { showWaiting } from './partner.ts';
import { isOver } from './states.ts';
import { talkOf } from './talk.ts';

export async function mockSettled(post: Settled, turn: Turn): Promise<void> {
  if (post.end === 'sent') return;
  const [, what = '', id = '', who = ''] = post.name.split(':');
  const talk = await talkOf(turn, id);
  if (!talk || isOver(talk.mock)) return;
  if (what === 'open' && talk.mock.kind === 'solo') await move(turn, talk, 'stop');
  if (what === 'invite')
    await showWaiting(
      turn,
      talk.mock,
      t`I could not write to ${person(who as PersonId)}; their direct messages may be closed.`,
      true,
    );
  if (what === 'room')
    await showWaiting(
      turn,
      talk.mock,
      t`I could not open the room: ${cut(post.reason ?? 'no reason was given', 200)}. Alone works all the same.`,
      true,
    );
}
