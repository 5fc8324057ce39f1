/** The half of the fake that acts on the app, put together: sockets, deliveries, hands, response URLs, triggers. */
import { openCourier } from './courier.ts';
import { clicksOf } from './hands-click.ts';
import { doingsOf } from './hands-do.ts';
import type { Model, Plugs } from './model.ts';
import { openPush } from './push.ts';
import { openResponseUrls } from './response-url.ts';
import { openSockets } from './sockets.ts';
import { openTriggers } from './triggers.ts';

export function openPlugs(model: Model): Plugs {
  const sockets = openSockets(model);
  const courier = openCourier(model, sockets);
  const push = openPush(model, courier);
  const triggers = openTriggers(model);
  const urls = openResponseUrls(model);
  return {
    respond: async (path, contentType, body) => urls.respond(path, contentType, body),
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    useTrigger: (team, triggerId) => triggers.use(team, triggerId),
    openConnection: () => sockets.openConnection(),
    hands: { ...clicksOf({ model, courier, triggers, urls }), ...doingsOf(model, push) },
    sendTo: (url) => courier.sendTo(url),
    sockets: sockets.all,
    socketsOpen: (count) => sockets.opened(count),
    get unacked() {
      return push.unacked;
    },
    close: async () => {
      courier.close();
      await sockets.close();
    },
  };
}
