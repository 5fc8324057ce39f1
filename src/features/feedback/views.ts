/** Words and cards around a review: the request, the nudge, what is left to do. People's own words are always plain. */
import type { Instant } from '../../chat/ids.ts';
import { buttons, small, text } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Action, Block, Button, Message } from '../../chat/message.ts';
import { bold, markdown, pages, plain, t, type Text, time } from '../../chat/text.ts';
import type { Level } from '../../bank/question.ts';
import { isWeak } from './anonymity.ts';
import { ANCHORS, DIMENSION_NAMES, DIMENSIONS } from '../../rubric/anchors.ts';
import { lensOf } from '../../rubric/lens.ts';

export const on = (name: string, subject: string): Action => ({ feature: 'feedback', name, subject });

/** Code points a page of *Read all* shows; twice as many units still fit a text block. */
export const PAGE = LIMITS.text / 2;

/** `text` in at most `max` UTF-16 units, with an ellipsis when something was cut; never half a character. */
export function fit(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

export const titled = (what: string, title: string): string => fit(`${what}: ${title}`, LIMITS.title);
export const words = (slug: string): string => fit(slug.replaceAll('-', ' '), 60);

/** Empty when nobody could guess. */
export const weakness = (people: number): Text =>
  isWeak(people) ? t` With ${people} people taking part it is easy to guess who wrote what.` : [];

export interface Request {
  readonly review: string;
  readonly title: string;
  readonly skill: string;
  readonly level: Level;
  readonly question: string;
  readonly answer: string;
  readonly until: Instant;
  readonly zone: string;
  /** How many take part in the round, answering or reviewing. */
  readonly people: number;
}

/** The DM that asks for a review. */
export function requestCard(asked: Request): Message {
  const isLong = asked.answer.length > LIMITS.text;
  const lens = lensOf(asked.skill);
  return {
    title: titled('A review for you', asked.title),
    blocks: [
      small(t`${words(asked.skill)} · ${asked.level} level · until ${time(asked.until, asked.zone)}`),
      text(markdown(fit(asked.question, LIMITS.text))),
      { kind: 'divider' },
      text([plain(fit(asked.answer, LIMITS.text))]),
      ...(lens === undefined ? [] : [small(t`What to look for: ${lens}`)]),
      buttons(
        { label: 'Review', on: on('review', asked.review), style: 'primary' },
        isLong
          ? { label: 'Read all', on: on('read', `${asked.review}:0`) }
          : { label: 'What the steps mean', on: on('steps', asked.review) },
        { label: 'I can’t this time', on: on('cannot', asked.review) },
      ),
      small([
        ...t`Four steps and two sentences, about five minutes. Only the author sees your feedback, as from Reviewer A, B or C, when the window ends.`,
        ...weakness(asked.people),
      ]),
    ],
  };
}

/** The request once the review is given; the answer is no longer repeated. */
export function givenCard(review: {
  readonly id: string;
  readonly title: string;
  readonly signed: string | null;
}): Message {
  const { id, title, signed } = review;
  return {
    title: titled('Review given', title),
    blocks: [
      text(t`Thank you. The author reads it when the result is sent.`),
      buttons(
        signed === null
          ? { label: 'Sign it with your name', on: on('sign', id) }
          : { label: 'Take my name off', on: on('unsign', id) },
        { label: 'Change it', on: on('review', id) },
      ),
      small(
        signed === null
          ? t`Your name stays out of it unless you sign. Both buttons work until the author has the result.`
          : t`Signed as ${fit(signed, 100)}. Both buttons work until the author has the result.`,
      ),
    ],
  };
}

/** The request once it went to somebody else; whoever still wants to may. */
export function freedCard(review: { readonly id: string; readonly title: string }, why: 'declined' | 'time'): Message {
  const words =
    why === 'declined'
      ? t`That is fine, and thank you for saying so: it can go to somebody else now.`
      : t`Time was getting short, so somebody else was asked as well. If you still want to give this review, it is welcome.`;
  return {
    title: titled('Review handed on', review.title),
    blocks: [text(words), buttons({ label: 'Review it after all', on: on('review', review.id) })],
  };
}

/** The request once nobody waits for it any more. */
export const overCard = (title: string): Message => ({
  title: titled('Review closed', title),
  blocks: [text(t`The time for this review is over. Nothing is left to do; the next round brings new ones.`)],
});

/** Half of the time is over. */
export function nudgeCard(
  open: readonly { readonly id: string; readonly title: string }[],
  until: Instant,
  zone: string,
): Message {
  const first = open[0];
  const count = open.length === 1 ? 'A review is' : `${open.length} reviews are`;
  return {
    title: first ? titled('Half time', first.title) : 'Half time',
    blocks: [
      text(t`${count} still open, until ${time(until, zone)}. Two honest sentences are worth more than none.`),
      reviewButtons(open),
      small(
        t`This is the only reminder. If you cannot, press *I can’t this time* on the request, and somebody else is asked.`,
      ),
    ],
  };
}

/** One button a review, the first one primary. */
export const reviewButtons = (open: readonly { readonly id: string }[]): Block =>
  buttons(
    ...open.slice(0, LIMITS.buttonsPerRow).map(({ id }, i): Button => {
      const label = open.length === 1 ? 'Review' : `Review ${i + 1}`;
      return { label, on: on('review', id), ...(i === 0 ? { style: 'primary' as const } : {}) };
    }),
  );

/** What is open for a person in a round, as they pressed *Give feedback*. */
export function openCard(
  open: readonly { readonly id: string; readonly preview: string; readonly level: string }[],
  round: { readonly title: string; readonly until: Instant; readonly zone: string; readonly isLate: boolean },
): Message {
  return {
    title: titled('Your reviews', round.title),
    blocks: [
      text(
        round.isLate
          ? t`The window is over, and late reviews are welcome until ${time(round.until, round.zone)}.`
          : t`Open until ${time(round.until, round.zone)}.`,
      ),
      ...open
        .slice(0, LIMITS.buttonsPerRow)
        .map(({ preview, level }, i) => text(t`${bold(`${i + 1}`)} · ${level} level: ${fit(preview, 200)}`)),
      reviewButtons(open),
    ],
  };
}

/** The way back to feedback that has come. */
const showResults = (answers: readonly string[]): Button[] =>
  answers.slice(0, 3).map((answer) => ({ label: 'Show my feedback', on: on('result', answer) }));

/** Nothing is to be done; what came for this person can be read again. */
export const quietCard = (words: Text, results: readonly string[]): Message => ({
  blocks: [text(words), ...(results.length === 0 ? [] : [buttons(...showResults(results))])],
});

/** Nothing is asked of this person; one more answer could use a reader. */
export const volunteerCard = (
  round: { readonly id: string; readonly title: string },
  given: number,
  results: readonly string[],
): Message => ({
  title: titled('Give feedback', round.title),
  blocks: [
    text(
      given === 0
        ? t`Nothing was asked of you in this round. One more pair of eyes helps, if you have five minutes.`
        : t`You have given all you were asked for: ${given}. Thank you. One more pair of eyes helps, if you have five minutes.`,
    ),
    buttons(
      { label: 'Give me one to review', on: on('volunteer', round.id), style: 'primary' },
      ...showResults(results),
    ),
  ],
});

/** One page of a long text, with the way to the next. */
export function pageCard(
  read: { readonly title: string; readonly text: string; readonly page: number },
  next: (page: number) => Action,
  after: readonly Button[],
): Message {
  const all = pages(read.text, PAGE);
  const at = Math.min(Math.max(0, read.page), all.length - 1);
  const more: Button[] = at + 1 < all.length ? [{ label: 'Next page', on: next(at + 1) }] : [];
  return {
    title: read.title,
    blocks: [
      text([plain(all[at] ?? '')]),
      small(t`Page ${at + 1} of ${all.length}`),
      ...(more.length + after.length > 0 ? [buttons(...more, ...after)] : []),
    ],
  };
}

/** All six dimensions at one level, each step in full. */
export const stepsCard = (level: Level, review: string): Message => ({
  title: `The steps at ${level} level`,
  blocks: [
    ...DIMENSIONS.map((dimension) =>
      text([
        bold(DIMENSION_NAMES[dimension]),
        ...markdown(`\n${ANCHORS[level][dimension].map((step, i) => `${i + 1}. ${step}`).join('\n')}`),
      ]),
    ),
    small(
      t`3 meets the level. The form joins Result with Reflection and Reach with Trade-offs: when they differ, the lower step counts.`,
    ),
    buttons({ label: 'Review', on: on('review', review), style: 'primary' }),
  ],
});
