/** What every listener works with, and how an event gets the person it is from. */
import type { TeamId } from '../../../src/chat/ids.ts';
import type { ActedEvent } from '../../../src/chat/incoming.ts';
import type { AnswerTo, OnEvent } from '../../../src/chat/outgoing.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import { tenantOf } from '../bolt.ts';
import type { Body, Unsigned } from '../incoming/read.ts';
import type { People, SlackDeps, Tenant, Tenants } from '../ports.ts';

export interface Stage extends Pick<SlackDeps, 'world' | 'log' | 'apiUrl'> {
  readonly onEvent: OnEvent;
  readonly surface: Surface;
  readonly tenants: Pick<Tenants, 'of' | 'forget'>;
  readonly people: People;
}

/** The workspace a delivery is for; undefined when it names none. */
export const teamOf = (context: Body): TeamId | undefined =>
  typeof context['teamId'] === 'string' ? (context['teamId'] as TeamId) : undefined;

/** Undefined when we have no token there. */
export async function tenantFor({ tenants }: Stage, context: Body): Promise<Tenant | undefined> {
  const team = teamOf(context);
  return tenantOf(context) ?? (team === undefined ? undefined : tenants.of(team));
}

/** Finds out who it was, and hands it to the core. */
export async function hand<E extends ActedEvent>(
  { people, onEvent }: Stage,
  tenant: Tenant,
  { event, by, called }: { readonly event: Omit<E, 'from'>; readonly by: Unsigned['by']; readonly called?: string },
): Promise<AnswerTo[E['kind']]> {
  const from = await people.of(tenant, by, called);
  return onEvent({ ...event, from } as E);
}

/** Part of it is missing or strange: nothing can be done with it. */
export const dropped = ({ log }: Stage, what: string, context: Body): void =>
  log.warn('a Slack delivery with missing parts is dropped', { what, team: teamOf(context) });

/** Names of the people a text mentions, as far as they are known in time. Of very many, only the first are asked for. */
export async function namesOf(
  { people }: Stage,
  tenant: Tenant,
  ids: readonly Unsigned['by'][],
): Promise<(id: string) => string | undefined> {
  const found = await Promise.all(ids.slice(0, MOST_NAMES).map((id) => people.of(tenant, id)));
  const names = new Map<string, string>(found.map(({ id, name }) => [id, name]));
  return (id) => names.get(id);
}
const MOST_NAMES = 20;
