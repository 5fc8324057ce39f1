/** A Slack of one's own on 127.0.0.1: it enforces what Slack enforces, and does what people do. */
import type { Server } from 'node:http';
import { openLimiter } from './api/limiter.ts';
import { METHODS } from './api/methods.ts';
import { openOauthDesk } from './api/oauth.ts';
import { openFaults } from './faults.ts';
import { openModel, type Model, type ModelOptions, type Plugs } from './model.ts';
import { openPlugs } from './plug.ts';
import { listen, type House } from './server.ts';
import type { FakeCall, FakeSlack } from './types.ts';
import { addWorkspace } from './workspace.ts';

export interface FakeSlackOptions extends ModelOptions {
  /** `false`: no rate limits. Else calls a minute of single methods, in place of Slack's own. */
  readonly rates?: false | Readonly<Record<string, number>>;
}

export async function openFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const model = openModel(options);
  const faults = openFaults();
  const calls: FakeCall[] = [];
  const oauth = openOauthDesk(model);
  const { server, url } = await listen(() => house);
  model.url = url;
  const plugs = openPlugs(model);
  const { rates = {} } = options;
  const house: House = {
    model,
    plugs,
    methods: { ...METHODS, ...oauth.methods },
    oauth,
    faults,
    calls,
    ...(rates !== false && { limiter: openLimiter(model.clock.now, rates) }),
  };
  return faceOf(house, server, plugs);
}

function faceOf(house: House, server: Server, plugs: Plugs): FakeSlack {
  const { model, faults, calls } = house;
  const { signingSecret, appToken, clientId, clientSecret } = model.app;
  return {
    url: model.url,
    apiUrl: `${model.url}/api/`,
    signingSecret,
    appToken,
    clientId,
    clientSecret,
    clock: model.clock,
    workspaces: model.workspaces,
    addWorkspace: (name, facts) => addWorkspace(model, name, facts),
    calls,
    posted: (team) => model.workspace(team).posted,
    fault: (method, ...script) => faults.add(method, script),
    release: faults.release,
    hands: plugs.hands,
    sendTo: plugs.sendTo,
    sockets: plugs.sockets,
    socketsOpen: plugs.socketsOpen,
    get unacked() {
      return plugs.unacked;
    },
    complaints: model.complaints,
    close: () => close(model, server, plugs),
  };
}

async function close(model: Model, server: Server, plugs: Plugs): Promise<void> {
  await plugs.close();
  model.clock.stop();
  await new Promise<void>((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  });
}
