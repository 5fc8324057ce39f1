/** What the floor is told to do, so that it does what the product does and nothing else. */
import type { Taped } from '../slack/tape.ts';

export interface Script {
  /** Of one command, `begin` and `commit` among them. */
  readonly statements: readonly Taped[];
  /** Values among theirs that are each command's own: `discord:` and its id, who gave it, when. */
  readonly event: string;
  readonly user: string;
  readonly now: string;
  /** The message it is answered with. */
  readonly answer: never;
}

export interface PostToSend {
  readonly id: string;
  readonly threadId: string;
  readonly team: string;
  readonly name: string;
  readonly channel: string;
  /** As Discord takes it. */
  readonly body: unknown;
  readonly title: string;
}
