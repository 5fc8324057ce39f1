/** How the client's requests go out: by its own means; what Discord refuses is counted, and a token it no longer takes is told. */
import type { RESTOptions } from 'discord.js';
import { send } from '../send.ts';
import type { GatewayFacts } from './gateway.ts';
import type { RefusalBudget } from './budget.ts';

type Send = RESTOptions['makeRequest'];

export interface Wire {
  readonly send: Send;
  /** Until `release`, what is asked of the gateway's address is answered with this. */
  hold(gateway: GatewayFacts): void;
  /** What was last held. */
  held(): GatewayFacts | undefined;
  release(): void;
}

export interface WireDeps {
  readonly budget: RefusalBudget;
  /** Discord answered 401 to the bot's token. */
  onRefused(): void;
}

export function openWire({ budget, onRefused }: WireDeps): Wire {
  let held: GatewayFacts | undefined;
  let isHeld = false;
  return {
    async send(url, init) {
      if (isHeld && url.endsWith('/gateway/bot')) return Response.json(held);
      const response = await send(url, init);
      const isOurs = new Headers(init.headers as Record<string, string>).has('authorization');
      // One that others use up together with us is no fault of ours.
      const isShared = response.status === 429 && response.headers.get('x-ratelimit-scope') === 'shared';
      if (!isShared) budget.note(response.status, isOurs ? 'bot' : 'interaction');
      if (response.status === 401 && isOurs) onRefused();
      return response;
    },
    hold(gateway) {
      held = gateway;
      isHeld = true;
    },
    held: () => held,
    release: () => void (isHeld = false),
  };
}
