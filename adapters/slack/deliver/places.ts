/** From the core's places to Slack's conversations. A DM or a group DM is opened once and then remembered. */
import type { Ref, TeamId } from '../../../src/chat/ids.ts';
import { never } from '../../../src/chat/never.ts';
import type { Place } from '../../../src/chat/place.ts';
import { failureOf, refused } from '../failure.ts';
import type { Tenant } from '../ports.ts';
import { readRef } from '../refs.ts';

export interface Where {
  readonly channel: string;
  /** The root of the thread it goes into. */
  readonly threadTs?: string;
  /** Opened earlier; it may have ended since. */
  readonly remembered?: true;
}

export interface Places {
  /** Throws a DeliveryError; nobody sees anything of it. */
  of(tenant: Tenant, place: Place<Ref>): Promise<Where>;
  /** The conversation of us with these people. */
  withPeople(tenant: Tenant, people: readonly string[]): Promise<Where>;
  /** Slack no longer knows that conversation: the next delivery opens it anew. */
  forget(team: TeamId, channel: string): void;
}

/** Conversations remembered; the oldest goes first. */
const REMEMBERED = 5000;

export function openPlaces(): Places {
  const known = new Map<string, string>();
  async function withPeople({ team, client }: Tenant, people: readonly string[]): Promise<Where> {
    const key = `${team} ${people.toSorted().join(',')}`;
    const before = known.get(key);
    if (before !== undefined) return { channel: before, remembered: true };
    const channel = await open(client, people);
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '');
    known.set(key, channel);
    return { channel };
  }
  return {
    withPeople,
    async of(tenant, place) {
      if (place.in === 'channel') return { channel: place.channel };
      return place.in === 'dm' ? withPeople(tenant, [place.person]) : under(rootOf(place));
    },
    forget(team, channel) {
      for (const [key, value] of known) if (value === channel && key.startsWith(`${team} `)) known.delete(key);
    },
  };
}

async function open(client: Tenant['client'], people: readonly string[]): Promise<string> {
  const { channel } = await client.conversations.open({ users: people.join(',') }).catch((error: unknown) => {
    throw failureOf(error, 'prepares');
  });
  if (channel?.id === undefined) throw failureOf(undefined, 'prepares');
  return channel.id;
}

function rootOf(place: Exclude<Place<Ref>, { in: 'channel' | 'dm' }>): Ref {
  switch (place.in) {
    case 'thread':
      return place.under;
    case 'room':
      return place.room;
    default:
      return never(place);
  }
}

function under(root: Ref): Where {
  const at = readRef(root);
  if (!at) throw refused('the thread is no longer there', 'thread_not_found');
  return { channel: at.channel, threadTs: at.ts };
}
