/** How often a method may be called: by tier, per app and workspace, and for posts per channel too. */
import tiers from '../../../fixtures/slack/rate_limit_tiers.json' with { type: 'json' };

const MINUTE_MS = 60_000;
const PER_MINUTE: Readonly<Record<string, number>> = {
  Tier1: 1,
  Tier2: 20,
  Tier3: 50,
  Tier4: 100,
  SpecialTier_auth_test: 300,
  SpecialTier_chat_getPermalink: 300,
  SpecialTier_chat_postMessage: 300,
};

/** The table calls it tier 1, newer documentation tier 3; with one a minute no second socket could ever open. */
const KNOWN_BETTER: Readonly<Record<string, number>> = { 'apps.connections.open': 50 };

/** One a second in a channel, and a few more at once now and then. */
export const POSTS_AT_ONCE = 3;
const POST_EVERY_MS = 1000;

/** Calls a minute. Throws for a method Slack has no tier for. */
export function perMinute(method: string): number {
  const most = KNOWN_BETTER[method] ?? PER_MINUTE[(tiers as Readonly<Record<string, string>>)[method] ?? ''];
  if (most === undefined) throw new Error(`no rate limit is known for ${method}`);
  return most;
}

interface Bucket {
  left: number;
  at: number;
}

export interface Limiter {
  /** Counts the call; in seconds how long to wait when it is one too many, which does not count. */
  take(method: string, who: string, channel: string | undefined): number | undefined;
}

export function openLimiter(now: () => number, rates: Readonly<Record<string, number>> = {}): Limiter {
  const windows = new Map<string, number[]>();
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: string): Bucket => {
    const bucket = buckets.get(key) ?? { left: POSTS_AT_ONCE, at: now() };
    const gained = (now() - bucket.at) / POST_EVERY_MS;
    const filled = { left: Math.min(POSTS_AT_ONCE, bucket.left + gained), at: now() };
    buckets.set(key, filled);
    return filled;
  };

  return {
    take: (method, who, channel) => {
      const key = `${who} ${method}`;
      const recent = (windows.get(key) ?? []).filter((at) => at > now() - MINUTE_MS);
      windows.set(key, recent);
      const oldest = recent[0];
      if (oldest !== undefined && recent.length >= (rates[method] ?? perMinute(method))) {
        return Math.max(1, Math.ceil((oldest + MINUTE_MS - now()) / 1000));
      }
      if (method === 'chat.postMessage' && channel !== undefined) {
        const bucket = bucketOf(`${who} ${channel}`);
        if (bucket.left < 1) return Math.max(1, Math.ceil(((1 - bucket.left) * POST_EVERY_MS) / 1000));
        bucket.left -= 1;
      }
      recent.push(now());
      return undefined;
    },
  };
}
