/** A matching run: offers go out, mentees put them in order, and pairs come of it. */
import type { PersonId } from '../../chat/ids.ts';
import type { Message } from '../../chat/message.ts';
import type { Of } from '../../chat/incoming.ts';
import { person, t } from '../../chat/text.ts';
import { plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { propose, settle } from './match.ts';
import { offersCard, passedCard, settledCard, unpairedCard } from './offer-views.ts';
import { matchSoon, startPair } from './pair.ts';
import { partsOf, type Pool, poolOf, zoneOf } from './people.ts';
import { offersPost, rewrite, write } from './posts.ts';
import { addOffer, changeOffer, type Offer, offersIn, openOffers } from './queries.ts';
import { RANK_MS, TERM_MS } from './rules.ts';

/** Everybody who waits is offered whoever fits. Nobody waiting or nobody fitting: nothing happens. */
export async function match(_: string, turn: Turn): Promise<void> {
  const { waiting, mentors, ground } = await poolOf(turn);
  const proposals = propose(waiting, mentors, ground);
  if (proposals.length === 0) return;
  const run = turn.newId();
  const until = plus(turn.now, RANK_MS);
  for (const { mentee, mentor, reasons } of proposals)
    await addOffer(turn.tx, {
      id: turn.newId(),
      team: turn.team.id,
      run,
      mentee,
      mentor,
      reasons,
      rank: null,
      state: 'open',
      made: turn.now,
      until,
    });
  for (const mentee of new Set(proposals.map((one) => one.mentee)))
    await write(turn, offersPost(run, mentee), mentee, await cardFor(turn, run, mentee));
  await turn.wake('settle', run, until);
}

const openIn = async (turn: Turn, run: string, mentee: PersonId): Promise<Offer[]> =>
  (await offersIn(turn.tx, turn.team.id, run)).filter((one) => one.mentee === mentee && one.state === 'open');

async function cardFor(turn: Turn, run: string, mentee: PersonId): Promise<Message> {
  const offers = await openIn(turn, run, mentee);
  const lines = [];
  for (const offer of offers) lines.push({ ...offer, name: (await turn.person(offer.mentor))?.name ?? 'A colleague' });
  return offersCard(run, lines, offers[0]?.until ?? turn.now, await zoneOf(turn, mentee));
}

/** The mentee's card as it is now; a run that was settled keeps its card. */
export async function redrawOffers(turn: Turn, run: string, mentee: PersonId): Promise<void> {
  const all = (await offersIn(turn.tx, turn.team.id, run)).filter((one) => one.mentee === mentee);
  if (all.some(({ state }) => state === 'open') || all.length === 0)
    await rewrite(turn, offersPost(run, mentee), await cardFor(turn, run, mentee));
  else await rewrite(turn, offersPost(run, mentee), unpairedCard());
}

async function mineIn(turn: Turn, event: Of<'choose' | 'press'>): Promise<Offer[]> {
  const offers = await openIn(turn, event.on.subject, event.from.id);
  if (offers.length > 0) return offers;
  throw new Refusal(t`These offers are settled. \`/${turn.words.practice} mentor\` shows how things stand.`);
}

export const showOffers: Handler<'press'> = async (event, turn) => {
  const own = (await openOffers(turn.tx, turn.team.id)).find(({ mentee }) => mentee === event.from.id);
  if (!own) throw new Refusal(t`You have no open offers. They come by direct message as soon as somebody fits.`);
  return { kind: 'show', message: await cardFor(turn, own.run, event.from.id) };
};

/** First, second, third, in the order they are chosen. */
export const rank: Handler<'choose'> = async (event, turn) => {
  const offers = await mineIn(turn, event);
  const chosen = offers.find(({ id }) => id === event.value);
  if (!chosen) throw new Refusal(t`That offer is no longer open. Choose among those that are left.`);
  const place = chosen.rank ?? 1 + Math.max(0, ...offers.map((offer) => offer.rank ?? 0));
  await changeOffer(turn.tx, chosen, { rank: place });
  await redrawn(turn, event);
  const isLast = offers.every(({ id, rank: other }) => id === chosen.id || other !== null);
  return {
    kind: 'say',
    text: t`Noted: ${person(chosen.mentor)} is your number ${place}.${isLast ? '' : ' The others can follow, or not.'}`,
  };
};

export const rankAgain: Handler<'press'> = async (event, turn) => {
  for (const offer of await mineIn(turn, event)) await changeOffer(turn.tx, offer, { rank: null });
  await redrawn(turn, event);
  return { kind: 'say', text: t`Your order is empty again; choose anew.` };
};

async function redrawn(turn: Turn, { on: { subject }, from }: Of<'choose' | 'press'>): Promise<void> {
  await rewrite(turn, offersPost(subject, from.id), await cardFor(turn, subject, from.id));
  await settleEarly(turn, subject);
}

export const chooseNone: Handler<'press'> = async (event, turn) => {
  for (const offer of await mineIn(turn, event)) await changeOffer(turn.tx, offer, { state: 'passed' });
  await rewrite(turn, offersPost(event.on.subject, event.from.id), passedCard());
  await settleEarly(turn, event.on.subject);
  await matchSoon(turn);
  return { kind: 'show', message: passedCard() };
};

/** Nobody is waited for once everybody has put everything in order. */
async function settleEarly(turn: Turn, run: string): Promise<void> {
  const open = (await offersIn(turn.tx, turn.team.id, run)).filter(({ state }) => state === 'open');
  if (open.every((offer) => offer.rank !== null)) await turn.wake('settle', run, turn.now);
}

/** The order counts, and so does what has changed meanwhile: pauses, limits, somebody who has no room any more. */
export async function settleRun(run: string, turn: Turn): Promise<void> {
  const offers = (await offersIn(turn.tx, turn.team.id, run)).filter(({ state }) => state === 'open');
  if (offers.length === 0) return;
  await turn.unwake('settle', run);
  const pool = await poolOf(turn);
  const ids = new Set<string>(offers.map(({ mentee }) => mentee));
  const mentees = pool.people.filter(({ id, mentored }) => ids.has(id) && !mentored);
  const pairs = settle(offers, mentees, pool.mentors, pool.ground);
  for (const offer of offers) {
    const isTaken = pairs.some(({ mentee, mentor }) => mentee === offer.mentee && mentor === offer.mentor);
    await changeOffer(turn.tx, offer, { state: isTaken ? 'taken' : 'over' });
  }
  for (const mentee of ids) {
    const pair = pairs.find((one) => one.mentee === mentee);
    const offer = pair && offers.find((one) => one.mentee === mentee && one.mentor === pair.mentor);
    if (offer) await publish(turn, pool, offer);
    await rewrite(turn, offersPost(run, mentee as PersonId), offer ? settledCard(offer.mentor) : unpairedCard());
  }
  // Somebody who was not among the three may have room.
  if (pairs.length < ids.size) await matchSoon(turn);
}

/** Found by asking: what was still on offer is settled as well. */
export async function closeOffers(turn: Turn, mentee: PersonId, mentor: PersonId): Promise<void> {
  for (const offer of await openOffers(turn.tx, turn.team.id)) {
    if (offer.mentee !== mentee) continue;
    await changeOffer(turn.tx, offer, { state: offer.mentor === mentor ? 'taken' : 'over' });
    await rewrite(turn, offersPost(offer.run, mentee), settledCard(mentor));
    await settleEarly(turn, offer.run);
  }
}

async function publish(turn: Turn, pool: Pool, offer: Pick<Offer, 'mentee' | 'mentor' | 'reasons'>): Promise<void> {
  await startPair(turn, {
    kind: 'mentor',
    members: [
      { person: offer.mentee, role: 'mentee' },
      { person: offer.mentor, role: 'mentor' },
    ],
    about: aboutOf(pool, offer),
    reasons: offer.reasons,
    ends: plus(turn.now, TERM_MS),
  });
}

/** The first skill one wants and the other has, else the first one wanted. */
export function aboutOf({ profiles }: Pool, { mentee, mentor }: Pick<Offer, 'mentee' | 'mentor'>): string {
  const wants = partsOf(profiles.get(mentee)?.wants ?? '');
  const offers = partsOf(profiles.get(mentor)?.offers ?? '');
  return wants.find((skill) => offers.includes(skill)) ?? wants[0] ?? '';
}
