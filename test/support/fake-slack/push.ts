/** Events on their way to the app: only what its manifest asks for and its scopes and memberships let it hear, tried again until it takes them. */
import type { Courier } from './courier.ts';
import { asEvent } from './event-shape.ts';
import type { About, InnerEvent, Model, Workspace } from './model.ts';
import { appRateLimited, eventEnvelope, type Body } from './payloads.ts';

/** After the first try failed: at once, a minute later, five minutes after that. */
export const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;

export interface Push {
  /** Does something that is announced; resolves when the first try of every event it made is over. */
  during<T>(deed: () => T): Promise<T>;
  /** Slack tells the app that it holds events back. */
  holdBack(workspace: Workspace): Promise<void>;
  readonly unacked: number;
}

const HISTORY: Readonly<Record<string, string>> = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
};
const OF_TYPE: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  channel_archive: 'channels:read',
  channel_deleted: 'channels:read',
  channel_left: 'channels:read',
  channel_rename: 'channels:read',
  channel_unarchive: 'channels:read',
  group_archive: 'groups:read',
  group_deleted: 'groups:read',
  group_left: 'groups:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  user_change: 'users:read',
};
/** Told even when the tokens are gone. */
const FAREWELLS: ReadonlySet<string> = new Set(['app_uninstalled', 'tokens_revoked']);

/** The scope the app needs to hear of this; undefined when it needs none. */
export function scopeFor(event: InnerEvent): string | undefined {
  if (event.type === 'message') return HISTORY[String(event['channel_type'])];
  if (event.type === 'member_joined_channel' || event.type === 'member_left_channel') {
    return event['channel_type'] === 'G' ? 'groups:read' : 'channels:read';
  }
  return OF_TYPE[event.type];
}

const KIND: Readonly<Record<string, string>> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** The name an app subscribes to it by. */
const subscriptionOf = (event: InnerEvent): string =>
  event.type === 'message' ? `message.${KIND[String(event['channel_type'])]}` : event.type;

function mayHear(model: Model, workspace: Workspace, event: InnerEvent, { channel }: About): boolean {
  if (model.subscribed && !model.subscribed.has(subscriptionOf(event))) return false;
  if (workspace.revoked && !FAREWELLS.has(event.type)) return false;
  if (channel && !channel.members.has(workspace.botUser)) return false;
  const scope = scopeFor(event);
  return scope === undefined || workspace.scopes.has(scope);
}

/** Tries, and tries again as the schedule has it. Resolves with the first try; `over` is called when it is settled. */
async function deliver(to: Pick<Model, 'clock'> & { courier: Courier }, body: Body, over: () => void): Promise<void> {
  const attempt = async (retry: number, reason?: string): Promise<void> => {
    const parcel = { kind: 'event' as const, body, retry, ...(reason === undefined ? {} : { reason }) };
    const answer = await to.courier.carry(parcel);
    const wait = answer.ok || answer.final ? undefined : RETRY_AFTER_MS[retry];
    if (answer.ok || wait === undefined) over();
    else to.clock.at(to.clock.now() + wait, () => attempt(retry + 1, answer.reason));
  };
  await attempt(0);
}

export function openPush(model: Model, courier: Courier): Push {
  let unacked = 0;
  let started: Promise<void>[] | undefined;
  const tell = async (workspace: Workspace, event: InnerEvent, about: About): Promise<void> => {
    if (!mayHear(model, workspace, event, about)) return;
    const facts = { id: model.newId('Ev'), atMs: model.clock.now(), context: model.newId('4-') };
    const body = eventEnvelope(workspace, asEvent(workspace, event), facts);
    unacked += 1;
    await deliver({ clock: model.clock, courier }, body, () => {
      unacked -= 1;
    });
  };
  model.onAnnounce((workspace, event, about) => {
    const tried = tell(workspace, event, about);
    started?.push(tried);
  });
  return {
    during: async (deed) => {
      const mine: Promise<void>[] = [];
      started = mine;
      let made;
      try {
        made = deed();
      } finally {
        started = undefined;
      }
      await Promise.all(mine);
      return made;
    },
    holdBack: async (workspace) => {
      await courier.carry({ kind: 'event', body: appRateLimited(model, workspace), retry: 0 });
    },
    get unacked() {
      return unacked;
    },
  };
}
