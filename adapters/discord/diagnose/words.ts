/** How findings are put, and what an answer that is none is as a finding. */
import type { Finding } from '../../../src/chat/adapter.ts';
import type { Answer } from './ask.ts';

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

/** Where an application is set up. */
export const PORTAL = 'discord.com/developers/applications → your application';

/** Nothing was learnt this time: a warning. */
export function unclear(answer: Exclude<Answer, { readonly kind: 'said' }>, what: string): Found {
  const why =
    answer.kind === 'silent' ? answer.why : `HTTP ${answer.status}${answer.code === 0 ? '' : `, code ${answer.code}`}`;
  return well(`${what} could not be looked at: ${why}`, 'look again in a minute');
}
