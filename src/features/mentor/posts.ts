/** What the posts of mentorship are called, and changing one that may be out. */
import type { Name, PersonId } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import type { Turn } from '../../core/feature.ts';
import { namedSo, wasSent } from '../../store/posts.ts';
import type { Pair } from './pair-queries.ts';

export const offersPost = (run: string, mentee: PersonId): Name => `mentor:offers:${run}:${mentee}`;
/** A request that waits is shown anew each time; `when` tells the times apart. */
export const requestPost = (request: string, when: string): Name => `mentor:request:${request}:${when.slice(0, 10)}`;
export const answerPost = (request: string, how: string): Name => `mentor:answer:${request}:${how}`;
export const introPost = (pair: string, person: PersonId): Name => `mentor:pair:${pair}:${person}`;
export const endedPost = (pair: string, person: PersonId): Name => `mentor:ended:${pair}:${person}`;
export const closingPost = (pair: string, from: PersonId): Name => `mentor:closing:${pair}:${from}`;
export const roomPost = ({ id, rooms }: Pick<Pair, 'id' | 'rooms'>): Name => `mentor:room:${id}:${rooms}`;
export const agendaPost = ({ id, rooms }: Pick<Pair, 'id' | 'rooms'>): Name => `mentor:agenda:${id}:${rooms}`;

/** The pair a room's name is about. */
export const pairOfRoom = (name: Name): { readonly pair: string; readonly rooms: number } | undefined => {
  const [, pair, rooms] = /^mentor:room:([^:]+):(\d+)$/.exec(name) ?? [];
  return pair === undefined ? undefined : { pair, rooms: Number(rooms) };
};

/** Into somebody's direct messages. */
export const write = (turn: Turn, name: Name, person: PersonId, message: Message): Promise<void> =>
  turn.send({ kind: 'post', name, to: { in: 'dm', person }, message });

/** Change a post of ours, if it was ever sent. */
export async function rewrite(turn: Turn, name: Name, message: Message): Promise<void> {
  if (await wasSent(turn.tx, turn.team.id, name)) await turn.send({ kind: 'edit', name, message });
}

/** Change all posts whose name begins so. */
export async function rewriteAll(turn: Turn, prefix: string, message: Message): Promise<void> {
  for (const name of await namedSo(turn.tx, turn.team.id, prefix)) await rewrite(turn, name, message);
}
