/** A team on some platform, as the test that kills needs it: what people do there, and what took effect. */

/** A question in the channel. */
export interface Question {
  /** Its message. */
  readonly id: string;
  readonly isOpen: boolean;
}

export interface Workplace {
  readonly platform: string;
  readonly clock: { now(): number; advance(ms: number): Promise<void> };
  /** The first one may set up. */
  readonly people: readonly string[];
  /** Tokens and addresses. */
  readonly env: Readonly<Record<string, string>>;
  /** Requests of the program so far. */
  calls(): number;
  questions(): readonly Question[];
  setUp(who: string): Promise<void>;
  askNow(who: string): Promise<void>;
  /** In the question's thread; false when there is none yet. */
  reply(who: string, question: Question, text: string): Promise<boolean>;
  /** By the form: whether they were told that it was taken; undefined when it never opened. `isOver`: the program is dead. */
  fillIn(who: string, question: Question, text: string, isOver: () => boolean): Promise<boolean | undefined>;
  /** Events that still wait to be taken. */
  waiting(): number;
  /** What marks each message of ours as the one it is: two that carry the same are a double. */
  posted(): readonly string[];
  /** Whether the message of a ref is there. */
  isThere(ref: string): boolean;
  complaints(): readonly string[];
  close(): Promise<void>;
}
