/** Walks through what is due and picks what can go now; what must wait holds up nothing behind it. */
import type { Chat, Lane } from '../chat/chat.ts';
import type { Instant, Platform } from '../chat/ids.ts';
import type { Delivery } from '../chat/outgoing.ts';
import { earliest } from '../chat/world.ts';
import type { Core } from './core.ts';
import { type Due, type DueRow, findDue } from './due.ts';
import type { Lanes } from './lanes.ts';
import { resolve } from './resolve.ts';

/** Rows looked at in one go, and how many that cannot go now are passed over for those behind them. */
const BATCH = 64;
const PASSED_OVER = 2000;

export interface Surveyed {
  readonly core: Core;
  readonly lanes: Lanes;
  /** The lanes that everything of a platform takes, as far as they were seen. */
  readonly shared: Map<Platform, readonly Lane[]>;
}

/** `orphan`: the post it belongs to will never be there. */
export interface Ready {
  readonly row: DueRow;
  readonly chat: Chat;
  readonly delivery: Delivery | 'orphan';
}

interface Waiting {
  readonly until: Instant;
  /** And so does everything behind it on its platform. */
  readonly isJam: boolean;
}

/** Shows `visit` what can go now until it answers false; answers when something more can go. */
export async function survey(
  of: Surveyed,
  underway: ReadonlySet<string>,
  visit: (ready: Ready) => boolean,
): Promise<Instant | undefined> {
  const now = of.core.world.now();
  const { open, reopens } = openPlatforms(of, now);
  let later = reopens;
  let after: Due['last'];
  for (let passed = 0; passed < PASSED_OVER && open.size > 0;) {
    const page = await findDue(of.core, { now, platforms: [...open], mine: underway, after, limit: BATCH });
    later = earliest(later, page.next);
    for (const row of page.rows) {
      const chat = open.has(row.platform) && !underway.has(row.id) ? of.core.chats.get(row.platform) : undefined;
      if (!chat) continue;
      const found = prepare(of, { row, chat }, now);
      if ('row' in found && !visit(found)) return later;
      if ('row' in found) continue;
      passed += 1;
      later = earliest(later, found.until);
      if (found.isJam) open.delete(row.platform);
    }
    after = page.last;
    if (after === undefined) break;
  }
  return later;
}

/** The platforms that take anything at all now, and when the first of the others does. */
function openPlatforms(
  { core, lanes, shared }: Surveyed,
  now: Instant,
): { open: Set<Platform>; reopens: Instant | undefined } {
  const frees = [...core.chats.keys()].map((platform) => ({
    platform,
    at: lanes.freeAt(shared.get(platform) ?? [], now),
  }));
  const reopens = earliest(...frees.filter(({ at }) => at > now).map(({ at }) => at));
  const open = new Set(frees.filter(({ at }) => at <= now).map(({ platform }) => platform));
  return { open, reopens };
}

function prepare({ lanes, shared }: Surveyed, at: Pick<Ready, 'row' | 'chat'>, now: Instant): Ready | Waiting {
  const { row } = at;
  const held = lanes.freeAt([teamLane(row)], now);
  if (held > now) return { until: held, isJam: false };
  const delivery = resolve(row, row.linked);
  if (delivery === undefined) return { ...at, delivery: 'orphan' };
  const ready: Ready = { ...at, delivery };
  const wanted = lanesOf(ready);
  const common = wanted.filter((lane) => lane.shared);
  shared.set(row.platform, [...new Map(common.map((lane) => [lane.key, lane])).values()]);
  const until = lanes.freeAt(wanted, now);
  // It is not overtaken by what needs less room in there, or it might wait for ever.
  return until > now ? { until, isJam: lanes.freeAt(common, now) > now } : ready;
}

/** A lane without a rate: it only lets the platform hold back a whole team. */
export const teamLane = (row: Pick<DueRow, 'team'>): Lane => ({
  key: `team ${row.team}`,
  limit: Number.MAX_SAFE_INTEGER,
  perMs: 0,
});

export const lanesOf = ({ row, chat, delivery }: Ready): readonly Lane[] =>
  delivery === 'orphan' ? [] : [...chat.lanes(delivery), teamLane(row)];
