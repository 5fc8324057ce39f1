/** Discord's refusals by their code, in words for whoever can mend them. Each follows "could not be posted:" and ends before a full stop. */

const UNSEEN =
  'I cannot see that channel: it is gone, or I may not look into it; open its settings, Permissions, and allow me View Channel';
const MALFORMED = 'Discord does not take a message like this one: please tell whoever looks after Greenroom';
const GONE = 'the message is no longer there';
const NO_PERSON = 'that person is no longer on this server';
const CLOSED_DMS = 'their direct messages are closed';
const FILTERED = 'a filter of this server blocked it: an admin can let me through under Server Settings, AutoMod';

const REFUSALS: Readonly<Record<number, string>> = {
  10003: 'I cannot find that channel or thread: it is gone',
  10004: 'I am not on that server any more',
  10007: NO_PERSON,
  10008: GONE,
  10013: 'Discord knows no such person any more',
  10087: 'a tag of that forum is gone',
  20031: FILTERED,
  30033: 'that thread is full: Discord lets a thousand people into one',
  30046: 'Discord lets old messages be changed only so often',
  40005: 'that file is too large for this server',
  40067: 'that forum wants a tag on every post: open its settings and switch off "Require people to select tags"',
  50001: UNSEEN,
  50005: 'Discord lets me change only my own messages',
  50006: MALFORMED,
  50007: CLOSED_DMS,
  50008: 'that is a kind of channel I cannot post in: choose a text channel or a forum',
  50021: 'Discord lets nobody change a message of its own',
  50024: 'that is a kind of channel I cannot post in: choose a text channel or a forum',
  50033: NO_PERSON,
  50035: MALFORMED,
  50045: 'that file is too large for this server',
  50055: 'I am not on that server any more',
  50083: 'that thread is archived and locked: a moderator can unlock it',
  50278: CLOSED_DMS,
  160004: 'there is a thread under that message already',
  160005: 'that thread is locked: a moderator can unlock it, or allow me Manage Threads',
  160006: 'this server has as many open threads as Discord allows: close some of them',
  160007: 'this channel has as many open threads as Discord allows: close some of them',
  200000: FILTERED,
  200001: FILTERED,
  240000: FILTERED,
};

/** What a refusal means; a code nobody wrote words for stands for itself. */
export const wordsFor = (code: number): string => REFUSALS[code] ?? 'Discord refused it';

/** "Missing Permissions": which ones, told by what was tried. */
export function missingFor(method: string, path: string, body: unknown): string {
  return `I lack ${neededFor(method, path, body)} there: open the settings of the channel, Permissions, and allow it to Greenroom`;
}

const PRIVATE_THREAD = 12;

function neededFor(method: string, path: string, body: unknown): string {
  const about = typeof body === 'object' && body !== null ? body : {};
  if (/\/messages\/\d+\/threads$/.test(path)) return '"Create Public Threads" or "Read Message History"';
  if (path.endsWith('/threads') && 'type' in about && about.type === PRIVATE_THREAD) return '"Create Private Threads"';
  if (path.endsWith('/threads')) return '"Create Posts"';
  if (/\/thread-members\//.test(path)) return '"Send Messages in Threads"';
  if (method === 'PATCH' && /\/channels\/\d+$/.test(path)) return '"Manage Threads"';
  if (method === 'GET') return '"Read Message History"';
  const files = 'attachments' in about && Array.isArray(about.attachments) && about.attachments.length > 0;
  return files
    ? '"Send Messages", "Send Messages in Threads" or "Attach Files"'
    : '"Send Messages" or "Send Messages in Threads"';
}

/** Discord is busy with that channel or server, and does not say for how long. */
export const TOO_FAST: ReadonlySet<number> = new Set([20_016, 20_022, 20_028, 20_029]);

/** Not done, and worth trying again by itself. */
export const PASSING: ReadonlySet<number> = new Set([40_004, 40_006, 130_000]);
