/** The tables of the story bank. */
import type { Instant, PersonId, TeamId } from '../chat/ids.ts';

export interface StorySchema {
  /** What a person keeps to tell again; seen by that person alone. Unique on (team, person, source). */
  stories: {
    id: string;
    team: TeamId;
    person: PersonId;
    /** What it was made from, so that saving twice makes one story: `answer:<id>`, `message:<ref>`, `new:<id>`. */
    source: string;
    title: string;
    /** Slugs, joined by commas; may be empty. */
    skills: string;
    text: string;
    note: string;
    at: Instant;
    edited: Instant | null;
  };
  /** A story told in an answer, by the word of its person. One an answer: unique on (team, person, about). */
  story_uses: {
    team: TeamId;
    /** `answer:<id>`. */
    about: string;
    person: PersonId;
    story: string;
    at: Instant;
  };
}
