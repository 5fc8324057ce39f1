/** A person's page as a card, and the two forms behind it. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { Instant } from '../../chat/ids.ts';
import { buttons, capital, counted, lines, small, text } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Action, Block, Button, Form, Message } from '../../chat/message.ts';
import { bold, cut, t, type Text, time } from '../../chat/text.ts';
import type { LastAnswer, Owed } from './queries.ts';
import { COUNTED_DAYS } from './rules.ts';

export interface Page {
  readonly said?: Text;
  readonly name: string;
  readonly level: Level | undefined;
  readonly zone: string;
  readonly pausedUntil: Instant | undefined;
  readonly open: readonly OpenRound[];
  readonly owed: readonly Owed[];
  readonly last: readonly LastAnswer[];
  /** Their own words about what they will change next time. */
  readonly intention: string | undefined;
  /** Given in the last {@link COUNTED_DAYS} days. */
  readonly answers: number;
  readonly reviews: number;
  /** How many stories they keep, and the skills none of them is about. */
  readonly stories: { readonly count: number; readonly missing: readonly string[] };
  readonly retentionDays: number;
}

export interface OpenRound {
  readonly id: string;
  readonly title: string;
  readonly closes: Instant;
  readonly answered: boolean;
}

const on = (name: string, subject = ''): Action => ({ feature: 'progress', name, subject });
const PREVIEW = 120;
/** Buttons fit one row; the rest is counted. */
const SHOWN = LIMITS.buttonsPerRow;

const rowOf = (all: readonly Button[]): Block[] => (all.length === 0 ? [] : [buttons(...all)]);

export function page(of: Page): Message {
  return {
    title: cut(`Your page, ${of.name}`, LIMITS.title),
    blocks: [
      small(t`Only you see this.`),
      ...(of.said ? [text(of.said)] : []),
      ...today(of),
      ...owed(of),
      ...past(of),
      ...storyBank(of),
      { kind: 'divider' },
      ...aboutYou(of),
      ...privacy(of),
    ],
  };
}

function today({ open, zone }: Page): Block[] {
  if (open.length === 0) return [text(t`**Today** No question is open right now.`)];
  const shown = open.slice(0, SHOWN);
  const line = ({ title, closes, answered }: OpenRound): Text =>
    t`- ${bold(cut(title, PREVIEW))}: ${answered ? 'answered' : 'open'} until ${time(closes, zone)}`;
  const label = ({ title, answered }: OpenRound): string =>
    shown.length === 1
      ? answered
        ? 'Change my answer'
        : 'Answer'
      : cut(`${answered ? 'Change' : 'Answer'}: ${title}`, LIMITS.buttonLabel);
  const firstOpen = shown.find(({ answered }) => !answered);
  return [
    text(lines([t`**Today**`, ...shown.map(line), ...more(open.length)])),
    ...rowOf(
      shown.map((round) => ({
        label: label(round),
        on: { feature: 'daily', name: 'answer', subject: round.id },
        ...(round === firstOpen ? { style: 'primary' as const } : {}),
      })),
    ),
  ];
}

const more = (all: number): Text[] => (all > SHOWN ? [t`…and ${all - SHOWN} more.`] : []);

function owed({ owed: reviews, zone }: Page): Block[] {
  if (reviews.length === 0) return [text(t`**Reviews you owe** None. Thank you.`)];
  const line = ({ title, closes }: Owed): Text =>
    closes === null ? t`- ${cut(title, PREVIEW)}` : t`- ${cut(title, PREVIEW)}: by ${time(closes, zone)}`;
  return [
    text(
      lines([
        t`${bold(`Reviews you owe: ${reviews.length}`)}`,
        ...reviews.slice(0, SHOWN).map(line),
        ...more(reviews.length),
      ]),
    ),
    ...rowOf(
      reviews.slice(0, SHOWN).map(({ id, title }) => ({
        label: cut(reviews.length === 1 ? 'Review' : `Review: ${title}`, LIMITS.buttonLabel),
        on: { feature: 'feedback', name: 'review', subject: id },
      })),
    ),
  ];
}

function past({ last, intention, answers, reviews, zone }: Page): Block[] {
  const line = ({ title, level, text: words, at, ratings }: LastAnswer): Text => [
    ...t`- ${time(at, zone, 'day')} · ${cut(title, PREVIEW)} (${level}): ${cut(words.replaceAll(/\s+/g, ' '), PREVIEW)}`,
    ...(ratings === null ? [] : t` · feedback from ${ratings}`),
  ];
  return [
    ...(last.length === 0 ? [] : [text(lines([t`**Your last answers**`, ...last.map(line)]))]),
    ...(intention === undefined ? [] : [text(t`**Next time, you wrote:** ${cut(intention, 600)}`)]),
    small(t`In the last ${COUNTED_DAYS} days: ${counted(answers, 'answer')} and ${counted(reviews, 'review')} given.`),
  ];
}

/** Skills named as missing; the rest is counted. */
const MISSING = 3;

function storyBank({ stories: { count, missing }, last }: Page): Block[] {
  const kept = count === 0 ? 'empty so far' : count === 1 ? '1 story' : `${count} stories`;
  const named = missing.slice(0, MISSING).map((skill) => cut(skill.replaceAll('-', ' '), 60));
  const rest = missing.length > MISSING ? `, and ${missing.length - MISSING} more skills` : '';
  const gap =
    count === 0 ? '' : missing.length === 0 ? ', one for every skill' : `, nothing yet on ${named.join(', ')}${rest}`;
  const about = `answer:${last[0]?.id ?? ''}`;
  const ofStories = (label: string, name: string, subject: string): Button => ({
    label,
    on: { feature: 'stories', name, subject },
  });
  return [
    text(t`**Story bank** ${kept}${gap}.`),
    buttons(
      ofStories('My stories', 'list', '1.'),
      ...(last.length === 0
        ? []
        : [
            ofStories('Save my last answer', 'save', about),
            ofStories('What it shows', 'mirror', about),
            ...(count === 0 ? [] : [ofStories('Which story was it?', 'told', about)]),
          ]),
    ),
  ];
}

function aboutYou({ level, zone, pausedUntil }: Page): Block[] {
  const levelWords = level === undefined ? t`not chosen yet` : t`${bold(capital(level))}`;
  const pauseWords =
    pausedUntil === undefined ? t`not paused` : t`no reviews asked until ${time(pausedUntil, zone, 'day')}`;
  return [
    text(t`**Level** ${levelWords} · **Time zone** ${zone} · **Pause** ${pauseWords}`),
    {
      kind: 'choice',
      on: on('level'),
      prompt: level === undefined ? 'Choose your level' : 'Change your level',
      options: LEVELS.map((value) => ({ value, label: capital(value) })),
    },
    ...rowOf([
      { label: 'Change time zone', on: on('zone') },
      pausedUntil === undefined ? { label: 'Pause', on: on('pause') } : { label: 'Resume', on: on('resume') },
    ]),
  ];
}

const privacy = ({ retentionDays }: Page): Block[] => [
  { kind: 'divider' },
  small(
    t`**Your data** Answers and feedback are kept for ${retentionDays} days, then deleted; only counts stay. Stories stay until you delete them. Nobody gets a ranking or another person’s scores.`,
  ),
  ...rowOf([
    { label: 'Export my data', on: { feature: 'privacy', name: 'export', subject: '' } },
    { label: 'Delete my data', on: { feature: 'privacy', name: 'delete', subject: '' }, style: 'danger' },
  ]),
];

export const zoneForm = (zone: string): Form => ({
  on: on('zone'),
  title: 'Your time zone',
  submit: 'Save',
  fields: [
    {
      kind: 'line',
      name: 'zone',
      label: 'Time zone',
      hint: 'Like Europe/Berlin; a city or country brings suggestions',
      value: zone,
    },
  ],
});

export const pauseForm = (): Form => ({
  on: on('pause'),
  title: 'Take a break',
  submit: 'Pause',
  intro: t`You will not be asked for reviews until then. Questions stay open to you.`,
  fields: [
    { kind: 'line', name: 'until', label: 'How long, or until when?', hint: '2 weeks, until Monday, until 24 Dec' },
  ],
});
