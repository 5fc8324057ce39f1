/** What an author reads: their peers' words first, then numbers with their count and range, then the next step. */
import type { Instant } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, markdown, plain, t, type Text, time } from '../../chat/text.ts';
import { isWeak } from './anonymity.ts';
import { ITEM_NAMES, ITEMS, type Scores } from './rubric.ts';
import { gapOf, overall, shown, summarise, summariseItem, type Summary } from './scores.ts';
import { fit, on, titled, weakness, words } from './views.ts';

export interface Said {
  readonly letter: string;
  readonly keep: string;
  readonly change: string;
  readonly signed: string | null;
}

export interface ResultView {
  readonly answer: string;
  readonly title: string;
  readonly skill: string;
  readonly level: string;
  readonly said: readonly Said[];
  readonly ratings: readonly Scores[];
  readonly self?: Scores;
  readonly people: number;
  readonly isUpdated: boolean;
  /** Until when late reviews may still be added; undefined when none is awaited. */
  readonly lateUntil?: Instant;
  readonly zone: string;
  readonly nextTime: string | null;
  readonly retentionDays: number;
}

/** Reviews shown on one card; there are hardly ever more than four. */
const MOST_SHOWN = 8;
/** Units of each part on the card; *Read all* has the rest. */
export const SHOWN_PART = 1200;

export const isCut = ({ keep, change }: Pick<Said, 'keep' | 'change'>): boolean =>
  keep.length > SHOWN_PART || change.length > SHOWN_PART;

export function resultCard(result: ResultView): Message {
  return {
    title: titled(result.isUpdated ? 'Feedback, updated' : 'Feedback', result.title),
    blocks: [
      { kind: 'small', text: t`Your answer · ${words(result.skill)} · ${fit(result.level, 40)} level` },
      ...wordsOfPeers(result),
      { kind: 'divider' },
      { kind: 'text', text: numbers(result) },
      ...later(result),
      ...nextStep(result),
      { kind: 'small', text: fineprint(result) },
    ],
  };
}

function wordsOfPeers({ said }: ResultView): Block[] {
  if (said.length === 0) {
    return [
      {
        kind: 'text',
        text: t`Nobody has reviewed this answer in time. That says nothing about the answer; days get full.`,
      },
    ];
  }
  return said.slice(0, MOST_SHOWN).map((one) => ({ kind: 'text', text: saidText(one, SHOWN_PART) }));
}

/** One reviewer's words, each part in at most `max` units. */
export const saidText = (one: Said, max: number): Text => [
  bold(nameOf(one)),
  ...markdown('\n**Keep:** '),
  plain(fit(one.keep, max)),
  ...markdown('\n**Change:** '),
  plain(fit(one.change, max)),
];

const nameOf = ({ letter, signed }: Said): string =>
  signed === null ? `Reviewer ${letter}` : `Reviewer ${letter}, signed by ${fit(signed, 100)}`;

export const rangeOf = ({ lowest, highest }: Summary): string =>
  lowest === highest ? `all ${shown(lowest)}` : `${shown(lowest)}–${shown(highest)}`;

function numbers(result: ResultView): Text {
  const all = summarise(result.ratings.map(overall));
  if (!all) {
    return result.said.length === 0
      ? t`Numbers appear from two ratings on; there is none yet.`
      : t`Numbers appear from two ratings on, so that one opinion stays an opinion.`;
  }
  const items = ITEMS.flatMap((item) => {
    const one = summariseItem(result.ratings, item);
    return one
      ? [
          `${ITEM_NAMES[item]} ${shown(one.mean)} (${one.count} ${one.count === 1 ? 'rating' : 'ratings'}, ${rangeOf(one)})`,
        ]
      : [];
  });
  return [
    bold(shown(all.mean)),
    ...t`, the plain mean of ${all.count} ratings (${rangeOf(all)}). 3 meets the level.`,
    ...(items.length === 0 ? [] : t`\n${items.join(' · ')}`),
    ...gapLine(result),
  ];
}

function gapLine({ self, ratings }: ResultView): Text {
  const gap = gapOf(self, ratings);
  if (!gap) return [];
  const apart = Math.abs(gap.own - gap.peers);
  const than =
    apart < 0.25 ? 'about the same' : `${shown(apart)} ${gap.own > gap.peers ? 'above' : 'below'} your peers`;
  const widest = gap.widest
    ? ` Widest apart: ${ITEM_NAMES[gap.widest.item]}, ${shown(gap.widest.own)} by you and ${shown(gap.widest.peers)} by them.`
    : '';
  return t`\nYou rated yourself ${shown(gap.own)}: ${than}.${widest}`;
}

const later = ({ lateUntil, zone }: ResultView): Block[] =>
  lateUntil === undefined
    ? []
    : [
        {
          kind: 'small',
          text: t`Late reviews may come until ${time(lateUntil, zone)}; this message is then updated once.`,
        },
      ];

function nextStep({ answer, said, nextTime }: ResultView): Block[] {
  const label = nextTime === null ? 'What will you change next time?' : 'Change my next step';
  const long = said
    .slice(0, MOST_SHOWN)
    .filter(isCut)
    .map(({ letter }): Button => ({ label: `Read all of ${letter}`, on: on('comment', `${answer}:${letter}:0`) }));
  return [
    ...(nextTime === null ? [] : [{ kind: 'text' as const, text: [bold('Next time: '), plain(fit(nextTime, 1000))] }]),
    {
      kind: 'buttons',
      buttons: [
        { label, on: on('next', answer), ...(nextTime === null ? { style: 'primary' as const } : {}) },
        ...long.slice(0, LIMITS.buttonsPerRow - 1),
      ],
    },
  ];
}

const fineprint = ({ people, retentionDays }: ResultView): Text => [
  ...t`Only you see this. Letters are dealt anew for each answer, and nobody can look up whose they are.`,
  ...(isWeak(people) ? weakness(people) : []),
  ...t` Kept for ${retentionDays} days.`,
];

/** The DM that asks for a rating of one's own answer. */
export function selfCard(ask: {
  readonly answer: string;
  readonly title: string;
  readonly closes: Instant;
  readonly zone: string;
  /** Colleagues asked to review it; 0: nobody could be. */
  readonly reviewers: number;
}): Message {
  const alone = ask.reviewers === 0;
  const who = ask.reviewers === 1 ? 'One colleague is' : `${ask.reviewers} colleagues are`;
  return {
    title: titled('Your answer', ask.title),
    blocks: [
      {
        kind: 'text',
        text: alone
          ? t`Nobody else can review it today, so review it yourself. Your answer also waits for the next round, and goes to colleagues then.`
          : t`${who} reading it now. Rate it yourself first: a minute, and you see where you and they differ.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: alone ? 'Review my answer' : 'Rate my answer', on: on('self', ask.answer), style: 'primary' },
        ],
      },
      {
        kind: 'small',
        text: alone
          ? t`Only you see what you write.`
          : t`Only you see your rating. Their feedback comes here once all of it is in, or when the window ends at ${time(ask.closes, ask.zone)}.`,
      },
    ],
  };
}

export const ratedCard = (answer: string, title: string): Message => ({
  title: titled('Your answer', title),
  blocks: [
    { kind: 'text', text: t`Your own rating is kept. It stands beside your peers’ when their feedback comes.` },
    { kind: 'buttons', buttons: [{ label: 'Change my rating', on: on('self', answer) }] },
  ],
});

/** The window is over, and the author's own part is missing. */
export function heldCard(held: {
  readonly answer: string;
  readonly title: string;
  readonly until: Instant;
  readonly zone: string;
  readonly needsSelf: boolean;
  readonly owed: number;
  readonly round: string;
}): Message {
  const reviews = held.owed === 1 ? 'give one more review' : `give ${held.owed} more reviews`;
  const both = [...(held.needsSelf ? ['rate your own answer'] : []), ...(held.owed > 0 ? [reviews] : [])].join(' and ');
  const rate: Button = { label: 'Rate my answer', on: on('self', held.answer), style: 'primary' };
  const give: Button = {
    label: 'Give feedback',
    on: on('give', held.round),
    ...(held.needsSelf ? {} : { style: 'primary' as const }),
  };
  return {
    title: titled('Your feedback is ready', held.title),
    blocks: [
      {
        kind: 'text',
        text: t`To see it now, ${both}. It comes by itself at ${time(held.until, held.zone)} in any case.`,
      },
      { kind: 'buttons', buttons: [...(held.needsSelf ? [rate] : []), ...(held.owed > 0 ? [give] : [])] },
    ],
  };
}
