/** What becomes of a pair's place: it is there and gets its agenda, it could not be made, or it is gone. */
import { cut } from '../../chat/text.ts';
import type { Fact, Settled, Turn } from '../../core/feature.ts';
import { agendaOf } from './pair.ts';
import { activeNear, changePair, findPair, membersOf, type Pair } from './pair-queries.ts';
import { noRoomCard } from './pair-views.ts';
import { agendaPost, pairOfRoom, roomPost, write } from './posts.ts';
import { forgetChannel } from './queries.ts';

export async function roomSettled(post: Settled, turn: Turn): Promise<void> {
  const of = post.kind === 'room' ? pairOfRoom(post.name) : undefined;
  const pair = of && (await findPair(turn.tx, turn.team.id, of.pair));
  if (!of || !pair || pair.rooms !== of.rooms || pair.state !== 'active') return;
  if (post.end !== 'sent')
    return lose(turn, pair, `It could not be opened: ${cut(post.reason ?? 'no reason was given', 200)}.`);
  await changePair(turn.tx, pair, { room: 'open' });
  const open: Pair = { ...pair, room: 'open' };
  await turn.send({
    kind: 'post',
    name: agendaPost(open),
    to: { in: 'room', room: roomPost(open) },
    message: await agendaOf(turn, open),
  });
}

/** Each of the two hears of it, and can have another one. */
async function lose(turn: Turn, pair: Pair, why: string): Promise<void> {
  await changePair(turn.tx, pair, { room: 'failed' });
  const { roomNoun } = turn.traits;
  for (const { person } of await membersOf(turn.tx, turn.team.id, pair.id))
    await write(turn, `mentor:lost:${pair.id}:${pair.rooms}:${person}`, person, noRoomCard(pair.id, why, roomNoun));
}

/** Private threads hang under a channel and go with it. */
export async function channelRemoved(
  { channel }: Extract<Fact, { kind: 'channel-removed' }>,
  turn: Turn,
): Promise<void> {
  const pairs = turn.traits.roomNoun === 'private thread' ? await activeNear(turn.tx, turn.team.id, channel) : [];
  await forgetChannel(turn.tx, turn.team.id, channel);
  for (const pair of pairs)
    await lose(
      turn,
      { ...pair, near: null },
      'The channel it was in was deleted or archived, or I was removed from it.',
    );
}

export async function roomRemoved({ name }: Extract<Fact, { kind: 'post-removed' }>, turn: Turn): Promise<void> {
  const of = pairOfRoom(name);
  const pair = of && (await findPair(turn.tx, turn.team.id, of.pair));
  if (pair?.state === 'active' && pair.rooms === of?.rooms && pair.room === 'open')
    await lose(turn, pair, 'Somebody deleted it.');
}
