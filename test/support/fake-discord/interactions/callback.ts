/** `POST /interactions/:id/:token/callback`: the one answer an interaction gets, within three seconds, of a kind that fits it. */
import { addMessage, editMessage } from '../messages.ts';
import type { Asked, Json, Model, Reply, StoredMessage } from '../model.ts';
import { messageOf } from '../payloads.ts';
import { changeOf, checkChange, contentOf } from '../rest/messages.ts';
import { nameOf, type Desk, type Interaction } from './desk.ts';
import type { Modals } from './modals.ts';
import { refuse, refuseBody } from './no.ts';

/** Callback types, as numbered by Discord. */
export const CALLBACK = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

export const EPHEMERAL = 1 << 6;
export const LOADING = 1 << 7;
/** What an answer's flags may say: no link previews, only for one, silent, voice, new components. */
const KNOWN_FLAGS = (1 << 2) | EPHEMERAL | (1 << 12) | (1 << 13) | (1 << 15);

export interface Room {
  readonly model: Model;
  readonly desk: Desk;
  readonly modals: Modals;
}

const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const flagsOf = (data: Json): number => Number(data['flags'] ?? 0);

/** Which kinds of answer are there for it. */
export function allowed({ kind, message }: Pick<Interaction, 'kind' | 'message'>): readonly number[] {
  const { message: say, deferred, deferredUpdate, update, choices, modal } = CALLBACK;
  if (kind === 'autocomplete') return [choices];
  if (kind === 'command') return [say, deferred, modal];
  if (kind === 'component') return [say, deferred, deferredUpdate, update, modal];
  return message ? [say, deferred, deferredUpdate, update] : [say, deferred];
}

/** The type of the message an answer becomes: to a command, to a message command, to a press. */
function messageType({ kind, onMessage }: Interaction): number {
  if (onMessage === true) return 23;
  return kind === 'component' ? 19 : 20;
}

/** Makes a message of an interaction, for one person's eyes if its flags say so. */
export function post(
  room: Room,
  interaction: Interaction,
  content: Partial<ReturnType<typeof contentOf>>,
  type: number,
): StoredMessage {
  const { kind, user, channel, name, message: source } = interaction;
  const isFor = (flagsOf(content) & EPHEMERAL) !== 0;
  const reference = type === 19 && source && source.ephemeralTo === undefined;
  const made = addMessage(room.model, {
    channel,
    author: room.model.bot.id,
    ...content,
    type,
    interaction: { id: interaction.id, user, type: TYPE_OF[kind], ...(name !== undefined && { name }) },
    ...(isFor && { ephemeralTo: user }),
    ...(reference === true && { reference: { channel: channel.id, message: source.id } }),
  });
  interaction.messages.push(made);
  return made;
}

const TYPE_OF = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

function checkContent(content: ReturnType<typeof contentOf>): void {
  const { content: words, components, embeds, files, flags } = content;
  if ((flags & ~KNOWN_FLAGS) !== 0) refuseBody('flags: not one of the flags that may be set here');
  if (words === '' && components.length === 0 && embeds.length === 0 && files.length === 0) {
    refuseBody('Cannot send an empty message');
  }
}

function say(room: Room, interaction: Interaction, asked: Asked, data: Json): void {
  const content = contentOf(asked, data);
  checkContent(content);
  interaction.original = post(room, interaction, content, messageType(interaction));
}

function defer(room: Room, interaction: Interaction, data: Json): void {
  const flags = flagsOf(data);
  if ((flags & ~EPHEMERAL) !== 0) refuseBody('flags: a deferred answer may only be EPHEMERAL');
  interaction.original = post(room, interaction, { flags: flags | LOADING }, messageType(interaction));
  interaction.thinking = true;
}

function update(room: Room, { message }: Interaction, asked: Asked, data: Json): void {
  if (!message) return;
  const change = changeOf(asked, data, message);
  checkChange(message, change);
  editMessage(room.model, message, change);
}

function offer(data: Json): void {
  const choices = data['choices'];
  if (!Array.isArray(choices) || choices.length > 25) refuseBody('choices: Must be 25 or fewer in length.');
}

function perform(room: Room, interaction: Interaction, type: number, asked: Asked): void {
  const data = asJson(asked.body['data']);
  if (type === CALLBACK.message) say(room, interaction, asked, data);
  else if (type === CALLBACK.deferred) defer(room, interaction, data);
  else if (type === CALLBACK.choices) offer(data);
  else if (type === CALLBACK.modal) room.modals.open(interaction, data);
  else if (type === CALLBACK.update) update(room, interaction, asked, data);
  if (type !== CALLBACK.update && type !== CALLBACK.deferredUpdate) return;
  if (!interaction.message) return;
  interaction.original = interaction.message;
  interaction.messages.push(interaction.message);
}

function answeredWith(room: Room, interaction: Interaction, type: number): Json {
  const { id, kind, original, channel } = interaction;
  const facts = original && {
    response_message_id: original.id,
    response_message_loading: interaction.thinking,
    response_message_ephemeral: original.ephemeralTo !== undefined,
  };
  const shows = original && (type === CALLBACK.message || type === CALLBACK.update);
  return {
    interaction: {
      id,
      type: TYPE_OF[kind],
      ...facts,
      channel_id: channel.id,
      ...(channel.guild !== undefined && { guild_id: channel.guild }),
    },
    resource: { type, ...(shows && { message: messageOf(room.model, original) }) },
  };
}

export function callback(room: Room, asked: Asked): Reply {
  const interaction = room.desk.byId(asked.params['id'] ?? '', asked.params['token'] ?? '');
  if (!interaction) return refuse('interaction');
  if (interaction.state === 'answered') return refuse('answered');
  if (interaction.state === 'void') {
    room.model.complaints.push(`answered after 3 seconds: ${nameOf(interaction)}`);
    return refuse('interaction');
  }
  const type = Number(asked.body['type']);
  if (!allowed(interaction).includes(type)) {
    refuseBody(`type: a callback of type ${type} does not answer a ${interaction.kind}`);
  }
  perform(room, interaction, type, asked);
  interaction.state = 'answered';
  interaction.type = type;
  const data = asked.body['data'];
  interaction.settle({ ok: true, ...(data !== undefined && data !== null && { data: asJson(data) }) });
  if (asked.query.get('with_response') !== 'true') return { status: 204 };
  return { status: 200, body: answeredWith(room, interaction, type) };
}
