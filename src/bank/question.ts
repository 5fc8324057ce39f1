/** What a question is, once a pack has been read. */

/** Levels in rising order; the order is the order on cards. */
export const LEVELS = ['mid', 'senior', 'staff', 'principal'] as const;
export type Level = (typeof LEVELS)[number];

/** A follow-up the interviewer plans beforehand. `kind` is one of the seven of the probe taxonomy. */
export interface Probe {
  readonly kind: 'clarify' | 'own-part' | 'why' | 'evidence' | 'other-side' | 'scale' | 'transfer';
  readonly text: string;
}

/** The five labelled points of a model answer (schema 2). */
export interface Outline {
  readonly setup: string;
  readonly action: string;
  readonly result: string;
  readonly reflection: string;
  readonly level_signal: string;
}

export interface Question {
  /** Stable across reloads, renames of the folder and edits of other questions. */
  readonly id: string;
  readonly text: string;
  readonly level: Level;
  /** Slugs, at least one (`general` when a pack names none); the question may be asked for any of them. */
  readonly skills: readonly string[];
  /** Slug of what it is about inside a skill; questions of one skill and facet at different levels make one post. */
  readonly facet: string;
  /** The title of the pack it stands in: the heading of a post that shows several levels. */
  readonly title: string;
  readonly category: string;
  readonly type: 'behavioural' | 'situational';
  readonly domain: readonly string[];
  /** About how long a spoken answer takes. */
  readonly minutes: number;
  readonly probes: readonly Probe[];
  readonly good: readonly string[];
  readonly redFlags: readonly string[];
  readonly outline?: Outline;
  /** The model answer as Markdown, from the body of a pack; kept beside an outline if both are there. */
  readonly answer?: string;
  /** Rubric dimensions to stress. */
  readonly focus: readonly string[];
  readonly status: 'draft' | 'reviewed' | 'retired';
  readonly source?: string;
  readonly license?: string;
  /** Where it was read: path relative to the content folder, and the 1-based line. */
  readonly file: string;
  readonly line: number;
}

/** The questions in memory, indexed. */
export interface Bank {
  readonly questions: readonly Question[];
  get(id: string): Question | undefined;
}
