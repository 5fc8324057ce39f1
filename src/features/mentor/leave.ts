/** Leaving mentorship, by choice or with everything else: pairs end, cards with others name nobody, rows go. */
import type { PersonId } from '../../chat/ids.ts';
import { t } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { goneCard } from './ask-views.ts';
import { endPair, refresh, unname } from './pair.ts';
import { dropMember, entriesBy, type Entry, membersOf, type Pair, pairsOf } from './pair-queries.ts';
import { answerPost, closingPost, requestPost, rewrite, rewriteAll } from './posts.ts';
import { dropAsked, dropProfile, findProfile, offersWith, type Request, requestsWith } from './queries.ts';
import { redrawOffers } from './run.ts';
import { dropTrend, findTrend } from './trend-queries.ts';

/** Pairs end without a word about why; what was written in them stays with both. */
export async function leave(person: PersonId, turn: Turn): Promise<void> {
  for (const pair of await pairsOf(turn.tx, turn.team.id, person)) await endPair(turn, pair, 'stopped');
  await takeBack(person, turn);
  await dropProfile(turn.tx, turn.team.id, person);
}

/** Offers and requests with this person: gone, and so are they on the cards of others. */
async function takeBack(person: PersonId, turn: Turn): Promise<void> {
  const offers = await offersWith(turn.tx, turn.team.id, person);
  const requests = await requestsWith(turn.tx, turn.team.id, person);
  await dropAsked(turn.tx, turn.team.id, person);
  await turn.unwake('back', person);
  for (const request of requests) await takeBackRequest(turn, request);
  for (const { run, mentee } of offers) if (mentee !== person) await redrawOffers(turn, run, mentee);
}

async function takeBackRequest(turn: Turn, request: Request): Promise<void> {
  await turn.unwake('again', request.id);
  await turn.unwake('expire', request.id);
  const card = goneCard(t`Someone left, so there is nothing to answer any more.`);
  for (const prefix of [requestPost(request.id, ''), answerPost(request.id, '')]) await rewriteAll(turn, prefix, card);
}

/** Everything about a person, also where they were: the others read only that someone left. */
export async function erasePerson(person: PersonId, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  const pairs = await pairsOf(tx, team.id, person);
  for (const pair of pairs) {
    if (pair.state === 'active') await endPair(turn, pair, 'left', person);
    else await unname(turn, pair, person);
    const note = closingPost(pair.id, person);
    await rewrite(turn, note, goneCard(t`Someone left and took their note along.`));
  }
  await takeBack(person, turn);
  await dropMember(tx, team.id, person);
  await dropTrend(tx, team.id, person);
  await dropProfile(tx, team.id, person);
  for (const pair of pairs) await refresh(turn, pair.id);
}

export async function exportPerson(person: PersonId, turn: Turn): Promise<Readonly<Record<string, unknown>>> {
  const { tx, team } = turn;
  const profile = await findProfile(tx, team.id, person);
  const pairs = [];
  for (const pair of await pairsOf(tx, team.id, person)) pairs.push(await pairFor(turn, pair, person));
  const entries = await entriesBy(tx, team.id, person);
  const offers = await offersWith(tx, team.id, person);
  const requests = await requestsWith(tx, team.id, person);
  const trend = await findTrend(tx, team.id, person);
  if (!profile && pairs.length + entries.length + offers.length + requests.length === 0 && !trend) return {};
  const { team: _team, person: _person, ...kept } = profile ?? { team: '', person: '' };
  return {
    profile: profile ? kept : null,
    pairs,
    agenda: entries.map(({ pair, kind, text, at, done }: Entry) => ({ pair, kind, text, at, done: done === 1 })),
    // Whom a mentor was offered to is the mentee's to know until they choose.
    offers: offers
      .filter(({ mentee }) => mentee === person)
      .map(({ mentor, reasons, rank, state, made }) => ({ mentor, reasons, rank, state, made })),
    requestsMade: requests
      .filter(({ mentee }) => mentee === person)
      .map(({ mentor, words, state, asked }) => ({ mentor, words, state, asked })),
    requestsReceived: requests
      .filter(({ mentor }) => mentor === person)
      .map(({ mentee, state, asked }) => ({ from: mentee, state, asked })),
    offeredAMentor: trend ? { last: trend.offered, noMore: trend.off === 1 } : null,
  };
}

async function pairFor(turn: Turn, pair: Pair, person: PersonId): Promise<Record<string, unknown>> {
  const members = await membersOf(turn.tx, turn.team.id, pair.id);
  const own = members.find((member) => member.person === person);
  return {
    id: pair.id,
    kind: pair.kind,
    about: pair.about,
    started: pair.started,
    ended: pair.ended,
    as: own?.role,
    with: members.map((member) => member.person).filter((other) => other !== person),
    met: own?.met ?? null,
    closingNote: own?.closing ?? null,
  };
}
