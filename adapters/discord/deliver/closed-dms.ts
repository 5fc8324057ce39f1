/** For people whose direct messages are closed: a private thread of theirs alone, which says why it is there. */
import type { PersonId, Ref } from '../../../src/chat/ids.ts';
import { DeliveryError } from '../../../src/chat/chat.ts';
import { t } from '../../../src/chat/text.ts';
import { instant } from '../../../src/chat/world.ts';
import { refused } from '../failure.ts';
import { wordsFor } from '../reasons.ts';
import type { DiscordRef } from '../refs.ts';
import { homesNear } from './homes.ts';
import type { Means } from './means.ts';
import { ensureRoom, findHalf, type Half, type Plan } from './room.ts';
import { type Said, sayInThread } from './say.ts';
import type { Trip } from './trip.ts';

const CLOSED_DMS = 50_007;
const WORDS = t`Your direct messages from this server are closed, so I write to you here. Only you and the moderators of this server see it. If you would rather have it as direct messages: click the name of the server, Privacy Settings, and switch on Direct Messages.`;

/** They keep their thread, however old it is. */
const EVER = instant(0);

async function planFor({ team }: Trip, { known }: Pick<Means, 'known'>, person: string): Promise<Plan> {
  const last = await known(team, person as PersonId).catch(() => undefined);
  const title = `Only for ${last?.name ?? 'you'}`;
  return { name: `direct:${person}`, title, members: [person], words: WORDS, since: EVER };
}

/** Throws a DeliveryError. */
export async function sayToClosed(trip: Trip, means: Means, person: string, said: Said): Promise<Ref> {
  const key = `${trip.team} ${person}`;
  const before = means.instead.get(key);
  if (before) {
    means.instead.delete(key);
    const ref = await sayInThread(trip, before, said).catch((error: unknown) => {
      if (!(error instanceof DeliveryError) || error.retry !== 'never') throw error;
    });
    if (ref !== undefined) return remember(means, key, before, ref);
  }
  const plan = await planFor(trip, means, person);
  const { parent, id } = await ensureRoom(trip, means, plan).catch((error: unknown) => {
    throw error instanceof DeliveryError ? notYet(error) : error;
  });
  const thread = { kind: 'room', channel: parent, id } as const;
  return remember(means, key, thread, await sayInThread(trip, thread, said));
}

/** Threads remembered; the oldest goes first. */
const REMEMBERED = 1000;

function remember({ instead }: Means, key: string, thread: DiscordRef, ref: Ref): Ref {
  if (instead.size >= REMEMBERED) instead.delete(instead.keys().next().value ?? '');
  instead.set(key, thread);
  return ref;
}

/** Whatever became of the thread, the message itself was not sent. */
const notYet = ({ message, retry, scope }: DeliveryError): DeliveryError =>
  retry === 'never'
    ? refused(wordsFor(CLOSED_DMS), CLOSED_DMS)
    : new DeliveryError(message, { effect: 'none', retry, scope });

/** The thread of that person, if there is one. Rejects as a request does. */
export async function threadInstead(
  trip: Trip,
  means: Pick<Means, 'places' | 'known'>,
  person: string,
): Promise<Half | undefined> {
  const homes = await homesNear(trip, means.places, undefined);
  const half = await findHalf(trip, await planFor(trip, means, person), homes);
  return half?.isMarked ? half : undefined;
}
