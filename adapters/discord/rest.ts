/** Discord's API for one errand, without a connection to the gateway: asked once, and never in a queue. */
import { REST } from 'discord.js';
import type { DiscordDeps } from './ports.ts';
import { send } from './send.ts';

/** In ms. */
const PATIENCE = 10_000;

export const makeRest = ({ token, apiUrl }: Pick<DiscordDeps, 'token' | 'apiUrl'>): REST =>
  new REST({
    version: '10',
    api: apiUrl,
    retries: 0,
    timeout: PATIENCE,
    makeRequest: send,
    rejectOnRateLimit: () => true,
    // Its timers for sweeping would keep the process awake.
    hashSweepInterval: 0,
    handlerSweepInterval: 0,
  }).setToken(token.reveal());
