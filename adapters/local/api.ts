/** What the page can ask: one entry a request, each with a person who exists and words of the right shape. */
import type { Ref } from '../../src/chat/ids.ts';
import type { Person } from '../../src/chat/incoming.ts';
import type { Action } from '../../src/chat/message.ts';
import type { Place } from '../../src/chat/place.ts';
import { decodeAction } from '../../src/chat/wire.ts';
import * as acts from './acts.ts';
import type { Stage } from './acts.ts';
import { letThemAnswer } from './colleagues.ts';
import { nextMinute, tomorrowNine } from './hour.ts';
import { NotHere, placeOf } from './message.ts';
import type { Outcome } from './message.ts';
import { asPerson } from './replies.ts';
import { mustSee } from './sight.ts';
import { namesOf, timeOf } from './show.ts';
import type { House } from './show.ts';
import { formOf } from './view.ts';

export type Json = Readonly<Record<string, unknown>>;
type Handler = (on: Stage & House, from: Person, ask: Json) => Promise<Outcome | Json>;

/** By the last part of the address: `/api/<name>`. */
export const requests: Readonly<Record<string, Handler>> = {
  say: (on, from, ask) => acts.say(on, from, place(ask), words(ask, 'text')),
  edit: (on, from, ask) => acts.edit(on, from, word(ask, 'ref'), words(ask, 'text')),
  delete: (on, from, ask) => acts.remove(on, from, word(ask, 'ref')),
  dismiss: (on, from, ask) => acts.dismiss(on, from, word(ask, 'ref')),
  press: (on, from, ask) => acts.press(on, from, word(ask, 'ref'), action(ask)),
  choose: (on, from, ask) => acts.choose(on, from, word(ask, 'ref'), action(ask), words(ask, 'value')),
  submit: (on, from, ask) => acts.submit(on, from, place(ask), action(ask), values(ask)),
  pick: (on, from, ask) => acts.pick(on, from, word(ask, 'ref'), action(ask)),
  command: (on, from, ask) => acts.command(on, from, place(ask), words(ask, 'text')),
  complete: async (on, from, ask) => {
    const asked = { command: words(ask, 'command'), option: word(ask, 'option'), typed: words(ask, 'typed') };
    return { options: await acts.complete(on, from, place(ask), asked) };
  },
  read: async (on, from, ask) => {
    const born = ask['born'];
    if (typeof born !== 'number' || !Number.isSafeInteger(born) || born < 0) throw new NotHere(400, 'born: a number');
    const key = word(ask, 'place');
    await mustSee(on.store, from.id, place(ask));
    await on.store.markRead(from.id, key, born);
    on.hub.tell({ kind: 'people' });
    return { kind: 'done' };
  },
  clock: async (on, _from, ask) => {
    const to = await goal(on, word(ask, 'to'));
    if (to !== undefined) await on.clock.moveTo(to);
    on.hub.tell({ kind: 'clock' });
    return { ...(await timeOf(on.clock)), moved: to !== undefined };
  },
  colleagues: async (on, from) => ({ done: await letThemAnswer(on, from.id) }),
};

/** An outcome as the page gets it: a form with its words ready to show. */
export async function shown(on: House, outcome: Outcome | Json): Promise<Json> {
  if (!isAsk(outcome)) return outcome;
  return { kind: 'ask', form: formOf(outcome.form, await namesOf(on.store)), place: outcome.place };
}
const isAsk = (outcome: Outcome | Json): outcome is Extract<Outcome, { kind: 'ask' }> => outcome['kind'] === 'ask';

async function goal({ clock, zone }: House, to: string): Promise<ReturnType<typeof clock.now> | undefined> {
  switch (to) {
    case 'now':
      return clock.now();
    case 'minute':
      return nextMinute(clock.now());
    case 'event':
      return clock.nextEvent();
    case 'tomorrow':
      return tomorrowNine(clock.now(), zone);
    default:
      throw new NotHere(400, 'to: now, minute, event or tomorrow');
  }
}

function words(ask: Json, name: string): string {
  const value = ask[name];
  if (typeof value !== 'string') throw new NotHere(400, `${name}: text`);
  return value.toWellFormed();
}

function word(ask: Json, name: string): string {
  const value = words(ask, name);
  if (value === '' || value.length > 200) throw new NotHere(400, `${name}: 1 to 200 characters`);
  return value;
}

function action(ask: Json): Action {
  const found = decodeAction(word(ask, 'on'));
  if (!found) throw new NotHere(400, 'on: an action');
  return found;
}

function place(ask: Json): Place<Ref> {
  const found = placeOf(word(ask, 'place'));
  if (!found) throw new NotHere(400, 'place: a conversation');
  return found;
}

function values(ask: Json): Record<string, string> {
  const given = ask['values'];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new NotHere(400, 'values: by field');
  const pairs = Object.entries(given);
  const isText = pairs.every(([name, value]) => name !== '__proto__' && typeof value === 'string');
  if (!isText || pairs.length > 10) throw new NotHere(400, 'values: text by field');
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value).toWellFormed()]));
}

/** The person who asks; the page chooses who that is, among those there are. */
export async function personOf(on: House, id: unknown): Promise<Person> {
  const row = (await on.store.people()).find((person) => person.id === id);
  if (!row) throw new NotHere(403, 'There is no such person in this team.');
  return asPerson(row);
}
