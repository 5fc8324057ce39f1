/** What our own name for a delivery becomes on Discord, where names are never shown: hashes, the same for ever. */
import { createHash } from 'node:crypto';
import type { Name, TeamId } from '../../src/chat/ids.ts';

/** Discord takes nonces of up to this many characters. */
const NONCE_LENGTH = 25;

const hashOf = (team: TeamId, name: Name) => createHash('sha256').update(`${team}\n${name}`).digest();

/** Discord makes one message of two with the same nonce, for a few minutes. */
export const nonceOf = (team: TeamId, name: Name): string =>
  hashOf(team, name).toString('base64url').slice(0, NONCE_LENGTH);

/** The id of a message's first component, by which it is known for good; larger than any that Discord gives out itself. */
export const markOf = (team: TeamId, name: Name): number => 0x4000_0000 + (hashOf(team, name).readUInt32BE(0) >>> 2);

/** What a file of that name is known by. */
export const fileMarkOf = (team: TeamId, name: Name): string => hashOf(team, name).toString('hex').slice(0, 16);
