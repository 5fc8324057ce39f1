/** A person in a test: presses, fills forms, writes in threads, and sees what only they see. */
import type { Instant, PersonId, Ref } from '../../src/chat/ids.ts';
import type { ActedEvent, Of, Reply } from '../../src/chat/incoming.ts';
import type { Action, Form, Message } from '../../src/chat/message.ts';
import type { AnswerTo } from '../../src/chat/outgoing.ts';
import type { Place } from '../../src/chat/place.ts';
import { parseCommand } from '../../src/chat/surface.ts';
import { buttonsOf, read } from './words.ts';
import type { FakeChat } from './fake-chat.ts';
import { CHANNEL, TEAM } from './team.ts';

/** What a person acts on. */
export interface Stage {
  readonly chat: FakeChat;
  now(): Instant;
  settle(): Promise<void>;
}

export interface Someone {
  readonly id: PersonId;
  /** `/practice …` in the channel. */
  says(text: string): Promise<AnswerTo['command']>;
  press(on: Action): Promise<AnswerTo['press']>;
  /** The newest button with that label among what they can see: public posts, their DMs. */
  presses(label: string): Promise<AnswerTo['press']>;
  choose(on: Action, value: string): Promise<AnswerTo['choose']>;
  submits(form: Form | AnswerTo['press'], values: Readonly<Record<string, string>>): Promise<AnswerTo['submit']>;
  /** Write under a post of ours; gives the message's ref. */
  replies(under: string, text: string, extras?: number): Promise<Ref>;
  edits(ref: Ref, under: string, text: string): Promise<void>;
  deletes(ref: Ref, under: string): Promise<void>;
  /** Write in their DM with us, or in a room by its name; gives the message's ref. */
  writes(text: string, facts?: { readonly room?: string; readonly extras?: number }): Promise<Ref>;
  /** Change what they wrote there, or take it back when there is no text. */
  rewrites(ref: Ref, text: string | undefined, room?: string): Promise<void>;
  /** Use a message shortcut on a message. */
  picks(on: Action, ref: Ref, under: string, text: string, author?: string): Promise<AnswerTo['pick']>;
  /** What they find in their DMs, newest last, as text. */
  inbox(): string[];
}

type Bare<K extends ActedEvent['kind']> = Omit<Of<K>, 'id' | 'team' | 'at' | 'from' | 'place'> & {
  readonly place?: Place<Ref>;
};

let events = 0;
let messages = 0;

export function someoneOf(
  team: Stage,
  name: string,
  facts: { readonly admin?: boolean; readonly zone?: string } = {},
): Someone {
  const id = name.toLowerCase() as PersonId;
  const from = { id, name, admin: facts.admin ?? false, ...(facts.zone === undefined ? {} : { zone: facts.zone }) };
  const act = async <K extends ActedEvent['kind']>(what: Bare<K>): Promise<AnswerTo[K]> => {
    const event = {
      place: { in: 'channel', channel: CHANNEL },
      ...what,
      id: `e${++events}`,
      team: TEAM,
      at: team.now(),
      from,
    };
    const answer = await team.chat.emit(event as unknown as Of<K>);
    await team.settle();
    return answer as AnswerTo[K];
  };
  const refOf = (under: string): Ref => {
    const post = team.chat.posted.find((one) => one.name === under);
    if (!post) throw new Error(`nothing named ${under} was posted`);
    return post.ref;
  };
  const placed = (room: string | undefined): Place<Ref> =>
    room === undefined ? { in: 'dm', person: id } : { in: 'room', room: refOf(room) };
  const tell = async (ref: Ref, place: Place<Ref>, what: Pick<Reply, 'change' | 'text' | 'extras'>): Promise<void> => {
    const stamp = `${ref}:${what.change}:${team.now()}:${what.text ?? ''}`;
    await team.chat.emit({ ...what, kind: 'reply', id: stamp, team: TEAM, at: team.now(), from, place, ref });
    await team.settle();
  };
  const say = async (ref: Ref, under: string, what: Pick<Reply, 'change' | 'text' | 'extras'>): Promise<void> => {
    const root = refOf(under);
    const event: Reply = {
      ...what,
      kind: 'reply',
      id: `${ref}:${what.change}:${team.now()}`,
      team: TEAM,
      at: team.now(),
      from,
      place: { in: 'thread', under: root },
      ref,
    };
    team.chat.said.push({ under: root, event });
    await team.chat.emit(event);
    await team.settle();
  };
  return {
    id,
    says: (text) => act<'command'>({ kind: 'command', ...parseCommand(team.chat.surface ?? noSurface, text) }),
    press: (on) => act<'press'>({ kind: 'press', on }),
    presses: (label) => act<'press'>({ kind: 'press', on: findButton(team, id, label) }),
    choose: (on, value) => act<'choose'>({ kind: 'choose', on, value }),
    submits: (form, values) => act<'submit'>({ kind: 'submit', on: formIn(form).on, values }),
    async replies(under, text, extras = 0) {
      const ref = `r${++messages}` as Ref;
      await say(ref, under, { change: 'new', text, extras });
      return ref;
    },
    edits: (ref, under, text) => say(ref, under, { change: 'edited', text, extras: 0 }),
    deletes: (ref, under) => say(ref, under, { change: 'deleted', extras: 0 }),
    async writes(text, { room, extras = 0 } = {}) {
      const ref = `r${++messages}` as Ref;
      await tell(ref, placed(room), { change: 'new', text, extras });
      return ref;
    },
    rewrites: (ref, text, room) =>
      tell(ref, placed(room), {
        change: text === undefined ? 'deleted' : 'edited',
        extras: 0,
        ...(text === undefined ? {} : { text }),
      }),
    picks: (on, ref, under, text, author = id) =>
      act<'pick'>({
        kind: 'pick',
        on,
        ref,
        text,
        author: author as PersonId,
        place: { in: 'thread', under: refOf(under) },
      }),
    inbox: () => team.chat.dms(id).map(({ message }) => read(message)),
  };
}

const noSurface = { root: 'practice', commands: [], shortcuts: [] };

/** The form of an answer that asks; a test that gets anything else fails here. */
export function formIn(answer: Form | AnswerTo['press']): Form {
  if ('fields' in answer) return answer;
  if (answer.kind !== 'ask') throw new Error(`expected a form, got ${JSON.stringify(answer)}`);
  return answer.form;
}

/** What an answer shows or says, as text. */
export function textIn(answer: AnswerTo['press'] | AnswerTo['submit']): string {
  if (answer.kind === 'say') return read({ blocks: [{ kind: 'text', text: answer.text }] });
  if (answer.kind === 'show') return read(answer.message);
  return answer.kind === 'reject' ? answer.problem : '';
}

function findButton(team: Stage, person: PersonId, label: string): Action {
  const visible = team.chat
    .shown()
    .filter(({ delivery }) => !('to' in delivery) || delivery.to.in !== 'dm' || delivery.to.person === person)
    .map(({ message }): Message | undefined => message);
  const button = visible.flatMap(buttonsOf).findLast((one) => one.label === label);
  if (!button) throw new Error(`${person} was shown no button "${label}"`);
  return button.on;
}
