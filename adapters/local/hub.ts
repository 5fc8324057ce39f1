/** Who is watching: hands every change of the chat to the open pages. */
import type { MessageRow } from './ports.ts';

export type News = { readonly kind: 'message'; readonly row: MessageRow } | { readonly kind: 'clock' | 'people' };
type Listener = (news: News) => void;

export interface Hub {
  tell(news: News): void;
  /** Returns how to stop listening. `ended` is called when the chat closes. */
  listen(listener: Listener, ended: () => void): () => void;
  close(): void;
}

export function makeHub(): Hub {
  const listening = new Map<Listener, () => void>();
  return {
    tell(news) {
      for (const listener of listening.keys()) listener(news);
    },
    listen(listener, ended) {
      listening.set(listener, ended);
      return () => void listening.delete(listener);
    },
    close() {
      for (const ended of listening.values()) ended();
      listening.clear();
    },
  };
}
