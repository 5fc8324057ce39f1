/** The doctor's look at Discord: what the token is good for, the servers, and the channels that questions go to. */
import type { Finding as Found } from '../chat/adapter.ts';
import { openClock } from '../core/clock.ts';
import { channelsIn, withDatabase } from './channels.ts';
import { type Finding, fail, ok, warn, withConfig } from './finding.ts';
import { surfaceIn } from './surface.ts';

export const checkDiscord = withConfig(async (config) => {
  const { discord, command, mockCommand } = config;
  if (!discord) return [];
  const [{ diagnose }, surface] = await Promise.all([
    import('../../adapters/discord/diagnose.ts'),
    surfaceIn({ GREENROOM_COMMAND: command, GREENROOM_MOCK_COMMAND: mockCommand }),
  ]);
  const channels = await withDatabase(config, (store) => store.read(channelsIn));
  const found = await diagnose({ deps: { ...discord, world: openClock() }, surface, channels: channels ?? [] });
  return found.map(asFinding);
});

function asFinding({ ok: isOk, what, mend }: Found): Finding {
  if (!isOk) return fail('Discord', what, mend ?? 'look at its log');
  return mend === undefined ? ok('Discord', what) : warn('Discord', what, mend);
}
