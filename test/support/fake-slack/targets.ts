/** What a person has before them: conversations, messages and views, and what in them can be clicked. */
import { elementsOf, optionsOf, textOf, typeOf } from './forms.ts';
import type { Model, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage, FakeView } from './types.ts';
import type { Json } from './wire.ts';

/** A conversation this person is in. */
export function seenBy(model: Model, team: string, user: string, channelId: string): FakeChannel {
  const channel = model.channel(team, channelId);
  if (!channel.members.has(user)) throw new Error(`${user} is not in ${channelId} (${channel.name})`);
  if (channel.deleted) throw new Error(`${channelId} is deleted`);
  return channel;
}

/** A message this person can see. */
export function messageFor(channel: FakeChannel, user: string, ts: string): FakeMessage {
  const found = channel.messages.find(
    (message) => message.ts === ts && (message.ephemeralTo === undefined || message.ephemeralTo === user),
  );
  if (!found || found.deleted) throw new Error(`${user} sees no message ${ts} in ${channel.id}`);
  return found;
}

/** A view this person can act in: their topmost modal, or their Home. */
export function viewFor(workspace: Workspace, user: string, id: string): FakeView {
  const top = workspace.modals.get(user)?.at(-1);
  const home = workspace.homes.get(user);
  const found = [top, home].find((view) => view?.id === id);
  if (!found) throw new Error(`${user} does not have the view ${id} before them`);
  return found;
}

export interface Target {
  readonly block: Json;
  readonly element: Json;
}

const targetsIn = (blocks: readonly Json[]): readonly Target[] =>
  blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));

const labelOf = (element: Json): string => textOf(element['text']);

export function findButton(blocks: readonly Json[], label: string): Target {
  const buttons = targetsIn(blocks).filter(({ element }) => element['type'] === 'button');
  const found = buttons.find(({ element }) => labelOf(element) === label);
  if (!found)
    throw new Error(`no button "${label}"; there are: ${buttons.map((one) => labelOf(one.element)).join(', ')}`);
  return found;
}

/** Selects that offer everybody, or every conversation, there is. */
const FREE_CHOICE: Readonly<Record<string, RegExp>> = {
  users_select: /^[UW]/,
  channels_select: /^C/,
  conversations_select: /^[CDGU]/,
};

export function findSelect(blocks: readonly Json[], value: string): Target {
  const offers = ({ element }: Target): boolean =>
    optionsOf(element).some((option) => option.value === value) || FREE_CHOICE[typeOf(element)]?.test(value) === true;
  const sends = ({ block }: Target): boolean => block['type'] !== 'input' || block['dispatch_action'] === true;
  const found = targetsIn(blocks).find((target) => offers(target) && sends(target));
  if (!found) throw new Error(`no select offers "${value}"`);
  return found;
}
