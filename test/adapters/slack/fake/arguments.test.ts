/** Every argument the fake takes is one the real client can send; the types say which those are. */
import type * as slack from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../support/fake-slack/api/methods.ts';

type KeysOf<Arguments> = Arguments extends unknown ? Exclude<keyof Arguments, 'token' | 'team_id'> : never;

/** The compiler refuses a name the method does not have. */
const of =
  <Arguments>() =>
  (...names: readonly KeysOf<Arguments>[]): readonly string[] =>
    names.map(String);

const SAID = ['channel', 'text', 'blocks', 'attachments', 'metadata', 'link_names', 'parse', 'markdown_text'] as const;
const PAGED = ['cursor', 'limit'] as const;
const READ = ['channel', ...PAGED, 'include_all_metadata', 'inclusive', 'latest', 'oldest'] as const;

const TYPED: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': of<slack.AppsConnectionsOpenArguments>()(),
  'apps.uninstall': of<slack.AppsUninstallArguments>()('client_id', 'client_secret'),
  'auth.revoke': of<slack.AuthRevokeArguments>()('test'),
  'auth.test': of<slack.AuthTestArguments>()(),
  'bots.info': of<slack.BotsInfoArguments>()('bot'),
  'chat.delete': of<slack.ChatDeleteArguments>()('channel', 'ts', 'as_user'),
  'chat.getPermalink': of<slack.ChatGetPermalinkArguments>()('channel', 'message_ts'),
  'chat.postEphemeral': of<slack.ChatPostEphemeralArguments>()(
    ...SAID.filter((name) => name !== 'metadata'),
    ...(['thread_ts', 'username', 'icon_emoji', 'icon_url', 'as_user', 'user'] as const),
  ),
  'chat.postMessage': of<slack.ChatPostMessageArguments>()(
    ...SAID,
    ...(['thread_ts', 'username', 'icon_emoji', 'icon_url', 'as_user'] as const),
    ...(['reply_broadcast', 'unfurl_links', 'unfurl_media', 'mrkdwn'] as const),
  ),
  'chat.update': of<slack.ChatUpdateArguments>()(...SAID, 'ts', 'as_user', 'reply_broadcast', 'file_ids'),
  'conversations.history': of<slack.ConversationsHistoryArguments>()(...READ),
  'conversations.info': of<slack.ConversationsInfoArguments>()('channel', 'include_num_members', 'include_locale'),
  'conversations.join': of<slack.ConversationsJoinArguments>()('channel'),
  'conversations.leave': of<slack.ConversationsLeaveArguments>()('channel'),
  'conversations.list': of<slack.ConversationsListArguments>()('types', 'exclude_archived', ...PAGED),
  'conversations.members': of<slack.ConversationsMembersArguments>()('channel', ...PAGED),
  'conversations.open': of<slack.ConversationsOpenArguments>()('users', 'channel', 'return_im', 'prevent_creation'),
  'conversations.replies': of<slack.ConversationsRepliesArguments>()(...READ, 'ts'),
  'files.completeUploadExternal': of<slack.FilesCompleteUploadExternalArguments>()(
    'files',
    'channel_id',
    'thread_ts',
    'initial_comment',
    'blocks',
  ),
  'files.delete': of<slack.FilesDeleteArguments>()('file'),
  'files.getUploadURLExternal': of<slack.FilesGetUploadURLExternalArguments>()(
    'filename',
    'length',
    'alt_text',
    'snippet_type',
  ),
  'files.info': of<slack.FilesInfoArguments>()('file', 'count', 'page', ...PAGED),
  'team.info': of<slack.TeamInfoArguments>()('team', 'domain'),
  'users.conversations': of<slack.UsersConversationsArguments>()('user', 'types', 'exclude_archived', ...PAGED),
  'users.info': of<slack.UsersInfoArguments>()('user', 'include_locale'),
  'users.list': of<slack.UsersListArguments>()('include_locale', ...PAGED),
  'views.open': of<slack.ViewsOpenArguments>()('trigger_id', 'interactivity_pointer', 'view'),
  'views.publish': of<slack.ViewsPublishArguments>()('user_id', 'view', 'hash'),
  'views.push': of<slack.ViewsPushArguments>()('trigger_id', 'interactivity_pointer', 'view'),
  'views.update': of<slack.ViewsUpdateArguments>()('view_id', 'external_id', 'hash', 'view'),
};

describe('a name that is no argument', () => {
  it('is refused by the compiler', () => {
    // @ts-expect-error: an edit takes no thread.
    expect(of<slack.ChatUpdateArguments>()('thread_ts')).toHaveLength(1);
  });
});

describe('the arguments of', () => {
  it.each(Object.entries(METHODS))('%s are those of the real client', (name, { args }) => {
    expect(args.toSorted()).toEqual(TYPED[name]?.toSorted());
  });
});
