/** How Slack writes what it knows: messages, people, channels, files and views as JSON. */
import { messageAt, underRoot } from './lookup.ts';
import type { Model, StoredFile, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage, FakeUser, FakeView } from './types.ts';

export type Json = Readonly<Record<string, unknown>>;

export const secondsOf = (ms: number): number => Math.floor(ms / 1000);

export const CHANNEL_TYPE: Readonly<Record<FakeChannel['kind'], string>> = {
  public: 'channel',
  private: 'group',
  im: 'im',
  mpim: 'mpim',
};

export const addressOf = (workspace: Workspace): string => `https://${workspace.domain}.slack.com`;

const icons = (workspace: Workspace): Json => ({
  image_36: `${addressOf(workspace)}/img/bot_36.png`,
  image_48: `${addressOf(workspace)}/img/bot_48.png`,
  image_72: `${addressOf(workspace)}/img/bot_72.png`,
});

export const botProfile = (workspace: Workspace): Json => ({
  id: workspace.botId,
  deleted: false,
  name: 'greenroom',
  updated: 0,
  app_id: workspace.appId,
  icons: icons(workspace),
  team_id: workspace.id,
});

export const botObject = (workspace: Workspace): Json => ({
  id: workspace.botId,
  deleted: workspace.revoked,
  name: 'greenroom',
  updated: 0,
  app_id: workspace.appId,
  user_id: workspace.botUser,
  icons: icons(workspace),
});

const isLive = (message: FakeMessage): boolean => !message.deleted && message.ephemeralTo === undefined;

/** Everything said under a root, oldest first, without the root. */
export const repliesTo = (channel: FakeChannel, ts: string): readonly FakeMessage[] =>
  underRoot(channel, ts).filter(isLive);

function threadFacts(channel: FakeChannel, message: FakeMessage): Json {
  if (message.threadTs !== undefined && message.threadTs !== message.ts) {
    const root = messageAt(channel, message.threadTs);
    return { thread_ts: message.threadTs, ...(root?.user !== undefined && { parent_user_id: root.user }) };
  }
  const replies = repliesTo(channel, message.ts);
  if (replies.length === 0) return {};
  const people = [...new Set(replies.flatMap(({ user }) => (user === undefined ? [] : [user])))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: people.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: people,
    is_locked: false,
    subscribed: false,
  };
}

/** What is left of a root whose replies are still there. */
export const tombstone = (channel: FakeChannel, message: FakeMessage): Json => ({
  type: 'message',
  subtype: 'tombstone',
  user: 'USLACKBOT',
  text: 'This message was deleted.',
  ts: message.ts,
  hidden: true,
  ...threadFacts(channel, message),
});

/** A message as history, an event or a payload carries it. Without `payload`, of its metadata only the type is told. */
export function messageObject(
  workspace: Workspace,
  channel: FakeChannel,
  message: FakeMessage,
  metadata: 'whole' | 'type' = 'whole',
): Json {
  const { metadata: kept, files } = message;
  return {
    type: 'message',
    ...(message.subtype !== undefined && { subtype: message.subtype }),
    ...(message.user !== undefined && { user: message.user }),
    text: message.text,
    ts: message.ts,
    team: workspace.id,
    ...(message.botId !== undefined && { bot_id: message.botId, bot_profile: botProfile(workspace) }),
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.edited && { edited: message.edited }),
    ...(files && files.length > 0 && { files: files.map(({ id }) => fileOf(workspace, id)), upload: true }),
    ...(kept && { metadata: metadata === 'whole' ? kept : { event_type: kept.event_type } }),
    ...threadFacts(channel, message),
  };
}

const fileOf = (workspace: Workspace, id: string): Json => {
  const file = workspace.files.get(id);
  return file ? fileObject(workspace, file) : { id, mode: 'tombstone' };
};

export function fileObject(workspace: Workspace, file: StoredFile): Json {
  const within = (kind: FakeChannel['kind'][]): string[] =>
    [...file.channels].filter((id) => kind.includes(workspace.channels.get(id)?.kind ?? 'public'));
  return {
    id: file.id,
    created: secondsOf(file.created),
    timestamp: secondsOf(file.created),
    name: file.name,
    title: file.title,
    mimetype: file.state === 'processing' ? '' : file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    pretty_type: '',
    user: file.user,
    user_team: workspace.id,
    editable: false,
    size: file.bytes.byteLength,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    public_url_shared: false,
    url_private: `${addressOf(workspace)}/files-pri/${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `${addressOf(workspace)}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: within(['public']),
    groups: within(['private', 'mpim']),
    ims: within(['im']),
    file_access: 'visible',
  };
}

/** Minutes east of Greenwich, in seconds, at a moment. */
export function offsetOf(tz: string, ms: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(new Date(ms))
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export function userObject(model: Model, workspace: Workspace, user: FakeUser): Json {
  return {
    id: user.id,
    team_id: workspace.id,
    name: user.name,
    deleted: user.refusesDms === 'user_disabled',
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetOf(user.tz, model.clock.now()),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      team: workspace.id,
    },
    is_admin: user.admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.id === workspace.botUser,
    is_app_user: false,
    updated: 0,
  };
}

/** Who the app is, as a person. */
export const botAsUser = (workspace: Workspace): FakeUser => ({
  id: workspace.botUser,
  name: 'greenroom',
  realName: 'Greenroom',
  tz: 'America/Los_Angeles',
  admin: false,
});

export function channelObject(workspace: Workspace, channel: FakeChannel): Json {
  const shared = { is_shared: false, is_ext_shared: false, is_org_shared: false, context_team_id: workspace.id };
  const common = { id: channel.id, created: 0, is_archived: channel.archived, updated: 0, ...shared };
  if (channel.kind === 'im') {
    const other = [...channel.members].find((id) => id !== workspace.botUser) ?? workspace.botUser;
    return { ...common, is_im: true, user: other, is_user_deleted: false, priority: 0 };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_general: false,
    is_member: channel.members.has(workspace.botUser),
    creator: workspace.botUser,
    unlinked: 0,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
}

/** `stack`: the modals open over each other, the lowest first; nothing for a Home tab. */
export function viewObject(workspace: Workspace, view: FakeView, stack: readonly FakeView[] = []): Json {
  const place = stack.findIndex(({ id }) => id === view.id);
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    state: { values: {} },
    title: null,
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.view,
    id: view.id,
    team_id: workspace.id,
    hash: view.hash,
    previous_view_id: stack[place - 1]?.id ?? null,
    root_view_id: stack[0]?.id ?? view.id,
    app_id: workspace.appId,
    app_installed_team_id: workspace.id,
    bot_id: workspace.botId,
  };
}
