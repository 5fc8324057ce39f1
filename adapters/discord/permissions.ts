/** What we ask a server for, each permission with its reason in plain words, under the name Discord's settings give it. */

export interface Permission {
  readonly name: string;
  readonly bit: bigint;
  readonly reason: string;
}

/** Nothing is asked for that is not used. */
export const PERMISSIONS: readonly Permission[] = [
  { name: 'View Channels', bit: 1n << 10n, reason: 'sees the channels it practises in' },
  { name: 'Send Messages', bit: 1n << 11n, reason: 'posts the question; in a forum it makes the post' },
  { name: 'Create Public Threads', bit: 1n << 35n, reason: 'opens the thread of answers under its question' },
  {
    name: 'Create Private Threads',
    bit: 1n << 36n,
    reason: 'opens practice rooms, and writes where direct messages are closed',
  },
  { name: 'Send Messages in Threads', bit: 1n << 38n, reason: 'writes in those threads and rooms' },
  { name: 'Read Message History', bit: 1n << 16n, reason: 'finds answers that were given while it was away' },
  { name: 'Attach Files', bit: 1n << 15n, reason: 'shows pictures, and hands over the export people ask for' },
];

/** All of them, as one bit field. */
export const ALL_PERMISSIONS: bigint = PERMISSIONS.reduce((all, { bit }) => all | bit, 0n);

const ADMINISTRATOR = 1n << 3n;
const VIEW = 1n << 10n;

/** Those that are not in the bit field. Without a view of a channel nothing else holds there; administrators may all. */
export function missingPermissions(granted: bigint): readonly Permission[] {
  if ((granted & ADMINISTRATOR) !== 0n) return [];
  if ((granted & VIEW) === 0n) return PERMISSIONS;
  return PERMISSIONS.filter(({ bit }) => (granted & bit) === 0n);
}

/** What a channel changes for one role or one member. */
export interface Overwrite {
  readonly id: string;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Standing {
  /** The server's id, which is also that of the role everybody has. */
  readonly guild: string;
  /** Our own user id. */
  readonly self: string;
  readonly owner: string;
  /** Ids of the roles we have. */
  readonly roles: readonly string[];
  /** What each role of the server may. */
  readonly granted: ReadonlyMap<string, bigint>;
}

const EVERYTHING = (1n << 64n) - 1n;

/** What we may do in a channel with these overwrites: everybody's first, then all roles' together, then our own. */
export function permissionsIn(standing: Standing, overwrites: readonly Overwrite[]): bigint {
  const { guild, self, owner, roles, granted } = standing;
  const base = [guild, ...roles].reduce((all, role) => all | (granted.get(role) ?? 0n), 0n);
  if (owner === self || (base & ADMINISTRATOR) !== 0n) return EVERYTHING;
  const steps = [[guild], roles.filter((role) => role !== guild), [self]];
  return steps.reduce((may, ids) => {
    const those = overwrites.filter(({ id }) => ids.includes(id));
    const denied = those.reduce((all, { deny }) => all | deny, 0n);
    const allowed = those.reduce((all, { allow }) => all | allow, 0n);
    return (may & ~denied) | allowed;
  }, base);
}
