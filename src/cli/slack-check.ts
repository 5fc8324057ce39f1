/** The doctor's look at Slack: what the tokens are good for, and the channels that questions go to. */
import { existsSync } from 'node:fs';
import type { Finding as Found } from '../chat/adapter.ts';
import type { diagnose as Diagnose } from '../../adapters/slack/diagnose.ts';
import type { World } from '../chat/world.ts';
import { type Config, type SlackConfig, loadKey } from '../config.ts';
import { makeCipher, randomToken } from '../config/cipher.ts';
import { keyFile } from '../config/key.ts';
import { openClock } from '../core/clock.ts';
import { makeLog } from '../log.ts';
import type { Store } from '../store/store.ts';
import { openVault } from '../store/vault.ts';
import { type Channel, channelsIn, withDatabase } from './channels.ts';
import { type Finding, fail, ok, warn, withConfig } from './finding.ts';

export const checkSlack = withConfig(async (config) => {
  const { slack, command } = config;
  if (!slack) return [];
  // Its SDK is large: whoever does not speak to Slack looks without it.
  const { diagnose } = await import('../../adapters/slack/diagnose.ts');
  const world = openClock();
  const look = (channels: readonly Channel[], tenants?: Tenants): Promise<readonly Found[]> =>
    diagnose({ deps: { ...slack, world }, channels, command, ...(tenants === undefined ? {} : { tenants }) });
  const found = await withDatabase(config, async (store) =>
    look(
      await store.read(channelsIn),
      slack.access.kind === 'many' ? installsIn(config, slack, { store, world }) : undefined,
    ),
  );
  return (found ?? (await look([]))).map(asFinding);
});

type Tenants = NonNullable<Parameters<typeof Diagnose>[0]['tenants']>;

function asFinding({ ok: isOk, what, mend }: Found): Finding {
  if (!isOk) return fail('Slack', what, mend ?? 'look at its log');
  return mend === undefined ? ok('Slack', what) : warn('Slack', what, mend);
}

/** The workspaces that installed us. Without the key none can be read, and looking makes none. */
function installsIn(config: Config, slack: SlackConfig, { store, world }: Parts): Tenants | undefined {
  if (config.key === undefined && !existsSync(keyFile(config.dataDir))) return undefined;
  const nobody = (): Promise<undefined> => Promise.resolve(undefined);
  const idle = { log: makeLog('silent'), known: nobody, paint: nobody, fatal: () => {}, randomToken };
  return {
    async all() {
      const { openTenants } = await import('../../adapters/slack/tenants.ts');
      const vault = openVault(store, makeCipher(await loadKey(config)), () => world.now());
      return openTenants({ ...slack, ...idle, world, vault }).all();
    },
  };
}

interface Parts {
  readonly store: Store;
  readonly world: World;
}
