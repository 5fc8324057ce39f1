/** The state of an installation under way: guessed by nobody, good once, for ten minutes, in the browser that began. */
import { createHash } from 'node:crypto';
import type { Vault } from '../../../src/chat/adapter.ts';
import { between, type Log, MINUTE, plus, type World } from '../../../src/chat/world.ts';
import type { Instant } from '../../../src/chat/ids.ts';

export interface StateDeps {
  readonly vault: Vault;
  readonly world: Pick<World, 'now'>;
  readonly log: Log;
  readonly publicUrl: string;
  randomToken(): string;
}

export interface States {
  /** `cookie` goes to the browser. Undefined while too many begin at once. */
  begin(): Promise<{ readonly state: string; readonly cookie: string } | undefined>;
  /** Uses it up: true once, for the browser that began. */
  end(state: string, cookies: string | null): Promise<boolean>;
  /** What takes the cookie back. */
  readonly over: string;
}

const LASTS_MS = 10 * MINUTE;
/** More that begin within a minute wait, so that nobody fills the disk. */
const MOST_A_MINUTE = 120;
const TOKEN = /^[\w-]{22,128}$/;

export function openStates({ vault, world, log, publicUrl, randomToken }: StateDeps): States {
  // The prefix makes browsers keep it to this very host, over https.
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-greenroom-install' : 'greenroom-install';
  const rules = `; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const isOften = makeBrake(world, log);
  return {
    async begin() {
      if (isOften()) return undefined;
      const [state, browser] = [randomToken(), randomToken()];
      await vault.keep(keyOf(state, browser), 'begun', plus(world.now(), LASTS_MS));
      return { state, cookie: `${name}=${browser}; Max-Age=${LASTS_MS / 1000}${rules}` };
    },
    async end(state, cookies) {
      const browser = cookieOf(cookies, name);
      if (!TOKEN.test(state) || browser === undefined) return false;
      return (await vault.take(keyOf(state, browser))) !== undefined;
    },
    over: `${name}=; Max-Age=0${rules}`,
  };
}

/** One hash of both: a state in a strange browser is not found, so it is not used up either. */
const keyOf = (state: string, browser: string): string =>
  `slack/state/${createHash('sha256').update(`${state}.${browser}`).digest('hex')}`;

/** Undefined when it is not there, is there twice, or cannot be ours. */
function cookieOf(header: string | null, name: string): string | undefined {
  const found = (header ?? '').split(';').flatMap((pair) => {
    const [key = '', ...value] = pair.trim().split('=');
    return key === name ? [value.join('=')] : [];
  });
  return found.length === 1 && TOKEN.test(found[0] ?? '') ? found[0] : undefined;
}

function makeBrake(world: Pick<World, 'now'>, log: Log): () => boolean {
  let since: Instant = world.now();
  let begun = 0;
  return () => {
    if (between(since, world.now()) >= MINUTE) [since, begun] = [world.now(), 0];
    begun++;
    if (begun === MOST_A_MINUTE + 1) log.warn('too many installations begin at once; they wait a minute');
    return begun > MOST_A_MINUTE;
  };
}
