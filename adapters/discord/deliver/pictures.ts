/** The pictures of a message, painted. Where one cannot be had its words stand instead; the post goes out all the same. */
import type { Paint } from '../../../src/chat/adapter.ts';
import type { Block, Message } from '../../../src/chat/message.ts';
import type { Log } from '../../../src/chat/world.ts';
import type { Pictures } from '../render/index.ts';
import { type Trip, upTo } from './trip.ts';

/** What is not there by then is told in words; in ms. */
const PATIENCE_MS = 8000;

/** Never rejects. */
export type Painter = (trip: Trip, message: Message) => Promise<Pictures>;

export function openPainter({ paint, log }: { readonly paint: Paint; readonly log: Log }): Painter {
  return async (trip, { blocks }) => {
    const pictures = new Map<Block, Uint8Array>();
    const images = blocks.filter((one) => one.kind === 'image');
    if (images.length === 0) return pictures;
    const all = images.map(async (image) => {
      const bytes = await paint(image.picture, image.data).catch(() => {
        log.warn('a picture is told in words', { picture: image.picture });
        return undefined;
      });
      if (bytes !== undefined) pictures.set(image, bytes);
    });
    await upTo(
      trip.world,
      PATIENCE_MS,
      Promise.all(all).then(() => undefined),
    );
    return new Map(pictures);
  };
}
