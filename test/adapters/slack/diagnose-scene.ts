/** A workspace to be looked at by the doctor, and everything it was told in one file of tests. */
import { afterEach } from 'vitest';
import { type Patient, diagnose } from '../../../adapters/slack/diagnose.ts';
import type { Mode } from '../../../adapters/slack/ports.ts';
import type { Finding, Secret } from '../../../src/chat/adapter.ts';
import type { ChannelId, Instant, TeamId } from '../../../src/chat/ids.ts';
import { instant, type World } from '../../../src/chat/world.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeSlack, FakeWorkspace } from '../../support/fake-slack/types.ts';

export const secret = (text: string): Secret => ({ reveal: () => text });

/** Every text the doctor was told in this file, with every token that was there to leak. */
export const told: string[] = [];
export const secrets = new Set<string>();
let slack: FakeSlack | undefined;
afterEach(async () => {
  await slack?.close();
  slack = undefined;
});

export interface Scene {
  readonly slack: FakeSlack;
  readonly acme: FakeWorkspace;
  look(more?: Partial<Patient['deps']>, channels?: readonly string[]): Promise<readonly Finding[]>;
}

export async function scene(scopes?: readonly string[]): Promise<Scene> {
  const open = await openFakeSlack();
  slack = open;
  const acme = open.addWorkspace('Acme', scopes === undefined ? {} : { scopes });
  return {
    slack: open,
    acme,
    async look(more = {}, channels = []) {
      const deps = {
        mode: socketWith(open.appToken),
        access: { kind: 'one', botToken: secret(acme.botToken) } as const,
        apiUrl: open.apiUrl,
        world: worldAhead(open, 0),
        ...more,
      };
      for (const text of [open.appToken, acme.botToken, open.signingSecret, open.clientSecret]) secrets.add(text);
      const asked = channels.map((channel) => ({ team: acme.id as TeamId, channel: channel as ChannelId }));
      const found = await diagnose({ deps, channels: asked });
      told.push(...found.flatMap(({ what, mend = '' }) => [what, mend]));
      return found;
    },
  };
}

export const socketWith = (token: string): Mode => ({ kind: 'socket', appToken: secret(token) });

/** A world that is `seconds` ahead of Slack's clock; nobody waits in it. */
export const worldAhead = (of: FakeSlack, seconds: number): World => ({
  now: () => instant(of.clock.now() + seconds * 1000),
  sleepUntil: (_at: Instant, signal?: AbortSignal) =>
    new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
  newId: () => 'id',
  roll: () => 0,
  point: () => {},
});

export const well = (what: string): Finding => ({ ok: true, what });
export const bad = (what: string, mend: string): Finding => ({ ok: false, what, mend });
