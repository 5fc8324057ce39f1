/** A question of the day, as its channel sees it, and what was answered to it. */
import type { ChannelId, Instant, TeamId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import { questionCard } from '../../../src/features/daily/views.ts';
import type { Round } from '../../../src/store/rounds.ts';

const asked = (level: string, text: string) => ({ level, id: `question-${level}`, text });

const ROUND: Round = {
  id: '01KAPRACT1CE0000000000R0ND',
  team: 'acme' as TeamId,
  schedule: '01KAPRACT1CE00000000SCHEDU',
  local_date: '2026-11-23',
  state: 'open',
  reason: null,
  channel: 'interview-practice' as ChannelId,
  zone: 'Europe/Berlin',
  skill: 'mentorship',
  facet: 'growing people',
  title: 'Helping somebody grow',
  questions: JSON.stringify([
    asked('mid', 'Tell me about a time you helped a colleague learn something. How did you know it had worked?'),
    asked('senior', 'Tell me about somebody who grew because of you. What did you do, and what did you leave to them?'),
    asked('staff', 'How have you made mentoring happen without doing all of it yourself?'),
    asked('principal', 'How did you change what the whole organisation does for people who are still learning?'),
  ]),
  why: 'Mentorship is due: 0 of 4 so far.',
  mode: 'open',
  after: 'publish',
  reviewers: 3,
  give_first: 0,
  opened: '2026-11-23T08:00:00.000Z' as Instant,
  closes: '2026-11-24T08:00:00.000Z' as Instant,
  closed: null,
  erased: 0,
};

export const QUESTION: Message = questionCard(ROUND, { answers: 2, keepDays: 180, readsThreads: true });

/** What people wrote in its thread, in this order. */
export const ANSWERS = [
  {
    person: 'ana',
    text: 'Our newest colleague was stuck on a flaky import for two days. I asked her to show me what she had ruled out, and we found the stale cache in an hour. I had her write the first checks down, and the next person needed ten minutes.',
  },
  {
    person: 'bo',
    text: 'I answered every question somebody had for half a year, and he was no faster at the end of it. Then I asked him for a plan first, and for what he would try when it fails. He led the next migration, and I was only in the review.',
  },
] as const;
