/** Messages over REST: sent, edited, deleted, read; typing and reactions are taken and forgotten. */
import { strip } from '../gateway/filter.ts';
import { addMessage, editMessage, eraseMessage } from '../messages.ts';
import type { Asked, Json, StoredChannel, StoredMessage } from '../model.ts';
import { isThread, messageOf } from '../payloads.ts';
import { may, sendingIn } from '../permissions.ts';
import { hasNewParts } from '../overlay/message.ts';
import { invalid, refuse, Refusal } from './refusal.ts';
import { channelOf, demand, DONE, filesOf, jsonsOf, ok, type Desk, type Handle } from './route.ts';

const alive = (channel: StoredChannel): readonly StoredMessage[] =>
  channel.messages.filter(({ deleted, ephemeralTo }) => deleted !== true && ephemeralTo === undefined);

function messageIn(channel: StoredChannel, asked: Asked): StoredMessage {
  return alive(channel).find(({ id }) => id === asked.params['message']) ?? refuse(10008);
}

/** In a DM: they let the bot write to them, and share a server with it. */
function mayReach({ model }: Desk, channel: StoredChannel): boolean {
  const person = [...channel.members].find((id) => id !== model.bot.id) ?? '';
  const shared = [...model.guilds.values()].some(({ joined, members }) => joined && members.has(person));
  return shared && model.users.get(person)?.closedDms !== true;
}

/** Throws unless our bot may write there now. */
export function checkSending(desk: Desk, channel: StoredChannel, body: Json, hasFiles: boolean): void {
  if (channel.kind === 'forum') refuse(50024);
  if (channel.kind === 'dm') {
    if (!mayReach(desk, channel)) refuse(50007);
    return;
  }
  demand(desk, channel, sendingIn(channel));
  if (hasFiles) demand(desk, channel, 'attach');
  if (jsonsOf(body['embeds']).length > 0) demand(desk, channel, 'embed');
  if (!isThread(channel) || !channel.locked) return;
  if (channel.archived) refuse(50083);
  if (!may(desk.model, channel, 'manageThreads')) refuse(160005);
}

function referenceIn(desk: Desk, channel: StoredChannel, body: Json): StoredMessage['reference'] {
  const asked = body['message_reference'];
  if (typeof asked !== 'object' || asked === null) return undefined;
  demand(desk, channel, 'history');
  const { message_id: id, fail_if_not_exists: strict = true } = asked as Json;
  if (alive(channel).some((message) => message.id === id)) return { channel: channel.id, message: String(id) };
  if (strict === false) return undefined;
  throw new Refusal(invalid(['message_reference: Unknown message']));
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number(value ?? 0));

export function contentOf(asked: Asked, body: Json) {
  return {
    content: typeof body['content'] === 'string' ? body['content'] : '',
    components: jsonsOf(body['components']),
    embeds: jsonsOf(body['embeds']),
    flags: numberOf(body['flags']),
    files: filesOf(asked, body),
  };
}

const nonceIn = ({ nonce }: Json): string | undefined =>
  typeof nonce === 'string' || typeof nonce === 'number' ? String(nonce) : undefined;

/** A message with the same nonce that was made a moment ago stands for this one. */
function repeated(desk: Desk, channel: StoredChannel, body: Json): StoredMessage | undefined {
  const nonce = nonceIn(body);
  if (body['enforce_nonce'] !== true || nonce === undefined) return undefined;
  const id = desk.nonces.find(channel.id, nonce);
  if (id === undefined) return undefined;
  return alive(channel).find((message) => message.id === id) ?? refuse(10008);
}

const create: Handle = (desk, asked) => {
  const { model } = desk;
  const { body } = asked;
  const channel = channelOf(desk, asked);
  checkSending(desk, channel, body, asked.files.length > 0);
  const known = repeated(desk, channel, body);
  if (known) return ok(messageOf(model, known, { nonce: true }));
  const nonce = nonceIn(body);
  const reference = referenceIn(desk, channel, body);
  const message = addMessage(model, {
    channel,
    author: model.bot.id,
    ...contentOf(asked, body),
    enforced: body['enforce_nonce'] === true,
    ...(nonce !== undefined && { nonce }),
    ...(reference && { reference }),
  });
  if (nonce !== undefined) desk.nonces.remember(channel.id, nonce, message.id);
  return ok(messageOf(model, message, { nonce: true }));
};

/** Throws unless it is our bot's own, and can be changed now. */
function checkEditing({ model }: Desk, channel: StoredChannel, message: StoredMessage): void {
  if (message.author !== model.bot.id) refuse(50005);
  if (message.type !== 0 && message.type !== 19 && message.type !== 20 && message.type !== 23) refuse(50021);
  if (isThread(channel) && channel.archived) refuse(50083);
}

const IS_V2 = 1 << 15;

export function changeOf(asked: Asked, body: Json, message: StoredMessage) {
  const kept = body['attachments'];
  const flags = body['flags'];
  return {
    ...('content' in body && { content: typeof body['content'] === 'string' ? body['content'] : '' }),
    ...('components' in body && { components: jsonsOf(body['components']) }),
    ...('embeds' in body && { embeds: jsonsOf(body['embeds']) }),
    ...(flags !== undefined && flags !== null && { flags: numberOf(flags) | (message.flags & IS_V2) }),
    ...(Array.isArray(kept) && { keep: jsonsOf(kept).map(({ id }) => String(id)) }),
    files: filesOf(asked, body),
  };
}

/** What a message becomes has something in it, and nothing that does not go with the new components. */
export function checkChange(message: StoredMessage, change: ReturnType<typeof changeOf>): void {
  const next = { ...message, ...change };
  const files = message.attachments.filter(({ id }) => change.keep?.includes(id) ?? true).length + change.files.length;
  const isV2 = (next.flags & IS_V2) !== 0;
  const wrong = [
    ...(isV2 && (next.content !== '' || next.embeds.length > 0) ? ['content does not go with components V2'] : []),
    ...(!isV2 && hasNewParts(change.components) ? ['new components need the flag for them'] : []),
  ];
  if (wrong.length > 0) throw new Refusal(invalid(wrong));
  if (next.content === '' && next.components.length === 0 && next.embeds.length === 0 && files === 0) refuse(50006);
}

const edit: Handle = (desk, asked) => {
  const channel = channelOf(desk, asked);
  const message = messageIn(channel, asked);
  checkEditing(desk, channel, message);
  const change = changeOf(asked, asked.body, message);
  checkChange(message, change);
  editMessage(desk.model, message, change);
  return ok(messageOf(desk.model, message));
};

const remove: Handle = (desk, asked) => {
  const channel = channelOf(desk, asked);
  const message = messageIn(channel, asked);
  if (message.author !== desk.model.bot.id) {
    if (channel.kind === 'dm') refuse(50005);
    demand(desk, channel, 'manageMessages');
  }
  eraseMessage(desk.model, message);
  return DONE;
};

/** What people write is read over REST only with the portal's switch for it. */
function readableOf({ model, plugs }: Desk, message: StoredMessage): Json {
  const channel = model.channel(message.channel);
  const about = channel.guild === undefined ? {} : { guild: channel.guild };
  return strip(model, 'MESSAGE_CREATE', messageOf(model, message), about, plugs.contentSwitch ? MESSAGE_CONTENT : 0);
}

const MESSAGE_CONTENT = 1 << 15;

const one: Handle = (desk, asked) => {
  const channel = channelOf(desk, asked);
  demand(desk, channel, 'history');
  return ok(readableOf(desk, messageIn(channel, asked)));
};

/** Newest first, as Discord gives them, whichever way is asked. */
function pageOf(messages: readonly StoredMessage[], query: URLSearchParams): readonly StoredMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  if (after !== null && after !== undefined) {
    return messages
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .toReversed();
  }
  if (around !== null && around !== undefined) {
    const at = messages.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const from = Math.max(0, (at < 0 ? messages.length : at) - Math.floor(limit / 2));
    return messages.slice(from, from + limit).toReversed();
  }
  const older =
    before === null || before === undefined ? messages : messages.filter(({ id }) => BigInt(id) < BigInt(before));
  return older.slice(-limit).toReversed();
}

const history: Handle = (desk, asked) => {
  const { model } = desk;
  const channel = channelOf(desk, asked);
  if (channel.kind === 'forum') refuse(50024);
  if (!may(model, channel, 'history')) return ok([]);
  return ok(pageOf(alive(channel), asked.query).map((message) => readableOf(desk, message)));
};

const typing: Handle = (desk, asked) => {
  const channel = channelOf(desk, asked);
  checkSending(desk, channel, {}, false);
  return DONE;
};

const react: Handle = (desk, asked) => {
  const channel = channelOf(desk, asked);
  demand(desk, channel, 'addReactions', 'history');
  messageIn(channel, asked);
  return DONE;
};

export const MESSAGE_ROUTES: Readonly<Record<string, Handle>> = {
  'GET /channels/:id/messages': history,
  'POST /channels/:id/messages': create,
  'GET /channels/:id/messages/:message': one,
  'PATCH /channels/:id/messages/:message': edit,
  'DELETE /channels/:id/messages/:message': remove,
  'POST /channels/:id/typing': typing,
  'PUT /channels/:id/messages/:message/reactions/:emoji/@me': react,
};
