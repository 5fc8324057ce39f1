/** Every table as TypeScript sees it. Text, bigint and integer only, the same on SQLite and PostgreSQL; flags are 0 or 1. */
import type { ChannelId, Instant, Name, PersonId, Platform, Ref, TeamId } from '../chat/ids.ts';
import type { DiscussionSchema } from './discussion-schema.ts';
import type { LocalSchema } from './local-schema.ts';
import type { MockSchema } from './mock-schema.ts';
import type { StorySchema } from './story-schema.ts';
import type { MentorSchema } from './mentor-schema.ts';
import type { VaultSchema } from './vault-schema.ts';

export type Flag = 0 | 1;

export interface EngineSchema {
  teams: {
    id: TeamId;
    platform: Platform;
    name: string;
    /** What picking and shuffling are seeded with. */
    seed: string;
    /** Who used an admin command last: told when a schedule's creator cannot be. */
    last_admin: PersonId | null;
    retention_days: number;
    created: Instant;
    gone: Instant | null;
  };
  people: {
    team: TeamId;
    id: PersonId;
    name: string;
    admin: Flag;
    zone: string | null;
    level: string | null;
    active_at: Instant;
    paused_until: Instant | null;
  };
  /** Event ids already handled. */
  inbox: { id: string; at: Instant };
  outbox: {
    /** Later sends have larger ids; the order of a conversation. */
    id: string;
    team: TeamId;
    platform: Platform;
    name: Name;
    kind: 'post' | 'edit' | 'remove' | 'thread' | 'room' | 'file';
    /** Unique with team; an edit carries its own id in it, the rest their name. */
    key: string;
    conversation: string;
    /** 0 first posts, 1 the rest: at the same minute first posts go first. */
    rank: number;
    /** A post of this name must be linked before this can go. */
    needs: Name | null;
    /** An Outgoing as JSON. */
    body: string;
    due: Instant;
    state: 'ready' | 'sending' | 'sent' | 'expired' | 'dead';
    lease_until: Instant | null;
    lease_token: string | null;
    tries: number;
    /** Stamped with the claim: from here on it may be on the platform. */
    maybe_since: Instant | null;
    last_try: Instant | null;
    expires_at: Instant | null;
    reason: string | null;
    created: Instant;
    ended: Instant | null;
  };
  /** Our names, and the platform's refs for them. */
  posts: { team: TeamId; name: Name; ref: Ref; conversation: string; sent: Instant };
  /** Threads whose replies we follow until a successful read after `until`. */
  threads: {
    team: TeamId;
    post: Name;
    cursor: string | null;
    until: Instant;
    closed: Flag;
    read_at: Instant | null;
  };
  /** Replies to a ref not linked yet. */
  strays: { id: string; team: TeamId; under: Ref; event: string; at: Instant };
  /** The newest version seen of each message people wrote; a deletion leaves its stamp. */
  versions: {
    team: TeamId;
    ref: Ref;
    at: Instant;
    deleted: Flag;
    /** The post it was written under; null elsewhere, and on rows from before this was kept. */
    under: Ref | null;
    person: PersonId | null;
  };
  /** Who talks in a room or DM. */
  listeners: { team: TeamId; place: string; feature: string; subject: string };
  wakes: { team: TeamId; feature: string; name: string; subject: string; at: Instant; version: number };
}

export interface PracticeSchema {
  schedules: {
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
    levels: string;
    /** Slugs; empty: all. */
    skills: string;
    /** Slugs of packs, joined by newlines; empty: all. */
    packs: string;
    mode: 'open' | 'sealed';
    /** Sealed answers after the close: published in the thread, or kept for reviewers. */
    after: 'publish' | 'reviewers';
    /** Working days a round stays open. */
    window_days: number;
    /** Country or country-region of public holidays, `DE-BY`; empty: none. */
    holidays: string;
    /** Local dates without a question. */
    skip_dates: string;
    /** Local date of the first possible run after a pause. */
    paused_until: string | null;
    /** Reviewers an answer. */
    reviewers: number;
    /** Ask people to give two reviews before they see their own result. */
    give_first: Flag;
    state: 'new' | 'active' | 'paused' | 'stopped';
    failed_days: number;
    next_run: Instant | null;
    next_date: string | null;
    created: Instant;
  };
  /** One row for each due date of a schedule, whatever came of it. Unique on (schedule, local_date). */
  rounds: {
    id: string;
    team: TeamId;
    schedule: string;
    local_date: string;
    state: 'open' | 'closed' | 'missed' | 'skipped';
    reason: string | null;
    channel: ChannelId;
    zone: string;
    skill: string;
    facet: string;
    title: string;
    /** `[{ level, id, text }]` as asked, as JSON. */
    questions: string;
    why: string;
    mode: 'open' | 'sealed';
    after: 'publish' | 'reviewers';
    reviewers: number;
    give_first: Flag;
    opened: Instant;
    closes: Instant;
    closed: Instant | null;
    /** Answers whose people left; counts stay. */
    erased: number;
  };
  /** Unique on (round, person). */
  answers: {
    id: string;
    team: TeamId;
    round: string;
    person: PersonId;
    level: string;
    text: string;
    source: 'thread' | 'form';
    /** The message it was written in, when it came from the thread. */
    ref: Ref | null;
    /** Chosen by "Use as my answer" or sent by the form: thread replies no longer replace it. */
    chosen: Flag;
    at: Instant;
    edited: Instant | null;
    late: Flag;
    /** Carried over from a round where nobody could review it. */
    carried: Flag;
  };
  /** People who began an answer; `remind`: they asked for the one reminder. */
  begun: { round: string; team: TeamId; person: PersonId; at: Instant; remind: Flag; reminded: Flag };
}

export interface FeedbackSchema {
  /** A round's review window. */
  review_windows: {
    round: string;
    team: TeamId;
    opens: Instant;
    closes: Instant;
    reviewers: number;
    give_first: Flag;
    state: 'open' | 'closed';
  };
  /** Unique on (answer, reviewer). */
  reviews: {
    id: string;
    team: TeamId;
    round: string;
    answer: string;
    /** Null once the reviewer has left. */
    reviewer: PersonId | null;
    /** `A`, `B`, `C`: what the author sees. */
    letter: string;
    state: 'asked' | 'done' | 'freed';
    assigned: Instant;
    done: Instant | null;
    late: Flag;
    nudged: Flag;
    /** `{ setup, action, result, reach }`, whole numbers 1–5, missing = can't tell; as JSON. */
    scores: string | null;
    keep: string | null;
    change: string | null;
    /** The reviewer's name when they signed. */
    signed: string | null;
  };
  self_ratings: { answer: string; team: TeamId; scores: string; at: Instant };
  results: {
    answer: string;
    team: TeamId;
    person: PersonId;
    published: Instant;
    /** Ratings counted when it was last written. */
    ratings: number;
    edited: Flag;
    /** What the author will change next time; shown with the next similar question. */
    next_time: string | null;
    skill: string;
    shown: Flag;
  };
}

export type Schema = EngineSchema &
  PracticeSchema &
  FeedbackSchema &
  StorySchema &
  MockSchema &
  DiscussionSchema &
  MentorSchema &
  LocalSchema &
  VaultSchema;
export type Row<T extends keyof Schema> = Schema[T];
