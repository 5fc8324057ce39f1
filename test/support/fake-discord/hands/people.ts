/** What people write and change, and what becomes of channels and servers. */
import { announceGuild, announceLoss } from '../gateway/welcome.ts';
import { addMessage, editMessage, eraseMessage, looksInto } from '../messages.ts';
import type { Model, StoredChannel } from '../model.ts';
import { isThread } from '../payloads.ts';
import { deleteChannel, setThread } from '../threads.ts';
import type { FakeHands } from '../types.ts';
import { messageFor } from './click.ts';

type Doings = Pick<FakeHands, 'write' | 'edit' | 'erase' | 'deleteChannel' | 'archive' | 'kick' | 'invite'>;
type More = NonNullable<Parameters<FakeHands['write']>[3]>;

/** A person's message, as long as without a subscription. */
const LONGEST_TEXT = 2000;

/** Throws where this person sees nothing. */
export function channelFor(model: Model, user: string, id: string): StoredChannel {
  const channel = model.channel(id);
  if (!model.users.has(user)) throw new Error(`no person ${user} in the fake`);
  if (channel.deleted || !looksInto(model, user, channel)) throw new Error(`${user} does not see ${id}`);
  return channel;
}

const isAdmin = (model: Model, channel: StoredChannel, user: string): boolean =>
  channel.guild !== undefined && model.guild(channel.guild).members.get(user)?.admin === true;

function filesOf(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    name: `notes-${at + 1}.txt`,
    bytes: new TextEncoder().encode(`file ${at + 1}`),
    contentType: 'text/plain',
  }));
}

function write(model: Model, user: string, id: string, text: string, more: More): string {
  const channel = channelFor(model, user, id);
  if (channel.kind === 'forum') throw new Error('in a forum one writes in its posts');
  if (isThread(channel) && channel.locked && !isAdmin(model, channel, user)) throw new Error(`${id} is locked`);
  const content = more.mentions === true ? `<@${model.bot.id}> ${text}` : text;
  if (content.length > LONGEST_TEXT) throw new Error(`the client sends at most ${LONGEST_TEXT} characters`);
  if (content.trim() === '' && (more.files ?? 0) === 0) throw new Error('the client sends no empty message');
  return addMessage(model, { channel, author: user, content, files: filesOf(more.files ?? 0) }).id;
}

export function doingsOf(model: Model): Doings {
  return {
    write: async (user, channel, text, more = {}) => write(model, user, channel, text, more),
    edit: async (user, channel, id, text) => {
      const message = messageFor(model, user, channel, id);
      if (message.author !== user) throw new Error(`${id} is not what ${user} wrote`);
      editMessage(model, message, { content: text });
    },
    erase: async (user, channel, id) => {
      const message = messageFor(model, user, channel, id);
      const may = message.author === user || isAdmin(model, model.channel(channel), user);
      if (!may) throw new Error(`${user} may not delete ${id}`);
      eraseMessage(model, message);
    },
    deleteChannel: async (id) => deleteChannel(model, model.channel(id)),
    archive: async (id, locked) => {
      const thread = model.channel(id);
      if (!isThread(thread)) throw new Error(`${id} is no thread`);
      setThread(model, thread, { archived: true, ...(locked !== undefined && { locked }) });
    },
    kick: async (id) => {
      const guild = model.guild(id);
      guild.joined = false;
      guild.members.delete(model.bot.id);
      announceLoss(model, guild, false);
    },
    invite: async (id) => {
      const guild = model.guild(id);
      if (guild.joined) return;
      guild.joined = true;
      guild.joinedAt = model.clock.now();
      guild.members.set(model.bot.id, { admin: false });
      announceGuild(model, guild);
    },
  };
}
