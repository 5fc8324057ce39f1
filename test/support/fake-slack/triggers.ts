/** Trigger ids: each opens one modal, within 3 seconds of the click it came with. */
import type { Model, TriggerVerdict } from './model.ts';

export const TRIGGER_LIFE_MS = 3000;

export interface Triggers {
  /** `view`: the modal they acted in. */
  issue(team: string, user: string, view?: string): string;
  use(team: string, triggerId: string): TriggerVerdict;
}

interface Issued {
  readonly team: string;
  readonly whose: { readonly user: string; readonly view?: string };
  readonly at: number;
  used: boolean;
}

export function openTriggers(model: Model): Triggers {
  const issued = new Map<string, Issued>();
  return {
    issue: (team, user, view) => {
      const at = model.clock.now();
      const id = `${model.newId('1')}.${at}.${Buffer.from(user).toString('hex')}`;
      issued.set(id, { team, whose: { user, ...(view === undefined ? {} : { view }) }, at, used: false });
      return id;
    },
    use: (team, triggerId) => {
      const found = issued.get(triggerId);
      if (found?.team !== team) return { error: 'invalid_trigger_id' };
      if (found.used) return { error: 'exchanged_trigger_id' };
      if (model.clock.now() - found.at >= TRIGGER_LIFE_MS) return { error: 'expired_trigger_id' };
      found.used = true;
      return found.whose;
    },
  };
}
