/** Who did something: what they are called on this server, and whether they may change its settings. */
import type { PersonId } from '../../../src/chat/ids.ts';
import type { Person } from '../../../src/chat/incoming.ts';
import { cut } from '../../../src/chat/text.ts';
import { type Body, bitsOf, dig, personOf, recordOf, textOf } from './read.ts';

const ADMINISTRATOR = 1n << 3n;
const MANAGE_GUILD = 1n << 5n;
const LONGEST_NAME = 100;

export const mayManage = (permissions: bigint): boolean => (permissions & (ADMINISTRATOR | MANAGE_GUILD)) !== 0n;

/** A deletion comes without its author, whom we may not have heard of: it is told by its message alone. */
export const NOBODY: Person = { id: '0' as PersonId, name: 'Someone who left', admin: false };

/** Their nickname here, the name they go by everywhere, or the one they log in with. */
export function personIn(user: unknown, member: unknown, admin: boolean): Person | undefined {
  const id = personOf(dig(user, 'id'));
  if (id === undefined) return undefined;
  const name = textOf(dig(member, 'nick')) ?? textOf(dig(user, 'global_name')) ?? textOf(dig(user, 'username'));
  return { id, name: cut(name ?? 'Someone', LONGEST_NAME), admin };
}

/** Of an interaction, which tells what its person may do where it happened. In a DM nobody may do more than others. */
export function personActing(interaction: Body): Person | undefined {
  const member = recordOf(interaction['member']);
  return personIn(member?.['user'] ?? interaction['user'], member, mayManage(bitsOf(member?.['permissions'])));
}
