/** A message of the local chat as the rest of this adapter sees it: its row, read. */
import type { Form, Message } from '../../src/chat/message.ts';
import type { ChannelId, Instant, PersonId, Ref, TeamId } from '../../src/chat/ids.ts';
import type { Place } from '../../src/chat/place.ts';
import { instant, msOf } from '../../src/chat/world.ts';
import type { MessageRow } from './ports.ts';

export const TEAM = 'local' as TeamId;
export const GREENROOM = 'greenroom';

export type Body =
  /** What a person typed. */
  | { readonly kind: 'text'; readonly text: string }
  /** `thread`: title of the thread under it. `said`: what the person did to get it, for only-you answers. */
  | { readonly kind: 'card'; readonly message: Message; readonly thread?: string; readonly said?: string }
  | { readonly kind: 'file'; readonly type: string; readonly text: string; readonly file: string }
  | { readonly kind: 'room'; readonly title: string; readonly members: readonly PersonId[]; readonly near: ChannelId };

export const bodyOf = (row: MessageRow): Body => JSON.parse(row.body) as Body;

/** The place a key of `placeKey` stands for. */
export function placeOf(key: string): Place<Ref> | undefined {
  const [, kind, id] = /^(channel|thread|room|dm) ([^\s]+)$/.exec(key) ?? [];
  if (kind === undefined || id === undefined) return undefined;
  if (kind === 'channel') return { in: 'channel', channel: id as ChannelId };
  if (kind === 'thread') return { in: 'thread', under: id as Ref };
  if (kind === 'room') return { in: 'room', room: id as Ref };
  return { in: 'dm', person: id as PersonId };
}

/** When `row` changes at `now`: never the moment of an earlier change, for the stamp is part of the event's id. */
export function stampAfter(row: MessageRow, now: Instant): Instant {
  const last = row.edited ?? row.at;
  return now > last ? now : instant(msOf(last) + 1);
}

/** What a person's action brought them. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'said'; readonly ref: string }
  | { readonly kind: 'ask'; readonly form: Form; readonly place: string }
  | { readonly kind: 'reject'; readonly field: string; readonly problem: string };

/** A request the chat does not take; `message` goes to the page. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
  readonly status: 400 | 403 | 404 | 503;
  constructor(status: NotHere['status'], message: string) {
    super(message);
    this.status = status;
  }
}
