/** What a pair does on its agenda: topics, also from a message, decisions, and notes only its people see. */
import type { ChannelId, PersonId } from '../../chat/ids.ts';
import type { Of } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { LIMITS } from '../../chat/limits.ts';
import { cut, t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { nameAt } from '../../store/posts.ts';
import { cleanText } from '../../store/text.ts';
import { decisionForm, noteForm, topicForm } from './forms.ts';
import { agendaOf, openRoom, refresh } from './pair.ts';
import {
  addEntry,
  changeEntry,
  dropEntry,
  entriesOf,
  type Entry,
  findEntry,
  findPair,
  membersOf,
  type Pair,
} from './pair-queries.ts';
import { notesCard } from './pair-views.ts';
import { pairOfRoom } from './posts.ts';

type Acted = Of<'press' | 'submit' | 'choose' | 'pick'>;

/** The pair an action is about, if this person is in it. */
export async function mineOf(turn: Turn, person: PersonId, id: string): Promise<Pair> {
  const pair = await findPair(turn.tx, turn.team.id, id);
  const members = pair ? await membersOf(turn.tx, turn.team.id, id) : [];
  if (!pair || !members.some((member) => member.person === person))
    throw new Refusal(t`This belongs to a pair you are not in. \`/${turn.words.practice} mentor\` shows your own.`);
  return pair;
}

async function activeOf(turn: Turn, person: PersonId, id: string): Promise<Pair> {
  const pair = await mineOf(turn, person, id);
  if (pair.state === 'ended') throw new Refusal(t`This pair has ended; what you noted can still be read, not changed.`);
  return pair;
}

export const showAgenda: Handler<'press'> = async (event, turn) => ({
  kind: 'show',
  message: await agendaOf(turn, await mineOf(turn, event.from.id, event.on.subject)),
});

const opening =
  (form: typeof topicForm): Handler<'press'> =>
  async (event, turn) => ({ kind: 'ask', form: form((await activeOf(turn, event.from.id, event.on.subject)).id) });

export const openTopic = opening(topicForm);
export const openDecision = opening(decisionForm);
export const openNote = opening(noteForm);

interface New {
  readonly kind: Entry['kind'];
  readonly text: string;
  readonly person: PersonId;
  readonly ref: Entry['ref'];
}

const add = (turn: Turn, pair: Pair, { kind, text, person, ref }: New): Promise<boolean> =>
  addEntry(turn.tx, {
    id: turn.newId(),
    team: turn.team.id,
    pair: pair.id,
    person,
    kind,
    text: cut(cleanText(text.trim()), LIMITS.fieldValue),
    ref,
    done: 0,
    at: turn.now,
  });

const saving =
  (kind: Entry['kind'], said: string, after?: (turn: Turn, pair: Pair) => Promise<void>): Handler<'submit'> =>
  async (event, turn) => {
    const pair = await activeOf(turn, event.from.id, event.on.subject);
    const text = event.values['text'] ?? '';
    if (text.trim() === '') return { kind: 'reject', field: 'text', problem: 'Write a few words first.' };
    await add(turn, pair, { kind, text, person: event.from.id, ref: null });
    await after?.(turn, pair);
    await refresh(turn, pair.id);
    return { kind: 'say', text: t`${said}` };
  };

export const saveTopic = saving('topic', 'It is on your agenda.');
export const saveNote = saving('note', 'Kept, for the people of this pair alone.');
/** What was decided on is talked about: the topic that was next makes room. */
export const saveDecision = saving(
  'decision',
  'Noted; it stands on the agenda until the next one.',
  async (turn, pair) => {
    const [next] = (await entriesOf(turn.tx, turn.team.id, pair.id)).filter(isOpen);
    if (next) await changeEntry(turn.tx, next, { done: 1 });
  },
);

const isOpen = ({ kind, done }: Entry): boolean => kind === 'topic' && done === 0;

export const tickOff: Handler<'choose'> = async (event, turn) => {
  const pair = await activeOf(turn, event.from.id, event.on.subject);
  const entry = await findEntry(turn.tx, turn.team.id, event.value);
  if (!entry || entry.pair !== pair.id) throw new Refusal(t`That topic is no longer on the agenda.`);
  await changeEntry(turn.tx, entry, { done: 1 });
  await refresh(turn, pair.id);
  return { kind: 'say', text: t`Ticked off. Is there a decision to note?` };
};

/** “Add to agenda” on a message: the words belong to whoever wrote them, and go when they do. */
export const addMessage: Handler<'pick'> = async (event, turn) => {
  const pair = await pairAt(turn, event);
  const text = event.text ?? '';
  if (text.trim() === '') return { kind: 'ask', form: topicForm(pair.id) };
  const members = (await membersOf(turn.tx, turn.team.id, pair.id)).map(({ person }) => person);
  const person = members.includes(event.author) ? event.author : event.from.id;
  const isNew = await add(turn, pair, { kind: 'topic', text, person, ref: event.ref });
  if (!isNew) return { kind: 'say', text: t`This message is on your agenda already.` };
  await refresh(turn, pair.id);
  return { kind: 'say', text: t`It is on your agenda.` };
};

async function pairAt(turn: Turn, event: Acted): Promise<Pair> {
  const name = event.place.in === 'room' ? await nameAt(turn.tx, turn.team.id, event.place.room) : undefined;
  const of = name && pairOfRoom(name);
  if (!of)
    throw new Refusal(
      t`*Add to agenda* works in the ${turn.traits.roomNoun} of a mentor pair. Elsewhere, use *Add a topic* on your agenda.`,
    );
  return activeOf(turn, event.from.id, of.pair);
}

const notesOf = async (turn: Turn, pair: Pair, own: PersonId): Promise<AnswerTo['press']> => {
  const entries = await entriesOf(turn.tx, turn.team.id, pair.id);
  const notes = entries.filter(({ kind }) => kind === 'note');
  return { kind: 'show', message: notesCard(pair, notes, own) };
};

export const showNotes: Handler<'press'> = async (event, turn) =>
  notesOf(turn, await mineOf(turn, event.from.id, event.on.subject), event.from.id);

/** One's own note; a second press finds it gone and shows the same. */
export const dropNote: Handler<'press'> = async (event, turn) => {
  const entry = await findEntry(turn.tx, turn.team.id, event.on.subject);
  if (!entry) return { kind: 'say', text: t`That note is gone.` };
  const pair = await mineOf(turn, event.from.id, entry.pair);
  if (entry.person !== event.from.id) throw new Refusal(t`A note is deleted by whoever wrote it.`);
  await dropEntry(turn.tx, entry);
  await refresh(turn, pair.id);
  return notesOf(turn, pair, event.from.id);
};

export const openAgain: Handler<'press'> = async (event, turn) => {
  const pair = await activeOf(turn, event.from.id, event.on.subject);
  const { roomNoun } = turn.traits;
  if (pair.room === 'open' || pair.room === 'coming')
    return { kind: 'say', text: t`Your ${roomNoun} is there, or on its way.` };
  const from: ChannelId | undefined = event.place.in === 'channel' ? event.place.channel : undefined;
  if (await openRoom(turn, pair, from)) return { kind: 'say', text: t`A new ${roomNoun} is on its way.` };
  throw new Refusal(
    t`I know no channel to open it near. Say \`/${turn.words.practice} mentor\` in a channel I am in, then try again.`,
  );
};
