/** Old discussions keep their dates, their counts and which scenario it was; words and names go, also of who led one long ago. */
import type { Instant, TeamId } from '../../chat/ids.ts';
import type { Tx } from '../../store/store.ts';

const WITHOUT = {
  title: '',
  situation: '',
  questions: '[]',
  agreed: '',
  open_points: '',
  remember: '',
  search: '',
  starter: null,
  lead: null,
  summary_by: null,
  summary_at: null,
} as const;

export async function sweepDiscussions(tx: Tx, team: TeamId, before: Instant): Promise<void> {
  await tx
    .updateTable('discussions')
    .set(WITHOUT)
    .where('team', '=', team)
    .where('opened', '<', before)
    .where('state', '!=', 'open')
    .where('questions', '!=', '[]')
    .execute();
  await tx
    .deleteFrom('discussion_leads')
    .where('team', '=', team)
    .where('willing', '=', 0)
    .where((e) => e(e.fn.coalesce('last_asked', 'since'), '<', before))
    .execute();
}
