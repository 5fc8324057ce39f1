/** Cards around a mock with a partner: the invitation, the time, the room, what the interviewer sees, and the thanks. */
import { buttons, lines, small, text } from '../../chat/card.ts';
import type { Instant, PersonId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, cut, markdown, person, plain, t, type Text, time } from '../../chat/text.ts';
import { ANCHORS, DIMENSION_NAMES, DIMENSIONS } from '../../rubric/anchors.ts';
import { lensOf } from '../../rubric/lens.ts';
import type { Asked, Member } from './queries.ts';
import type { Mock } from './states.ts';
import { levelIn, probesOf } from './talk.ts';
import { button, spaced, titled, typeWords } from './words.ts';

const ROLES: Readonly<Record<Member['role'], string>> = {
  candidate: 'answer the questions',
  interviewer: 'interview',
  rater: 'listen and rate',
};

export interface Invitation {
  readonly mock: Mock;
  readonly by: PersonId;
  readonly role: Member['role'];
  readonly retentionDays: number;
  readonly roomNoun: string;
  /** When it is proposed for, in words of everybody's clock. */
  readonly when?: string;
  readonly ended?: string;
}

export function invitationCard(of: Invitation): Message {
  const { mock, ended, when } = of;
  const subject = when === undefined ? `${mock.id}:now` : `${mock.id}:${mock.starts ?? ''}`;
  return {
    title: titled(`A mock interview, ${mock.level} level`),
    blocks: [
      text(
        t`${person(of.by)} asks you to ${ROLES[of.role]}: four questions in about ${mock.minutes} minutes, written, in a ${of.roomNoun} of ours. I ask the questions and follow-ups${of.role === 'candidate' ? '' : ', and tell you what to look for'}.`,
      ),
      ...(when === undefined ? [] : [text(t`${bold('Proposed:')} ${when}`)]),
      ...(ended === undefined
        ? [
            buttons(
              button(when === undefined ? 'Begin now' : 'That time suits me', 'agree', subject, 'primary'),
              button('Another time', 'time', mock.id),
              button('I can’t', 'decline', mock.id),
            ),
            small(
              t`Nothing is kept before you both agree to it in the room. Ratings go to the one who is interviewed, with your name; they are kept for ${of.retentionDays} days. A no needs no reason.`,
            ),
          ]
        : [small(t`${ended}`)]),
    ],
  };
}

/** What the candidate sees while others are asked. */
export const waitingCard = (mock: Mock, others: readonly PersonId[], state: Text, isOpen: boolean): Message => ({
  title: titled(`Your mock interview, ${mock.level} level`),
  blocks: [
    text([
      ...t`With ${others.flatMap((one, i): Text => (i === 0 ? [person(one)] : [plain(' and '), person(one)]))}. `,
      ...state,
    ]),
    ...(isOpen
      ? [
          buttons(
            button('Do it alone', 'alone', mock.id),
            button('Another time', 'time', mock.id),
            button('Call it off', 'stop', mock.id),
          ),
          small(t`You need not wait: alone, the questions are the same.`),
        ]
      : []),
  ],
});

export interface RoomOpening {
  readonly mock: Mock;
  readonly candidate: PersonId;
  readonly others: readonly PersonId[];
  readonly here: readonly PersonId[];
  readonly retentionDays: number;
  readonly practice: string;
  readonly remarks: readonly string[];
  readonly ended?: Text;
}

export function roomCard(of: RoomOpening): Message {
  const { mock, ended, here } = of;
  const named = (all: readonly PersonId[]): Text =>
    all.flatMap((one, i): Text => (i === 0 ? [person(one)] : [plain(', '), person(one)]));
  return {
    title: titled(`Mock interview, ${mock.level} level`),
    blocks: [
      text(
        t`${named([of.candidate])} answers, ${named(of.others)} listens and rates. I ask four questions with planned follow-ups. Thinking time is fine; pause, skip or stop at any time. Talk about it at the end, not in between.`,
      ),
      ...(of.remarks.length === 0 ? [] : [small(t`${cut(of.remarks.join(' '), 900)}`)]),
      ...(ended === undefined
        ? [
            buttons(button('I agree, begin', 'join', mock.id, 'primary'), button('Not now', 'leave', mock.id)),
            small(
              t`With it you agree that the answers given here, and your ratings, are kept for ${of.retentionDays} days as text. What interviewers write here is not kept. The people in this room see the answers; ratings and notes go to the one who answers; each of you gets a transcript. \`/${of.practice} delete\` removes what is yours.`,
            ),
            ...(here.length === 0 ? [] : [small(t`Here: ${named(here)}.`)]),
          ]
        : [small(ended)]),
    ],
  };
}

export const absentCard = (mock: Mock, missing: readonly PersonId[]): Message => ({
  blocks: [
    text(
      t`${missing.flatMap((one, i): Text => (i === 0 ? [person(one)] : [plain(', '), person(one)]))} has not come yet; something may have come up. Wait, go on alone, or find another time?`,
    ),
    buttons(
      button('Go on alone', 'alone', mock.id, 'primary'),
      button('Another time', 'time', mock.id),
      button('Call it off', 'stop', mock.id),
    ),
  ],
});

export const endsLine = (at: Instant, zone: string): Message => ({
  blocks: [small(t`Begun. It ends about ${time(at, zone, 'time')}; nothing is cut off.`)],
});

/** Only for the eyes of those who rate. */
export function panelCard(mock: Mock, asked: Asked, steps: number): Message {
  const lens = lensOf(asked.skill);
  const subject = `${mock.id}:${asked.n}`;
  return {
    title: titled(`For you alone: question ${asked.n}`),
    blocks: [
      small(t`${spaced(asked.skill)} · ${typeWords(asked.type)}`),
      text([plain(cut(asked.text, 1200))]),
      text(lines([[bold('I ask next')], ...probesOf(asked).map((probe): Text => [...t`- `, plain(cut(probe, 300))])])),
      ...listBlock('Good signs', asked.good),
      ...listBlock('Red flags', asked.flags),
      ...(lens === undefined ? [] : [small(t`What to look for: ${lens}`)]),
      buttons(...scoreButtons(subject, steps), button('What the steps mean', 'steps', mock.id)),
      small(
        steps === 2
          ? t`Rated. You can change it until three days after the end.`
          : t`Two short forms. Rate after the answer and before you talk; ask more only to understand, the same way for everybody. The candidate does not see this card.`,
      ),
    ],
  };
}

function scoreButtons(subject: string, steps: number): Button[] {
  if (steps === 0) return [button('Rate this answer', 'score', `${subject}:1`, 'primary')];
  if (steps === 1)
    return [button('Step 2 of 2', 'score', `${subject}:2`, 'primary'), button('Step 1 again', 'score', `${subject}:1`)];
  return [button('Change step 1', 'score', `${subject}:1`), button('Change step 2', 'score', `${subject}:2`)];
}

function listBlock(title: string, stored: string): Block[] {
  const all = (JSON.parse(stored) as string[]).slice(0, 6);
  if (all.length === 0) return [];
  return [text(lines([[bold(title)], ...all.map((one): Text => [...t`- `, plain(cut(one, 250))])]))];
}

/** All six dimensions at one level, each step in full. */
export const stepsCard = (mock: Mock): Message => {
  const level = levelIn(mock);
  return {
    title: `The steps at ${level} level`,
    blocks: [
      ...DIMENSIONS.map((dimension) =>
        text([
          bold(DIMENSION_NAMES[dimension]),
          ...markdown(`\n${ANCHORS[level][dimension].map((step, i) => `${i + 1}. ${step}`).join('\n')}`),
        ]),
      ),
      small(t`3 meets the level; 5 is a sign of the next one. Whole steps only, and “can’t tell” is an honest answer.`),
    ],
  };
};

export interface Thanks {
  readonly mock: Mock;
  /** Questions this person has not rated in full. */
  readonly unrated: readonly number[];
  readonly isInterviewer: boolean;
  /** What the candidate said of the interviewing. */
  readonly about: readonly { readonly item: string; readonly rating: number }[];
}

export const thanksCard = ({ mock, unrated, isInterviewer, about }: Thanks): Message => ({
  title: 'Thank you for interviewing',
  blocks: [
    text(
      t`${person(mock.candidate)} has your ratings and words, as far as you gave them. What you noticed is worth more than the numbers: talk it through, now or soon.`,
    ),
    ...(unrated.length === 0
      ? []
      : [text(t`Not rated in full yet: question ${unrated.join(', ')}. It still counts for three days.`)]),
    ...(about.length === 0
      ? []
      : [
          text(
            lines([
              [bold('About your interviewing')],
              ...about.map(({ item, rating }) => t`- ${item}: ${rating} of 5`),
            ]),
          ),
        ]),
    buttons(
      ...unrated
        .slice(0, LIMITS.buttonsPerRow - 1)
        .map((n) => button(`Rate answer ${n}`, 'score', `${mock.id}:${n}:1`)),
      ...(isInterviewer ? [button('Swap roles', 'swap', mock.id, 'primary')] : []),
      ...(isInterviewer || unrated.length > 0 ? [] : [button('What the steps mean', 'steps', mock.id)]),
    ),
    small(t`Only you see this. Nobody is ranked, and nobody else sees how you rated.`),
  ],
});
