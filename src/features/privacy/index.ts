/** Privacy: a person takes their data along or has it deleted; what is older than the team keeps is deleted every day. */
import type { Feature } from '../../core/feature.ts';
import { forgetLater } from './erase.ts';
import { askDelete, deleteAll, exportAll, keep } from './handlers.ts';
import { startSweeping, sweep } from './retention.ts';

/** `others`: every other feature, so that each hands over or forgets what it keeps. */
export const privacyOf = (others: readonly Feature[]): Feature => ({
  name: 'privacy',
  commands: {
    export: {
      summary: 'Get everything kept about you as a file',
      args: [],
      examples: ['export'],
      run: exportAll(others),
    },
    delete: { summary: 'Delete everything kept about you', args: [], examples: ['delete'], run: askDelete },
  },
  presses: { export: exportAll(others), delete: askDelete, erase: deleteAll(others), keep },
  wakes: { sweep, forget: forgetLater },
  housekeeping: ['sweep', 'forget'],
  facts: { installed: startSweeping },
});
