/** What a person does in the chat: kept, told to the core, and answered. */
import type { Instant, PersonId, Ref } from '../../src/chat/ids.ts';
import type { ActedEvent, Person } from '../../src/chat/incoming.ts';
import { LIMITS } from '../../src/chat/limits.ts';
import type { Action, Message, Option } from '../../src/chat/message.ts';
import type { Answer, OnEvent } from '../../src/chat/outgoing.ts';
import { placeKey } from '../../src/chat/place.ts';
import type { Place } from '../../src/chat/place.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { encodeAction } from '../../src/chat/wire.ts';
import type { Log } from '../../src/chat/world.ts';
import { readCommand } from './command.ts';
import { withoutWords } from './deliver.ts';
import type { Carrier } from './deliver.ts';
import { bodyOf, GREENROOM, NotHere, stampAfter, TEAM } from './message.ts';
import type { Body, Outcome } from './message.ts';
import type { MessageRow } from './ports.ts';
import { replyOf } from './replies.ts';
import { mustSee } from './sight.ts';

export interface Stage extends Carrier {
  readonly log: Log;
  readonly onEvent: OnEvent;
  readonly surface: Surface;
}

/** Longest message a person can write, in UTF-16 units; both big platforms take less or the same. */
export const LONGEST = 4000;

/** A message of `from` in a place; the core hears of it where it listens. */
export async function say(on: Stage, from: Person, place: Place<Ref>, text: string): Promise<Outcome> {
  const words = text.trim();
  if (words === '') throw new NotHere(400, 'There is nothing in this message yet.');
  if (words.length > LONGEST) throw new NotHere(400, `A message holds up to ${LONGEST} characters.`);
  await mustSee(on.store, from.id, place);
  const row = await keep(on, { author: from.id, place, body: { kind: 'text', text: words } });
  await hear(on, row, 'new', from);
  return { kind: 'said', ref: row.ref };
}

export async function edit(on: Stage, from: Person, ref: string, text: string): Promise<Outcome> {
  const words = text.trim();
  if (words === '') throw new NotHere(400, 'To take a message back, delete it.');
  if (words.length > LONGEST) throw new NotHere(400, `A message holds up to ${LONGEST} characters.`);
  await changeOwn(on, from, ref, 'edited', () => JSON.stringify({ kind: 'text', text: words } satisfies Body));
  return { kind: 'done' };
}

export async function remove(on: Stage, from: Person, ref: string): Promise<Outcome> {
  await changeOwn(on, from, ref, 'deleted', withoutWords);
  return { kind: 'done' };
}

/** Hides an only-you message from the one who sees it. */
export async function dismiss(on: Stage, from: Person, ref: string): Promise<Outcome> {
  const row = await on.store.change(ref, (before) =>
    before.only === from.id && before.deleted === 0
      ? { deleted: 1, edited: stampAfter(before, on.world.now()), body: withoutWords(before) }
      : undefined,
  );
  if (row) on.hub.tell({ kind: 'message', row });
  return { kind: 'done' };
}

export async function press(on: Stage, from: Person, ref: string, action: Action): Promise<Outcome> {
  const { card, place } = await cardSeenBy(on, from, ref);
  const button = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])).find(same(action));
  if (!button) throw new NotHere(404, 'This card has changed; that button is no longer on it.');
  return answer(on, from, place, await on.onEvent({ ...base(on), kind: 'press', from, place, on: button.on }));
}

export async function choose(on: Stage, from: Person, ref: string, action: Action, value: string): Promise<Outcome> {
  const { card, place } = await cardSeenBy(on, from, ref);
  const choice = card.blocks.filter((block) => block.kind === 'choice').find(same(action));
  if (!choice?.options.some((option) => option.value === value))
    throw new NotHere(404, 'This card has changed; that choice is no longer on it.');
  return answer(on, from, place, await on.onEvent({ ...base(on), kind: 'choose', from, place, on: choice.on, value }));
}

export async function submit(
  on: Stage,
  from: Person,
  place: Place<Ref>,
  action: Action,
  values: Readonly<Record<string, string>>,
): Promise<Outcome> {
  await mustSee(on.store, from.id, place);
  const long = Object.entries(values).find(([, value]) => value.length > LIMITS.fieldValue);
  if (long) return { kind: 'reject', field: long[0], problem: `Up to ${LIMITS.fieldValue} characters fit here.` };
  return answer(on, from, place, await on.onEvent({ ...base(on), kind: 'submit', from, place, on: action, values }));
}

export async function pick(on: Stage, from: Person, ref: string, action: Action): Promise<Outcome> {
  const { row, place } = await seenBy(on, from, ref);
  const shortcut = on.surface.shortcuts.find(same(action));
  const body = bodyOf(row);
  if (!shortcut || body.kind !== 'text') throw new NotHere(404, 'That cannot be done with this message.');
  const about = { ref: row.ref as Ref, author: row.author as PersonId, text: body.text };
  return answer(
    on,
    from,
    place,
    await on.onEvent({ ...base(on), kind: 'pick', from, place, on: shortcut.on, ...about }),
  );
}

export async function command(on: Stage, from: Person, place: Place<Ref>, typed: string): Promise<Outcome> {
  await mustSee(on.store, from.id, place);
  const asked = readCommand(on.surface, await on.store.people(), typed);
  if (!asked) throw new NotHere(404, `There is no such command here. /${on.surface.root} help shows what there is.`);
  const got = await on.onEvent({ ...base(on), kind: 'command', from, place, ...asked });
  return answer(on, from, place, got, typed.trim());
}

/** What the core proposes for an option being typed. */
export async function complete(
  on: Stage,
  from: Person,
  place: Place<Ref>,
  asked: { readonly command: string; readonly option: string; readonly typed: string },
): Promise<readonly Option[]> {
  await mustSee(on.store, from.id, place);
  return (await on.onEvent({ ...base(on), kind: 'complete', from, place, ...asked })).options;
}

const base = ({ world }: Stage): { id: string; team: typeof TEAM; at: Instant } => ({
  id: `local:${world.newId()}`,
  team: TEAM,
  at: world.now(),
});

const same =
  (action: Action) =>
  ({ on }: { readonly on: Action }): boolean =>
    encodeAction(on) === encodeAction(action);

/** Shows `from` what came back; only they see it, and it is still there after a reload. */
async function answer(on: Stage, from: Person, place: Place<Ref>, got: Answer, said?: string): Promise<Outcome> {
  if (got.kind === 'ask') return { kind: 'ask', form: got.form, place: placeKey(place) };
  if (got.kind === 'reject') return got;
  if (got.kind !== 'say' && got.kind !== 'show') return { kind: 'done' };
  const message: Message = got.kind === 'say' ? { blocks: [{ kind: 'text', text: got.text }] } : got.message;
  const body: Body = { kind: 'card', message, ...(said === undefined ? {} : { said }) };
  const row = await keep(on, { author: GREENROOM, place, body, only: from.id });
  return { kind: 'said', ref: row.ref };
}

async function keep(
  { store, world, hub }: Stage,
  of: { author: string; place: Place<Ref>; body: Body; only?: string },
): Promise<MessageRow> {
  const { row } = await store.add({
    ref: `m${world.newId()}`,
    place: placeKey(of.place),
    author: of.author,
    name: null,
    kind: of.body.kind,
    body: JSON.stringify(of.body),
    only: of.only ?? null,
    at: world.now(),
  });
  hub.tell({ kind: 'message', row });
  return row;
}

async function changeOwn(
  on: Stage,
  from: Person,
  ref: string,
  change: 'edited' | 'deleted',
  body: (row: MessageRow) => string,
): Promise<void> {
  const { row: before } = await seenBy(on, from, ref);
  if (before.author !== from.id) throw new NotHere(403, 'Only its author can change a message.');
  const row = await on.store.change(ref, (now) =>
    now.deleted === 1
      ? undefined
      : { body: body(now), edited: stampAfter(now, on.world.now()), deleted: change === 'deleted' ? 1 : 0 },
  );
  if (!row) throw new NotHere(404, 'This message was deleted.');
  on.hub.tell({ kind: 'message', row });
  await hear(on, row, change, from);
}

/** Tells the core of a message where it listens: its own threads, rooms and direct messages. */
async function hear(on: Stage, row: MessageRow, change: ActedReply['change'], from: Person): Promise<void> {
  const event = replyOf(row, change, from);
  if (event.place.in === 'channel') return;
  if (event.place.in === 'thread' && (await on.store.message(event.place.under))?.author !== GREENROOM) return;
  // The message stands whatever the core says: it finds it by its cursor when this is lost.
  await on.onEvent(event).catch((error: unknown) => on.log.error('a reply was not taken', { error }));
}
type ActedReply = Extract<ActedEvent, { kind: 'reply' }>;

async function seenBy(on: Stage, from: Person, ref: string): Promise<{ row: MessageRow; place: Place<Ref> }> {
  const row = await on.store.message(ref);
  if (!row || row.deleted === 1) throw new NotHere(404, 'This message is no longer there.');
  return { row, place: await mustSee(on.store, from.id, row) };
}

async function cardSeenBy(on: Stage, from: Person, ref: string): Promise<{ card: Message; place: Place<Ref> }> {
  const { row, place } = await seenBy(on, from, ref);
  const body = bodyOf(row);
  if (body.kind !== 'card') throw new NotHere(404, 'There is nothing to press here.');
  return { card: body.message, place };
}
