/** Installing Greenroom into a workspace: what it asks for, the way to Slack, and the way back. */
import type { Log, World } from '../../../src/chat/world.ts';
import type { Vault } from '../../../src/chat/adapter.ts';
import type { SlackDeps } from '../ports.ts';
import { SCOPES } from '../scopes.ts';
import type { openTenants } from '../tenants.ts';
import { admit } from './admit.ts';
import { exchange, type Many, redirectUri, type Refusal } from './exchange.ts';
import { onlyGet, sendOn, show } from './page.ts';
import { openStates, type States } from './state.ts';
import { invitation, refusalPage, welcome } from './words.ts';

export interface OauthDeps {
  readonly deps: SlackDeps;
  readonly tenants: ReturnType<typeof openTenants>;
  readonly world: World;
  readonly vault: Vault;
  readonly log: Log;
  /** The root command, without the slash; `practice` unless said. */
  readonly root?: () => string;
}

export interface Oauth {
  /** Undefined for any other address. */
  http(request: Request): Promise<Response | undefined>;
}

const NOBODY: Oauth = { http: () => Promise.resolve(undefined) };

export function makeOauth({ deps, tenants, log, root = () => 'practice' }: OauthDeps): Oauth {
  const { access } = deps;
  const { workspaces } = tenants;
  if (access.kind === 'one' || !workspaces) return NOBODY;
  const states = openStates({ ...deps, publicUrl: access.publicUrl });
  const desk: Desk = { deps, access, workspaces, states, root, oneByOne: makeQueue() };
  return {
    async http(request) {
      const url = new URL(request.url);
      const answer = Object.hasOwn(PAGES, url.pathname) ? PAGES[url.pathname] : undefined;
      if (!answer) return undefined;
      if (request.method !== 'GET') return onlyGet();
      try {
        return await answer(desk, url.searchParams, request.headers.get('cookie'));
      } catch (error) {
        log.error('an installation failed', { error });
        return refuse(desk, 'broken');
      }
    },
  };
}

interface Desk {
  readonly deps: SlackDeps;
  readonly access: Many;
  readonly workspaces: NonNullable<OauthDeps['tenants']['workspaces']>;
  readonly states: States;
  root(): string;
  /** What is decided about a workspace still holds when it is written. */
  oneByOne<T>(work: () => Promise<T>): Promise<T>;
}

function makeQueue(): Desk['oneByOne'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

type Answer = (desk: Desk, asked: URLSearchParams, cookies: string | null) => Promise<Response>;

const PAGES: Readonly<Record<string, Answer>> = {
  '/slack/install': async ({ access }) => show(invitation(`${access.publicUrl}/slack/install/go`)),
  '/slack/install/go': async (desk) => {
    const begun = await desk.states.begin();
    return begun ? sendOn(authorizeUrl(desk, begun.state), begun.cookie) : refuse(desk, 'busy');
  },
  '/slack/oauth_redirect': comeBack,
};

function authorizeUrl({ access, deps }: Desk, state: string): string {
  const url = new URL('/oauth/v2/authorize', deps.apiUrl);
  url.search = new URLSearchParams({
    client_id: access.clientId,
    scope: SCOPES.map(({ scope }) => scope).join(','),
    state,
    redirect_uri: redirectUri(access),
  }).toString();
  return url.href;
}

async function comeBack(desk: Desk, asked: URLSearchParams, cookies: string | null): Promise<Response> {
  const { deps, access, workspaces, states } = desk;
  const isOurs = await states.end(only(asked, 'state'), cookies);
  // Whoever said no is told so even when it took them long.
  if (only(asked, 'error') === 'access_denied') return refuse(desk, 'denied', isOurs);
  if (!isOurs) return refuse(desk, 'state');
  const code = only(asked, 'code');
  if (!/^[\x21-\x7e]{1,512}$/.test(code)) return refuse(desk, 'code', true);
  const grant = await exchange(deps, access, code);
  const done = typeof grant === 'string' ? grant : await desk.oneByOne(() => admit(deps, workspaces, grant));
  if (typeof done === 'string') return refuse(desk, done, true);
  const { team, installedBy } = done.install;
  deps.log.info('a workspace installed Greenroom', { team, by: installedBy, missing: done.missing });
  return show(welcome(done, desk.root(), states.over));
}

/** A parameter that is there once; else nothing. */
function only(asked: URLSearchParams, name: string): string {
  const all = asked.getAll(name);
  return all.length === 1 ? (all[0] ?? '') : '';
}

/** What anybody can bring about with a link. */
const EVERY_DAY: ReadonlySet<Refusal> = new Set(['state', 'denied', 'code', 'busy']);

/** `isOver`: the state was used up, so the browser may forget it. A stranger's request never makes it forget. */
function refuse({ deps, access, states }: Desk, why: Refusal, isOver = false): Response {
  deps.log[EVERY_DAY.has(why) ? 'info' : 'warn']('an installation went no further', { why });
  return show(refusalPage(why, `${access.publicUrl}/slack/install`, isOver ? states.over : undefined));
}
