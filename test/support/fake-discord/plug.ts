/** The half of the fake that acts on the app, put together: gateway, interactions, hands. */
import { openGateway } from './gateway/gateway.ts';
import type { IdentifyOptions } from './gateway/identify.ts';
import { openHands } from './hands/hands.ts';
import { payloadOf } from './hands/payload.ts';
import { callback } from './interactions/callback.ts';
import { openDesk } from './interactions/desk.ts';
import { openModals } from './interactions/modals.ts';
import { webhook } from './interactions/webhook.ts';
import type { Model, Plugs } from './model.ts';

export async function openPlugs(model: Model, options: IdentifyOptions = {}): Promise<Plugs> {
  const gateway = await openGateway(model, options);
  const desk = openDesk(model, (interaction) => {
    const { channel } = interaction;
    const about = { channel, ...(channel.guild !== undefined && { guild: channel.guild }) };
    model.dispatch('INTERACTION_CREATE', payloadOf(model, interaction), about);
  });
  const modals = openModals();
  const room = { model, desk, modals };
  return {
    gatewayBot: gateway.facts,
    callback: (asked) => callback(room, asked),
    webhook: (asked) => webhook(room, asked),
    hands: openHands(room),
    shards: gateway.shards,
    ready: gateway.ready,
    refuseGateway: gateway.refuse,
    refuseIdentify: (code, times = 1) => gateway.registrar.refuse(code, times),
    modal: (user) => modals.of(user),
    get intents() {
      return gateway.intents;
    },
    get contentSwitch() {
      return gateway.contentSwitch;
    },
    set contentSwitch(on) {
      gateway.contentSwitch = on;
    },
    get identifies() {
      return gateway.identifies;
    },
    get sessionsLeft() {
      return gateway.sessionsLeft;
    },
    set sessionsLeft(left) {
      gateway.sessionsLeft = left;
    },
    close: async () => {
      desk.close();
      await gateway.close();
    },
  };
}
