/** Tables of mock interviews. What a person wrote, how it was rated and by whom stand in rows of their own. */
import type { Instant, PersonId, Ref, TeamId } from '../chat/ids.ts';

type Flag = 0 | 1;

export interface MockSchema {
  mocks: {
    id: string;
    team: TeamId;
    kind: 'solo' | 'partner';
    candidate: PersonId;
    level: string;
    /** The skill that was asked for; null: the picking rules chose. */
    skill: string | null;
    minutes: number;
    seed: string;
    stage: 'invited' | 'opening' | 'answering' | 'rating' | 'reflecting' | 'replaying' | 'done' | 'stopped';
    /** The question it is at, from 1; 0 before the first. */
    question: number;
    /** Answering: 0 the answer itself, then the probe. Rating: the step, 1 or 2. */
    part: number;
    paused: Flag;
    /** How often it was paused: each time its card is posted anew. */
    pauses: number;
    /** What was left of the question's time when it was paused, in ms; null: the nudge has been given. */
    left_ms: number | null;
    /** When the nudge is due; null: none is. */
    nudge_at: Instant | null;
    /** Number of the question that is answered once more in the debrief; 0: none. */
    replayed: number;
    /** 1–5, the candidate's own view of the whole. */
    overall: number | null;
    keep: string | null;
    keep_too: string | null;
    change: string | null;
    /** Remarks on the choice of questions, joined by newlines. */
    remarks: string;
    /** When a partner mock is to start, once agreed. */
    starts: Instant | null;
    /** The next mock with the roles swapped. */
    swapped: string | null;
    /** When the next practice is proposed to the candidate again. */
    next_at: Instant | null;
    created: Instant;
    begun: Instant | null;
    ended: Instant | null;
  };
  /** Everybody in a mock and whether they agreed that it is kept. Unique on (mock, person). */
  mock_people: {
    mock: string;
    team: TeamId;
    person: PersonId;
    role: 'candidate' | 'interviewer' | 'rater';
    /** `asked`, then what they said; `away`: they did not come. */
    consent: 'asked' | 'coming' | 'yes' | 'no' | 'away';
    at: Instant | null;
  };
  /** Who is in a live mock: one a person. Unique on (team, person). */
  mock_seats: { team: TeamId; person: PersonId; mock: string };
  /** The questions as chosen at the start. Unique on (mock, n). */
  mock_questions: {
    mock: string;
    team: TeamId;
    n: number;
    /** Id in the bank; what follows stands even if the bank drops it. */
    question: string;
    skill: string;
    type: 'behavioural' | 'situational';
    text: string;
    /** Lists of texts as JSON. */
    probes: string;
    good: string;
    flags: string;
    asked: Instant | null;
    answered: Instant | null;
    skipped: Flag;
  };
  /** One row a message or form; an answer is all of a part's rows in their order. Unique on (team, ref). */
  mock_words: {
    id: string;
    team: TeamId;
    mock: string;
    person: PersonId;
    /** The question; 0: a note outside of any. */
    n: number;
    /** 0 the answer, then the probes; 100 the replay. */
    part: number;
    ref: Ref | null;
    text: string;
    at: Instant;
  };
  /** Plain ratings, each rater's own: whatever corrects for leniency starts from these. Unique on (mock, n, rater, about). */
  mock_scores: {
    id: string;
    team: TeamId;
    mock: string;
    /** The question; 0: the interviewing as a whole. */
    n: number;
    /** Null once the rater has left. */
    rater: PersonId | null;
    about: PersonId;
    kind: 'self' | 'rater' | 'interviewing';
    /** 1–5 by item, missing = can't tell; as JSON. */
    scores: string;
    evidence: string | null;
    keep: string | null;
    change: string | null;
    notes: string | null;
    /** Steps of the form given: 1 or 2. */
    steps: number;
    at: Instant;
  };
}
