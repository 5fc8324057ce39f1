/** A matching run: three offers a mentee, and after they have ranked them the pairs that come of it. Pure. */
import type { PersonId } from '../../chat/ids.ts';
import { assign, type Worth } from '../../matching/assign.ts';
import { type Ground, OFFERS_EACH, RANK_BONUS, reasonsFor, type Someone, worthOf } from './rules.ts';

export interface Proposal {
  readonly mentee: PersonId;
  readonly mentor: PersonId;
  readonly reasons: string;
}

/** Mentees that can still be taken on now. */
const roomOf = ({ capacity, load }: Someone): number => Math.max(0, capacity - load);
/** Offers that can still be made; nobody's name goes round the whole team. */
const offersLeft = (mentor: Someone): number =>
  roomOf(mentor) === 0 ? 0 : Math.max(0, OFFERS_EACH * mentor.capacity - mentor.offered);

/**
 * The best three for each mentee, best first. What the team as a whole is best served by is always among them: first everybody is
 * placed once, then each gets two more to choose from.
 */
export function propose(mentees: readonly Someone[], mentors: readonly Someone[], ground: Ground): Proposal[] {
  const worth = mentees.map((mentee) => mentors.map((mentor) => worthOf(mentee, mentor, ground)));
  const most = mentors.map(offersLeft);
  const first = assign(worth, { room: mentors.map((mentor, j) => Math.min(roomOf(mentor), most[j] ?? 0)) });
  const rest = assign(
    worth.map((row, i) => row.map((value, j): Worth => (first[i]?.includes(j) ? undefined : value))),
    {
      each: OFFERS_EACH - 1,
      room: most.map((left, j) => left - first.filter((columns) => columns.includes(j)).length),
    },
  );
  return mentees.flatMap((mentee, i) =>
    [...(first[i] ?? []), ...(rest[i] ?? [])]
      .toSorted((a, b) => (worth[i]?.[b] ?? 0) - (worth[i]?.[a] ?? 0))
      .flatMap((j) => {
        const mentor = mentors[j];
        return mentor ? [{ mentee: mentee.id, mentor: mentor.id, reasons: reasonsFor(mentee, mentor, ground) }] : [];
      }),
  );
}

export interface Ranked {
  readonly mentee: PersonId;
  readonly mentor: PersonId;
  /** 1, 2, 3; null: not ranked. */
  readonly rank: number | null;
}

/** Who is paired with whom, among what was offered and is still possible. */
export function settle(
  offers: readonly Ranked[],
  mentees: readonly Someone[],
  mentors: readonly Someone[],
  ground: Ground,
): Pick<Ranked, 'mentee' | 'mentor'>[] {
  const worth = mentees.map((mentee) =>
    mentors.map((mentor): Worth => {
      const offer = offers.find((one) => one.mentee === mentee.id && one.mentor === mentor.id);
      const base = offer && worthOf(mentee, mentor, ground);
      return base === undefined ? undefined : base + (RANK_BONUS[(offer?.rank ?? 9) - 1] ?? 0);
    }),
  );
  return assign(worth, { room: mentors.map(roomOf) }).flatMap((columns, i) =>
    columns.flatMap((j) => {
      const [mentee, mentor] = [mentees[i], mentors[j]];
      return mentee && mentor ? [{ mentee: mentee.id, mentor: mentor.id }] : [];
    }),
  );
}
