/** Opening a discussion: its row, its card with a thread, and every moment that it has ahead. */
import type { Scenario } from '../../bank/scenario.ts';
import type { ChannelId, Instant, PersonId } from '../../chat/ids.ts';
import { cut } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import type { Rhythm } from '../../schedule/recurrence.ts';
import { aroundOf } from './find.ts';
import { chooseLead } from './lead.ts';
import { type Discussion, startDiscussion } from './queries.ts';
import { askAt, cardPost, quietAt } from './rules.ts';
import { topicCard } from './views.ts';

export type Topic = Pick<Discussion, 'scenario' | 'title' | 'skills' | 'levels' | 'situation' | 'questions'>;

export const topicOf = (scenario: Scenario): Topic => ({
  scenario: scenario.id,
  title: scenario.title,
  skills: scenario.skills.join(','),
  levels: scenario.levels.join(','),
  situation: scenario.situation,
  questions: JSON.stringify(scenario.questions),
});

/** Longest heading made of somebody's own words; more of them stand below it. */
const OWN_TITLE = 90;
const OWN_QUESTIONS = [
  'What would you do first, and what do you hope it makes possible?',
  'What might the other side know that you do not?',
  'What should be different here, so that the next time is easier?',
];

/** A topic in somebody's own words. */
export const ownTopicOf = (words: string): Topic => ({
  scenario: '',
  title: words.length <= OWN_TITLE ? words.replace(/\s+/g, ' ') : cut(words.replace(/\s+/g, ' '), OWN_TITLE),
  skills: 'mentorship',
  levels: '',
  situation: words.length <= OWN_TITLE ? '' : words,
  questions: JSON.stringify(OWN_QUESTIONS),
});

export interface Where {
  readonly channel: ChannelId;
  readonly rhythm: Rhythm;
  readonly date: string;
  readonly closes: Instant;
  /** The plan it comes from, and who asked for it. */
  readonly plan: string | null;
  readonly starter: PersonId | null;
}

export const blank = (turn: Turn, topic: Topic, where: Where): Discussion => ({
  ...topic,
  id: turn.newId(),
  team: turn.team.id,
  plan: where.plan,
  local_date: where.date,
  state: 'open',
  reason: null,
  channel: where.channel,
  zone: where.rhythm.zone,
  starter: where.starter,
  lead: null,
  leads: 0,
  lead_left: 0,
  opened: turn.now,
  closes: where.closes,
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
});

/** `expires`: a card that is late by then is not posted. Undefined: its plan has a discussion on that date. */
export async function openDiscussion(
  turn: Turn,
  topic: Topic,
  where: Where,
  expires: Instant,
): Promise<Discussion | undefined> {
  const empty = blank(turn, topic, where);
  const discussion = { ...empty, ...(await chooseLead(turn, empty)) };
  if (!(await startDiscussion(turn.tx, discussion))) return undefined;
  await turn.send(
    {
      kind: 'post',
      name: cardPost(discussion.id),
      to: { in: 'channel', channel: where.channel },
      message: topicCard(discussion, await aroundOf(turn, discussion)),
      // A thread keeps its name for good, also when the author of the words leaves.
      thread: cut(topic.scenario === '' ? 'A topic from the team' : topic.title, 100),
    },
    { expires },
  );
  await wakeFor(turn, discussion, where.rhythm);
  await turn.watch(cardPost(discussion.id), discussion.closes);
  return discussion;
}

/** Every moment an open discussion has ahead. */
export async function wakeFor(turn: Turn, discussion: Discussion, rhythm: Rhythm): Promise<void> {
  const quiet = quietAt(rhythm, discussion);
  if (quiet !== undefined && discussion.nudged === 0) await turn.wake('nudge', discussion.id, quiet);
  await turn.wake('ask', discussion.id, askAt(rhythm, discussion.opened, discussion.closes));
  await turn.wake('close', discussion.id, discussion.closes);
}
