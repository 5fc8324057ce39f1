/** The end of a discussion: asking for the summary, its form, the last post of the thread, and notes to find again. */
import { buttons, lines, small, text } from '../../chat/card.ts';
import type { Block, Form, Message } from '../../chat/message.ts';
import { bold, cut, person, plain, t, type Text, time } from '../../chat/text.ts';
import type { Counts, Discussion } from './queries.ts';
import { endOf } from './rules.ts';
import { type Around, titleOf } from './views.ts';
import { countWords, on, skillWords } from './words.ts';

/** What fits into the thread's last post on every platform. */
export const LONGEST = { agreed: 1_500, open: 1_000, remember: 300 } as const;
const SHOWN = 5;
const MOST_CHOICES = 25;
const EXCERPT = 280;

/** To the lead, on the last working day. */
export const summaryRequest = (discussion: Discussion): Message => ({
  title: 'What does the team take along?',
  blocks: [
    text([
      bold(titleOf(discussion)),
      ...t`\ncloses ${time(discussion.closes, discussion.zone)}. What you write down now becomes the last post of its thread.`,
    ]),
    buttons({ label: 'Write the summary', on: on('summary', discussion.id), style: 'primary' }),
    small(
      t`Three short fields. Without one the thread closes with its count alone; a late one is taken until ${time(endOf(discussion), discussion.zone)}.`,
    ),
  ],
});

const filled = (value: string) => (value === '' ? {} : { value });

export const summaryForm = (discussion: Discussion, root: string): Form => ({
  on: on('summary', discussion.id),
  title: 'Summary',
  submit: 'Keep it',
  intro: t`The channel reads it in the thread and finds it by \`/${root} mentor notes\`. Write what was agreed, not who said it.`,
  fields: [
    { kind: 'paragraph', name: 'agreed', label: 'What we agree on', ...filled(discussion.agreed) },
    { kind: 'paragraph', name: 'open', label: 'What stays open', optional: true, ...filled(discussion.open_points) },
    { kind: 'line', name: 'remember', label: 'One line to remember', ...filled(discussion.remember) },
  ],
});

const field = (label: string, value: string): Block[] =>
  value === '' ? [] : [text([bold(label), ...t`\n`, plain(value)])];

function summaryBlocks(discussion: Discussion): Block[] {
  return [
    ...field('To remember', cut(discussion.remember, LONGEST.remember)),
    ...field('Agreed', cut(discussion.agreed, LONGEST.agreed)),
    ...field('Still open', cut(discussion.open_points, LONGEST.open)),
  ];
}

/** The last post of the thread. */
export function summaryMessage(discussion: Discussion, { keepDays, root, ...counts }: Around): Message {
  if (discussion.summary_left === 1)
    return {
      title: 'What we take along',
      blocks: [text(t`Someone left and took the summary along.`), small(t`${countWords(counts)}`)],
    };
  const by: Text = discussion.summary_by === null ? [] : t`Written by ${person(discussion.summary_by)}. `;
  return {
    title: 'What we take along',
    blocks: [
      ...summaryBlocks(discussion),
      small([
        ...t`${countWords(counts)} `,
        ...by,
        ...t`Kept for ${keepDays} days; \`/${root} mentor notes\` finds it.`,
      ]),
    ],
  };
}

/** The last post while there is no summary. */
export const closeMessage = (discussion: Discussion, counts: Counts): Message => ({
  title: 'This discussion is closed',
  blocks: [
    text(t`${countWords(counts)}`),
    ...(counts.messages === 0
      ? []
      : [
          buttons({ label: 'Add a summary', on: on('summary', discussion.id) }),
          small(
            t`${discussion.lead === null ? 'Nobody led it, so anybody may write one' : 'Its lead may still write one'}, until ${time(endOf(discussion), discussion.zone)}.`,
          ),
        ]),
  ],
});

/** To who wrote it, before the close. */
export const summaryKept = (discussion: Discussion): Message => ({
  title: 'Kept',
  blocks: [
    text(
      t`It becomes the last post of the thread, ${time(discussion.closes, discussion.zone)}. Until then you can change it.`,
    ),
    buttons(
      { label: 'Change it', on: on('summary', discussion.id) },
      { label: 'Close the thread now', on: on('close-now', discussion.id) },
    ),
  ],
});

function excerpt(discussion: Discussion): Block {
  const head: Text = [
    bold(titleOf(discussion)),
    ...t` · `,
    time(discussion.summary_at ?? discussion.closes, discussion.zone, 'day'),
  ];
  const kept = [discussion.remember, discussion.agreed]
    .filter((one) => one !== '')
    .map((one): Text => [plain(cut(one, EXCERPT))]);
  return text(lines([head, ...kept]));
}

/** What was found, for whoever looked. `searched`: their words. */
export function noteList(found: readonly Discussion[], searched: string, keepDays: number): Message {
  const about = searched === '' ? t`The newest notes of discussions.` : t`Notes with “${cut(searched, 100)}”.`;
  if (found.length === 0)
    return {
      title: 'Notes',
      blocks: [
        text(
          searched === ''
            ? t`There are no notes yet. A discussion leaves one when its lead writes the summary.`
            : t`No note has “${cut(searched, 100)}” in it. Try one word of it.`,
        ),
        small(t`Only notes of this team are searched; they are kept for ${keepDays} days.`),
      ],
    };
  const rest = found.length - SHOWN;
  return {
    title: 'Notes',
    blocks: [
      small([...about, ...t` Only you see this list.`]),
      ...found.slice(0, SHOWN).map(excerpt),
      ...(rest > 0 ? [small(t`and ${rest} more; another word narrows it down.`)] : []),
      {
        kind: 'choice',
        on: on('note', ''),
        prompt: 'Read one whole',
        options: found.slice(0, MOST_CHOICES).map((one) => ({ value: one.id, label: cut(titleOf(one), 75) })),
      },
      small(t`Kept for ${keepDays} days.`),
    ],
  };
}

/** One note, whole. */
export const noteCard = (discussion: Discussion, counts: Counts): Message => ({
  title: titleOf(discussion),
  blocks: [
    small([
      bold(skillWords(discussion) || 'Mentorship'),
      ...t` · `,
      time(discussion.summary_at ?? discussion.closes, discussion.zone, 'day'),
    ]),
    ...summaryBlocks(discussion),
    small(t`${countWords(counts)}`),
  ],
});
