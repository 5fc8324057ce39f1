/** Discord's memory of nonces: by channel, for a few minutes; the bot is the only author that has any. */
import type { Nonces } from './rest/route.ts';

/** "The past few minutes", it says. */
export const NONCE_MEMORY_MS = 180_000;

export function openNonces(now: () => number): Nonces {
  const known = new Map<string, { readonly message: string; readonly at: number }>();
  return {
    find: (channel, nonce) => {
      const entry = known.get(`${channel} ${nonce}`);
      return entry && now() - entry.at < NONCE_MEMORY_MS ? entry.message : undefined;
    },
    remember: (channel, nonce, message) => known.set(`${channel} ${nonce}`, { message, at: now() }),
  };
}
