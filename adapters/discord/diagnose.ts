/** What is right and wrong with our place in Discord, looked at from here; whatever is wrong comes with what to click. */
import type { Finding } from '../../src/chat/adapter.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { lookAtApplication } from './diagnose/application.ts';
import { openAsk } from './diagnose/ask.ts';
import { type Place, lookAtChannels } from './diagnose/channels.ts';
import { lookAtCommands } from './diagnose/commands.ts';
import { lookAtServers } from './diagnose/servers.ts';
import { lookAtSessions } from './diagnose/sessions.ts';
import type { DiscordDeps } from './ports.ts';

export interface Patient {
  readonly deps: Pick<DiscordDeps, 'token' | 'applicationId' | 'apiUrl' | 'content' | 'world'>;
  /** What people should be offered; absent: the commands are not looked at. */
  readonly surface?: Surface;
  /** Where questions are posted. */
  readonly channels?: readonly Place[];
}

/**
 * Changes nothing in Discord. A finding that is ok and has a `mend` all the same is a warning. The token is in no text. Never
 * rejects for what Discord answers or fails to answer.
 */
export async function diagnose({ deps, surface, channels = [] }: Patient): Promise<readonly Finding[]> {
  const ask = openAsk(deps);
  const { findings, self } = await lookAtApplication(ask, deps);
  if (self === undefined) return findings;
  const found = [...findings, await lookAtSessions(ask)];
  if (surface) found.push(await lookAtCommands(ask, deps.applicationId, surface));
  const { findings: about, servers } = await lookAtServers(ask, deps);
  const visit = { ask, self, servers, command: surface?.root ?? 'practice' };
  return [...found, ...about, ...(await lookAtChannels(visit, channels))];
}
