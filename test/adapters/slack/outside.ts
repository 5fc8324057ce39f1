/** What we say on Slack, with the real client against the fake platform, on the fake's clock: waiting takes no time. */
import { makeClient } from '../../../adapters/slack/api.ts';
import { DELIVERY_TIMEOUT_MS, openOut } from '../../../adapters/slack/deliver/index.ts';
import type { Tenant } from '../../../adapters/slack/ports.ts';
import type { Paint } from '../../../src/chat/adapter.ts';
import { type Chat, DeliveryError } from '../../../src/chat/chat.ts';
import type { ChannelId, Instant, PersonId, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Place } from '../../../src/chat/place.ts';
import { plain } from '../../../src/chat/text.ts';
import { instant, msOf, plus, type World } from '../../../src/chat/world.ts';
import { decide } from '../../../src/core/decide.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeChannel, FakeSlack, FakeUser, FakeWorkspace } from '../../support/fake-slack/types.ts';

export interface Outside {
  readonly fake: FakeSlack;
  readonly workspace: FakeWorkspace;
  readonly team: TeamId;
  readonly tenant: Tenant;
  readonly world: World;
  readonly out: Pick<Chat, 'deliver' | 'find' | 'replies' | 'lanes'>;
  readonly channel: FakeChannel;
  readonly ana: FakeUser;
  readonly bo: FakeUser;
  readonly warned: readonly unknown[];
  /** Another workspace of the same Greenroom. */
  readonly other: { readonly workspace: FakeWorkspace; readonly channel: FakeChannel };
  close(): Promise<void>;
}

export interface OutsideOptions {
  /** Of one call, in ms. */
  readonly timeoutMs?: number;
  readonly paint?: Paint;
  /** Work that is only waited for so long has no time at all. */
  readonly impatient?: true;
}

export async function openOutside(options: OutsideOptions = {}): Promise<Outside> {
  const fake = await openFakeSlack();
  const workspace = fake.addWorkspace('Acme');
  const second = fake.addWorkspace('Globex');
  const ana = workspace.addUser('Ana', { admin: true });
  const bo = workspace.addUser('Bo');
  const channel = workspace.addChannel('interview-practice');
  for (const { id } of [ana, bo]) channel.members.add(id);
  const world = worldOf(fake, options.impatient === true);
  const tenants = new Map([workspace, second].map((one) => [one.id, tenantOf(fake, one, options.timeoutMs)]));
  const warned: unknown[] = [];
  const note = (...said: unknown[]): void => void warned.push(said);
  const out = openOut({
    tenants: { of: async (team) => tenants.get(team) },
    people: { of: async (_tenant, id) => ({ id, name: workspace.users.get(id)?.realName ?? 'Someone', admin: false }) },
    world,
    log: { info: note, warn: note, error: note },
    paint: options.paint ?? (async () => undefined),
  });
  const tenant = tenants.get(workspace.id);
  if (!tenant) throw new Error('the workspace was just made');
  const other = { workspace: second, channel: second.addChannel('general') };
  const team = workspace.id as TeamId;
  return { fake, workspace, team, tenant, world, out, channel, ana, bo, warned, other, close: () => fake.close() };
}

function tenantOf(fake: FakeSlack, workspace: FakeWorkspace, timeoutMs?: number): Tenant {
  const token = { reveal: () => workspace.botToken };
  return {
    team: workspace.id as TeamId,
    name: workspace.name,
    botUser: workspace.botUser,
    botId: workspace.botId,
    client: makeClient({ token, apiUrl: fake.apiUrl, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
  };
}

/** The fake's time; sleeping moves it on, unless the sleeper only guards work that is under way. */
function worldOf({ clock }: FakeSlack, isImpatient: boolean): World {
  let ids = 0;
  return {
    now: () => instant(clock.now()),
    newId: () => `id${String(++ids).padStart(8, '0')}`,
    roll: () => 0.5,
    sleepUntil: (at, signal) =>
      signal && isImpatient
        ? Promise.resolve()
        : signal
          ? new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
          : clock.advance(Math.max(0, msOf(at) - clock.now())),
    point: () => {},
  };
}

export const inChannel = ({ channel }: Outside): Place<Ref> => ({ in: 'channel', channel: channel.id as ChannelId });
export const dmTo = ({ id }: FakeUser): Place<Ref> => ({ in: 'dm', person: id as PersonId });

type Post = Extract<Delivery, { kind: 'post' }>;

export const words = (text: string): Message => ({ blocks: [{ kind: 'text', text: [plain(text)] }] });

export const postOf = (o: Outside, name: string, to = inChannel(o), message = words(name)): Post => ({
  kind: 'post',
  team: o.team,
  name: `test:${name}`,
  to,
  message,
});

export const roomOf = (o: Outside, name: string, members: readonly { readonly id: string }[]): Delivery => ({
  kind: 'room',
  team: o.team,
  name: `test:${name}`,
  title: 'A practice pair',
  members: members.map(({ id }) => id as PersonId),
  near: o.channel.id as ChannelId,
});

export const fileOf = (o: Outside, name: string, to: Place<Ref>, text = '{"a":1}'): Delivery => ({
  kind: 'file',
  team: o.team,
  name: `test:${name}`,
  to,
  type: 'application/json',
  text,
});

/** What the delivery failed with. */
export async function failureIn(o: Outside, delivery: Delivery): Promise<DeliveryError> {
  const error: unknown = await o.out.deliver(delivery).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DeliveryError) return error;
  throw new Error(`it did not fail as the core needs it: ${String(error)}`);
}

const FACTS = { repeatSafeMs: 0, timeoutMs: DELIVERY_TIMEOUT_MS, lateMs: 10_000 };

/** Carries one delivery through every failure as the core does: waits as told, and looks before it tries again after doubt. */
export async function carry({ out, world }: Outside, delivery: Delivery, tries = 8): Promise<Ref> {
  const row = { kind: delivery.kind, expires_at: null, created: world.now() };
  let maybe: Instant | null = null;
  let last: Instant | null = null;
  for (let step = 0; step < tries; step++) {
    const next = decide({ ...row, maybe_since: maybe, last_try: last }, world.now(), FACTS);
    if (next.do === 'end') throw new Error(next.reason);
    if (next.do === 'wait') {
      await world.sleepUntil(next.until);
    } else if (next.do === 'look') {
      const found = await out.find(delivery, next.since);
      if (found.kind === 'found') return found.ref;
      if (found.kind === 'absent') maybe = null;
    } else {
      last = world.now();
      const outcome = await out.deliver(delivery).catch((error: unknown) => error as DeliveryError);
      if (typeof outcome === 'string') return outcome;
      if (!(outcome instanceof DeliveryError) || outcome.retry === 'never') throw outcome;
      if (outcome.effect === 'unknown') maybe ??= last;
      await world.sleepUntil(plus(world.now(), outcome.retry.afterMs));
    }
  }
  throw new Error('it could not be carried');
}
