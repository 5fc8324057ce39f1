/** One route of the API, and what its handler is given. */
import type { Asked, Json, Model, Plugs, Reply, StoredChannel, StoredFile, StoredGuild } from '../model.ts';
import { may, canSee, type Permission } from '../permissions.ts';
import { refuse } from './refusal.ts';

export interface Desk {
  readonly model: Model;
  readonly plugs: Plugs;
  readonly nonces: Nonces;
}

/** Messages the bot made with a nonce, for as long as Discord remembers one. */
export interface Nonces {
  find(channel: string, nonce: string): string | undefined;
  remember(channel: string, nonce: string, message: string): void;
}

export type Handle = (desk: Desk, asked: Asked) => Reply | Promise<Reply>;

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
export const DONE: Reply = { status: 204 };

export const jsonsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** The channel a route is about; it is there, and our bot may look into it. */
export function channelOf({ model }: Desk, asked: Asked): StoredChannel {
  const channel = model.find(asked.params['id'] ?? '');
  if (!channel || channel.deleted) refuse(10003);
  if (!canSee(model, channel)) refuse(50001);
  return channel;
}

export function threadOf(desk: Desk, asked: Asked): StoredChannel {
  const channel = channelOf(desk, asked);
  if (channel.kind !== 'public thread' && channel.kind !== 'private thread') refuse(50024);
  return channel;
}

export function guildOf({ model }: Desk, asked: Asked): StoredGuild {
  const guild = model.guilds.get(asked.params['guild'] ?? asked.params['id'] ?? '');
  if (!guild?.joined) refuse(10004);
  return guild;
}

export function demand({ model }: Desk, channel: StoredChannel, ...all: readonly Permission[]): void {
  if (!all.every((what) => may(model, channel, what))) refuse(50013);
}

/** Uploaded files with what the body says of them. */
export function filesOf(asked: Asked, body: Json): readonly Omit<StoredFile, 'id'>[] {
  const said = jsonsOf(body['attachments']);
  return asked.files.map(({ id, name, bytes, contentType }) => {
    const about = said.find((one) => String(one['id']) === id);
    const description = about?.['description'];
    return {
      name: typeof about?.['filename'] === 'string' ? about['filename'] : name,
      bytes,
      contentType,
      ...(typeof description === 'string' && { description }),
    };
  });
}
