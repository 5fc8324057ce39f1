/** Retention of mentorship: what ended pairs wrote down goes, and who was whose; only two who wanted somebody else stay known as such. */
import type { Instant, TeamId } from '../../chat/ids.ts';
import type { Tx } from '../../store/store.ts';

export async function sweepMentorship(tx: Tx, team: TeamId, before: Instant): Promise<void> {
  await tx.deleteFrom('mentor_offers').where('team', '=', team).where('until', '<', before).execute();
  await tx.deleteFrom('mentor_requests').where('team', '=', team).where('until', '<', before).execute();
  await tx
    .deleteFrom('mentor_trends')
    .where('team', '=', team)
    .where('off', '=', 0)
    .where('offered', '<', before)
    .execute();
  const old = await tx
    .selectFrom('mentor_pairs')
    .select(['id', 'why'])
    .where('team', '=', team)
    .where('state', '=', 'ended')
    .where('ended', '<', before)
    .execute();
  for (const { id, why } of old) {
    await tx.deleteFrom('mentor_agenda').where('team', '=', team).where('pair', '=', id).execute();
    if (why === 'rematch') await forgetWords(tx, team, id);
    else await dropPair(tx, team, id);
  }
}

/** They are never matched with each other again, so the pair itself is still known. */
async function forgetWords(tx: Tx, team: TeamId, pair: string): Promise<void> {
  const nothing = { met: null, closing: null };
  await tx.updateTable('mentor_members').set(nothing).where('team', '=', team).where('pair', '=', pair).execute();
}

async function dropPair(tx: Tx, team: TeamId, pair: string): Promise<void> {
  await tx.deleteFrom('mentor_members').where('team', '=', team).where('pair', '=', pair).execute();
  await tx.deleteFrom('mentor_pairs').where('team', '=', team).where('id', '=', pair).execute();
}
