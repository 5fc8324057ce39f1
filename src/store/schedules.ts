/** Schedules: written by setup, run by the daily question. */
import type { ChannelId, PersonId, TeamId } from '../chat/ids.ts';
import type { Row } from './schema.ts';
import type { Tx } from './store.ts';

export type Schedule = Row<'schedules'>;

export const findSchedule = (tx: Tx, team: TeamId, id: string): Promise<Schedule | undefined> =>
  tx.selectFrom('schedules').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

/** Oldest first, without the ones that were stopped. */
export const schedulesOf = (tx: Tx, team: TeamId): Promise<Schedule[]> =>
  tx
    .selectFrom('schedules')
    .selectAll()
    .where('team', '=', team)
    .where('state', '!=', 'stopped')
    .orderBy('created')
    .orderBy('id')
    .execute();

export const schedulesIn = (tx: Tx, team: TeamId, channel: ChannelId): Promise<Schedule[]> =>
  tx
    .selectFrom('schedules')
    .selectAll()
    .where('team', '=', team)
    .where('channel', '=', channel)
    .where('state', '!=', 'stopped')
    .orderBy('created')
    .execute();

export async function saveSchedule(tx: Tx, schedule: Schedule): Promise<void> {
  await tx
    .insertInto('schedules')
    .values(schedule)
    .onConflict((c) => c.column('id').doUpdateSet(schedule))
    .execute();
}

export async function changeSchedule(tx: Tx, team: TeamId, id: string, set: Partial<Schedule>): Promise<void> {
  await tx.updateTable('schedules').set(set).where('team', '=', team).where('id', '=', id).execute();
}

/** Who hears about a schedule: its maker, else who used an admin command last; undefined: nobody is left. */
export const keeperOf = (
  schedule: Pick<Schedule, 'creator'>,
  team: Pick<Row<'teams'>, 'last_admin'>,
): PersonId | undefined => (schedule.creator === '' ? (team.last_admin ?? undefined) : schedule.creator);
