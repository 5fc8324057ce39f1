/** The tables of mentorship: profiles, offers, requests, pairs with their members and agendas, and offers made for a low trend. */
import type { ChannelId, Instant, PersonId, Ref, TeamId } from '../chat/ids.ts';
import type { Flag } from './schema.ts';

export interface MentorSchema {
  /** Unique on (team, person). */
  mentor_profiles: {
    team: TeamId;
    person: PersonId;
    role: 'mentor' | 'mentee' | 'both' | 'none';
    /** Slugs of skills, joined by commas. */
    offers: string;
    wants: string;
    /** Up to three aims, joined by commas. */
    topics: string;
    /** Hours a week this person has for it. */
    hours: number;
    /** Mentees at a time. */
    capacity: number;
    /** People this person is never paired with, joined by commas. Nobody else ever sees it. */
    never: string;
    manager: PersonId | null;
    /** Takes part in practice buddies. */
    buddies: Flag;
    /** Both steps of the profile were done; before that nobody is asked. */
    ready: Flag;
    /** Wants a mentor now; after a term it is asked anew. */
    looking: Flag;
    paused_until: Instant | null;
    /** Where they asked from: a private thread hangs near it. */
    near: ChannelId | null;
    created: Instant;
  };
  /** Unique on (run, mentee, mentor). */
  mentor_offers: {
    id: string;
    team: TeamId;
    run: string;
    mentee: PersonId;
    mentor: PersonId;
    /** Why this mentor, in words. */
    reasons: string;
    /** 1, 2 or 3 once the mentee has chosen. */
    rank: number | null;
    state: 'open' | 'taken' | 'passed' | 'over';
    made: Instant;
    until: Instant;
  };
  mentor_requests: {
    id: string;
    team: TeamId;
    mentee: PersonId;
    mentor: PersonId;
    words: string;
    state: 'asked' | 'later' | 'accepted' | 'declined' | 'over';
    asked: Instant;
    until: Instant;
  };
  mentor_pairs: {
    id: string;
    team: TeamId;
    kind: 'mentor' | 'buddies';
    /** The skill it is mostly about. */
    about: string;
    started: Instant;
    ends: Instant;
    state: 'active' | 'ended';
    why: 'term' | 'rematch' | 'stopped' | 'left' | 'month' | null;
    ended: Instant | null;
    near: ChannelId | null;
    /** How often a room was opened; the number is part of its name. */
    rooms: number;
    room: 'none' | 'coming' | 'open' | 'failed';
  };
  /** Unique on (pair, person). */
  mentor_members: {
    pair: string;
    team: TeamId;
    person: PersonId;
    role: 'mentor' | 'mentee' | 'buddy';
    met: 'yes' | 'not-yet' | null;
    /** The closing note to the other. */
    closing: string | null;
  };
  mentor_agenda: {
    id: string;
    team: TeamId;
    pair: string;
    person: PersonId;
    kind: 'topic' | 'decision' | 'note';
    text: string;
    /** The message it was taken from; unique with its pair. */
    ref: Ref | null;
    done: Flag;
    at: Instant;
  };
  /** When somebody was last offered a mentor for a low trend; `off`: they want no more of that. */
  mentor_trends: { team: TeamId; person: PersonId; offered: Instant | null; off: Flag };
}
