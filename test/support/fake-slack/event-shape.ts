/** How Slack cuts a message when it goes out as an event: less is told there than where the app asks for it. */
import type { InnerEvent, Workspace } from './model.ts';
import type { Json } from './wire.ts';

/** Told by conversations.history and files.info, in no event. */
const ONLY_WHEN_ASKED = ['reply_users'];
const ONLY_OF_FILES = ['channels', 'groups', 'ims'];
/** What events of these kinds say nothing of. */
const UNTOLD: Readonly<Record<string, readonly string[]>> = {
  file_share: ['team'],
  thread_broadcast: ['team', 'parent_user_id'],
};
const UNTOLD_OF_ROOT = ['files', 'upload', 'is_locked'];

const without = (record: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

function cut(value: unknown, whole: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { metadata, files, ...rest } = value as Json;
  return {
    ...without(rest, ONLY_WHEN_ASKED),
    ...(Array.isArray(files) && { files: files.map((file) => without(file as Json, ONLY_OF_FILES)) }),
    ...(metadata !== undefined && { metadata: whole ? metadata : { event_type: (metadata as Json)['event_type'] } }),
  };
}

/**
 * Of metadata an event tells the type alone, unless the app asked for that type in its manifest, which takes the scope
 * `metadata.message:read`.
 */
export function asEvent(workspace: Workspace, event: InnerEvent): InnerEvent {
  if (event.type !== 'message') return event;
  const whole = workspace.scopes.has('metadata.message:read');
  const { root, ...told } = without(event, UNTOLD[String(event['subtype'])] ?? []);
  const inner = ['message', 'previous_message'].filter((key) => key in told);
  return {
    ...(cut(told, whole) as InnerEvent),
    ...Object.fromEntries(inner.map((key) => [key, cut(told[key], whole)])),
    ...(root !== undefined && { root: cut(without(root as Json, UNTOLD_OF_ROOT), whole) }),
  };
}
