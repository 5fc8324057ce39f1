/** A topic to discuss, as its channel sees it. */
import { loadBank } from '../../../src/bank/load.ts';
import type { ChannelId, Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import { topicOf } from '../../../src/features/discussion/open.ts';
import type { Discussion } from '../../../src/features/discussion/queries.ts';
import { topicCard } from '../../../src/features/discussion/views.ts';

const [scenario] = (await loadBank('content/scenarios/stuck-for-two-days.md')).scenarios;
if (!scenario) throw new Error('the scenario of the picture is not in the question folder');

const DISCUSSION: Discussion = {
  ...topicOf(scenario),
  id: '01KAPRACT1CE00000000TOP1C0',
  team: 'acme' as TeamId,
  plan: null,
  local_date: '2026-11-23',
  state: 'open',
  reason: null,
  channel: 'mentorship' as ChannelId,
  zone: 'Europe/Berlin',
  starter: 'ana' as PersonId,
  lead: null,
  leads: 0,
  lead_left: 0,
  opened: '2026-11-23T09:00:00.000Z' as Instant,
  closes: '2026-11-26T09:00:00.000Z' as Instant,
  closed: null,
  nudged: 0,
  last_reply: null,
  people: 0,
  messages: 0,
  agreed: '',
  open_points: '',
  remember: '',
  search: '',
  summary_by: null,
  summary_at: null,
  summary_left: 0,
};

export const TOPIC: Message = topicCard(DISCUSSION, { people: 0, messages: 0, keepDays: 180, root: 'practice' });
