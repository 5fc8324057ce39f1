/** The address Slack gives with a click or a command, for what only that person sees: five uses, half an hour, no secrets told. */
import type { Instant } from '../../../src/chat/ids.ts';
import { MINUTE, plus, type World } from '../../../src/chat/world.ts';
import { withinTime } from './in-time.ts';

const USES = 5;
const LASTS_MS = 30 * MINUTE;
/** A post without an answer by then has failed, in ms. */
const TIMEOUT_MS = 10_000;
/** Slack's complaints are short. */
const LONGEST_COMPLAINT = 200;

/** An error whose words are fit for a log: never the address, which works like a password. */
export class ReplyUrlFailed extends Error {
  override readonly name = 'ReplyUrlFailed';
}

export interface ReplyUrl {
  /** Throws {@link ReplyUrlFailed}. */
  post(body: Readonly<Record<string, unknown>>): Promise<void>;
}

interface Deps {
  readonly world: Pick<World, 'now' | 'sleepUntil'>;
  readonly apiUrl: string;
}

/** Undefined for an address that is not Slack's. */
export function openReplyUrl({ world, apiUrl }: Deps, url: unknown, since: Instant): ReplyUrl | undefined {
  const address = trusted(url, apiUrl);
  if (address === undefined) return undefined;
  let uses = 0;
  return {
    async post(body) {
      if (uses >= USES) throw new ReplyUrlFailed('used up');
      if (world.now() >= plus(since, LASTS_MS)) throw new ReplyUrlFailed('too old');
      uses += 1;
      await send(world, address, JSON.stringify(body));
    },
  };
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Slack's own host, or the host of the API where that is this machine itself, as in tests. */
function trusted(url: unknown, apiUrl: string): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { protocol, host, hostname, username, password, href } = new URL(url);
  if (username !== '' || password !== '') return undefined;
  if (protocol === 'https:' && host === 'hooks.slack.com') return href;
  const api = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  return LOOPBACK.has(hostname) && protocol === api?.protocol && host === api.host ? href : undefined;
}

async function send(world: Deps['world'], address: string, body: string): Promise<void> {
  const stop = new AbortController();
  const posted = post(address, body, stop.signal);
  const outcome = await withinTime(world, posted, plus(world.now(), TIMEOUT_MS));
  if (outcome === undefined) stop.abort();
  if (outcome !== 'taken') throw new ReplyUrlFailed(outcome ?? 'no answer in time');
}

/** `taken`, or what was wrong. Never rejects. */
async function post(address: string, body: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'error',
      signal,
    });
    const said = (await response.text()).slice(0, LONGEST_COMPLAINT);
    const [, code] = /"error"\s*:\s*"([a-z_]{1,60})"/.exec(said) ?? [];
    if (response.ok && code === undefined) return 'taken';
    return code ?? `HTTP ${response.status}`;
  } catch {
    return 'the connection failed';
  }
}
