/** The agenda of a pair in its third week, as its two people see it. */
import type { ChannelId, Instant, PersonId, TeamId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Entry, Pair } from '../../../src/features/mentor/pair-queries.ts';
import { agendaCard } from '../../../src/features/mentor/pair-views.ts';

const PAIR: Pair = {
  id: '01KAPRACT1CE0000000000PA1R',
  team: 'acme' as TeamId,
  kind: 'mentor',
  about: 'hiring',
  started: '2026-11-09T08:00:00.000Z' as Instant,
  ends: '2027-02-01T08:00:00.000Z' as Instant,
  state: 'active',
  why: null,
  ended: null,
  near: 'mentorship' as ChannelId,
  rooms: 1,
  room: 'open',
};

const entry = (id: string, kind: Entry['kind'], text: string): Entry => ({
  id: `01KAPRACT1CE000000000ENT${id}`,
  team: PAIR.team,
  pair: PAIR.id,
  person: 'ana' as PersonId,
  kind,
  text,
  ref: null,
  done: 0,
  at: '2026-11-20T08:00:00.000Z' as Instant,
});

export const AGENDA: Message = agendaCard({
  pair: PAIR,
  topics: [
    entry('R1', 'topic', 'How do I say no to a candidate I like, when the others are not convinced?'),
    entry('R2', 'topic', 'The take-home task, now that everybody has AI tools'),
  ],
  decision: entry('R3', 'decision', 'Ana shadows two interviews and writes her notes before the debrief.'),
  notes: 2,
  prompts: [
    'Tell me about an interview you would run differently today. What would you ask instead?',
    'Describe a time you argued for a higher bar than your team wanted. What came of it?',
    'A colleague wants to hire quickly for a deadline. How do you weigh that?',
  ],
  zone: 'Europe/Berlin',
  keepDays: 180,
});
