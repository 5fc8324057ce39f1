/** Slack's refusals by their code, in words for whoever can mend them. Each follows "could not be posted:" and ends before a full stop. */

const UNSEEN = 'I cannot see that channel: it is gone, or it is private and someone must type /invite @Greenroom there';
const RESTRICTED = 'this workspace lets only some people post there: an admin can change its posting permissions';
const MALFORMED = 'Slack does not take a message like this one: please tell whoever looks after Greenroom';
const NO_PERSON = 'Slack knows no such person in this workspace any more';
const GONE = 'the message is no longer there';

const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found: UNSEEN,
  not_in_channel: 'I am not in that channel: someone must type /invite @Greenroom there',
  is_archived: 'that channel is archived: unarchive it, or choose another',
  is_inactive: 'that channel is archived, so nothing in it can be changed',
  method_not_supported_for_channel_type: 'that is a kind of conversation I cannot post in',
  restricted_action: RESTRICTED,
  restricted_action_read_only_channel: RESTRICTED,
  restricted_action_non_threadable_channel: 'threads are switched off in that channel',
  restricted_action_thread_only_channel: 'that channel takes replies in threads only',
  restricted_action_thread_locked: 'that thread is locked',
  thread_not_found: 'the thread is no longer there',
  cannot_reply_to_message: 'that message takes no replies',
  msg_too_long: MALFORMED,
  msg_blocks_too_long: MALFORMED,
  invalid_blocks: MALFORMED,
  invalid_blocks_format: MALFORMED,
  no_text: MALFORMED,
  metadata_too_large: MALFORMED,
  invalid_metadata_format: MALFORMED,
  invalid_metadata_schema: MALFORMED,
  invalid_arguments: MALFORMED,
  message_not_found: GONE,
  cant_update_message: 'Slack lets me change only my own messages',
  cant_delete_message: 'Slack lets me delete only my own messages',
  compliance_exports_prevent_deletion: 'this workspace keeps every message, so it cannot be deleted',
  edit_window_closed: 'this workspace no longer lets that message be changed: an admin can allow it in its settings',
  user_not_found: NO_PERSON,
  users_not_found: NO_PERSON,
  user_disabled: 'that person left this workspace',
  user_not_visible: NO_PERSON,
  cannot_dm_bot: 'apps take no direct messages',
  too_many_users: 'a group message takes eight people',
  users_list_not_supplied: 'nobody is left to write to',
  messages_tab_disabled:
    'direct messages to me are off: switch on Messages Tab under App Home in the settings of the app',
  file_uploads_disabled: 'this workspace takes no files',
  file_upload_size_restricted: 'this workspace takes no files as large as this',
  file_not_found: 'Slack lost the file',
  storage_limit_reached: 'this workspace has no room left for files',
  ekm_access_denied: 'the admins of this workspace have paused access to its messages',
  no_permission: 'the settings of this workspace do not allow it',
  access_denied: 'the settings of this workspace do not allow it',
};

/** What a refusal means; a code nobody wrote words for stands for itself. */
export const wordsFor = (code: string): string =>
  (Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined) ?? 'Slack refused it';

/** Our access is no good: nothing can be sent to this workspace until a person mends it. */
export const ACCESS_ENDED: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_access_not_granted',
  'team_disabled',
  'forbidden_team',
  'org_login_required',
  'not_allowed_token_type',
  'two_factor_setup_required',
]);

/** Slack failed on the way; what was asked may have been done. */
export const MAYBE_DONE: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
]);

/** Not done, and worth trying again by itself. */
export const PASSING: ReadonlySet<string> = new Set([
  'team_added_to_org',
  'accesslimited',
  'external_channel_migrating',
]);

export const TOO_FAST: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
