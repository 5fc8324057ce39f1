/** Files: uploaded, shared where they belong, and known again by a mark in their name, since Slack keeps no metadata with a file. */
import { createHash } from 'node:crypto';
import type { Name, Ref } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { plus } from '../../../src/chat/world.ts';
import { failureOf } from '../failure.ts';
import { refOf } from '../refs.ts';
import type { Places, Where } from './places.ts';
import { type Message, scan } from './scan.ts';
import { mustBeInTime, taken, type Trip } from './trip.ts';
import { upload } from './upload.ts';

type File = Extract<Delivery, { kind: 'file' }>;

export async function share(trip: Trip, places: Places, { name, to, type, text }: File): Promise<Ref> {
  const { client } = trip.tenant;
  const where = await places.of(trip.tenant, to);
  const filename = fileName(name, type);
  const id = await upload(trip, { filename, bytes: new TextEncoder().encode(text) });
  mustBeInTime(trip);
  const thread = where.threadTs === undefined ? {} : { thread_ts: where.threadTs };
  const files: [{ id: string; title: string }] = [{ id, title: filename }];
  const shared = await client.files
    .completeUploadExternal({ files, channel_id: where.channel, ...thread })
    .catch((error: unknown) => {
      throw failureOf(error);
    });
  const ts = tsAmong(shared.files?.[0], where);
  return ts === undefined ? seek(trip, where, id) : refOf(where.channel, ts);
}

/** Slack shares a file a while after it says it did: between looks, in ms. */
const LOOKS_MS = [0, 500, 1000, 2000, 4000];
/** A look starts no later than this after the delivery began, in ms. */
const LAST_LOOK_MS = 20_000;

/** Where the file came to be seen. Throws when that cannot be told yet: it may be there. */
async function seek(trip: Trip, where: Where, id: string): Promise<Ref> {
  const isIt = ({ files }: Message): boolean => (files ?? []).some((file) => file.id === id);
  for (const wait of LOOKS_MS) {
    if (wait > 0) await trip.world.sleepUntil(plus(trip.world.now(), wait));
    if (taken(trip) > LAST_LOOK_MS) break;
    const found = await scan(trip.tenant, where, trip.began, isIt);
    if (found.kind === 'found') return found.ref;
  }
  throw failureOf(undefined);
}

interface Shared {
  readonly shares?: {
    readonly public?: Readonly<Record<string, readonly { readonly ts?: string }[]>>;
    readonly private?: Readonly<Record<string, readonly { readonly ts?: string }[]>>;
  };
}

/** The moment of its share, where Slack tells at once. */
function tsAmong(file: unknown, { channel }: Where): string | undefined {
  const { shares } = (file ?? {}) as Shared;
  return (shares?.public?.[channel] ?? shares?.private?.[channel])?.[0]?.ts;
}

/** What a file of that name is known by. */
export const markOf = (name: Name): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

const ENDINGS: Readonly<Record<string, string>> = {
  'text/markdown': 'md',
  'application/json': 'json',
  'text/csv': 'csv',
  'text/calendar': 'ics',
};

const fileName = (name: Name, type: string): string =>
  `greenroom-${markOf(name)}.${ENDINGS[type.split(';')[0]?.trim() ?? ''] ?? 'txt'}`;
