/** Every route the fake has: found by its path, most literal first. */
import type { Handle } from './route.ts';
import { ABOUT_ROUTES } from './about.ts';
import { COMMAND_ROUTES } from './commands.ts';
import { MESSAGE_ROUTES } from './messages.ts';
import { MEMBER_ROUTES } from './thread-members.ts';
import { THREAD_ROUTES } from './threads.ts';

const callback: Handle = ({ plugs }, asked) => plugs.callback(asked);
const webhook: Handle = ({ plugs }, asked) => plugs.webhook(asked);

/** Told apart by the token of an interaction, not by that of the bot; outside the global limit. */
const BY_INTERACTION: Readonly<Record<string, Handle>> = {
  'POST /interactions/:id/:token/callback': callback,
  'POST /webhooks/:app/:token': webhook,
  'GET /webhooks/:app/:token/messages/:message': webhook,
  'PATCH /webhooks/:app/:token/messages/:message': webhook,
  'DELETE /webhooks/:app/:token/messages/:message': webhook,
};

const ALL: Readonly<Record<string, Handle>> = {
  ...ABOUT_ROUTES,
  ...COMMAND_ROUTES,
  ...MESSAGE_ROUTES,
  ...THREAD_ROUTES,
  ...MEMBER_ROUTES,
  ...BY_INTERACTION,
};

export const isRoute = (name: string): boolean => name in ALL;

interface Known {
  readonly method: string;
  readonly route: string;
  readonly parts: readonly string[];
  readonly handle: Handle;
  readonly byInteraction: boolean;
}

const KNOWN: readonly Known[] = Object.entries(ALL)
  .map(([name, handle]) => {
    const [method = '', route = ''] = name.split(' ');
    return { method, route, parts: route.slice(1).split('/'), handle, byInteraction: name in BY_INTERACTION };
  })
  .toSorted((a, b) => wild(a.parts) - wild(b.parts));

function wild(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith(':')).length;
}

export interface Found extends Omit<Known, 'parts'> {
  readonly params: Readonly<Record<string, string>>;
}

/** `path` without `/api/v10`, as it came. */
export function findRoute(method: string, path: string): Found | undefined {
  const parts = path.slice(1).split('/').map(decodeURIComponent);
  const known = KNOWN.find(
    (one) =>
      one.method === method &&
      one.parts.length === parts.length &&
      one.parts.every((part, i) => part.startsWith(':') || part === parts[i]),
  );
  if (!known) return undefined;
  const params = Object.fromEntries(
    known.parts.flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), parts[i] ?? '']] : [])),
  );
  const { parts: _, ...found } = known;
  return { ...found, params };
}
