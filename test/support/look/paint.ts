/** The pictures of a message, by the painter that Greenroom has. */
import type { Block, Message } from '../../../src/chat/message.ts';
import { openPainter } from '../../../src/pictures/index.ts';

export type Painted = (message: Message) => Promise<ReadonlyMap<Block, Uint8Array>>;

const fail = (what: string): never => {
  throw new Error(what);
};

/** What cannot be painted fails loudly: here is nobody who would read the words instead. */
export function openPaint(): Painted {
  const paint = openPainter({ log: { info: () => {}, warn: fail, error: fail } });
  return async ({ blocks }) => {
    const pictures = new Map<Block, Uint8Array>();
    for (const block of blocks) {
      const bytes = block.kind === 'image' ? await paint(block.picture, block.data) : undefined;
      if (bytes) pictures.set(block, bytes);
    }
    return pictures;
  };
}
