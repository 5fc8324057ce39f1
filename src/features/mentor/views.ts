/** A person's page of mentorship, and the short cards around it. */
import { buttons, capital, lines, small, text } from '../../chat/card.ts';
import type { Instant, PersonId } from '../../chat/ids.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, person, plain, t, type Text, time } from '../../chat/text.ts';
import { on, ROLES, TOPICS } from './forms.ts';
import { gives, partsOf, takes } from './people.ts';
import type { Profile } from './queries.ts';
import { listed, skillWords } from './rules.ts';

/** A pair as one of its people sees it. */
export interface PairLine {
  readonly id: string;
  readonly kind: 'mentor' | 'buddies';
  readonly others: readonly PersonId[];
  readonly ends: Instant;
  /** What they are to this person. */
  readonly as: 'mentor' | 'mentee' | 'buddy';
}

export type Waiting = 'offers' | 'resting' | 'no mentors' | 'full' | 'no match' | 'soon';

export interface Page {
  readonly said?: Text;
  readonly profile: Profile;
  readonly level: string;
  readonly zone: string;
  readonly pausedUntil: Instant | undefined;
  readonly pairs: readonly PairLine[];
  /** Why there is no mentor yet; undefined: there is one, or none is wanted. */
  readonly waiting: Waiting | undefined;
  readonly rankUntil: Instant | undefined;
  readonly root: string;
  readonly keepDays: number;
}

/** Pairs with a line and a row of buttons of their own. */
const SHOWN_PAIRS = 4;
const SHOWN_SKILLS = 8;

export const people = (ids: readonly PersonId[]): Text =>
  ids.flatMap((id, i): Text => (i === 0 ? [person(id)] : [plain(i === ids.length - 1 ? ' and ' : ', '), person(id)]));

export function pageCard(page: Page): Message {
  const { profile } = page;
  return {
    title: 'Mentorship',
    blocks: [
      small(t`Only you see this.`),
      ...(page.said ? [text(page.said)] : []),
      ...(profile.ready === 0 ? unfinished() : standing(page)),
      { kind: 'divider' },
      text(lines(aboutYou(page))),
      ...privately(profile),
      ...settings(page),
      small(
        t`Matching uses your skills, level, aims and shared working hours. There is no manager view. What a pair writes down is deleted ${page.keepDays} days after it ends, and \`/${page.root} delete\` removes you from all of it.`,
      ),
    ],
  };
}

const unfinished = (): Block[] => [
  text(t`One step is left: your time, and whom you would rather not be paired with. Nobody is asked before.`),
  buttons({ label: 'Time and limits', on: on('limits'), style: 'primary' }),
];

function standing({ pairs, waiting, rankUntil, zone, pausedUntil, profile }: Page): Block[] {
  const shown = pairs.slice(0, SHOWN_PAIRS);
  const rest = pairs.length - shown.length;
  return [
    ...(pausedUntil ? [text(t`Paused until ${time(pausedUntil, zone, 'day')}: nothing new comes before then.`)] : []),
    ...shown.flatMap((pair) => pairBlocks(pair, zone)),
    ...(rest > 0 ? [small(t`And ${rest} more.`)] : []),
    ...(waiting && !pausedUntil ? waitingBlocks(waiting, rankUntil, zone) : []),
    ...(pairs.length === 0 && gives(profile) && !pausedUntil
      ? [text(t`You have no mentee at the moment. As soon as one chooses you, both of you hear of it.`)]
      : []),
  ];
}

const AS = { mentor: 'Your mentor:', mentee: 'You mentor', buddy: 'Practice buddies:' } as const;

const pairBlocks = ({ id, as, others, ends }: PairLine, zone: string): Block[] => [
  text(
    t`${bold(AS[as])} ${others.length === 0 ? t`someone who left` : people(others)}, until ${time(ends, zone, 'day')}`,
  ),
  buttons({ label: 'Agenda', on: on('agenda', id) }, { label: 'End this pair', on: on('end', id) }),
];

function waitingBlocks(waiting: Waiting, until: Instant | undefined, zone: string): Block[] {
  switch (waiting) {
    case 'offers':
      return [
        text(until ? t`Your offers wait for you until ${time(until, zone)}.` : t`Your offers wait for you.`),
        buttons({ label: 'See my offers', on: on('offers'), style: 'primary' }),
      ];
    case 'resting':
      return [
        text(t`Your term is over. Nobody is looked for until you say so.`),
        buttons({ label: 'Find me a mentor', on: on('look'), style: 'primary' }),
      ];
    case 'no mentors':
      return [text(t`No mentor yet: nobody has opted in as one so far. You hear from me as soon as somebody does.`)];
    case 'full':
      return [text(t`No mentor yet: everyone who mentors is full. You get offers as soon as somebody has room.`)];
    case 'no match':
      return [
        text(
          t`No mentor yet: nobody fits at the moment, by level, shared working hours or limits. More skills, or a zone that is right, may help.`,
        ),
      ];
    default:
      return [text(t`Your offers are being put together; they come by direct message.`)];
  }
}

function aboutYou({ profile, level, zone }: Page): Text[] {
  const skills = (slugs: string): string => {
    const all = partsOf(slugs).map(skillWords);
    const rest = all.length - SHOWN_SKILLS;
    return listed(rest > 0 ? [...all.slice(0, SHOWN_SKILLS), `${rest} more`] : all) || 'nothing yet';
  };
  const topics = partsOf(profile.topics).map((topic) => TOPICS[topic] ?? topic);
  return [
    t`${bold(ROLES[profile.role] ?? 'Practice buddies only')} · ${level === '' ? 'no level chosen' : capital(level)} · ${zone}`,
    ...(gives(profile) ? [t`You can help with ${skills(profile.offers)}; mentees at a time: ${profile.capacity}`] : []),
    ...(takes(profile) ? [t`You want to get better at ${skills(profile.wants)}`] : []),
    ...(topics.length === 0 ? [] : [t`You care about: ${topics.join(', ')}`]),
    t`Hours a week: ${profile.hours} · Practice buddies: ${profile.buddies === 1 ? 'yes, a new one each month' : 'no'}`,
  ];
}

function privately({ never, manager }: Profile): Block[] {
  const list = partsOf(never) as PersonId[];
  const parts: Text[] = [
    ...(manager ? [t`your manager ${person(manager)}`] : []),
    ...(list.length === 0 ? [] : [t`never with ${people(list)}`]),
  ];
  return parts.length === 0
    ? []
    : [small(t`Known to you alone: ${parts.flatMap((part, i) => (i === 0 ? part : [plain('; '), ...part]))}`)];
}

function settings({ profile, pausedUntil }: Page): Block[] {
  const all: Button[] = [
    { label: 'Change profile', on: on('profile') },
    ...(profile.ready === 1 ? [{ label: 'Time and limits', on: on('limits') }] : []),
    profile.buddies === 1
      ? { label: 'No more buddies', on: on('buddies', 'off') }
      : { label: 'Find a practice buddy', on: on('buddies', 'on') },
    pausedUntil ? { label: 'End the pause', on: on('resume') } : { label: 'Pause', on: on('pause') },
  ];
  return [
    buttons(...all),
    buttons(...(profile.never === '' ? [] : [{ label: 'Clear my private list', on: on('clear') }]), {
      label: 'Leave mentorship',
      on: on('leave'),
    }),
  ];
}

/** Before somebody leaves, or ends a pair. */
export const sureCard = (title: string, words: Text, yes: Button): Message => ({
  title,
  blocks: [
    small(t`Only you see this.`),
    text(words),
    buttons({ ...yes, style: 'danger' }, { label: 'Keep', on: on('page') }),
  ],
});

/** For somebody who has no profile yet. */
export const welcomeCard = (keepDays: number): Message => ({
  title: 'Mentorship',
  blocks: [
    small(t`Only you see this.`),
    text(
      t`A mentor, or somebody to mentor, for twelve weeks: matched by skills, level, aims and shared working hours, and you choose among three. It is opt-in, and anyone may stop at any time.`,
    ),
    buttons(
      { label: 'Begin', on: on('profile'), style: 'primary' },
      { label: 'Only find a practice buddy', on: on('buddies', 'on') },
    ),
    small(
      t`Nobody sees your manager or whom you would rather not meet. What a pair writes down is deleted ${keepDays} days after it ends.`,
    ),
  ],
});
