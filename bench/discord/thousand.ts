/** What a thousand servers take of memory: the product, and bare discord.js with the same caches, in turns. */
import { join } from 'node:path';
import { startFakeDiscord } from '../../test/support/fake-discord/remote.ts';
import { startFloor, startProduct } from './site.ts';

const SERVERS = 1_000;
const CHANNELS = 20;

/** MB after everything is collected. */
export interface Memory {
  readonly product: number[];
  readonly bare: number[];
}

export async function measureMemory(
  folder: string,
  rounds: number,
  onProgress: (doing: string) => void,
): Promise<Memory> {
  const discord = await startFakeDiscord({ checked: false, identifyEveryMs: 0 });
  const seen: Memory = { product: [], bare: [] };
  try {
    await discord.addGuilds(SERVERS, CHANNELS);
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`memory, round ${round + 1} of ${rounds}`);
      const kinds = round % 2 === 0 ? (['bare', 'product'] as const) : (['product', 'bare'] as const);
      for (const kind of kinds) {
        const child = await (kind === 'bare'
          ? startFloor(discord, {})
          : startProduct(discord, join(folder, `memory-${round}`)));
        seen[kind].push(await child.ask<number>('collected'));
        await child.close();
      }
    }
    return seen;
  } finally {
    await discord.close();
  }
}
