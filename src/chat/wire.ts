/** The one string form of an Action, used by every platform: `daily.answer:01K…`. */
import { LIMITS } from './limits.ts';
import type { Action } from './message.ts';

/** Throws RangeError when the id would be longer than a platform keeps. */
export function encodeAction({ feature, name, subject }: Action): string {
  const id = `${feature}.${name}:${subject}`;
  if (id.length > LIMITS.actionId) throw new RangeError(`action id over ${LIMITS.actionId} characters: ${id}`);
  if (decodeAction(id) === undefined) throw new RangeError(`not an action: ${id}`);
  return id;
}

/** The Action a string stands for, or undefined for anything we did not write. */
export function decodeAction(id: string): Action | undefined {
  if (id.length > LIMITS.actionId) return undefined;
  const [, feature, name, subject] = /^([a-z][a-z-]*)\.([a-z][a-z-]*):([^\n]*)$/.exec(id) ?? [];
  return feature === undefined || name === undefined || subject === undefined ? undefined : { feature, name, subject };
}
