/** A Discord of one's own on 127.0.0.1: it enforces what Discord enforces, and does what people do. */
import type { Server } from 'node:http';
import { openContract } from './contract.ts';
import { openFaults } from './faults.ts';
import type { IdentifyOptions } from './gateway/identify.ts';
import { openLimits, type BucketRules } from './limits.ts';
import { visible } from './messages.ts';
import { openModel, type Model, type ModelOptions, type Plugs } from './model.ts';
import { openNonces } from './nonces.ts';
import { addGuild, addUser, dmOf, join } from './places.ts';
import { openPlugs } from './plug.ts';
import { isRoute } from './rest/routes.ts';
import { listen, type House } from './server.ts';
import type { FakeCall, FakeDiscord } from './types.ts';

export type OpenFakeDiscord = ModelOptions &
  IdentifyOptions & {
    /** Limits of single routes; undefined: they are never reached. */
    readonly buckets?: BucketRules;
    /** Requests and answers are held against the API's description, unless told otherwise: for measuring. */
    readonly checked?: false;
  };

export async function openFakeDiscord(options: OpenFakeDiscord = {}): Promise<FakeDiscord> {
  const model = openModel(options);
  const { server, url } = await listen(() => house);
  model.url = url;
  const plugs = await openPlugs(model, options);
  const { now } = model.clock;
  const house: House = {
    model,
    plugs,
    nonces: openNonces(now),
    faults: openFaults(),
    limits: openLimits(now, options.buckets ?? {}, options.globalPerSecond),
    contract: openContract(options.checked ?? true),
    calls: [] as FakeCall[],
  };
  return faceOf(house, server);
}

function faceOf(house: House, server: Server): FakeDiscord {
  const { model, plugs, faults } = house;
  return {
    ...addressOf(model),
    ...placesOf(model),
    ...gatewayOf(plugs),
    get shards() {
      return plugs.shards;
    },
    get intents() {
      return plugs.intents;
    },
    get contentSwitch() {
      return plugs.contentSwitch;
    },
    set contentSwitch(on) {
      plugs.contentSwitch = on;
    },
    get identifies() {
      return plugs.identifies;
    },
    get sessionsLeft() {
      return plugs.sessionsLeft;
    },
    set sessionsLeft(left) {
      plugs.sessionsLeft = left;
    },
    calls: house.calls,
    complaints: model.complaints,
    fault: (route, ...script) => {
      if (!isRoute(route)) throw new Error(`the fake has no ${route}`);
      faults.add(route, script);
    },
    release: faults.release,
    close: () => close(model, plugs, faults, server),
  };
}

const addressOf = (model: Model) => ({
  url: model.url,
  apiUrl: `${model.url}/api`,
  token: model.token,
  applicationId: model.applicationId,
  botUser: model.bot.id,
  clock: model.clock,
});

const placesOf = (model: Model) => ({
  guilds: model.guilds,
  users: model.users,
  addGuild: (name: string, facts?: Parameters<typeof addGuild>[2]) => addGuild(model, name, facts),
  addUser: (name: string, facts?: Parameters<typeof addUser>[2]) => addUser(model, name, facts),
  join: (guild: string, user: string, facts?: { readonly admin?: boolean }) => join(model, guild, user, facts),
  dm: (user: string) => dmOf(model, user),
  channel: model.channel,
  visible: (user: string, channel: string) => visible(model, user, channel),
  posted: () => model.posted,
  threads: () => model.threads,
});

const gatewayOf = (plugs: Plugs) => ({
  hands: plugs.hands,
  modal: (user: string) => plugs.modal(user),
  ready: (count: number) => plugs.ready(count),
  refuseGateway: (refused: boolean) => plugs.refuseGateway(refused),
  refuseIdentify: (code: number, times?: number) => plugs.refuseIdentify(code, times),
});

async function close(model: Model, plugs: Plugs, faults: House['faults'], server: Server): Promise<void> {
  faults.release();
  await plugs.close();
  model.clock.stop();
  await new Promise<void>((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  });
}
