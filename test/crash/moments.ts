/** Moments to die at: as something is sent or answered, or while a post is out and nobody has written that down yet. */
import Database from 'better-sqlite3';

export interface Wire {
  /** Resolves at the nth of the things done from now on. */
  until(what: 'sent' | 'answered', nth: number): Promise<void>;
  send(request: Request): Promise<Response>;
}

/** Carries requests, and gives up on a program that hangs. */
export function openWire(): Wire {
  let tell = (_what: 'sent' | 'answered'): void => {};
  return {
    until: (what, nth) =>
      new Promise((resolve) => {
        let left = nth;
        tell = (now) => {
          if (now === what && (left -= 1) === 0) resolve();
        };
      }),
    async send(request) {
      const answer = fetch(request, { signal: AbortSignal.timeout(30_000) });
      if (request.method === 'POST') tell('sent');
      const response = await answer;
      if (request.method === 'POST') tell('answered');
      return response;
    },
  };
}

/** Resolves as soon as a post stands in the chat and is not linked yet, a matter of a millisecond; or when `ended` does. */
export async function untilUnmarked(path: string, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  const db = new Database(path, { readonly: true });
  const unmarked = db
    .prepare(
      `select 1 from local_messages m where m.seq > (select max(seq) - 5 from local_messages) and m.name is not null
       and not exists (select 1 from posts p where p.team = 'local' and p.name = m.name)`,
    )
    .pluck();
  while (!isOver && unmarked.get() === undefined) await new Promise((resolve) => setImmediate(resolve));
  db.close();
}
