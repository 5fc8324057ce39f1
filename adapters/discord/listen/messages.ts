/** What people write in our threads and rooms and to us alone: new, changed and deleted. */
import { type Client, Routes } from 'discord.js';
import type { TeamId } from '../../../src/chat/ids.ts';
import type { Person } from '../../../src/chat/incoming.ts';
import { plus } from '../../../src/chat/world.ts';
import { withinTime } from '../answer/in-time.ts';
import { postGone } from '../incoming/gone.ts';
import { editedAt, isWritten, type MessageFacts, readDeleted, readEdited, readNew } from '../incoming/message.ts';
import { mayManage, NOBODY, personIn } from '../incoming/person.ts';
import { isThread, refAt, type Spot } from '../incoming/place.ts';
import { type Body, dig, idOf, personOf, recordOf, teamOf } from '../incoming/read.ts';
import type { Stage } from './stage.ts';

/** How long Discord may take to tell what an event leaves out, in ms. */
const PATIENCE_MS = 10_000;

export async function onCreate(stage: Stage, data: unknown): Promise<void> {
  const message = recordOf(data) ?? {};
  const id = idOf(message['id']);
  // Before the first wait: its deletion may come during it.
  if (id !== undefined && isNear(stage, message)) stage.recent.note(id, { from: authorOf(stage, message) });
  if (!isWritten(message)) return;
  const facts = await factsOf(stage, message);
  if (id !== undefined && facts) stage.recent.note(id, { ...stage.recent.of(id), from: facts.from });
  const reply = facts && readNew(message, facts);
  if (reply) await stage.onEvent(reply);
}

export async function onUpdate(stage: Stage, data: unknown): Promise<void> {
  const told = recordOf(data) ?? {};
  const edited = editedAt(told);
  const id = idOf(told['id']);
  if (edited === undefined || id === undefined || stage.recent.of(id)?.edited === edited) return;
  if (!(await isFollowed(stage, told))) return;
  const message = await whole(stage, told);
  if (!message || !isWritten(message)) return;
  const facts = await factsOf(stage, message);
  const reply = facts && readEdited(message, facts);
  if (!reply) return;
  await stage.onEvent(reply);
  stage.recent.note(id, { from: reply.from, edited });
}

export async function onDelete(stage: Stage, data: unknown): Promise<void> {
  const deleted = recordOf(data) ?? {};
  const id = idOf(deleted['id']);
  const team = teamOf(deleted['guild_id']);
  const spot = await spotOf(stage, deleted);
  if (id === undefined || spot === undefined) return;
  const at = stage.deps.world.now();
  const written = stage.recent.of(id);
  // It may have been ours.
  if (team !== undefined && written?.from === undefined) await stage.onEvent(postGone(team, refAt(spot, id), id, at));
  if ((written && !written.from) || !isOurs(stage, spot)) return;
  const from = written?.from ?? (await writerOf(stage, spot));
  const reply = readDeleted(id, { spot, from, ...(team === undefined ? {} : { team }) }, at);
  if (reply) await stage.onEvent(reply);
}

export async function onDeleteBulk(stage: Stage, data: unknown): Promise<void> {
  const deleted = recordOf(data) ?? {};
  const ids: readonly unknown[] = Array.isArray(deleted['ids']) ? deleted['ids'] : [];
  for (const id of ids) await onDelete(stage, { ...deleted, id });
}

/** A thread we made, or a DM. What is said elsewhere is nobody's business here. */
const isOurs = ({ client }: Stage, spot: Spot): boolean =>
  spot.kind === 'dm' || (isThread(spot) && spot.owner === client.user?.id);

const isFollowed = async (stage: Stage, message: Body): Promise<boolean> => {
  const spot = await spotOf(stage, message);
  return spot !== undefined && isOurs(stage, spot);
};

/** Worth remembering before it is known for certain where it stands. */
function isNear({ spots }: Stage, message: Body): boolean {
  const spot = spots.known(idOf(message['channel_id']) ?? '');
  return spot === undefined || isThread(spot) || spot.kind === 'dm';
}

/** Without a server it is a DM. */
async function spotOf({ spots }: Stage, { channel_id, guild_id }: Body): Promise<Spot | undefined> {
  const channel = idOf(channel_id);
  if (channel === undefined) return undefined;
  if (guild_id === undefined) return spots.known(channel) ?? { kind: 'dm', id: channel };
  return spots.of(channel, PATIENCE_MS);
}

/** Undefined when it stands where we do not listen. */
async function factsOf(stage: Stage, message: Body): Promise<MessageFacts | undefined> {
  const spot = await spotOf(stage, message);
  const from = authorOf(stage, message);
  if (spot === undefined || from === undefined || !isOurs(stage, spot)) return undefined;
  const team = teamOf(message['guild_id']);
  return { spot, from, ...(team === undefined ? {} : { team }) };
}

/** Undefined for bots, and so for us. */
function authorOf({ client }: Stage, message: Body): Person | undefined {
  if (!isWritten(message)) return undefined;
  const member = recordOf(message['member']);
  const team = teamOf(message['guild_id']);
  const author = idOf(dig(message, 'author', 'id'));
  return personIn(message['author'], member, team !== undefined && isAdmin(client, team, author, member));
}

/** A message does not tell what its author may do: their roles do. */
function isAdmin(client: Client, team: TeamId, author: string | undefined, member: Body | undefined): boolean {
  const guild = client.guilds.cache.get(team);
  if (!guild || author === undefined) return false;
  const roles = member?.['roles'];
  const ids: readonly unknown[] = [team, ...(Array.isArray(roles) ? roles : [])];
  const may = ids.map((id) => guild.roles.cache.get(String(id))?.permissions.bitfield ?? 0n);
  return guild.ownerId === author || may.some(mayManage);
}

/** A change may be told in part: the message itself then tells the rest. */
async function whole({ client, deps }: Stage, told: Body): Promise<Body | undefined> {
  const channel = idOf(told['channel_id']);
  const id = idOf(told['id']);
  if (idOf(dig(told, 'author', 'id')) !== undefined && typeof told['content'] === 'string') return told;
  if (channel === undefined || id === undefined) return undefined;
  const read = client.rest.get(Routes.channelMessage(channel, id)).catch(() => undefined);
  const message = recordOf(await withinTime(deps.world, read, plus(deps.world.now(), PATIENCE_MS)));
  return message && { ...message, guild_id: told['guild_id'] };
}

/** Whose a deleted message was, as far as that can be known: in a DM it was theirs. */
async function writerOf({ client, spots }: Stage, spot: Spot): Promise<Person> {
  if (spot.kind !== 'dm') return NOBODY;
  const there = spot.recipient === undefined ? await spots.of(spot.id, PATIENCE_MS) : spot;
  const id = there?.kind === 'dm' ? personOf(there.recipient) : undefined;
  if (id === undefined) return NOBODY;
  return { ...NOBODY, id, name: client.users.cache.get(id)?.displayName ?? NOBODY.name };
}
