/** What discussions keep: themselves with their summary, who wrote under them while they are open, who leads, when they come. */
import type { ChannelId, Instant, PersonId, Ref, TeamId } from '../chat/ids.ts';

type Flag = 0 | 1;

export interface DiscussionSchema {
  discussions: {
    id: string;
    team: TeamId;
    /** The plan it came from; null when somebody asked for it. */
    plan: string | null;
    /** Of the plan's zone; with the plan, its key. */
    local_date: string;
    state: 'open' | 'closed' | 'missed';
    /** Why it was missed, or ended before its time. */
    reason: string | null;
    channel: ChannelId;
    zone: string;
    /** Id in the bank; empty for a topic somebody wrote. */
    scenario: string;
    /** The heading; empty once its author has left, or it is older than the team keeps words. */
    title: string;
    /** Slugs. */
    skills: string;
    /** In rising order; empty: everybody. */
    levels: string;
    situation: string;
    /** JSON. */
    questions: string;
    /** Who asked for it. */
    starter: PersonId | null;
    lead: PersonId | null;
    /** How many people were asked or offered to lead. */
    leads: number;
    /** Whoever led it has left. */
    lead_left: Flag;
    opened: Instant;
    closes: Instant;
    closed: Instant | null;
    nudged: Flag;
    last_reply: Instant | null;
    /** People and messages that are no longer in `discussion_replies`. */
    people: number;
    messages: number;
    agreed: string;
    open_points: string;
    remember: string;
    /** The words of the summary as they are searched. */
    search: string;
    summary_by: PersonId | null;
    summary_at: Instant | null;
    /** Whoever wrote the summary has left, and it with them. */
    summary_left: Flag;
  };
  /** Who wrote when, without the words; only as long as the count may change. */
  discussion_replies: { team: TeamId; discussion: string; ref: Ref; person: PersonId; at: Instant };
  /** Who offered to lead. */
  discussion_leads: { team: TeamId; person: PersonId; willing: Flag; since: Instant; last_asked: Instant | null };
  discussion_plans: {
    id: string;
    team: TeamId;
    channel: ChannelId;
    creator: PersonId;
    /** Local time, `HH:MM`. */
    time: string;
    zone: string;
    /** ISO weekdays, `1,2,3,4,5`. */
    weekdays: string;
    every_weeks: number;
    /** Local date inside the week that counts as the first. */
    anchor: string;
    /** Working days a discussion stays open. */
    window_days: number;
    /** Every one of its days, only those without a daily question in the channel, or every other one. */
    beside: 'any' | 'free' | 'other';
    /** Local date of the first possible run after a pause. */
    paused_until: string | null;
    /** `new`: waits for its card to be in the channel. */
    state: 'new' | 'active' | 'paused' | 'stopped';
    failed_days: number;
    next_run: Instant | null;
    next_date: string | null;
    /** The last local date that was posted or missed. */
    last_date: string | null;
    created: Instant;
  };
}
