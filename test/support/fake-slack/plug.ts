/** The half of the fake that acts on the app, put together: sockets, deliveries, hands, response URLs, triggers. */
import type { Model, Plugs } from './model.ts';
import type { FakeHands } from './types.ts';

export function openPlugs(model: Model): Plugs {
  return {
    respond: async () => ({ status: 404, body: 'no response URL' }),
    upgrade: (_request, socket) => socket.destroy(),
    useTrigger: () => ({ error: 'invalid_trigger_id' }),
    openConnection: () => ({ url: `${model.url.replace('http', 'ws')}/link` }),
    hands: {} as FakeHands,
    sendTo: () => {},
    sockets: [],
    socketsOpen: async () => {},
    unacked: 0,
    close: async () => {},
  };
}
