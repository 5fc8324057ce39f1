/** How we ask Discord: by the gate's own REST client, never while our address has to keep still, and what comes back is looked at first. */
import type { Client } from 'discord.js';
import { type Body, recordOf, recordsOf } from './incoming/read.ts';
import { keepStill } from './failure.ts';
import type { Budget } from './ports.ts';
import type { Share } from './share.ts';

type Rest = Client['rest'];
type Path = Parameters<Rest['get']>[0];
type Options = NonNullable<Parameters<Rest['get']>[1]>;

export type Verb = 'get' | 'post' | 'patch' | 'put' | 'delete';

export interface Upload {
  readonly name: string;
  readonly data: Uint8Array;
  readonly contentType: string;
}

export interface Asked {
  readonly body?: unknown;
  readonly files?: readonly Upload[];
  readonly query?: Readonly<Record<string, string>>;
}

/** Each rejects with whatever the client failed with, or because no record came back: see `failureOf`. */
export interface Api {
  /** The record Discord answers with. */
  record(verb: Verb, path: Path, asked?: Asked): Promise<Body>;
  records(path: Path, query?: Asked['query']): Promise<readonly Body[]>;
  /** An answer nobody reads. */
  done(verb: Verb, path: Path, asked?: Asked): Promise<void>;
}

export function openApi(rest: Rest, budget: Budget, share: Share): Api {
  async function ask(verb: Verb, path: Path, asked: Asked = {}): Promise<unknown> {
    const wait = budget.waitMs();
    if (wait > 0) throw keepStill(wait);
    await (verb === 'get' ? share.turn() : share.go());
    return rest[verb](path, optionsOf(asked));
  }
  return {
    async record(verb, path, asked) {
      const answer = recordOf(await ask(verb, path, asked));
      if (answer === undefined || answer instanceof ArrayBuffer) throw new TypeError('no record came back');
      return answer;
    },
    async records(path, query) {
      const answer = await ask('get', path, query === undefined ? {} : { query });
      if (!Array.isArray(answer)) throw new TypeError('no list came back');
      return recordsOf(answer);
    },
    async done(verb, path, asked) {
      await ask(verb, path, asked);
    },
  };
}

const optionsOf = ({ body, files, query }: Asked): Options => ({
  ...(body === undefined ? {} : { body }),
  ...(files === undefined || files.length === 0 ? {} : { files: [...files] }),
  ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
});
