/** `/webhooks/:app/:token…`: what an interaction's token can do for a quarter of an hour: more messages, and its own changed. */
import { editMessage, eraseMessage } from '../messages.ts';
import type { Asked, Reply, StoredMessage } from '../model.ts';
import { messageOf } from '../payloads.ts';
import { changeOf, checkChange, contentOf } from '../rest/messages.ts';
import { EPHEMERAL, LOADING, post, type Room } from './callback.ts';
import type { Interaction } from './desk.ts';
import { refuse, refuseBody } from './no.ts';

/** The type of a message that follows the first answer. */
const FOLLOW_UP = 19;

function interactionOf({ model, desk }: Room, asked: Asked): Interaction {
  if (asked.params['app'] !== model.applicationId) refuse('webhook');
  const found = desk.byToken(asked.params['token'] ?? '');
  if (!found || !desk.tokenLives(found)) return refuse('token');
  return found.state === 'answered' ? found : refuse('webhook');
}

function messageIn(interaction: Interaction, asked: Asked): StoredMessage {
  const name = asked.params['message'];
  const { original, messages } = interaction;
  const found = name === '@original' ? original : messages.find(({ id }) => id === name);
  return found && found.deleted !== true ? found : refuse('message');
}

/** Whether only one person sees it was settled by the announcement. */
function fill(room: Room, interaction: Interaction, message: StoredMessage, asked: Asked): Reply {
  const change = changeOf(asked, asked.body, message);
  const flags = ((change.flags ?? message.flags) & ~LOADING & ~EPHEMERAL) | (message.flags & EPHEMERAL);
  const whole = { ...change, flags };
  checkChange(message, whole);
  editMessage(room.model, message, whole);
  if (message === interaction.original) interaction.thinking = false;
  return { status: 200, body: messageOf(room.model, message) };
}

function follow(room: Room, asked: Asked): Reply {
  const interaction = interactionOf(room, asked);
  const { original, thinking } = interaction;
  if (original && thinking) return fill(room, interaction, original, asked);
  const content = contentOf(asked, asked.body);
  if (content.content === '' && content.components.length === 0 && content.embeds.length + content.files.length === 0) {
    refuseBody('Cannot send an empty message');
  }
  return { status: 200, body: messageOf(room.model, post(room, interaction, content, FOLLOW_UP)) };
}

export function webhook(room: Room, asked: Asked): Reply {
  if (asked.method === 'POST') return follow(room, asked);
  const interaction = interactionOf(room, asked);
  const message = messageIn(interaction, asked);
  if (asked.method === 'GET') return { status: 200, body: messageOf(room.model, message) };
  if (asked.method === 'PATCH') return fill(room, interaction, message, asked);
  eraseMessage(room.model, message);
  return { status: 204 };
}
