/** What people do: they use commands, click and fill in forms, and wait three seconds for an answer. */
import type { Desk } from '../interactions/desk.ts';
import type { Modals } from '../interactions/modals.ts';
import type { Json, Model, StoredChannel } from '../model.ts';
import { messageOf } from '../payloads.ts';
import type { Answered, FakeHands } from '../types.ts';
import { findButton, findSelect, messageFor } from './click.ts';
import { findCommand, typeInto, useCommand } from './commands.ts';
import { fillIn, PART, pickedIn } from './form.ts';
import { resolve } from './payload.ts';
import { channelFor, doingsOf } from './people.ts';

export interface Tools {
  readonly model: Model;
  readonly desk: Desk;
  readonly modals: Modals;
}

function placeOf(model: Model, guild: string, user: string, id: string): StoredChannel {
  const channel = channelFor(model, user, id);
  if ((channel.guild ?? '') !== guild && channel.guild !== undefined) throw new Error(`${id} is not in ${guild}`);
  return channel;
}

const guildOf = ({ guild }: StoredChannel): Json => (guild === undefined ? {} : { guild_id: guild });

function command(
  tools: Tools,
  user: string,
  channel: StoredChannel,
  name: string,
  how: readonly [readonly string[], Json],
) {
  const { model } = tools;
  const used = useCommand(model, findCommand(model, channel, user, name), ...how);
  const data = {
    id: used.command.id,
    name,
    type: 1,
    ...(used.options.length > 0 && { options: used.options }),
    ...resolve(model, { guild: channel.guild, user }, used),
  };
  return tools.desk.ask({ kind: 'command', user, channel, name, data });
}

function pick(tools: Tools, user: string, channel: StoredChannel, id: string, name: string): Promise<Answered> {
  const { model } = tools;
  const message = messageFor(model, user, channel.id, id);
  if (message.ephemeralTo !== undefined) throw new Error('what only one person sees has no commands');
  const found = findCommand(model, channel, user, name, 'message');
  const resolved = { messages: { [id]: messageOf(model, message) } };
  const data = { id: found.id, name, type: 3, target_id: id, resolved, ...guildOf(channel) };
  return tools.desk.ask({ kind: 'command', user, channel, name, data, onMessage: true });
}

function press(tools: Tools, user: string, id: string, message: string, label: string): Promise<Answered> {
  const channel = channelFor(tools.model, user, id);
  const found = messageFor(tools.model, user, id, message);
  const button = findButton(found, label);
  const data = { custom_id: button['custom_id'], component_type: PART.button, id: button['id'] };
  return tools.desk.ask({ kind: 'component', user, channel, message: found, data });
}

function choose(tools: Tools, user: string, id: string, message: string, value: string): Promise<Answered> {
  const { model } = tools;
  const channel = channelFor(model, user, id);
  const found = messageFor(model, user, id, message);
  const select = findSelect(model, found, value);
  const isChannel = select['type'] === PART.channelSelect;
  const ids = select['type'] === PART.stringSelect ? {} : isChannel ? { channels: [value] } : { users: [value] };
  const data = {
    custom_id: select['custom_id'],
    component_type: select['type'],
    id: select['id'],
    values: [value],
    ...resolve(model, { guild: channel.guild, user }, ids),
  };
  return tools.desk.ask({ kind: 'component', user, channel, message: found, data });
}

async function submit(tools: Tools, user: string, values: Parameters<FakeHands['submit']>[1]): Promise<Answered> {
  const { model, desk, modals } = tools;
  const modal = modals.of(user);
  if (!modal) throw new Error(`${user} has no form open`);
  const { channel } = modal.from;
  const components = fillIn(modal.components, values);
  const picked = resolve(model, { guild: channel.guild, user }, pickedIn(components));
  const data = { custom_id: modal.customId, components, ...picked };
  const { message } = modal;
  const answered = await desk.ask({ kind: 'modal', user, channel, data, ...(message && { message }) });
  // One that nobody answered stays open, with "Something went wrong".
  if (answered.ok && modals.of(user) === modal) modals.close(user);
  return answered;
}

export function openHands(tools: Tools): FakeHands {
  const { model, modals } = tools;
  return {
    ...doingsOf(model),
    command: async (guild, user, channel, name, sub, options = {}) =>
      command(tools, user, placeOf(model, guild, user, channel), name, [sub, options]),
    complete: async (guild, user, id, name, sub, option, typed) => {
      const channel = placeOf(model, guild, user, id);
      const found = findCommand(model, channel, user, name);
      const data = { id: found.id, name, type: 1, options: typeInto(found, sub, option, typed) };
      return tools.desk.ask({ kind: 'autocomplete', user, channel, name, data });
    },
    press: async (user, channel, message, label) => press(tools, user, channel, message, label),
    choose: async (user, channel, message, value) => choose(tools, user, channel, message, value),
    submit: (user, values) => submit(tools, user, values),
    dismiss: (user) => modals.close(user),
    pick: async (guild, user, channel, message, name) =>
      pick(tools, user, placeOf(model, guild, user, channel), message, name),
  };
}
