/** Rows of profiles, offers and requests. All bound to one team. */
import type { ChannelId, Instant, PersonId, TeamId } from '../../chat/ids.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';

export type Profile = Row<'mentor_profiles'>;
export type Offer = Row<'mentor_offers'>;
export type Request = Row<'mentor_requests'>;

export const findProfile = (tx: Tx, team: TeamId, person: PersonId): Promise<Profile | undefined> =>
  tx.selectFrom('mentor_profiles').selectAll().where('team', '=', team).where('person', '=', person).executeTakeFirst();

export const allProfiles = (tx: Tx, team: TeamId): Promise<Profile[]> =>
  tx.selectFrom('mentor_profiles').selectAll().where('team', '=', team).orderBy('person').execute();

export async function saveProfile(tx: Tx, profile: Profile): Promise<void> {
  await tx
    .insertInto('mentor_profiles')
    .values(profile)
    .onConflict((c) => c.columns(['team', 'person']).doUpdateSet(profile))
    .execute();
}

export async function dropProfile(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  await tx.deleteFrom('mentor_profiles').where('team', '=', team).where('person', '=', person).execute();
}

/** A channel that is gone is no place to hang anything near. */
export async function forgetChannel(tx: Tx, team: TeamId, channel: ChannelId): Promise<void> {
  for (const table of ['mentor_profiles', 'mentor_pairs'] as const)
    await tx.updateTable(table).set({ near: null }).where('team', '=', team).where('near', '=', channel).execute();
}

/** False when it was made before. */
export async function addOffer(tx: Tx, offer: Offer): Promise<void> {
  await tx
    .insertInto('mentor_offers')
    .values(offer)
    .onConflict((c) => c.columns(['run', 'mentee', 'mentor']).doNothing())
    .execute();
}

export async function changeOffer(tx: Tx, offer: Pick<Offer, 'id' | 'team'>, set: Partial<Offer>): Promise<void> {
  await tx.updateTable('mentor_offers').set(set).where('team', '=', offer.team).where('id', '=', offer.id).execute();
}

const offers = (tx: Tx, team: TeamId) =>
  tx.selectFrom('mentor_offers').selectAll().where('team', '=', team).orderBy('id');

export const offersIn = (tx: Tx, team: TeamId, run: string): Promise<Offer[]> =>
  offers(tx, team).where('run', '=', run).execute();

export const openOffers = (tx: Tx, team: TeamId): Promise<Offer[]> =>
  offers(tx, team).where('state', '=', 'open').execute();

export const passedOffers = (tx: Tx, team: TeamId): Promise<Offer[]> =>
  offers(tx, team).where('state', '=', 'passed').execute();

export const offersWith = (tx: Tx, team: TeamId, person: PersonId): Promise<Offer[]> =>
  offers(tx, team)
    .where((e) => e.or([e('mentee', '=', person), e('mentor', '=', person)]))
    .execute();

export async function addRequest(tx: Tx, request: Request): Promise<void> {
  await tx.insertInto('mentor_requests').values(request).execute();
}

export async function changeRequest(tx: Tx, request: Request, set: Partial<Request>): Promise<void> {
  await tx
    .updateTable('mentor_requests')
    .set(set)
    .where('team', '=', request.team)
    .where('id', '=', request.id)
    .execute();
}

export const findRequest = (tx: Tx, team: TeamId, id: string): Promise<Request | undefined> =>
  tx.selectFrom('mentor_requests').selectAll().where('team', '=', team).where('id', '=', id).executeTakeFirst();

export const requestsWith = (tx: Tx, team: TeamId, person: PersonId): Promise<Request[]> =>
  tx
    .selectFrom('mentor_requests')
    .selectAll()
    .where('team', '=', team)
    .where((e) => e.or([e('mentee', '=', person), e('mentor', '=', person)]))
    .orderBy('id')
    .execute();

/** Requests that were made since, whatever came of them. */
export const requestsSince = (tx: Tx, team: TeamId, since: Instant): Promise<Request[]> =>
  tx.selectFrom('mentor_requests').selectAll().where('team', '=', team).where('asked', '>=', since).execute();

/** Everything that names this person among offers and requests. */
export async function dropAsked(tx: Tx, team: TeamId, person: PersonId): Promise<void> {
  for (const table of ['mentor_offers', 'mentor_requests'] as const)
    await tx
      .deleteFrom(table)
      .where('team', '=', team)
      .where((e) => e.or([e('mentee', '=', person), e('mentor', '=', person)]))
      .execute();
}
