/** The pictures of a message, painted and brought to Slack. Where one cannot be had its words stand instead; the post goes out all the same. */
import { createHash } from 'node:crypto';
import type { Paint } from '../../../src/chat/adapter.ts';
import type { Block, Message } from '../../../src/chat/message.ts';
import type { Log } from '../../../src/chat/world.ts';
import { failureOf } from '../failure.ts';
import { type Trip, upTo } from './trip.ts';
import { upload } from './upload.ts';

export type Pictures = ReadonlyMap<Block, string>;
export const NO_PICTURES: Pictures = new Map();

export interface Painter {
  /** File ids by block. Never rejects. */
  of(trip: Trip, message: Message): Promise<Pictures>;
  /** Slack will not show these: they are painted anew the next time. */
  forget(pictures: Pictures): void;
}

type Image = Extract<Block, { kind: 'image' }>;

/** Pictures remembered, so that an edit does not bring the same one again. */
const REMEMBERED = 500;
/** What is not there by then is told in words this time, and may be there for the next edit; in ms. */
const PATIENCE_MS = 8000;

export function openPainter({ paint, log }: { readonly paint: Paint; readonly log: Log }): Painter {
  const known = new Map<string, string>();
  async function bring(trip: Trip, image: Image): Promise<string | undefined> {
    const key = keyOf(trip, image);
    const before = known.get(key);
    if (before !== undefined) return before;
    const bytes = await paint(image.picture, image.data);
    if (bytes === undefined) return undefined;
    const id = await publish(trip, image, new Uint8Array(bytes));
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '');
    known.set(key, id);
    return id;
  }
  async function bringAll(trip: Trip, images: readonly Image[], pictures: Map<Block, string>): Promise<void> {
    for (const image of images) {
      const id = await bring(trip, image).catch((error: unknown) => {
        log.warn('a picture is told in words', { picture: image.picture, why: failureOf(error, 'prepares').message });
        return undefined;
      });
      if (id !== undefined) pictures.set(image, id);
    }
  }
  return {
    async of(trip, { blocks }) {
      const pictures = new Map<Block, string>();
      const images = blocks.filter((one) => one.kind === 'image');
      if (images.length > 0) await upTo(trip.world, PATIENCE_MS, bringAll(trip, images, pictures));
      return new Map(pictures);
    },
    forget(pictures) {
      const ids = new Set(pictures.values());
      for (const [key, id] of known) if (ids.has(id)) known.delete(key);
    },
  };
}

async function publish(trip: Trip, { picture, alt }: Image, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const id = await upload(trip, { filename: `${picture.replace(/[^a-z0-9-]+/gi, '-')}.png`, bytes, alt });
  await trip.tenant.client.files.completeUploadExternal({ files: [{ id, title: picture }] });
  return id;
}

const keyOf = ({ tenant }: Trip, { picture, data }: Image): string =>
  `${tenant.team} ${picture} ${createHash('sha256')
    .update(JSON.stringify(data) ?? '')
    .digest('hex')}`;
