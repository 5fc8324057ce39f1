/** oauth.v2.access and the page where a person lets the app in. */
import type { Model, Workspace } from '../model.ts';
import { install } from '../workspace.ts';
import { Refusal, textOf, type Call, type Methods } from './call.ts';

const CODE_LIFE_MS = 10 * 60_000;

interface Code {
  readonly team: string;
  readonly user: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly at: number;
  used: boolean;
}

export interface OauthDesk {
  /** `GET /oauth/v2/authorize…`. With `into` and `by` a person has said yes; with `deny` they said no. */
  page(url: URL): { readonly status: number; readonly body: string; readonly location?: string };
  readonly methods: Methods;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Where a person can click: one line for each workspace and person, and one to refuse. */
function choices(model: Model, url: URL): string {
  const link = (extra: Readonly<Record<string, string>>, label: string): string => {
    const to = new URL(url);
    for (const [name, value] of Object.entries(extra)) to.searchParams.set(name, value);
    return `<li><a href="${escapeHtml(to.pathname + to.search)}">${escapeHtml(label)}</a></li>`;
  };
  const lines = [...model.workspaces.values()].flatMap((workspace) =>
    [...workspace.users.values()].map((user) =>
      link({ into: workspace.id, by: user.id }, `${user.realName} allows it in ${workspace.name}`),
    ),
  );
  return `<!doctype html><title>Allow Greenroom</title><ul>${lines.join('')}${link({ deny: '1' }, 'Cancel')}</ul>`;
}

function grant(call: Call, code: Code, workspace: Workspace): Readonly<Record<string, unknown>> {
  install(call.model, workspace, code.scopes);
  return {
    app_id: workspace.appId,
    authed_user: { id: code.user },
    scope: code.scopes.join(','),
    token_type: 'bot',
    access_token: workspace.botToken,
    bot_user_id: workspace.botUser,
    team: { id: workspace.id, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function checkClient(call: Call): void {
  const [id, secret] = call.basic ?? [textOf(call, 'client_id'), textOf(call, 'client_secret')];
  if (id !== call.model.app.clientId) throw new Refusal('invalid_client_id');
  if (secret !== call.model.app.clientSecret) throw new Refusal('bad_client_secret');
}

export function openOauthDesk(model: Model): OauthDesk {
  const codes = new Map<string, Code>();
  const redirect = (to: string, extra: Readonly<Record<string, string | null>>) => {
    const location = new URL(to);
    for (const [name, value] of Object.entries(extra)) if (value !== null) location.searchParams.set(name, value);
    return { status: 302, body: '', location: location.href };
  };
  const page: OauthDesk['page'] = (url) => {
    const asked = url.searchParams;
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== model.app.clientId) return { status: 400, body: 'Invalid client_id parameter' };
    if (!URL.canParse(redirectUri)) return { status: 400, body: 'redirect_uri did not match any configured URIs' };
    const state = asked.get('state');
    if (asked.has('deny')) return redirect(redirectUri, { error: 'access_denied', state });
    const workspace = model.workspaces.get(asked.get('into') ?? '');
    const user = workspace?.users.get(asked.get('by') ?? '');
    if (!workspace || !user) return { status: 200, body: choices(model, url) };
    const scopes = (asked.get('scope') ?? '').split(/[ ,]+/).filter((scope) => scope !== '');
    const code = model.newId('code');
    codes.set(code, { team: workspace.id, user: user.id, redirectUri, scopes, at: model.clock.now(), used: false });
    return redirect(redirectUri, { code, state });
  };
  const access: Methods[string] = {
    token: 'none',
    args: ['client_id', 'client_secret', 'code', 'redirect_uri', 'grant_type', 'refresh_token'],
    run: (call) => {
      checkClient(call);
      const code = codes.get(textOf(call, 'code') ?? '');
      if (!code || model.clock.now() - code.at > CODE_LIFE_MS) throw new Refusal('invalid_code');
      if (code.used) throw new Refusal('code_already_used');
      const sent = textOf(call, 'redirect_uri');
      if (sent !== code.redirectUri) throw new Refusal('bad_redirect_uri');
      code.used = true;
      return grant(call, code, model.workspace(code.team));
    },
  };
  return { page, methods: { 'oauth.v2.access': access } };
}
