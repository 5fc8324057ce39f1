/** The app of many workspaces: whether its client id and secret belong together, found out with a code that cannot be right. */
import type { Access, SlackDeps } from '../ports.ts';
import { ask } from './ask.ts';
import { type Found, bad, well } from './words.ts';

type Many = Extract<Access, { kind: 'many' }>;

const CREDENTIALS = 'copy it anew: Basic Information → App Credentials';

const SAID: Readonly<Record<string, (access: Many) => Found>> = {
  invalid_code: () => well('the client id and secret belong together'),
  invalid_client_id: () => bad('Slack does not know the client id', CREDENTIALS),
  bad_client_secret: () => bad('the client secret is not that of this client id', CREDENTIALS),
  bad_redirect_uri: ({ publicUrl }) =>
    bad(
      'the app does not send browsers back here after an install',
      `OAuth & Permissions → Redirect URLs → add ${publicUrl}/slack/oauth_redirect`,
    ),
};

export async function lookAtClient(deps: Pick<SlackDeps, 'apiUrl' | 'world'>, access: Many): Promise<Found> {
  const answer = await ask(deps, 'oauth.v2.access', {
    client_id: access.clientId,
    client_secret: access.clientSecret.reveal(),
    code: 'greenroom-doctor',
    redirect_uri: `${access.publicUrl}/slack/oauth_redirect`,
  });
  const said = typeof answer === 'string' ? answer : await errorIn(answer);
  const known = Object.hasOwn(SAID, said) ? SAID[said] : undefined;
  return known?.(access) ?? well(`the client secret could not be looked at: ${said}`, 'look again in a minute');
}

async function errorIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => undefined);
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  const isCode = typeof error === 'string' && /^[a-z][a-z0-9_]{1,60}$/.test(error);
  return isCode ? error : `HTTP ${answer.status}`;
}
