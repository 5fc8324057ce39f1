/** Deleting a person: their rows everywhere, and everything the bot said that carries their words. */
import type { Instant, Name, PersonId } from '../../chat/ids.ts';
import { HOUR, plus } from '../../chat/world.ts';
import type { Feature, Turn } from '../../core/feature.ts';
import { allSaid, changesUnderway, forget, forgetMessages, isToldTo, tracesOf, type Traces } from './queries.ts';
import { carries, isAbout } from './rules.ts';

/** After this long every removal has come to its end, in ms. */
const TAKEN_DOWN_MS = 25 * HOUR;

export async function erase(person: PersonId, others: readonly Feature[], turn: Turn): Promise<void> {
  const { tx, team } = turn;
  // The features forget first what tells which posts were about whom.
  const traces = await tracesOf(tx, team.id, person);
  for (const feature of others) await feature.erases?.(person, turn.as(feature));
  for (const name of await namesToTakeDown(person, traces, turn)) await turn.send({ kind: 'remove', name });
  await forget(tx, team.id, person, traces.refs);
  await turn.wake('forget', `${turn.now} ${person}`, plus(turn.now, TAKEN_DOWN_MS));
}

/** Last, the names and times of what this person was told go; nothing is left that knows them. */
export async function forgetLater(subject: string, { tx, team }: Turn): Promise<void> {
  const [until = '', ...person] = subject.split(' ');
  await forgetMessages(tx, team.id, person.join(' ') as PersonId, until as Instant);
}

/** What was said to this person alone, what is named after their answers, and what is about to carry their words. */
async function namesToTakeDown(person: PersonId, traces: Traces, { tx, team }: Turn): Promise<Set<Name>> {
  const names = new Set<Name>();
  const changing = new Map<Name, boolean>();
  for (const { name, body } of await changesUnderway(tx, team.id)) changing.set(name, carries(body, traces.texts));
  for (const said of await allSaid(tx, team.id)) {
    const changed = changing.get(said.name);
    // Its feature has already seen to this post, and what it will say is clean.
    const isSeenTo = changed === false && !isToldTo(said, person);
    const isTheirs =
      isToldTo(said, person) || isAbout(said.name, traces.ids) || carries(said.body, traces.texts) || changed === true;
    if (isTheirs && !isSeenTo) names.add(said.name);
  }
  return names;
}
