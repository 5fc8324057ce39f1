/** The cards of a request from one person to another. */
import { buttons, small, text } from '../../chat/card.ts';
import type { Instant, PersonId } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import { cut, person, plain, t, type Text, time } from '../../chat/text.ts';
import { on } from './forms.ts';
import type { Request } from './queries.ts';

const WORDS = 1500;

export const requestCard = ({ id, mentee, words, until }: Request, zone: string, level: string): Message => ({
  title: 'Would you mentor a colleague?',
  blocks: [
    text(t`${person(mentee)} (${level}) asks you for twelve weeks of mentoring:`),
    text([plain(cut(words, WORDS))]),
    buttons(
      { label: 'Accept', on: on('accept', id), style: 'primary' },
      { label: 'Ask me later', on: on('later', id) },
      { label: 'Not this time', on: on('decline', id) },
    ),
    small(
      t`A no needs no reason, and none is passed on. Without an answer it lapses by itself on ${time(until, zone, 'day')}. Nobody else sees this.`,
    ),
  ],
});

/** In place of the request, once it was answered. */
export const answeredCard = (mentee: PersonId, words: Text): Message => ({
  title: 'Would you mentor a colleague?',
  blocks: [text(t`From ${person(mentee)}.`), text(words)],
});

const told = (words: Text): Message => ({
  title: 'Your request',
  blocks: [text(words), buttons({ label: 'My mentorship page', on: on('page') })],
});

export const laterCard = (mentor: PersonId, again: Instant, zone: string): Message =>
  told(
    t`${person(mentor)} would like to be asked later. I ask again on ${time(again, zone, 'day')}; you need not do anything.`,
  );

export const declinedCard = (mentor: PersonId): Message =>
  told(
    t`${person(mentor)} cannot take this on at the moment. That is about their time, not about you. Your page shows who else fits.`,
  );

export const lapsedCard = (mentor: PersonId): Message =>
  told(
    t`${person(mentor)} has not come to answer your request, so it has lapsed. You may ask somebody else, or let me look.`,
  );

export const goneCard = (words: Text): Message => ({ blocks: [text(words)] });
