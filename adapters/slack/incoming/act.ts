/** Clicks: buttons and selects on messages, in modals and on the Home tab, message shortcuts, and forms sent off. */
import type { ChannelId, Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import type { Choose, Pick, Press, Submit } from '../../../src/chat/incoming.ts';
import type { Action } from '../../../src/chat/message.ts';
import { decodeAction } from '../../../src/chat/wire.ts';
import { refOf } from '../refs.ts';
import { readActionId, readText, readValue, valuesOf } from '../render/index.ts';
import { placeAt, readOrigin } from './place.ts';
import {
  type Body,
  channelOf,
  dig,
  longTextOf,
  personOf,
  recordsOf,
  textOf,
  timeOf,
  tsOf,
  type Unsigned,
} from './read.ts';

export interface Facts {
  readonly team: TeamId;
  readonly now: Instant;
}

/** What people are called whom a text mentions. */
export interface Names {
  nameOf(id: string): string | undefined;
}

interface Actor {
  readonly by: PersonId;
  readonly called?: string;
}

function actorOf(body: Body): Actor | undefined {
  const by = personOf(dig(body, 'user', 'id'));
  if (by === undefined) return undefined;
  const called = textOf(dig(body, 'user', 'name')) ?? textOf(dig(body, 'user', 'username'));
  return called === undefined ? { by } : { by, called };
}

/** The conversation a click happened in, when it was not in a view. */
export interface Spot {
  readonly channel: ChannelId;
  /** The message clicked on. */
  readonly ts?: string;
  /** The thread it is in or heads. */
  readonly thread?: string;
}

/** An only-you message comes without itself; its container then tells where it is. */
export function spotOf(body: Body): Spot | undefined {
  const channel = channelOf(dig(body, 'channel', 'id')) ?? channelOf(dig(body, 'container', 'channel_id'));
  if (channel === undefined) return undefined;
  const ts = tsOf(body['message_ts']) ?? tsOf(dig(body, 'message', 'ts')) ?? tsOf(dig(body, 'container', 'message_ts'));
  const thread = tsOf(dig(body, 'message', 'thread_ts')) ?? tsOf(dig(body, 'container', 'thread_ts'));
  return { channel, ...(ts === undefined ? {} : { ts }), ...(thread === undefined ? {} : { thread }) };
}

/** Each click of a payload; several come with one trigger. What is no click of ours is left out. */
export function readClicks(body: Body, { team, now }: Facts): readonly Unsigned<Press | Choose>[] {
  const actor = actorOf(body);
  const trigger = textOf(body['trigger_id']);
  if (actor === undefined || trigger === undefined) return [];
  const spot = spotOf(body);
  const place = spot ? placeAt(spot, actor.by) : readOrigin(dig(body, 'view', 'private_metadata'), actor.by).place;
  return recordsOf(body['actions']).flatMap((action, index): Unsigned<Press | Choose>[] => {
    const id = `slack:${team}:trigger:${trigger}${index === 0 ? '' : `:${index}`}`;
    const common = { id, team, at: timeOf(now, action['action_ts']), place };
    const click = readClick(action);
    if (click === undefined) return [];
    if (click.value === undefined) return [{ ...actor, event: { ...common, kind: 'press', on: click.on } }];
    return [{ ...actor, event: { ...common, kind: 'choose', on: click.on, value: click.value } }];
  });
}

function readClick(action: Body): { readonly on: Action; readonly value?: string } | undefined {
  const id = textOf(action['action_id']);
  const on = id === undefined ? undefined : readActionId(id);
  if (on === undefined) return undefined;
  if (action['type'] === 'button') return { on };
  const value = textOf(dig(action, 'selected_option', 'value'));
  return action['type'] === 'static_select' && value !== undefined ? { on, value: readValue(value) } : undefined;
}

const actionOf = (id: unknown): Action | undefined => (typeof id === 'string' ? decodeAction(id) : undefined);

export function readShortcut(body: Body, { team, now, nameOf }: Facts & Names): Unsigned<Pick> | undefined {
  const actor = actorOf(body);
  const trigger = textOf(body['trigger_id']);
  const on = actionOf(body['callback_id']);
  const spot = spotOf(body);
  const author = personOf(dig(body, 'message', 'user')) ?? personOf(dig(body, 'message', 'bot_id'));
  if (actor === undefined || trigger === undefined || on === undefined) return undefined;
  if (spot?.ts === undefined || author === undefined) return undefined;
  const text = longTextOf(dig(body, 'message', 'text'));
  return {
    ...actor,
    event: {
      kind: 'pick',
      id: `slack:${team}:trigger:${trigger}`,
      team,
      at: timeOf(now, body['action_ts']),
      place: placeAt(spot, actor.by),
      on,
      ref: refOf(spot.channel, spot.ts),
      author,
      ...(text === undefined ? {} : { text: readText(text, nameOf) }),
    },
  };
}

export function readForm(body: Body, { team, now }: Facts): Unsigned<Submit> | undefined {
  const actor = actorOf(body);
  const on = actionOf(dig(body, 'view', 'callback_id'));
  const view = textOf(dig(body, 'view', 'id'));
  const hash = textOf(dig(body, 'view', 'hash')) ?? '';
  if (actor === undefined || on === undefined || view === undefined) return undefined;
  return {
    ...actor,
    event: {
      kind: 'submit',
      id: `slack:${team}:view:${view}:${hash}`,
      team,
      at: now,
      place: readOrigin(dig(body, 'view', 'private_metadata'), actor.by).place,
      on,
      values: valuesOf(dig(body, 'view', 'state', 'values')),
    },
  };
}
