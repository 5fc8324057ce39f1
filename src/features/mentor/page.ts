/** What a person's page shows: their profile, their pairs, and why there is no mentor yet. */
import type { Message } from '../../chat/message.ts';
import type { Text } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { type Member, membersOf, type Pair, pairsOf } from './pair-queries.ts';
import { isPaused, type Pool, poolOf, takes, zoneOf } from './people.ts';
import { type Offer, openOffers, type Profile } from './queries.ts';
import { worthOf } from './rules.ts';
import { pageCard, type PairLine, type Waiting } from './views.ts';

export async function pageFor(turn: Turn, profile: Profile, said?: Text): Promise<Message> {
  const { tx, team, now } = turn;
  const own = await turn.person(profile.person);
  const offers = (await openOffers(tx, team.id)).filter(({ mentee }) => mentee === profile.person);
  const pairs = (await pairsOf(tx, team.id, profile.person)).filter(({ state }) => state === 'active');
  const lines: PairLine[] = [];
  for (const pair of pairs) lines.push(lineOf(pair, await membersOf(tx, team.id, pair.id), profile.person));
  const until = [profile.paused_until, own?.paused_until ?? null].find((at) => isPaused(at, now));
  return pageCard({
    ...(said ? { said } : {}),
    profile,
    level: own?.level ?? '',
    zone: await zoneOf(turn, profile.person),
    pausedUntil: until ?? undefined,
    pairs: lines,
    waiting: await waitingFor(turn, profile, lines, offers),
    rankUntil: offers[0]?.until,
    root: turn.words.practice,
    keepDays: team.retention_days,
  });
}

/** What the others are to this person. */
function lineOf(pair: Pair, members: readonly Member[], person: Profile['person']): PairLine {
  const own = members.find((member) => member.person === person)?.role;
  return {
    id: pair.id,
    kind: pair.kind,
    others: members.map((member) => member.person).filter((other) => other !== person),
    ends: pair.ends,
    as: own === 'mentor' ? 'mentee' : own === 'mentee' ? 'mentor' : 'buddy',
  };
}

async function waitingFor(
  turn: Turn,
  profile: Profile,
  pairs: readonly PairLine[],
  offers: readonly Offer[],
): Promise<Waiting | undefined> {
  if (!takes(profile) || profile.ready === 0 || pairs.some(({ as }) => as === 'mentor')) return undefined;
  if (offers.length > 0) return 'offers';
  return profile.looking === 0 ? 'resting' : whyNone(await poolOf(turn), profile);
}

/** Why nobody is offered; words that tell nothing about any one mentor. */
function whyNone({ mentors, people, ground }: Pool, { person }: Profile): Waiting {
  const others = mentors.filter(({ id }) => id !== person);
  if (others.length === 0) return 'no mentors';
  const open = others.filter(({ capacity, load }) => load < capacity);
  if (open.length === 0) return 'full';
  const own = people.find(({ id }) => id === person);
  return own && open.some((mentor) => worthOf(own, mentor, ground) !== undefined) ? 'soon' : 'no match';
}
