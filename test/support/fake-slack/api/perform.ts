/** Carries out one call: token, rate, scopes, then the method itself; the answer is what Slack would send. */
import type { Model, Plugs, Workspace } from '../model.ts';
import type { Json } from '../wire.ts';
import { Refusal, textOf, type Args, type Call, type Method, type Methods } from './call.ts';
import type { Limiter } from './limiter.ts';

export interface Desk {
  readonly model: Model;
  readonly plugs: Plugs;
  readonly methods: Methods;
  /** Absent: as often as one likes. */
  readonly limiter?: Limiter;
}

export interface Request {
  readonly method: string;
  readonly args: Args;
  readonly token: string;
  readonly basic?: readonly [id: string, secret: string];
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

export const workspaceOf = (model: Model, token: string): Workspace | undefined =>
  token === '' ? undefined : [...model.workspaces.values()].find(({ botToken }) => botToken === token);

/** Throws what Slack tells a token that is missing, unknown, revoked or of the wrong kind. */
function checkToken(model: Model, method: Method, token: string): void {
  if (method.token === 'none') return;
  if (token === '') throw new Refusal('not_authed');
  const isApp = token === model.app.appToken;
  const workspace = workspaceOf(model, token);
  if (!isApp && !workspace) throw new Refusal(model.formerTokens.get(token) ?? 'invalid_auth');
  if (workspace?.revoked) throw new Refusal(workspace.revokedAs);
  if (method.token !== 'any' && (method.token === 'app') !== isApp) throw new Refusal('not_allowed_token_type');
}

function checkScopes(method: Method, workspace: Workspace | undefined): void {
  const missing = (method.scopes ?? []).filter((scope) => workspace?.scopes.has(scope) !== true);
  if (missing.length === 0) return;
  const provided = [...(workspace?.scopes ?? [])].join(',');
  throw new Refusal('missing_scope', { needed: missing.join(','), provided });
}

/** Slack takes what it does not know in silence; here it is written down, since it is always a mistake. */
function noteStrangers(model: Model, request: Request, method: Method): void {
  const known = new Set([...method.args, 'token', 'team_id']);
  for (const name of Object.keys(request.args)) {
    if (!known.has(name)) model.complaints.push(`${request.method} has no argument ${name}`);
  }
}

function callOf(desk: Desk, request: Request, warnings: string[]): Call {
  const { model, plugs } = desk;
  const { method, args, token, basic } = request;
  return {
    model,
    plugs,
    method,
    args,
    token,
    warnings,
    ...(basic && { basic }),
    get workspace() {
      const workspace = workspaceOf(model, token);
      if (!workspace) throw new Refusal('invalid_auth');
      return workspace;
    },
  };
}

const warned = (warnings: readonly string[], result: Json): Json =>
  warnings.length === 0
    ? {}
    : { warning: warnings.join(','), response_metadata: { ...(result['response_metadata'] as Json), warnings } };

const tooMany = (seconds: number): Reply => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});

/** Never throws for what the caller did; a bug of the fake itself does. */
export function perform(desk: Desk, request: Request): Reply {
  const { model, limiter } = desk;
  const workspace = workspaceOf(model, request.token);
  const method = Object.hasOwn(desk.methods, request.method) ? desk.methods[request.method] : undefined;
  const granted = workspace && !workspace.revoked ? [...workspace.scopes].join(',') : undefined;
  const headers = {
    ...(granted !== undefined && { 'x-oauth-scopes': granted }),
    ...(method?.scopes && { 'x-accepted-oauth-scopes': method.scopes.join(',') }),
  };
  try {
    if (!method) throw new Refusal('unknown_method', { req_method: request.method });
    noteStrangers(model, request, method);
    checkToken(model, method, request.token);
    const warnings: string[] = [];
    const call = callOf(desk, request, warnings);
    const wait = limiter?.take(request.method, workspace?.id ?? 'app', textOf(call, 'channel'));
    if (wait !== undefined) return tooMany(wait);
    checkScopes(method, workspace);
    const result = method.run(call);
    return { status: 200, headers, body: { ok: true, ...result, ...warned(warnings, result) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 200, headers, body: { ok: false, error: error.message, ...error.extra } };
  }
}
