/** The ids and instants everybody speaks in; each is opaque text to everyone but its maker. */

type Brand<B extends string> = string & { readonly __brand: B };

export type Platform = 'slack' | 'discord' | 'local';
/** A workspace or server, as its platform names it. */
export type TeamId = Brand<'team'>;
export type PersonId = Brand<'person'>;
export type ChannelId = Brand<'channel'>;
/** A platform's handle on a message, thread or room. Only its adapter can read it. */
export type Ref = Brand<'ref'>;
/** An ISO-8601 UTC instant with milliseconds (`2026-11-23T09:00:00.000Z`); sorts as text. */
export type Instant = Brand<'instant'>;
/** Our own name for a post, chosen before it is sent: `daily:<schedule>:<local date>`. The part before the first colon is the feature it belongs to. */
export type Name = `${string}:${string}`;
