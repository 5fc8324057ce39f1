/** Remembers what was asked for and may still happen, where asking again would make a second one. */
import type { Instant, Name, TeamId } from '../../../src/chat/ids.ts';
import { between, plus, type World } from '../../../src/chat/world.ts';
import { later } from '../failure.ts';

/** What was asked for happens within this long, or never; in ms. */
export const LATE_MS = 30_000;

export interface Doubts {
  /** Throws a DeliveryError while an earlier try may still take effect. */
  mustBeOver(team: TeamId, name: Name): void;
  /** Nobody knows whether it happened. */
  note(team: TeamId, name: Name): void;
}

export function openDoubts(world: Pick<World, 'now'>): Doubts {
  const until = new Map<string, Instant>();
  return {
    mustBeOver(team, name) {
      for (const [key, end] of until) if (end <= world.now()) until.delete(key);
      const end = until.get(`${team} ${name}`);
      if (end !== undefined) throw later('an earlier try may still arrive', 'in doubt', between(world.now(), end));
    },
    note: (team, name) => void until.set(`${team} ${name}`, plus(world.now(), LATE_MS)),
  };
}
