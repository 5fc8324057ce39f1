/** Who a token makes us: asked of Slack itself, and never taken from what somebody else says. */
import type { AuthTestResponse, WebClient } from '@slack/web-api';
import type { TeamId } from '../../src/chat/ids.ts';
import { codeOf, failureOf } from './failure.ts';
import { ACCESS_ENDED } from './reasons.ts';
import { SCOPES } from './scopes.ts';

export interface Identity {
  readonly team: TeamId;
  readonly name: string;
  readonly botUser: string;
  readonly botId: string;
  /** What the token may do; undefined when Slack did not tell. */
  readonly scopes: readonly string[] | undefined;
}

export type Asked =
  | { readonly kind: 'known'; readonly identity: Identity }
  /** Slack will not have this token; `code` is Slack's, or says what the token is instead. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Nothing was learnt this time. */
  | { readonly kind: 'unclear'; readonly why: string; readonly afterMs: number };

/** Never rejects. */
export async function askIdentity(client: WebClient): Promise<Asked> {
  try {
    return readIdentity(await client.auth.test());
  } catch (error) {
    const code = codeOf(error);
    const { retry, message } = failureOf(error, 'prepares');
    if (code !== undefined && (ACCESS_ENDED.has(code) || retry === 'never')) return { kind: 'refused', code };
    return { kind: 'unclear', why: message, afterMs: retry === 'never' ? 0 : retry.afterMs };
  }
}

function readIdentity(me: AuthTestResponse): Asked {
  const { team_id: team, user_id: botUser, bot_id: botId, is_enterprise_install: everywhere } = me;
  if (everywhere === true) return { kind: 'refused', code: 'whole organization' };
  if (botId === undefined) return { kind: 'refused', code: 'a person' };
  if (!isId(team, 'T') || !isId(botUser, 'UW') || !isId(botId, 'B')) {
    return { kind: 'unclear', why: 'Slack’s answer could not be read', afterMs: 0 };
  }
  const name = typeof me.team === 'string' && me.team !== '' ? me.team : team;
  return {
    kind: 'known',
    identity: { team: team as TeamId, name, botUser, botId, scopes: me.response_metadata?.scopes },
  };
}

/** One of Slack's ids, beginning with one of these letters. */
export const isId = (text: unknown, letters: string): text is string =>
  typeof text === 'string' && /^[A-Z][A-Z0-9]{1,30}$/.test(text) && letters.includes(text[0] ?? ' ');

/** Scopes we ask for and did not get. Nothing is missing where Slack did not tell. */
export const missingScopes = (scopes: readonly string[] | undefined): readonly string[] =>
  scopes === undefined ? [] : SCOPES.map(({ scope }) => scope).filter((scope) => !scopes.includes(scope));
