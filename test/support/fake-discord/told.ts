/** What a test may change in a server by just setting it, and the gateway is told of as of any other change. */
import { announceGuild, announceLoss } from './gateway/welcome.ts';
import type { Json, Model, StoredGuild } from './model.ts';
import { channelOf, rolesOf } from './payloads.ts';

/** What our bot may do in single channels: a change is a CHANNEL_UPDATE. */
class Overwrites extends Map<string, bigint> {
  readonly #tell: (channel: string) => void;

  constructor(tell: (channel: string) => void) {
    super();
    this.#tell = tell;
  }

  override set(channel: string, may: bigint): this {
    super.set(channel, may);
    this.#tell(channel);
    return this;
  }

  override delete(channel: string): boolean {
    const was = super.delete(channel);
    if (was) this.#tell(channel);
    return was;
  }
}

function tellRole(model: Model, guild: StoredGuild): void {
  const role = rolesOf(model, guild).find(({ id }) => id === guild.botRole) as Json;
  model.dispatch('GUILD_ROLE_UPDATE', { guild_id: guild.id, role }, { guild: guild.id });
}

function tellChannel(model: Model, guild: StoredGuild, id: string): void {
  const channel = guild.channels.get(id);
  if (channel) model.dispatch('CHANNEL_UPDATE', channelOf(model, channel), { guild: guild.id, channel });
}

type Plain = Omit<StoredGuild, 'available' | 'permissions' | 'overwrites'>;

/** `available` set to false is an outage, `permissions` are those of the bot's role. */
export function makeTold(model: Model, plain: Plain, permissions: bigint): StoredGuild {
  let available = true;
  let may = permissions;
  const guild: StoredGuild = Object.defineProperties(plain as StoredGuild, {
    overwrites: { enumerable: true, value: new Overwrites((channel) => tellChannel(model, guild, channel)) },
    available: {
      enumerable: true,
      get: () => available,
      set: (is: boolean) => {
        if (is === available) return;
        available = is;
        if (is) announceGuild(model, guild);
        else announceLoss(model, guild, true);
      },
    },
    permissions: {
      enumerable: true,
      get: () => may,
      set: (now: bigint) => {
        may = now;
        tellRole(model, guild);
      },
    },
  });
  return guild;
}
