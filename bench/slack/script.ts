/** What the floor is told to do, so that it does what the product does and nothing else. */
import type { Taped } from './tape.ts';

export interface Script {
  /** Of one command, `begin` and `commit` among them. */
  readonly statements: readonly Taped[];
  /** Values among theirs that are each command's own. */
  readonly event: string;
  readonly trigger: string;
  readonly user: string;
  readonly now: string;
  /** What the command is answered with. */
  readonly answer: never;
}

export interface PostsToSend {
  readonly apiUrl: string;
  readonly posts: readonly {
    readonly id: string;
    readonly team: string;
    readonly name: string;
    readonly channel: string;
    readonly token: string;
    /** As `chat.postMessage` takes it. */
    readonly message: unknown;
  }[];
}
