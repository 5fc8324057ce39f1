/** Where a delivery goes: what kind of channel it is, and DMs opened and remembered. */
import { ChannelType, type Client, PermissionFlagsBits as May, Routes } from 'discord.js';
import type { Ref } from '../../../src/chat/ids.ts';
import { never } from '../../../src/chat/never.ts';
import type { Place } from '../../../src/chat/place.ts';
import { refused } from '../failure.ts';
import { idOf } from '../incoming/read.ts';
import { wordsFor } from '../reasons.ts';
import { type DiscordRef, readRef } from '../refs.ts';
import type { Trip } from './trip.ts';

export type Where =
  | { readonly kind: 'channel' | 'forum'; readonly channel: string }
  /** Opened for that person, maybe long ago. */
  | { readonly kind: 'dm'; readonly channel: string; readonly person: string }
  /** `channel` is the thread itself; under a message it may not be there yet. */
  | { readonly kind: 'thread'; readonly channel: string; readonly root: DiscordRef };

export interface Places {
  /** Nobody sees anything of it. Rejects as a request does. */
  of(trip: Trip, place: Place<Ref>): Promise<Where>;
  /** Whether a channel is a forum. Rejects as a request does. */
  isForum(trip: Trip, channel: string): Promise<boolean>;
  /** Whether we may have private threads in a text channel, as far as that is known without asking. */
  mayHoldRooms(channel: string): boolean;
  /** Discord no longer knows that DM: the next delivery opens it anew. */
  forget(person: string): void;
}

/** DMs and channels remembered; the oldest goes first. */
const REMEMBERED = 5000;
const NEEDED = [May.ViewChannel, May.ReadMessageHistory, May.CreatePrivateThreads, May.SendMessagesInThreads];
const FORUMS: ReadonlySet<unknown> = new Set([ChannelType.GuildForum, ChannelType.GuildMedia]);

export function openPlaces(client: Pick<Client, 'channels'>): Places {
  const dms = new Map<string, string>();
  const forums = new Map<string, boolean>();
  const places: Places = {
    async of(trip, place) {
      switch (place.in) {
        case 'channel':
          return {
            kind: (await places.isForum(trip, place.channel)) ? 'forum' : 'channel',
            channel: place.channel,
          };
        case 'dm':
          return { kind: 'dm', channel: await dmWith(trip, place.person), person: place.person };
        case 'thread':
          return under(place.under);
        case 'room':
          return under(place.room);
        default:
          return never(place);
      }
    },
    async isForum(trip, channel) {
      const type = client.channels.cache.get(channel)?.type;
      const before = type === undefined ? forums.get(channel) : FORUMS.has(type);
      return before ?? remember(forums, channel, FORUMS.has(await typeOf(trip, channel)));
    },
    mayHoldRooms(channel) {
      const there = client.channels.cache.get(channel);
      const me = there && 'guild' in there ? there.guild.members.me : undefined;
      return !me || !there || !('permissionsFor' in there) || there.permissionsFor(me).has(NEEDED);
    },
    forget: (person) => void dms.delete(person),
  };
  async function dmWith(trip: Trip, person: string): Promise<string> {
    return dms.get(person) ?? remember(dms, person, await openDm(trip, person));
  }
  return places;
}

function remember<T>(known: Map<string, T>, key: string, value: T): T {
  if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '');
  known.set(key, value);
  return value;
}

async function typeOf({ api }: Trip, channel: string): Promise<unknown> {
  if (idOf(channel) === undefined) throw refused(wordsFor(10_003), 10_003);
  return (await api.record('get', Routes.channel(channel)))['type'];
}

async function openDm({ api }: Trip, person: string): Promise<string> {
  const body = { recipient_id: person };
  const id = idOf((await api.record('post', Routes.userChannels(), { body }))['id']);
  if (id === undefined) throw new TypeError('a DM without an id');
  return id;
}

function under(root: Ref): Where {
  const at = readRef(root);
  if (!at) throw refused('the thread is no longer there', 10_003);
  return { kind: 'thread', channel: at.id, root: at };
}
