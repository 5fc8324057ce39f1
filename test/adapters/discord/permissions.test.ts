/** What Discord is asked for, and how we tell what we have: the rules by which roles and channels give and take. */
import fc from 'fast-check';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { inviteUrl } from '../../../adapters/discord/invite.ts';
import {
  ALL_PERMISSIONS,
  PERMISSIONS,
  type Standing,
  missingPermissions,
  permissionsIn,
} from '../../../adapters/discord/permissions.ts';

const RUNS = { numRuns: process.env['LONG'] ? 10_000 : 500 };
const P = PermissionFlagsBits;
const [GUILD, SELF, ROLE, OTHER, OWNER] = ['100', '200', '300', '400', '500'] as const;

const standing = (role: bigint, everybody = 0n): Standing => ({
  guild: GUILD,
  self: SELF,
  owner: OWNER,
  roles: [ROLE],
  granted: new Map([
    [GUILD, everybody],
    [ROLE, role],
    [OTHER, P.Administrator],
  ]),
});

describe('the permissions', () => {
  it('are those the library knows under these names, each once and with its reason', () => {
    const bits = {
      'View Channels': P.ViewChannel,
      'Send Messages': P.SendMessages,
      'Create Public Threads': P.CreatePublicThreads,
      'Create Private Threads': P.CreatePrivateThreads,
      'Send Messages in Threads': P.SendMessagesInThreads,
      'Read Message History': P.ReadMessageHistory,
      'Attach Files': P.AttachFiles,
    };
    expect(Object.fromEntries(PERMISSIONS.map(({ name, bit }) => [name, bit]))).toEqual(bits);
    for (const { reason } of PERMISSIONS) expect(reason).toMatch(/^[a-z].*[^.]$/);
    expect(new Set(PERMISSIONS.map(({ reason }) => reason)).size).toBe(PERMISSIONS.length);
  });

  it('let nobody administrate, moderate or mention everybody', () => {
    const never =
      P.Administrator |
      P.ManageGuild |
      P.ManageRoles |
      P.ManageChannels |
      P.ManageMessages |
      P.ManageThreads |
      P.MentionEveryone;
    expect(ALL_PERMISSIONS & never).toBe(0n);
  });
});

describe('the invitation', () => {
  it('asks for exactly these, as a bot with commands, into a server', () => {
    const url = new URL(inviteUrl({ applicationId: '123456789012345678' }));
    expect(`${url.origin}${url.pathname}`).toBe('https://discord.com/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '123456789012345678',
      scope: 'bot applications.commands',
      permissions: String(ALL_PERMISSIONS),
      integration_type: '0',
    });
  });

  it('stands beside the API it is for', () => {
    const url = inviteUrl({ applicationId: '1', apiUrl: 'http://127.0.0.1:4100/api' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4100\/oauth2\/authorize\?client_id=1&/);
  });
});

describe('what is missing', () => {
  it('is all of it where a channel cannot be seen, and nothing for administrators', () => {
    expect(missingPermissions(ALL_PERMISSIONS & ~P.ViewChannel)).toEqual(PERMISSIONS);
    expect(missingPermissions(P.Administrator)).toEqual([]);
    expect(missingPermissions(ALL_PERMISSIONS & ~P.AttachFiles).map(({ name }) => name)).toEqual(['Attach Files']);
  });
});

describe('what we may do in a channel', () => {
  const all = standing(ALL_PERMISSIONS);
  it.each([
    ['what the role gives', all, [], ALL_PERMISSIONS],
    ['what everybody may', standing(0n, P.ViewChannel), [], P.ViewChannel],
    ['less, where it is taken from everybody', all, [[GUILD, 0n, P.SendMessages]], ALL_PERMISSIONS & ~P.SendMessages],
    [
      'what our role gets back after it was taken from everybody',
      all,
      [
        [ROLE, P.ViewChannel, 0n],
        [GUILD, 0n, P.ViewChannel],
      ],
      ALL_PERMISSIONS,
    ],
    [
      'what we ourselves are given, last of all',
      all,
      [
        [SELF, P.AttachFiles, P.SendMessages],
        [ROLE, P.SendMessages, P.AttachFiles],
      ],
      ALL_PERMISSIONS & ~P.SendMessages,
    ],
    ['nothing of what others get', standing(0n), [[OTHER, ALL_PERMISSIONS, 0n]], 0n],
  ] as const)('is %s', (_, where, overwrites, may) => {
    const list = overwrites.map(([id, allow, deny]) => ({ id, allow, deny }));
    expect(permissionsIn(where, list)).toBe(may);
  });

  it('is everything for the owner and for administrators, whatever a channel takes', () => {
    const taken = [{ id: SELF, allow: 0n, deny: ALL_PERMISSIONS }];
    expect(missingPermissions(permissionsIn({ ...standing(0n), owner: SELF }, taken))).toEqual([]);
    expect(missingPermissions(permissionsIn(standing(P.Administrator), taken))).toEqual([]);
  });

  it('does not depend on the order of overwrites or roles', () => {
    const bits = fc.bigInt({ min: 0n, max: ALL_PERMISSIONS });
    const overwrite = fc.record({ id: fc.constantFrom(GUILD, SELF, ROLE, OTHER), allow: bits, deny: bits });
    const lists = fc.uniqueArray(overwrite, { selector: ({ id }) => id });
    fc.assert(
      fc.property(lists, bits, bits, (list, role, everybody) => {
        const where = {
          ...standing(role, everybody),
          roles: [ROLE, OTHER],
          granted: new Map([
            [ROLE, role],
            [GUILD, everybody],
          ]),
        };
        const mirrored = { ...where, roles: [OTHER, ROLE] };
        expect(permissionsIn(mirrored, list.toReversed())).toBe(permissionsIn(where, list));
      }),
      RUNS,
    );
  });
});
