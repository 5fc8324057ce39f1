/** The app-level token: whether Socket Mode can be opened with it. */
import type { Secret } from '../../../src/chat/adapter.ts';
import { makeClient } from '../api.ts';
import { type Found, bad, byCode, failed, kindOfToken, well } from './words.ts';

const GENERATE = 'Basic Information → App-Level Tokens → Generate Token and Scopes, with connections:write';

const REFUSALS = byCode(
  ['invalid_auth not_authed token_revoked account_inactive', bad('Slack does not know the app-level token', GENERATE)],
  ['not_allowed_token_type', bad('the app-level token is none', `use one that starts with xapp-: ${GENERATE}`)],
  [
    'missing_scope no_permission',
    bad('the app-level token may not open connections', `a token gets no new scopes, so make another: ${GENERATE}`),
  ],
  ['socket_mode_not_enabled', bad('Socket Mode is switched off', 'Socket Mode → Enable Socket Mode')],
);

/** Asks for an address to connect to, and does not connect. */
export async function lookAtApp(token: Secret, apiUrl: string): Promise<readonly Found[]> {
  const kind = kindOfToken(token);
  if (kind !== 'app') {
    const named = { bot: 'a bot token (xoxb-)', user: 'a user token (xoxp-)', other: 'no token of Slack’s' }[kind];
    return [bad(`the app-level token is ${named}`, `use one that starts with xapp-: ${GENERATE}`)];
  }
  try {
    await makeClient({ token, apiUrl }).apps.connections.open();
    return [well('Socket Mode can be opened')];
  } catch (error) {
    return [failed(error, 'Socket Mode', REFUSALS)];
  }
}
