/** A chat platform that is only memory: it keeps what was posted, and can refuse, fail, or lose an answer on request. */
import { type Chat, DeliveryError, type Found, type Lane, type Page } from '../../src/chat/chat.ts';
import type { ChannelId, Instant, Name, PersonId, Ref } from '../../src/chat/ids.ts';
import type { Reply } from '../../src/chat/incoming.ts';
import type { Message } from '../../src/chat/message.ts';
import type { Delivery, OnEvent } from '../../src/chat/outgoing.ts';
import type { Surface } from '../../src/chat/surface.ts';
import type { World } from '../../src/chat/world.ts';

export interface Posted {
  readonly ref: Ref;
  readonly name: Name;
  readonly delivery: Delivery;
  /** As it reads now, after edits. */
  message: Message | undefined;
  readonly at: Instant;
  edits: number;
  removed: boolean;
}

/** What happens to a coming delivery: refused before it took effect, or failing after it did. */
export type Trouble = { readonly error: DeliveryError; readonly effect: 'before' | 'after' };

export class FakeChat implements Chat {
  readonly platform = 'local';
  readonly traits = { roomNoun: 'private thread', knowsZones: true, readsThreads: true, opensThreads: false } as {
    readonly roomNoun: 'private thread';
    readonly knowsZones: boolean;
    readonly readsThreads: boolean;
    opensThreads: boolean;
  };
  repeatSafeMs = 0;
  timeoutMs = 10_000;
  lateMs = 1_000;
  /** Every post that took effect, oldest first. A name posted twice stands here twice. */
  readonly posted: Posted[] = [];
  /** Every delivery that arrived, whatever came of it. */
  readonly arrived: Delivery[] = [];
  /** Consumed one a delivery; only those about a name that starts with the key, or any with ''. */
  readonly troubles: { readonly about: string; readonly trouble: Trouble }[] = [];
  /** Posts whose thread was opened, in that order. */
  readonly threads: Ref[] = [];
  /** What people wrote under posts, for catch-up. */
  readonly said: { readonly under: Ref; readonly event: Reply }[] = [];
  lanesOf: (delivery: Delivery) => readonly Lane[] = () => [];
  /** What `find` answers; the truth when undefined. */
  findAnswers: Found['kind'] | undefined;
  /** How often it was asked. */
  finds = 0;
  repliesFail: DeliveryError | undefined;
  /** Posts whose threads no longer exist. */
  readonly gone = new Set<Ref>();
  surface: Surface | undefined;
  readonly #world: World;
  #onEvent: OnEvent | undefined;
  #n = 0;

  constructor(world: World) {
    this.#world = world;
  }

  async open(onEvent: OnEvent, surface: Surface): Promise<void> {
    this.#onEvent = onEvent;
    this.surface = surface;
  }
  async close(): Promise<void> {}
  lanes(delivery: Delivery): readonly Lane[] {
    return this.lanesOf(delivery);
  }

  get emit(): OnEvent {
    if (!this.#onEvent) throw new Error('the chat is not open');
    return this.#onEvent;
  }

  async deliver(delivery: Delivery): Promise<Ref> {
    this.arrived.push(delivery);
    const at = this.troubles.findIndex(({ about }) => delivery.name.startsWith(about));
    const trouble = at < 0 ? undefined : this.troubles.splice(at, 1)[0]?.trouble;
    if (trouble?.effect === 'before') throw trouble.error;
    const ref = this.#apply(delivery);
    if (trouble) throw trouble.error;
    return ref;
  }

  #apply(delivery: Delivery): Ref {
    if (delivery.kind === 'thread') {
      this.threads.push(delivery.ref);
      return delivery.ref;
    }
    if (delivery.kind === 'edit' || delivery.kind === 'remove') {
      const post = this.posted.find(({ ref }) => ref === delivery.ref);
      if (!post) throw new DeliveryError('message_not_found', { effect: 'none', retry: 'never' });
      if (delivery.kind === 'remove') post.removed = true;
      else {
        post.message = delivery.message;
        post.edits += 1;
      }
      return delivery.ref;
    }
    const ref = `m${++this.#n}` as Ref;
    const message = delivery.kind === 'post' ? delivery.message : undefined;
    this.posted.push({ ref, name: delivery.name, delivery, message, at: this.#world.now(), edits: 0, removed: false });
    return ref;
  }

  async find(delivery: Delivery): Promise<Found> {
    this.finds += 1;
    if (this.findAnswers === 'cannot tell') return { kind: 'cannot tell' };
    if (delivery.kind === 'edit' || delivery.kind === 'remove' || delivery.kind === 'thread') return { kind: 'absent' };
    const post = this.posted.find(({ name }) => name === delivery.name);
    return post ? { kind: 'found', ref: post.ref } : { kind: 'absent' };
  }

  async replies({ under, cursor }: { readonly under: Ref; readonly cursor?: string }): Promise<Page> {
    if (this.repliesFail) throw this.repliesFail;
    if (this.gone.has(under)) return { events: [], gone: true };
    const from = Number(cursor ?? 0);
    const page = this.said.slice(from, from + 50);
    const events = page.filter((one) => one.under === under).map(({ event }) => event);
    const next = from + page.length;
    return { events, next: String(next), ...(next < this.said.length ? { more: true } : {}) };
  }

  /** Posts that are there now. */
  shown(): Posted[] {
    return this.posted.filter(({ removed }) => !removed);
  }
  named(prefix: string): Posted[] {
    return this.shown().filter(({ name }) => name.startsWith(prefix));
  }
  dms(person: PersonId): Posted[] {
    return this.shown().filter(
      ({ delivery }) => 'to' in delivery && delivery.to.in === 'dm' && delivery.to.person === person,
    );
  }
  channel(channel: ChannelId): Posted[] {
    return this.shown().filter(
      ({ delivery }) => 'to' in delivery && delivery.to.in === 'channel' && delivery.to.channel === channel,
    );
  }
  /** What we posted in the thread under a post of ours. */
  thread(name: string): Posted[] {
    const root = this.posted.find((post) => post.name === name)?.ref;
    return this.shown().filter(
      ({ delivery }) => 'to' in delivery && delivery.to.in === 'thread' && delivery.to.under === root,
    );
  }
}
