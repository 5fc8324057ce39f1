/** What people can say, for the commands that tell a platform of it before or without a start. */
import type { Surface } from '../chat/surface.ts';
import { type Environment, readConfig } from '../config.ts';

/** Whoever makes an app has no tokens yet, or half of them: only the names of the commands matter here. */
export async function surfaceIn({ GREENROOM_COMMAND, GREENROOM_MOCK_COMMAND }: Environment): Promise<Surface> {
  const { command, mockCommand } = readConfig({ GREENROOM_COMMAND, GREENROOM_MOCK_COMMAND }, 'tool');
  // Loaded late: the features are many, and the other commands need none of them.
  const [{ surfaceOf }, { features }] = await Promise.all([import('../core/help.ts'), import('../features/index.ts')]);
  return surfaceOf({ features, words: { practice: command, mock: mockCommand } });
}
