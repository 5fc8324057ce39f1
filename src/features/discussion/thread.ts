/** What is written in a thread: counted, never kept; and one friendly word when it is quiet for a day. */
import type { Reply } from '../../chat/incoming.ts';
import { earliest } from '../../chat/world.ts';
import type { About, Turn } from '../../core/feature.ts';
import { refreshEnd } from './close.ts';
import { rhythmIn } from './find.ts';
import { changeDiscussion, countReplies, dropReply, findDiscussion, noteReply } from './queries.ts';
import { cardPost, endOf, named, quietAt } from './rules.ts';
import { nudge } from './views.ts';

export async function heardReply(event: Reply, about: About, turn: Turn): Promise<void> {
  const card = 'post' in about ? named(about.post) : undefined;
  const discussion = card?.what === 'card' ? await findDiscussion(turn.tx, turn.team.id, card.id) : undefined;
  if (!discussion || discussion.state === 'missed' || turn.now > endOf(discussion)) return;
  const at = earliest(event.at, turn.now) ?? turn.now;
  if (event.change === 'deleted') await dropReply(turn.tx, turn.team.id, discussion.id, event.ref);
  else if (at < (discussion.closed ?? discussion.closes)) {
    const { team, id } = discussion;
    await noteReply(turn.tx, { team, discussion: id, ref: event.ref, person: event.from.id, at });
    if (at > (discussion.last_reply ?? '')) await changeDiscussion(turn.tx, discussion, { last_reply: at });
  }
  // A thread may be read late: what is said of it at the end must still be true.
  if (discussion.state === 'closed') await refreshEnd(turn, discussion);
}

export async function nudgeQuiet(subject: string, turn: Turn): Promise<void> {
  const discussion = await findDiscussion(turn.tx, turn.team.id, subject);
  if (!discussion || discussion.state !== 'open' || discussion.nudged === 1) return;
  const quiet = quietAt(await rhythmIn(turn, discussion.channel, discussion.zone), discussion);
  if (quiet === undefined) return;
  if (quiet > turn.now) return turn.wake('nudge', discussion.id, quiet);
  await changeDiscussion(turn.tx, discussion, { nudged: 1 });
  await turn.send(
    {
      kind: 'post',
      name: `discussion:nudge:${discussion.id}`,
      to: { in: 'thread', under: cardPost(discussion.id) },
      message: nudge(discussion, await countReplies(turn.tx, discussion)),
    },
    { expires: discussion.closes },
  );
}
