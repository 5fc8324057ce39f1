/** Where people talk. `H` is how an earlier post is named: by Name inside the core, by Ref at an adapter. */
import type { ChannelId, Name, PersonId, Ref } from './ids.ts';
import { never } from './never.ts';

export type Place<H = Name> =
  | { readonly in: 'channel'; readonly channel: ChannelId }
  | { readonly in: 'thread'; readonly under: H }
  | { readonly in: 'room'; readonly room: H }
  | { readonly in: 'dm'; readonly person: PersonId };

/** One string for a place; equal places have equal keys. Posts to one key keep their order. */
export function placeKey(place: Place<Name | Ref>): string {
  switch (place.in) {
    case 'channel':
      return `channel ${place.channel}`;
    case 'thread':
      return `thread ${place.under}`;
    case 'room':
      return `room ${place.room}`;
    case 'dm':
      return `dm ${place.person}`;
    default:
      return never(place);
  }
}
