/** What discussions keep about a person: to hand over, and to forget. */
import type { PersonId } from '../../chat/ids.ts';
import type { Turn } from '../../core/feature.ts';
import { refreshEnd } from './close.ts';
import { refreshCard } from './find.ts';
import { passOn } from './lead.ts';
import { findLead, forgetLead } from './lead-queries.ts';
import { disownPlans, plansBy } from './plan-queries.ts';
import {
  changeDiscussion,
  type Discussion,
  discussionsOf,
  findDiscussion,
  foldRepliesOf,
  repliesBy,
} from './queries.ts';

export async function exportPerson(person: PersonId, turn: Turn): Promise<Readonly<Record<string, unknown>>> {
  const { tx, team } = turn;
  const own = await findLead(tx, team.id, person);
  const counted = await repliesBy(tx, team.id, person);
  const known = await discussionsOf(tx, team.id, person);
  const plans = await plansBy(tx, team.id, person);
  const all = {
    leadsInTurn: own === undefined ? undefined : own.willing === 1,
    lastAskedToLead: own?.last_asked ?? undefined,
    discussions: known.map((one) => told(one, person)),
    messagesCounted: await Promise.all(
      counted.map(async ({ discussion, messages }) => ({
        topic: (await findDiscussion(tx, team.id, discussion))?.title,
        messages,
      })),
    ),
    discussionsYouSetUp: plans.map(({ channel, time, zone, weekdays }) => ({ channel, time, zone, weekdays })),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

const told = (discussion: Discussion, person: PersonId): Readonly<Record<string, unknown>> => ({
  date: discussion.local_date,
  topic: discussion.title,
  ...(discussion.starter === person ? { youAskedForIt: true } : {}),
  ...(discussion.starter === person && discussion.scenario === '' ? { words: discussion.situation } : {}),
  ...(discussion.lead === person ? { youLedIt: true } : {}),
  ...(discussion.summary_by === person
    ? {
        summary: { agreed: discussion.agreed, open: discussion.open_points, remember: discussion.remember },
        written: discussion.summary_at,
      }
    : {}),
});

/** Numbers stay; a thread says only that someone left. */
export async function erasePerson(person: PersonId, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  await forgetLead(tx, team.id, person);
  await foldRepliesOf(tx, team.id, person);
  for (const discussion of await discussionsOf(tx, team.id, person)) await forgetIn(turn, discussion, person);
  await disownPlans(tx, team.id, person);
}

async function forgetIn(turn: Turn, discussion: Discussion, person: PersonId): Promise<void> {
  const without: Discussion = {
    ...discussion,
    ...(discussion.starter === person ? { starter: null } : {}),
    ...(discussion.starter === person && discussion.scenario === '' ? { title: '', situation: '' } : {}),
    ...(discussion.summary_by === person ? NO_SUMMARY : {}),
    ...(discussion.lead === person ? { lead: null, lead_left: 1 } : {}),
  };
  await changeDiscussion(turn.tx, discussion, without);
  if (discussion.state === 'open' && discussion.lead === person) await passOn(turn, without, person);
  else if (discussion.state === 'open') await refreshCard(turn, without);
  else if (discussion.state === 'closed') await refreshEnd(turn, without);
}

const NO_SUMMARY = {
  agreed: '',
  open_points: '',
  remember: '',
  search: '',
  summary_by: null,
  summary_at: null,
  summary_left: 1,
} as const;
