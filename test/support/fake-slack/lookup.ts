/** Finds messages of a channel without going through all of them: the fake is measured against, too. */
import type { FakeChannel, FakeMessage } from './types.ts';

interface Index {
  /** How many of the channel's messages it knows. */
  upTo: number;
  readonly byTs: Map<string, FakeMessage>;
  readonly under: Map<string, FakeMessage[]>;
}

const indexes = new WeakMap<FakeChannel, Index>();

/** Messages are only ever added, so what is new stands at the end. */
function indexOf(channel: FakeChannel): Index {
  const index = indexes.get(channel) ?? { upTo: 0, byTs: new Map(), under: new Map() };
  indexes.set(channel, index);
  for (const message of channel.messages.slice(index.upTo)) {
    index.byTs.set(message.ts, message);
    const root = message.threadTs;
    if (root === undefined || root === message.ts) continue;
    const under = index.under.get(root);
    if (under) under.push(message);
    else index.under.set(root, [message]);
  }
  index.upTo = channel.messages.length;
  return index;
}

export const messageAt = (channel: FakeChannel, ts: string | undefined): FakeMessage | undefined =>
  ts === undefined ? undefined : indexOf(channel).byTs.get(ts);

/** Everything ever said under a root, what was taken back too. */
export const underRoot = (channel: FakeChannel, ts: string): readonly FakeMessage[] =>
  indexOf(channel).under.get(ts) ?? [];
