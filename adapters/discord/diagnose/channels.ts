/** The channels that questions go to: whether they are there, and whether we may do there what we must. */
import type { ChannelId, TeamId } from '../../../src/chat/ids.ts';
import { type Standing, missingPermissions, permissionsIn } from '../permissions.ts';
import { type Ask, type Json, bitsIn, jsonOf, jsonsIn, textIn } from './ask.ts';
import type { Server } from './servers.ts';
import { type Found, bad, plain, unclear, well } from './words.ts';

export interface Place {
  readonly team: TeamId;
  readonly channel: ChannelId;
}

export interface Visit {
  readonly ask: Ask;
  /** Our own user id. */
  readonly self: string;
  readonly servers: readonly Server[];
  /** The root command, without the slash. */
  readonly command: string;
}

/** As many as Discord answers for within a few seconds. */
const MOST_CHANNELS = 40;

/** A database may know of servers that we are not in any more; those are left out. */
export async function lookAtChannels(visit: Visit, places: readonly Place[]): Promise<readonly Found[]> {
  const found: Found[] = [];
  const standings = new Map<string, Standing | Found>();
  const here = places.filter(({ team }) => visit.servers.some(({ id }) => id === team));
  for (const { team, channel } of here.slice(0, MOST_CHANNELS)) {
    const standing = standings.get(team) ?? (await standingIn(visit, team));
    if ('what' in standing && !standings.has(team)) found.push(standing);
    standings.set(team, standing);
    if (!('what' in standing)) found.push(await lookAtChannel(visit, standing, channel));
  }
  const rest = here.length - MOST_CHANNELS;
  return rest > 0 ? [...found, well(`${rest} more channels were not looked at`)] : found;
}

async function standingIn({ ask, self }: Visit, team: TeamId): Promise<Standing | Found> {
  const [server, member] = [await ask(`/guilds/${team}`), await ask(`/guilds/${team}/members/${self}`)];
  if (server.kind !== 'said') return unclear(server, `server ${team}`);
  if (member.kind !== 'said') return unclear(member, `its place in server ${team}`);
  const guild = jsonOf(server.body);
  const roles = jsonOf(member.body)['roles'];
  return {
    guild: team,
    self,
    owner: textIn(guild, 'owner_id'),
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    granted: new Map(jsonsIn(guild['roles']).map((role) => [textIn(role, 'id'), bitsIn(role, 'permissions')])),
  };
}

const FORUM = 15;
/** Text and announcements. */
const POSTABLE: readonly unknown[] = [0, 5, FORUM];
/** A forum has posts in place of both kinds of threads. */
const NOT_IN_FORUMS: readonly string[] = ['Create Public Threads', 'Create Private Threads'];

async function lookAtChannel({ ask, command }: Visit, standing: Standing, id: ChannelId): Promise<Found> {
  const answer = await ask(`/channels/${id}`);
  if (answer.kind === 'refused') {
    const another = `choose another: /${command} setup`;
    const unseen = `channel ${id}, where questions go, cannot be seen: it is private, or View Channel is taken from it`;
    if (answer.status === 404) return bad(`channel ${id}, where questions go, is gone`, another);
    if (answer.status === 403)
      return bad(unseen, `Edit Channel → Permissions → Add members or roles → the bot, View Channel on; or ${another}`);
  }
  if (answer.kind !== 'said') return unclear(answer, `channel ${id}`);
  return mayPractise(jsonOf(answer.body), standing, command);
}

function mayPractise(channel: Json, standing: Standing, command: string): Found {
  const name = `#${plain(textIn(channel, 'name') || textIn(channel, 'id'))}`;
  if (!POSTABLE.includes(channel['type']))
    return bad(
      `${name} takes no questions: it is neither a text channel nor a forum`,
      `choose another: /${command} setup`,
    );
  const overwrites = jsonsIn(channel['permission_overwrites']).map((one) => ({
    id: textIn(one, 'id'),
    allow: bitsIn(one, 'allow'),
    deny: bitsIn(one, 'deny'),
  }));
  const missing = missingPermissions(permissionsIn(standing, overwrites)).filter(
    (one) => channel['type'] !== FORUM || !NOT_IN_FORUMS.includes(one.name),
  );
  if (missing.length === 0) return well(`in ${name}, where questions go`);
  const what = missing.map((one) => `${one.name} (${one.reason})`).join('; ');
  const names = missing.map((one) => one.name).join(', ');
  return bad(
    `in ${name}, where questions go, it lacks: ${what}`,
    `${name} → Edit Channel → Permissions → the role of the bot: allow ${names}`,
  );
}
