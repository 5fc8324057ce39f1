/** Everything kept about one person, under words they can read. */
import type { PersonId } from '../../chat/ids.ts';
import type { Feature, Turn } from '../../core/feature.ts';
import { listenersOf, schedulesBy, straysOf, tracesOf, versionsOf } from './queries.ts';

type Export = Readonly<Record<string, unknown>>;

export async function exportOf(person: PersonId, others: readonly Feature[], turn: Turn): Promise<Export> {
  const { team, now } = turn;
  return {
    about: `Everything Greenroom keeps about you in ${team.name}.`,
    exported: now,
    keptForDays: team.retention_days,
    you: await youOf(person, turn),
    ...(await byFeature(person, others, turn)),
    ...(await rest(person, turn)),
  };
}

async function youOf(id: PersonId, turn: Turn): Promise<Export> {
  const row = await turn.person(id);
  return {
    id,
    name: row?.name,
    admin: row?.admin === 1,
    level: row?.level,
    timeZone: row?.zone,
    lastActive: row?.active_at,
    pausedUntil: row?.paused_until,
    lastToUseAnAdminCommand: turn.team.last_admin === id,
  };
}

async function byFeature(person: PersonId, others: readonly Feature[], turn: Turn): Promise<Export> {
  const all: Record<string, unknown> = {};
  for (const feature of others) {
    const kept = await feature.exports?.(person, turn.as(feature));
    if (kept && Object.keys(kept).length > 0) all[feature.name] = kept;
  }
  return all;
}

/** Rows that belong to no feature. */
async function rest(person: PersonId, { tx, team }: Turn): Promise<Export> {
  const { refs } = await tracesOf(tx, team.id, person);
  const listeners = await listenersOf(tx, team.id, person);
  const strays = await straysOf(tx, team.id, person);
  const schedules = await schedulesBy(tx, team.id, person);
  return {
    messagesSeen: (await versionsOf(tx, team.id, refs)).map(({ ref, at }) => ({ message: ref, lastChange: at })),
    messagesWaiting: strays.map(({ event }) => ({ at: event.at, text: event.text })),
    directMessagesGoTo: listeners.map(({ feature, subject }) => ({ feature, about: subject })),
    schedulesYouSetUp: schedules.map(({ channel, time, zone, weekdays }) => ({ channel, time, zone, weekdays })),
  };
}
