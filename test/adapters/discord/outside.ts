/** What we say on Discord, with the real client against the fake platform, on the fake's clock: waiting takes no time. */
import { Client } from 'discord.js';
import { DELIVERY_TIMEOUT_MS, LATE_MS, openOut, REPEAT_SAFE_MS } from '../../../adapters/discord/deliver/index.ts';
import { openBudget, type RefusalBudget } from '../../../adapters/discord/gate/budget.ts';
import { send } from '../../../adapters/discord/send.ts';
import { readRef } from '../../../adapters/discord/refs.ts';
import type { AdapterDeps, Paint } from '../../../src/chat/adapter.ts';
import { type Chat, DeliveryError } from '../../../src/chat/chat.ts';
import type { ChannelId, Instant, PersonId, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import type { Place } from '../../../src/chat/place.ts';
import { plain } from '../../../src/chat/text.ts';
import { between, instant, msOf, plus, type World } from '../../../src/chat/world.ts';
import { decide, lookAgain } from '../../../src/core/decide.ts';
import { type OpenFakeDiscord, openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeChannel, FakeDiscord, FakeGuild, FakeMessage, FakeUser } from '../../support/fake-discord/types.ts';

export interface Outside {
  readonly fake: FakeDiscord;
  readonly guild: FakeGuild;
  readonly team: TeamId;
  readonly client: Client;
  readonly world: World;
  readonly budget: RefusalBudget;
  readonly out: Pick<Chat, 'deliver' | 'find' | 'replies' | 'lanes'>;
  readonly channel: FakeChannel;
  readonly forum: FakeChannel;
  readonly ana: FakeUser;
  readonly bo: FakeUser;
  readonly warned: readonly unknown[];
  /** As a process that starts anew: what was remembered is forgotten. */
  restarted(): Outside;
  close(): Promise<void>;
}

export interface OutsideOptions extends OpenFakeDiscord {
  /** Of one request, in ms. */
  readonly timeoutMs?: number;
  readonly paint?: Paint;
  /** Work that is only waited for so long has no time at all. */
  readonly impatient?: true;
  readonly known?: AdapterDeps['known'];
  /** Another address than the fake's. */
  readonly apiUrl?: string;
}

export async function openOutside(options: OutsideOptions = {}): Promise<Outside> {
  const fake = await openFakeDiscord(options);
  const guild = fake.addGuild('Acme');
  const ana = fake.addUser('Ana');
  const bo = fake.addUser('Bo');
  fake.join(guild.id, ana.id, { admin: true });
  fake.join(guild.id, bo.id);
  const channel = guild.addChannel('interview-practice');
  const forum = guild.addChannel('questions', 'forum');
  return outsideOf(options, { fake, guild, team: guild.id as TeamId, channel, forum, ana, bo });
}

type Scene = Pick<Outside, 'fake' | 'guild' | 'team' | 'channel' | 'forum' | 'ana' | 'bo'>;

function outsideOf(options: OutsideOptions, scene: Scene): Outside {
  const { fake } = scene;
  const client = clientOf(fake, options);
  const world = worldOf(fake, client, options.impatient === true);
  const budget = openBudget(world);
  client.rest.on('response', (_request, { status }) => budget.note(status));
  const warned: unknown[] = [];
  const note = (...said: unknown[]): void => void warned.push(said);
  const out = openOut({
    client,
    world,
    budget,
    log: { info: note, warn: note, error: note },
    paint: options.paint ?? (async () => undefined),
    deps: { known: options.known ?? (async () => undefined) },
  });
  const restarted = (): Outside => outsideOf(options, scene);
  return { ...scene, client, world, budget, out, warned, restarted, close: () => close(fake, client) };
}

async function close(fake: FakeDiscord, client: Client): Promise<void> {
  await client.destroy();
  await fake.close();
}

function clientOf(fake: FakeDiscord, { apiUrl = fake.apiUrl, timeoutMs = 10_000 }: OutsideOptions): Client {
  // A test asks faster than any real server would let it.
  const globalRequestsPerSecond = 1_000_000;
  const rest = {
    api: apiUrl,
    retries: 0,
    timeout: timeoutMs,
    rejectOnRateLimit: () => true,
    globalRequestsPerSecond,
    makeRequest: send,
  };
  const client = new Client({ intents: [], rest });
  client.rest.setToken(fake.token);
  return client;
}

/** The fake's time; sleeping moves it on, unless the sleeper only guards work that is under way. */
function worldOf({ clock }: FakeDiscord, client: Client, isImpatient: boolean): World {
  let ids = 0;
  return {
    now: () => instant(clock.now()),
    newId: () => `id${String(++ids).padStart(8, '0')}`,
    roll: () => 0.5,
    async sleepUntil(at, signal) {
      if (signal && isImpatient) return;
      if (signal) return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      await clock.advance(Math.max(0, msOf(at) - clock.now()));
      // The client's own clock is the real one, and has not slept.
      client.rest.globalReset = -1;
      client.rest.handlers.clear();
    },
    point: () => {},
  };
}

export const inChannel = ({ channel }: Outside): Place<Ref> => ({ in: 'channel', channel: channel.id as ChannelId });
export const inForum = ({ forum }: Outside): Place<Ref> => ({ in: 'channel', channel: forum.id as ChannelId });
export const dmTo = ({ id }: FakeUser): Place<Ref> => ({ in: 'dm', person: id as PersonId });

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>;

export const words = (text: string): Message => ({ blocks: [{ kind: 'text', text: [plain(text)] }] });

export const postOf = (o: Outside, name: string, to = inChannel(o), message = words(name)): Of<'post'> => ({
  kind: 'post',
  team: o.team,
  name: `test:${name}`,
  to,
  message,
});

export const roomOf = (o: Outside, name: string, members: readonly { readonly id: string }[]): Of<'room'> => ({
  kind: 'room',
  team: o.team,
  name: `test:${name}`,
  title: 'A practice pair',
  members: members.map(({ id }) => id as PersonId),
  near: o.channel.id as ChannelId,
});

export const fileOf = (o: Outside, name: string, to: Place<Ref>, text = '{"a":1}'): Of<'file'> => ({
  kind: 'file',
  team: o.team,
  name: `test:${name}`,
  to,
  type: 'application/json',
  text,
});

export const threadOf = (o: Outside, ref: Ref, title = 'The question of today'): Of<'thread'> => ({
  kind: 'thread',
  team: o.team,
  name: 'test:thread',
  ref,
  title,
});

export const at = (ref: Ref) => readRef(ref) ?? { kind: 'message', channel: '', id: '' };

/** Messages and answers to messages. */
const SAID: ReadonlySet<unknown> = new Set([0, 19]);

/** What is there of what we posted; lines that Discord writes itself left out. */
export const posted = ({ fake }: Outside): readonly FakeMessage[] =>
  fake.posted().filter((message) => message.deleted !== true && SAID.has((message as { type?: number }).type));

export const callsOf = ({ fake }: Outside, route: string): number =>
  fake.calls.filter((call) => `${call.method} ${call.route}` === route).length;

/** What the delivery failed with. */
export async function failureIn(o: Outside, delivery: Delivery): Promise<DeliveryError> {
  const error: unknown = await o.out.deliver(delivery).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DeliveryError) return error;
  throw new Error(`it did not fail as the core needs it: ${String(error)}`);
}

const FACTS = { repeatSafeMs: REPEAT_SAFE_MS, timeoutMs: DELIVERY_TIMEOUT_MS, lateMs: LATE_MS };

/**
 * Carries one delivery through every failure as the core does: waits as told, and after doubt repeats or looks, as Discord absorbs it.
 * `tried`: it was tried then, and nobody knows how that ended.
 */
export async function carry(o: Outside, delivery: Delivery, tries = 8, tried: Instant | null = null): Promise<Ref> {
  const { out, world } = o;
  const row = { kind: delivery.kind, expires_at: null, created: tried ?? world.now() };
  let maybe: Instant | null = tried;
  let last: Instant | null = tried;
  for (let step = 0; step < tries; step++) {
    const next = decide({ ...row, maybe_since: maybe, last_try: last }, world.now(), FACTS);
    if (next.do === 'end') throw new Error(next.reason);
    if (next.do === 'wait') {
      await world.sleepUntil(next.until);
    } else if (next.do === 'look') {
      const found = await out.find(delivery, next.since);
      if (found.kind === 'found') return found.ref;
      if (found.kind === 'absent') maybe = null;
      else await world.sleepUntil(plus(world.now(), lookAgain(between(last ?? row.created, world.now()), 0.5)));
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
