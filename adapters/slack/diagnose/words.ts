/** How findings are put, and what a failed call to Slack is as a finding. */
import type { Finding, Secret } from '../../../src/chat/adapter.ts';
import { codeOf, failureOf } from '../failure.ts';

export type Found = Finding;

/** With a `mend` it is a warning. */
export const well = (what: string, mend?: string): Found => ({
  ok: true,
  what,
  ...(mend === undefined ? {} : { mend }),
});
export const bad = (what: string, mend: string): Found => ({ ok: false, what, mend });

/** A name people gave, for a terminal: without what would move its cursor or turn its text around. */
export const plain = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').slice(0, 80);

/** What Slack calls a token by how it begins; never says the token. */
export function kindOfToken(token: Secret): 'bot' | 'user' | 'app' | 'other' {
  const [, mark] = /^(xoxb|xoxp|xapp)-/.exec(token.reveal()) ?? [];
  return mark === 'xoxb' ? 'bot' : mark === 'xoxp' ? 'user' : mark === 'xapp' ? 'app' : 'other';
}

/** A call that failed: in the words for its code, else as a warning that nothing was learnt. */
export function failed(error: unknown, what: string, words: Readonly<Record<string, Found>>): Found {
  const known = words[codeOf(error) ?? ''];
  if (known) return known;
  return well(`${what} could not be looked at: ${failureOf(error, 'prepares').message}`, 'look again in a minute');
}

/** Refusals by their code, several to a finding. */
export const byCode = (
  ...groups: readonly (readonly [codes: string, finding: Found])[]
): Readonly<Record<string, Found>> =>
  Object.fromEntries(groups.flatMap(([codes, finding]) => codes.split(' ').map((code) => [code, finding])));
