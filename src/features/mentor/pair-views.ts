/** The cards of a pair: how it begins, its agenda, the check-in, how it ends. */
import { buttons, capital, lines, small, text } from '../../chat/card.ts';
import type { Instant, PersonId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Message } from '../../chat/message.ts';
import { bold, cut, plain, t, type Text, time } from '../../chat/text.ts';
import { on } from './forms.ts';
import type { Entry, Pair } from './pair-queries.ts';
import { skillWords } from './rules.ts';
import { people } from './views.ts';

/** A pair with what a card of it needs. */
export interface Shown {
  readonly pair: Pair;
  readonly topics: readonly Entry[];
  readonly decision: Entry | undefined;
  readonly notes: number;
  readonly prompts: readonly string[];
  readonly zone: string;
  readonly keepDays: number;
}

const TOPIC = 300;
const PROMPT = 300;
const SHOWN_TOPICS = 5;
/** So much of a note stands in a list. */
const NOTE = 500;
const SHOWN_NOTES = 5;

export const roomTitle = ({ kind, about }: Pair): string =>
  kind === 'buddies' ? 'Practice buddies' : about === '' ? 'Mentorship' : cut(`Mentorship: ${skillWords(about)}`, 80);

export function agendaCard({ pair, topics, decision, notes, prompts, zone, keepDays }: Shown): Message {
  const [next, ...later] = topics;
  const shown = later.slice(0, SHOWN_TOPICS - 1);
  const more = later.length - shown.length;
  return {
    title: 'Agenda',
    blocks: [
      small(pairFacts(pair, zone)),
      text(
        t`${bold('Next:')} ${next ? cut(next.text, TOPIC) : t`nothing yet. One of you adds a topic, or you take a prompt.`}`,
      ),
      ...(shown.length === 0
        ? []
        : [text(lines([t`**Then**`, ...shown.map((topic) => t`- ${cut(topic.text, TOPIC)}`)]))]),
      ...(more > 0 ? [small(t`And ${more} more.`)] : []),
      text(
        decision
          ? t`${bold('Last time you decided:')} ${cut(decision.text, TOPIC)}`
          : t`${bold('Last time you decided:')} nothing is noted yet.`,
      ),
      ...promptBlocks(prompts),
      ...(pair.state === 'active'
        ? controls(pair, topics, notes)
        : [text(t`This pair has ended; what you noted stays here for now.`)]),
      small(
        t`For the people of this pair; I do not read along. It is deleted ${keepDays} days after the pair ends, or when its writer leaves.`,
      ),
    ],
  };
}

const pairFacts = ({ kind, about, ends }: Pair, zone: string): Text =>
  t`${kind === 'buddies' ? 'Practice buddies' : capital(skillWords(about)) || 'Mentorship'} · until ${time(ends, zone, 'day')}`;

const promptBlocks = (prompts: readonly string[]): Block[] =>
  prompts.length === 0
    ? []
    : [text(lines([t`**Three to pick from**`, ...prompts.map((prompt) => t`- ${cut(prompt, PROMPT)}`)]))];

function controls({ id }: Pair, topics: readonly Entry[], notes: number): Block[] {
  const options = topics
    .slice(0, LIMITS.optionsPerChoice)
    .map((topic) => ({ label: cut(topic.text.replaceAll(/\s+/g, ' '), LIMITS.optionLabel), value: topic.id }))
    .filter(({ label }) => label.trim() !== '');
  return [
    buttons(
      { label: 'Add a topic', on: on('topic', id), style: 'primary' },
      { label: 'Note a decision', on: on('decision', id) },
      { label: notes === 0 ? 'Notes' : `Notes (${notes})`, on: on('notes', id) },
    ),
    ...(options.length === 0
      ? []
      : [{ kind: 'choice', on: on('talked', id), prompt: 'We talked about', options } as const]),
  ];
}

/** The notes of a pair, newest first; only its people are shown them. */
export const notesCard = (pair: Pair, notes: readonly Entry[], own: PersonId): Message => ({
  title: 'Notes of this pair',
  blocks: [
    small(t`Seen by the people of this pair alone.`),
    ...(notes.length === 0 ? [text(t`No notes yet.`)] : []),
    ...notes
      .toReversed()
      .slice(0, SHOWN_NOTES)
      .flatMap((note): Block[] => [
        text([plain(cut(note.text, NOTE))]),
        ...(note.person === own ? [buttons({ label: 'Delete this note', on: on('drop', note.id) })] : []),
      ]),
    ...(notes.length > SHOWN_NOTES
      ? [small(t`And ${notes.length - SHOWN_NOTES} older ones; your export has all you wrote.`)]
      : []),
    ...(pair.state === 'active' ? [buttons({ label: 'Write a note', on: on('note', pair.id), style: 'primary' })] : []),
  ],
});

export interface Intro {
  readonly pair: Pair;
  readonly others: readonly PersonId[];
  readonly as: 'mentor' | 'mentee' | 'buddy';
  readonly reasons: string;
  readonly zone: string;
  /** What people here call a private place for a few. */
  readonly roomNoun: string;
}

/** To each of the two, when they are paired. */
export function introCard({ pair, others, as, reasons, zone, roomNoun }: Intro): Message {
  const words =
    as === 'buddy'
      ? t`You and ${people(others)} are practice buddies until ${time(pair.ends, zone, 'day')}. Half an hour a week is plenty: one answers, the other asks, then you swap.`
      : as === 'mentee'
        ? t`${people(others)} mentors you from now on, for twelve weeks, until ${time(pair.ends, zone, 'day')}. Write first: a mentor waits for your lead.`
        : t`You mentor ${people(others)} from now on, for twelve weeks, until ${time(pair.ends, zone, 'day')}.`;
  return {
    title: as === 'buddy' ? 'Your practice buddies' : 'You are paired',
    blocks: [
      text(words),
      ...(reasons === '' ? [] : [small(t`Why the two of you: ${cut(reasons, 500)}.`)]),
      ...roomWords(pair, roomNoun),
      buttons(
        { label: 'Agenda', on: on('agenda', pair.id), style: 'primary' },
        { label: 'End this pair', on: on('end', pair.id) },
      ),
      small(t`Either of you may end it at any time; nobody is told why, and nothing is noted about it.`),
    ],
  };
}

function roomWords({ id, room }: Pair, roomNoun: string): Block[] {
  if (room === 'coming' || room === 'open')
    return [text(t`Your ${roomNoun} is ready for you, with an agenda to begin with.`)];
  return [
    text(
      t`There is no ${roomNoun} for you yet, as I have no channel to open it near. The agenda works from here as well.`,
    ),
    buttons({ label: `Open a ${roomNoun}`, on: on('room', id) }),
  ];
}

export const noRoomCard = (pair: string, why: string, roomNoun: string): Message => ({
  title: `Your ${roomNoun} is not there`,
  blocks: [
    text(t`${why} Nothing that was noted is lost, and the agenda works from here as well.`),
    buttons(
      { label: 'Open a new one', on: on('room', pair), style: 'primary' },
      { label: 'Agenda', on: on('agenda', pair) },
    ),
  ],
});

export const checkInCard = (pair: string, others: readonly PersonId[]): Message => ({
  title: 'Two weeks in',
  blocks: [
    text(t`Did you and ${people(others)} meet?`),
    buttons(
      { label: 'Yes', on: on('met', `${pair}:yes`), style: 'primary' },
      { label: 'Not yet', on: on('met', `${pair}:not-yet`) },
      { label: 'I’d rather have somebody else', on: on('met', `${pair}:else`) },
    ),
    small(
      t`Your answer is seen by nobody. Wanting somebody else is nobody’s fault: both of you are matched afresh, and never with each other again.`,
    ),
  ],
});

export const closingCard = (pair: string, others: readonly PersonId[], root: string): Message => ({
  title: 'Twelve weeks',
  blocks: [
    text(
      t`Your time with ${people(others)} has come to its end. A few words to each other round it off: what you take with you, and what you wish them.`,
    ),
    buttons(
      { label: 'Write a closing note', on: on('closing', pair), style: 'primary' },
      { label: 'My mentorship page', on: on('page') },
    ),
    small(
      t`It goes to the other one alone. If you want to go on together, \`/${root} mentor ask\` asks them for another term.`,
    ),
  ],
});

export const closingNote = (from: PersonId, words: string): Message => ({
  title: 'A closing note',
  blocks: [
    text(t`${people([from])} wrote to you:`),
    text([plain(cut(words, LIMITS.text))]),
    small(t`Only you see this.`),
  ],
});

/** How a pair ended, to somebody who was in it. Never who wanted it, and of somebody who left not even the name. */
export const endedCard = (why: Pair['why'], others: readonly PersonId[], ended: Instant, zone: string): Message => ({
  title: 'This pair has ended',
  blocks: [
    text(
      why === 'left' || others.length === 0
        ? t`Someone left, so this pair ended on ${time(ended, zone, 'day')}.`
        : endWords(why, others),
    ),
    buttons({ label: 'My mentorship page', on: on('page') }),
  ],
});

function endWords(why: Pair['why'], others: readonly PersonId[]): Text {
  const who = people(others);
  if (why === 'term') return t`Your twelve weeks with ${who} are over. Thank you both.`;
  if (why === 'month') return t`Your month as practice buddies with ${who} is over; the next one brings somebody new.`;
  if (why === 'rematch')
    return t`Your pair with ${who} has ended, so that both of you can be matched afresh. It is nobody’s fault, and nothing is noted about it.`;
  return t`Your pair with ${who} has ended early. It is nobody’s fault, and nothing is noted about it.`;
}
