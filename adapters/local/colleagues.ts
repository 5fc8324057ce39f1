/** "Let them answer": the sample colleagues do what people do, by the same ways, with fixed words marked as samples. */
import type { PersonId, Ref } from '../../src/chat/ids.ts';
import type { Person } from '../../src/chat/incoming.ts';
import type { Action, Field, Form, Message } from '../../src/chat/message.ts';
import type { Text } from '../../src/chat/text.ts';
import { encodeAction } from '../../src/chat/wire.ts';
import { press, say, submit } from './acts.ts';
import type { Stage } from './acts.ts';
import { bodyOf, placeOf } from './message.ts';
import type { LocalStore, MessageRow } from './ports.ts';
import { asPerson } from './replies.ts';

/** What one of them did. */
export interface Done {
  readonly name: string;
  readonly answers: number;
  readonly forms: number;
}

const ANSWERS = [
  'Sample answer: In my last team this came up two weeks before a release. I first talked with the two people closest ' +
    'to it, wrote down what we knew and what we did not, and proposed one small step that we could undo. We agreed on ' +
    'an owner and a date, and I told everyone who depended on it. We shipped four days late and without an incident, ' +
    'and that note became the way we decide such things.',
  'Sample answer: I once kept quiet for a week because I hoped it would solve itself, and it did not. So I asked the ' +
    'person involved for half an hour, described what I had seen and what it did to the team, and listened before I ' +
    'proposed anything. Together we picked one change to try for two sprints. It worked for the handovers, less so for ' +
    'the reviews, and next time I would speak up on the first day.',
];

const quoted = (words: string): string => (words === '' ? 'you told your first steps' : `you said “${words}”`);
type Comment = (words: string) => string;
/** What each of them says about somebody's words: first what to keep, then what to change. Holds for any answer. */
const COMMENTS: readonly (readonly Comment[])[] = [
  [
    (words) => `Sample feedback: When ${quoted(words)}, it worked because it shows what you did yourself, and when.`,
    (words) =>
      `Sample feedback: After ${quoted(words)} I wanted to hear what came of it. Next time, end with the effect.`,
  ],
  [
    (words) =>
      `Sample feedback: When ${quoted(words)}, I could picture it, and I learned how you choose your next step.`,
    (words) =>
      `Sample feedback: Where ${quoted(words)}, name what you gave up for it. One number would make it stronger.`,
  ],
];

/** Everybody marked as a sample does what waits for them, except who sits at the page. */
export async function letThemAnswer(on: Stage, present: PersonId): Promise<readonly Done[]> {
  const them = (await on.store.people()).filter(({ id, sample }) => sample === 1 && id !== present).map(asPerson);
  const done: Done[] = [];
  for (const [i, person] of them.entries()) {
    const answers = await answerToday(on, person, ANSWERS[i % ANSWERS.length] ?? '');
    done.push({ name: person.name, answers, forms: await fillForms(on, person, i) });
  }
  return done;
}

async function answerToday(on: Stage, person: Person, words: string): Promise<number> {
  const question = await openQuestion(on.store, person.id);
  if (!question) return 0;
  const said = await on.store.writtenAfter(0, 1000, [`thread ${question.ref}`]);
  if (said.some((row) => row.author === person.id || names(row, person.id))) return 0;
  await say(on, person, { in: 'thread', under: question.ref as Ref }, words);
  return 1;
}

/** A post of ours that tells what this person answered elsewhere. */
function names(row: MessageRow, person: PersonId): boolean {
  const body = bodyOf(row);
  const blocks = body.kind === 'card' ? body.message.blocks : [];
  return blocks.some((block) => 'text' in block && block.text.some((span) => 'id' in span && span.id === person));
}

/** The newest card in a channel that has a thread and still asks for something. */
async function openQuestion(store: LocalStore, person: string): Promise<MessageRow | undefined> {
  const channels = await store.channels();
  const rows = await Promise.all(
    channels.map(({ id }) => store.latest({ place: `channel ${id}`, person, limit: 100 })),
  );
  return rows
    .flat()
    .filter((row) => {
      const body = bodyOf(row);
      return body.kind === 'card' && body.thread !== undefined && mainButton(body.message) !== undefined;
    })
    .toSorted((a, b) => a.born - b.born)
    .at(-1);
}

/** Presses the main button of each card in their direct messages, and fills in the form it opens. Once a card. */
async function fillForms(on: Stage, person: Person, taste: number): Promise<number> {
  let filled = 0;
  for (const row of await on.store.latest({ place: `dm ${person.id}`, person: person.id, limit: 100 })) {
    const body = bodyOf(row);
    const action = body.kind === 'card' && row.deleted === 0 ? mainButton(body.message) : undefined;
    if (body.kind !== 'card' || !action) continue;
    const mark = `filled ${row.ref} ${encodeAction(action)}`;
    if ((await on.store.fact(mark)) !== undefined) continue;
    const opened = await press(on, person, row.ref, action);
    const place = placeOf(row.place);
    if (opened.kind !== 'ask' || !place) continue;
    const values = await fill(on.store, opened.form, body.message, person, taste);
    const got = await submit(on, person, place, opened.form.on, values);
    if (got.kind === 'reject') continue;
    await on.store.keepFact(mark, on.world.now());
    filled += 1;
  }
  return filled;
}

const mainButton = (message: Message): Action | undefined =>
  message.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find(({ style }) => style === 'primary')?.on;

async function fill(
  store: LocalStore,
  form: Form,
  card: Message,
  person: Person,
  taste: number,
): Promise<Record<string, string>> {
  const words = quoteOf([...(form.intro ?? []), ...textOf(card)], taste);
  const people = await store.people();
  const channels = await store.channels();
  const values = form.fields.map((field, i): [string, string] => {
    const other = people.find(({ id }) => id !== person.id)?.id ?? person.id;
    return [field.name, valueFor(field, { turn: i, taste }, words, { person: other, channel: channels[0]?.id ?? '' })];
  });
  return Object.fromEntries(values);
}

interface Turn {
  /** Which field of the form it is. */
  readonly turn: number;
  /** Which of the colleagues fills it in. */
  readonly taste: number;
}

function valueFor(field: Field, by: Turn, words: string, first: { person: string; channel: string }): string {
  switch (field.kind) {
    case 'rating': {
      // A middle step or the one above it, so that the numbers differ a little; never "can't tell".
      const numbered = field.steps.filter(({ value }) => /^\d+$/.test(value));
      const steps = numbered.length > 0 ? numbered : field.steps;
      return steps[Math.min(Math.floor(steps.length / 2) + ((by.turn + by.taste) % 2), steps.length - 1)]?.value ?? '';
    }
    case 'paragraph':
      return paragraphFor(field.value ?? '', by, words);
    case 'line':
      return 'Sample answer';
    case 'choice':
      return field.value ?? field.options[0]?.value ?? '';
    case 'person':
      return first.person;
    case 'channel':
      return first.channel;
  }
}

/** One comment, or one behind each label the field begins with. */
function paragraphFor(template: string, { turn, taste }: Turn, words: string): string {
  const own = COMMENTS[taste % COMMENTS.length] ?? [];
  const comment = (i: number): string => own[i % own.length]?.(words) ?? '';
  const labels = template.split('\n').filter((line) => /:\s*$/.test(line));
  return labels.length === 0 ? comment(turn) : labels.map((label, i) => `${label.trim()} ${comment(i)}`).join('\n\n');
}

const textOf = (card: Message): Text => card.blocks.flatMap((block) => (block.kind === 'text' ? block.text : []));

/** A few words of the longest thing a person typed there; each colleague quotes others. */
function quoteOf(text: Text, taste: number): string {
  const typed = text.flatMap((span) => (span.kind === 'plain' ? [span.value] : []));
  const longest = typed.reduce((a, b) => (b.length > a.length ? b : a), '');
  const all = longest
    .replace(/^Sample answer:\s*/, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const from = all.length < 24 ? 0 : taste * 8;
  const words = all.slice(from, from + 8);
  return words.length < 4 ? '' : words.join(' ').replace(/[.,;:!?]$/, '');
}
