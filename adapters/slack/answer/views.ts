/** Opens modals: a trigger is good for one, within three seconds. */
import type { ModalView } from '@slack/types';
import type { Log } from '../../../src/chat/world.ts';
import type { Tenant } from '../ports.ts';
import { reasonOf } from './reason.ts';

/** `late`: the trigger was used or is too old. */
export type Shown = 'shown' | 'late' | 'failed';

/** The guide and the reference name these codes differently. */
const LATE: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
]);

export interface Opener {
  readonly log: Log;
  readonly tenant: Tenant;
  readonly trigger: string;
}

/** Never rejects. */
export const openView = (by: Opener, view: ModalView): Promise<Shown> =>
  show(by, () => by.tenant.client.views.open({ trigger_id: by.trigger, view }));

/** On top of the modal `under`, or in its place when there is no time or room for that. Never rejects. */
export async function overView(by: Opener, under: string, view: ModalView): Promise<Shown> {
  const pushed = await show(by, () => by.tenant.client.views.push({ trigger_id: by.trigger, view }));
  return pushed === 'shown' ? pushed : replaceView(by, under, view);
}

/** Needs no trigger. Never rejects. */
export const replaceView = (by: Omit<Opener, 'trigger'>, id: string, view: ModalView): Promise<Shown> =>
  show(by, () => by.tenant.client.views.update({ view_id: id, view }));

async function show({ log, tenant }: Omit<Opener, 'trigger'>, call: () => Promise<unknown>): Promise<Shown> {
  try {
    await call();
    return 'shown';
  } catch (error) {
    const why = reasonOf(error);
    log.warn('Slack did not show a view', { team: tenant.team, why });
    return LATE.has(why) ? 'late' : 'failed';
  }
}
