/** Rows of the plans by which discussions come. */
import type { ChannelId, PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Plan = Row<'discussion_plans'>;

export const findPlan = (tx: Tx, team: TeamId, id: string): Promise<Plan | undefined> =>
  tx.selectFrom('discussion_plans').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

/** Oldest first, without the ones that were stopped. */
export const plansOf = (tx: Tx, team: TeamId): Promise<Plan[]> =>
  tx
    .selectFrom('discussion_plans')
    .selectAll()
    .where('team', '=', team)
    .where('state', '!=', 'stopped')
    .orderBy('created')
    .orderBy('id')
    .execute();

export const plansIn = async (tx: Tx, team: TeamId, channel: ChannelId): Promise<Plan[]> =>
  (await plansOf(tx, team)).filter((plan) => plan.channel === channel);

export const plansBy = async (tx: Tx, team: TeamId, creator: PersonId): Promise<Plan[]> =>
  tx.selectFrom('discussion_plans').selectAll().where('team', '=', team).where('creator', '=', creator).execute();

export async function savePlan(tx: Tx, plan: Plan): Promise<void> {
  await tx
    .insertInto('discussion_plans')
    .values(plan)
    .onConflict((c) => c.column('id').doUpdateSet(plan))
    .execute();
}

export async function changePlan(tx: Tx, { id, team }: Pick<Plan, 'id' | 'team'>, set: Partial<Plan>): Promise<void> {
  await tx.updateTable('discussion_plans').set(set).where('team', '=', team).where('id', '=', id).execute();
}

/** Nobody made it any more; who used an admin command last looks after it. */
export async function disownPlans(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  await tx
    .updateTable('discussion_plans')
    .set({ creator: '' as PersonId })
    .where('team', '=', team)
    .where('creator', '=', person)
    .execute();
}
