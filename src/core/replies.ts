/** What people write: under our posts, in rooms, in DMs. Older versions never overwrite; a reply to a post not linked yet waits. */
import type { Name, Ref } from '../chat/ids.ts';
import type { Reply } from '../chat/incoming.ts';
import { placeKey } from '../chat/place.ts';
import { DAY, plus } from '../chat/world.ts';
import { nameAt } from '../store/posts.ts';
import type { Core } from './core.ts';
import type { About, Feature, Turn } from './feature.ts';
import { helpMessage } from './help.ts';
import { placed } from './placed.ts';
import { type Begin, beginTurn, commit, CORE } from './turn.ts';

/** Strays are kept this long, in ms. */
export const STRAY_MS = DAY;

export async function routeReply(core: Core, event: Reply, begin: Begin): Promise<void> {
  const turn = begin(CORE);
  if (event.place.in === 'thread' || event.place.in === 'room') {
    const ref = event.place.in === 'thread' ? event.place.under : event.place.room;
    const name = await nameAt(turn.tx, turn.team.id, ref);
    if (name === undefined) return keepStray(turn, event, ref);
    if (!(await isNewest(turn, event))) return;
    return event.place.in === 'thread'
      ? toFeature(core, event, name, begin)
      : toListener(core, event, `room ${name}`, begin);
  }
  if (event.place.in === 'dm' && (await isNewest(turn, event)))
    await toListener(core, event, placeKey(event.place), begin);
}

async function keepStray(turn: Turn, event: Reply, under: Ref): Promise<void> {
  await turn.tx
    .insertInto('strays')
    .values({ id: event.id, team: turn.team.id, under, event: JSON.stringify(event), at: turn.now })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Records this version of the message; false when a newer one, or its deletion, came first. */
async function isNewest(turn: Turn, event: Reply): Promise<boolean> {
  const seen = await turn.tx
    .selectFrom('versions')
    .selectAll()
    .where('team', '=', turn.team.id)
    .where('ref', '=', event.ref)
    .executeTakeFirst();
  if (seen && (seen.deleted === 1 || seen.at > event.at)) return false;
  const deleted = event.change === 'deleted' ? 1 : 0;
  const under = event.place.in === 'thread' ? event.place.under : null;
  await turn.tx
    .insertInto('versions')
    .values({ team: turn.team.id, ref: event.ref, at: event.at, deleted, under, person: event.from.id })
    .onConflict((c) => c.columns(['team', 'ref']).doUpdateSet({ at: event.at, deleted }))
    .execute();
  return true;
}

async function toFeature(core: Core, event: Reply, post: Name, begin: Begin): Promise<void> {
  const feature = core.features.find(({ name }) => post.startsWith(`${name}:`));
  await feature?.replies?.(event, { post }, begin(feature));
}

async function toListener(core: Core, event: Reply, place: string, begin: Begin): Promise<void> {
  const turn = begin(CORE);
  const heard = await turn.tx
    .selectFrom('listeners')
    .selectAll()
    .where('team', '=', turn.team.id)
    .where('place', '=', place)
    .executeTakeFirst();
  const feature: Feature | undefined = heard && core.features.find(({ name }) => name === heard.feature);
  const about: About = { subject: heard?.subject ?? '' };
  if (feature?.replies) return feature.replies(event, about, begin(feature));
  if (event.place.in !== 'dm' || event.change !== 'new') return;
  await turn.send({ kind: 'post', name: `help:${turn.newId()}`, to: event.place as never, message: helpMessage(core) });
}

/** Replies that came before their post was linked take effect now. Each in a turn of its own, so a bad one holds up nobody. */
export async function replayStrays(core: Core): Promise<number> {
  const waiting = await core.store.read((tx) =>
    tx
      .selectFrom('strays')
      .innerJoin('posts', (join) =>
        join.onRef('posts.team', '=', 'strays.team').onRef('posts.ref', '=', 'strays.under'),
      )
      .select(['strays.id', 'strays.team', 'strays.event'])
      .orderBy('strays.at')
      .limit(100)
      .execute(),
  );
  for (const stray of waiting) {
    await commit(core, async (tx, nudges) => {
      const taken = await tx.deleteFrom('strays').where('id', '=', stray.id).returning('id').executeTakeFirst();
      const begin = taken && (await beginTurn(core, tx, nudges, stray.team));
      if (begin) await routeReply(core, await placed(tx, stray.team, JSON.parse(stray.event) as Reply), begin);
    }).catch((error: unknown) => core.log.error('a waiting reply could not be taken in', { id: stray.id, error }));
  }
  return waiting.length;
}

export async function dropOldStrays(core: Core): Promise<void> {
  const before = plus(core.world.now(), -STRAY_MS);
  await core.store.write((tx) => tx.deleteFrom('strays').where('at', '<', before).execute());
}
