/** Cards of the story bank: the list, one story in pages, deleting one, which one was told. Their words are always plain. */
import { buttons, lines, small, text } from '../../chat/card.ts';
import type { Instant } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Message, Option } from '../../chat/message.ts';
import { bold, cut, pages, plain, t, type Text, time } from '../../chat/text.ts';
import { skillsOfStory, type Story } from '../../store/stories.ts';
import { MOST_STORIES, type Slice, soughtSubject } from './rules.ts';
import { listed, on, ONLY_YOU, times } from './words.ts';

/** A story in a list, or on its page. */
export interface Told {
  readonly story: Story;
  /** How often, by its person's word, and when last. */
  readonly told: number;
  readonly last: Instant | undefined;
}

export interface Bank {
  readonly slice: Slice<Told>;
  readonly word: string;
  /** How many there are in all, whatever is looked for. */
  readonly all: number;
  readonly missing: readonly string[];
  /** Told often lately: titles and counts. */
  readonly often: readonly { readonly title: string; readonly count: number }[];
  readonly zone: string;
}

/** In a list a title is cut to this. */
const SHORT = 90;
/** Of stories told often so many are named. */
const OFTEN_NAMED = 3;
/** A page of a story. */
const PAGE = 2400;
/** A note is read whole in the form. */
const NOTE = 900;

const rowOf = (all: readonly Button[]): Block[] => (all.length === 0 ? [] : [buttons(...all)]);

export function bankCard(bank: Bank): Message {
  if (bank.all === 0) return emptyCard;
  const { slice, word } = bank;
  const turnTo = (label: string, page: number): Button => ({ label, on: on('list', soughtSubject({ page, word })) });
  return {
    title: 'Your story bank',
    blocks: [
      small(ONLY_YOU),
      text(summary(bank)),
      ...(slice.items.length === 0 ? [] : [text(lines(slice.items.map((told) => entry(told, bank.zone))))]),
      ...rowOf(
        slice.items.map(({ story }) => ({
          label: cut(story.title, LIMITS.buttonLabel),
          on: on('open', `${story.id}.1`),
        })),
      ),
      ...rowOf([
        { label: 'Write a story', on: on('write'), style: 'primary' },
        ...(slice.page > 1 ? [turnTo('Previous page', slice.page - 1)] : []),
        ...(slice.page < slice.of ? [turnTo('Next page', slice.page + 1)] : []),
        ...(word === '' ? [] : [{ label: 'All stories', on: on('list', '1.') }]),
      ]),
      ...(slice.of > 1 ? [small(t`Page ${slice.page} of ${slice.of}.`)] : []),
    ],
  };
}

function summary({ slice, word, all, missing, often }: Bank): Text {
  const found = slice.items.length === 0 ? t`No story has “${word}” in it.` : t`Stories with “${word}” in them:`;
  const gap = missing.length === 0 ? t`Every skill has one.` : t`Nothing yet on ${listed(missing)}.`;
  const told = often
    .slice(0, OFTEN_NAMED)
    .map(
      ({ title, count }): Text =>
        t`Told ${count} times in 60 days: “${cut(title, SHORT)}”. Another may show something new.`,
    );
  return lines([
    t`${bold(all === 1 ? '1 story' : `${all} stories`)}. ${gap}`,
    ...told,
    ...(word === '' ? [] : [found]),
  ]);
}

function entry({ story, told, last }: Told, zone: string): Text {
  const about = skillsOfStory(story);
  return t`- ${bold(cut(story.title, SHORT))}${about.length === 0 ? '' : ` · ${listed(about)}`} · ${times(told)}${lastTold(last, zone)}`;
}

const lastTold = (last: Instant | undefined, zone: string): Text =>
  last === undefined ? [] : t`, last on ${time(last, zone, 'day')}`;

const emptyCard: Message = {
  title: 'Your story bank',
  blocks: [
    small(ONLY_YOU),
    text(
      t`No stories yet. A story is something that happened and that you could tell in several interviews. Choose **Save as story** in the menu of a message of yours, save an answer from your page, or write one here.`,
    ),
    buttons({ label: 'Write a story', on: on('write'), style: 'primary' }),
  ],
};

export interface StoryPage extends Told {
  /** Counts from 1. */
  readonly page: number;
  readonly zone: string;
  /** What just happened, above it. */
  readonly said?: Text;
}

export function storyCard({ story, told, last, page: wanted, zone, said }: StoryPage): Message {
  const all = pages(story.text, PAGE);
  const page = Math.min(Math.max(1, Math.trunc(wanted) || 1), all.length);
  const turnTo = (label: string, to: number): Button => ({ label, on: on('open', `${story.id}.${to}`) });
  const about = skillsOfStory(story);
  return {
    title: cut(story.title, LIMITS.title),
    blocks: [
      small(ONLY_YOU),
      ...(said ? [text(said)] : []),
      text([plain(all[page - 1] ?? '')]),
      ...(story.note === '' ? [] : [text(t`**Note** ${cut(story.note, NOTE)}`)]),
      small(
        t`${about.length === 0 ? 'No skill chosen' : listed(about)} · kept since ${time(story.at, zone, 'day')} · ${times(told)}${lastTold(last, zone)}${all.length > 1 ? ` · page ${page} of ${all.length}` : ''}`,
      ),
      ...rowOf([
        ...(page > 1 ? [turnTo('Previous page', page - 1)] : []),
        ...(page < all.length ? [turnTo('Next page', page + 1)] : []),
      ]),
      buttons(
        { label: 'Edit', on: on('edit', story.id), style: 'primary' },
        { label: 'What this text shows', on: on('mirror', `story:${story.id}`) },
        { label: 'All stories', on: on('list', '1.') },
        { label: 'Delete', on: on('remove', story.id), style: 'danger' },
      ),
    ],
  };
}

export const removeCard = (story: Story): Message => ({
  title: 'Delete this story?',
  blocks: [
    small(t`Only you see this.`),
    text(t`“${cut(story.title, LIMITS.title)}” goes, with its note and how often it was told. It cannot be undone.`),
    buttons(
      { label: 'Delete the story', on: on('drop', story.id), style: 'danger' },
      { label: 'Keep it', on: on('open', `${story.id}.1`) },
    ),
  ],
});

/** Which story an answer told; `about` names the answer. There is at least one story. */
export function toldCard(about: string, title: string, stories: readonly Story[]): Message {
  const shown = stories.slice(0, LIMITS.optionsPerChoice);
  const rest = stories.length - shown.length;
  const option = ({ id, title: label }: Story): Option => ({ value: id, label: cut(label, LIMITS.optionLabel) });
  return {
    title: 'Which story did you tell?',
    blocks: [
      small(t`Only you see this. It counts how often a story was told, so that your bank can say when one may rest.`),
      text(t`In your answer to “${cut(title, 200)}”:`),
      { kind: 'choice', on: on('told', about), prompt: 'Choose a story', options: shown.map(option) },
      ...(rest > 0 ? [small(t`The ${shown.length} newest of up to ${MOST_STORIES} are here; ${rest} are not.`)] : []),
    ],
  };
}
