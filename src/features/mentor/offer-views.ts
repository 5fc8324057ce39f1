/** Three offers to choose from, as a mentee sees them. */
import { buttons, small, text } from '../../chat/card.ts';
import type { Instant, PersonId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Message } from '../../chat/message.ts';
import { bold, cut, person, t, time } from '../../chat/text.ts';
import { on } from './forms.ts';

export interface OfferLine {
  readonly id: string;
  readonly mentor: PersonId;
  readonly name: string;
  readonly reasons: string;
  readonly rank: number | null;
}

const PLACES = ['first', 'second', 'third'] as const;
const REASONS = 500;

export function offersCard(run: string, offers: readonly OfferLine[], until: Instant, zone: string): Message {
  const ranked = offers.filter(({ rank }) => rank !== null).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const left = offers.filter(({ rank }) => rank === null);
  if (offers.length === 0) return nothingLeftCard();
  return {
    title: 'Mentors for you',
    blocks: [
      text(
        offers.length === 1
          ? t`One mentor fits you at the moment. You choose until ${time(until, zone)}.`
          : t`These fit you best. Put them in your order until ${time(until, zone)}; it counts.`,
      ),
      ...[...ranked, ...left].map((offer) => offerBlock(offer)),
      ...choosing(run, ranked.length, left),
      buttons(...(ranked.length === 0 ? [] : [{ label: 'Start over', on: on('rank-again', run) }]), {
        label: 'None of these',
        on: on('none', run),
      }),
      small(
        t`Only you see this; nobody is told whom you did not choose. If you choose nothing, the best match that is still free is taken. Either of you may end a pair at any time.`,
      ),
    ],
  };
}

const offerBlock = ({ mentor, reasons, rank }: OfferLine): Block =>
  text(t`${rank === null ? t`` : bold(`${rank}. `)}${person(mentor)}: ${cut(reasons, REASONS)}`);

function choosing(run: string, chosen: number, left: readonly OfferLine[]): Block[] {
  if (left.length === 0) return [text(t`That is your order. You hear from me as soon as it is settled.`)];
  const options = left.map(({ id, name }) => ({ label: cut(name, LIMITS.optionLabel) || 'Somebody', value: id }));
  return [{ kind: 'choice', on: on('rank', run), prompt: `Your ${PLACES[chosen] ?? 'next'} choice`, options }];
}

/** Whoever was offered is no longer there to be had. */
const nothingLeftCard = (): Message => ({
  title: 'Mentors for you',
  blocks: [
    text(t`None of the mentors offered here can take you on any more. You get new offers as soon as somebody fits.`),
  ],
});

export const passedCard = (): Message => ({
  title: 'Mentors for you',
  blocks: [
    text(t`None of these, then. You hear from me when somebody new fits; nobody is told.`),
    buttons({ label: 'My mentorship page', on: on('page') }),
  ],
});

export const unpairedCard = (): Message => ({
  title: 'Mentors for you',
  blocks: [
    text(
      t`It did not work out this time: the mentors you were offered have no room left. You get new offers as soon as somebody has.`,
    ),
    buttons({ label: 'My mentorship page', on: on('page') }),
  ],
});

export const settledCard = (mentor: PersonId): Message => ({
  title: 'Mentors for you',
  blocks: [text(t`Settled: ${person(mentor)} mentors you.`), buttons({ label: 'My mentorship page', on: on('page') })],
});
