/** What goes back: an answer to the person who acted, and posts the team sees. */
import type { ChannelId, Name, PersonId, Ref, TeamId } from './ids.ts';
import type { Incoming } from './incoming.ts';
import type { Form, Message, Option } from './message.ts';
import type { Place } from './place.ts';
import type { Text } from './text.ts';

/** What the person who acted sees, now, and only they. Lost if the process dies, so what must be acted on is also posted. */
export type Answer =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'say'; readonly text: Text }
  | { readonly kind: 'show'; readonly message: Message }
  | { readonly kind: 'ask'; readonly form: Form }
  /** Keeps the form open, with the problem beside its field. */
  | { readonly kind: 'reject'; readonly field: string; readonly problem: string }
  | { readonly kind: 'offer'; readonly options: readonly Option[] };

type Only<K extends Answer['kind']> = Extract<Answer, { kind: K }>;

/** Which answers an event may get: a form opens only after a click or a command, a rejection only follows a form. */
export interface AnswerTo {
  command: Only<'nothing' | 'say' | 'show' | 'ask'>;
  complete: Only<'offer'>;
  press: Only<'nothing' | 'say' | 'show' | 'ask'>;
  choose: Only<'nothing' | 'say' | 'show' | 'ask'>;
  submit: Only<'nothing' | 'say' | 'show' | 'reject'>;
  reply: Only<'nothing'>;
  pick: Only<'nothing' | 'say' | 'show' | 'ask'>;
  home: Only<'show'>;
  echo: Only<'nothing'>;
  deaf: Only<'nothing'>;
  installed: Only<'nothing'>;
  removed: Only<'nothing'>;
}

/** What the team sees, once, whatever happens to the process. */
export type Outgoing<H = Name> =
  | {
      readonly kind: 'post';
      readonly name: Name;
      readonly to: Place<H>;
      readonly message: Message;
      /** Title of the thread to open under it; absent: no thread of its own. */
      readonly thread?: string;
    }
  /** Replaces any unsent edit of the same post. */
  | { readonly kind: 'edit'; readonly name: Name; readonly message: Message }
  | { readonly kind: 'remove'; readonly name: Name }
  /** The thread under the post of that name. The core sends it after such a post, where threads are opened by a call of their own. */
  | { readonly kind: 'thread'; readonly name: Name; readonly title: string }
  /** A private place for a few; `near` is where a thread-like room hangs. */
  | {
      readonly kind: 'room';
      readonly name: Name;
      readonly title: string;
      readonly members: readonly PersonId[];
      readonly near: ChannelId;
    }
  | { readonly kind: 'file'; readonly name: Name; readonly to: Place<H>; readonly type: string; readonly text: string };

/** An Outgoing on its way: places are refs, and an edit, a removal or a thread carries the ref it is about. */
export type Delivery = { readonly team: TeamId } & (
  | Extract<Outgoing<Ref>, { kind: 'post' | 'room' | 'file' }>
  | (Extract<Outgoing<Ref>, { kind: 'edit' | 'remove' | 'thread' }> & { readonly ref: Ref })
);

/** Hands one event to the core; resolves after its commit. Rejects when nothing was committed: do not ack. */
export type OnEvent = <E extends Incoming>(event: E) => Promise<AnswerTo[E['kind']]>;
