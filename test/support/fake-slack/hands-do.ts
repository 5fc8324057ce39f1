/** What people write and change: messages, channels, themselves and the app's installation. Each tells its events. */
import * as deeds from './deeds.ts';
import type { Model, StoredFile, Workspace } from './model.ts';
import { appHomeOpened, appMentioned, reactionAdded, userChanged } from './payloads-events.ts';
import type { Push } from './push.ts';
import { messageFor, seenBy } from './targets.ts';
import { typedText } from './typed-text.ts';
import type { FakeChannel, FakeHands, FakeMessage } from './types.ts';

type Doings = Omit<FakeHands, 'command' | 'press' | 'choose' | 'submit' | 'dismiss' | 'shortcut'>;
type More = NonNullable<Parameters<FakeHands['write']>[4]>;

/** Whoever runs the workspace, for what nobody is named for. */
const steward = (workspace: Workspace): string =>
  [...workspace.users.values()].find(({ admin }) => admin)?.id ?? 'USLACKBOT';

function attach(model: Model, workspace: Workspace, channel: FakeChannel, user: string, count: number): StoredFile[] {
  return Array.from({ length: count }, (_, at) => {
    const bytes = new TextEncoder().encode(`file ${at + 1}`);
    const file: StoredFile = {
      id: model.newId('F'),
      name: `notes-${at + 1}.txt`,
      title: `notes-${at + 1}`,
      mimetype: 'text/plain',
      bytes,
      user,
      created: model.clock.now(),
      announced: bytes.length,
      state: 'complete',
      channels: new Set([channel.id]),
    };
    workspace.files.set(file.id, file);
    return file;
  });
}

function checkRoot(channel: FakeChannel, threadTs: string): void {
  const root = channel.messages.find(({ ts }) => ts === threadTs);
  if (!root || root.ephemeralTo !== undefined) throw new Error(`there is no thread ${threadTs} in ${channel.id}`);
}

function write(
  model: Model,
  workspace: Workspace,
  channel: FakeChannel,
  user: string,
  text: string,
  more: More,
): string {
  if (channel.archived) throw new Error(`${channel.id} is archived: nobody can write there`);
  if (more.threadTs !== undefined) checkRoot(channel, more.threadTs);
  const files = attach(model, workspace, channel, user, more.files ?? 0);
  const message = deeds.say(model, workspace, channel, {
    user,
    text: typedText(workspace, text),
    ...(more.threadTs === undefined ? {} : { threadTs: more.threadTs }),
    ...(more.broadcast === undefined ? {} : { broadcast: true }),
    ...(files.length === 0 ? {} : { files, subtype: 'file_share' }),
  });
  mention(model, workspace, channel, message);
  return message.ts;
}

function mention(model: Model, workspace: Workspace, channel: FakeChannel, message: FakeMessage): void {
  if (channel.kind === 'im' || !message.text.includes(`<@${workspace.botUser}>`)) return;
  model.announce(workspace, appMentioned(workspace, channel, message), { channel });
}

function ownMessage(channel: FakeChannel, user: string, ts: string): FakeMessage {
  const message = messageFor(channel, user, ts);
  if (message.user !== user) throw new Error(`${ts} is not what ${user} wrote`);
  return message;
}

function change(model: Model, team: string, user: string, facts: Parameters<FakeHands['changeUser']>[2]): void {
  const workspace = model.workspace(team);
  const person = workspace.users.get(user);
  if (!person) throw new Error(`no ${user} in ${team}`);
  Object.assign(person, facts);
  model.announce(workspace, userChanged(model, workspace, person));
}

function erase(model: Model, team: string, user: string, channelId: string, ts: string): void {
  const workspace = model.workspace(team);
  const channel = seenBy(model, team, user, channelId);
  const message = messageFor(channel, user, ts);
  if (message.user !== user && workspace.users.get(user)?.admin !== true) {
    throw new Error(`${user} may not delete ${ts}`);
  }
  deeds.erase(model, workspace, channel, message);
}

/** Those that happen to the app or to a channel of it. */
function happenings(
  model: Model,
  push: Push,
): Pick<Doings, 'archive' | 'deleteChannel' | 'kick' | 'uninstall' | 'revokeTokens'> {
  const inChannel = async (team: string, id: string, deed: typeof deeds.archive): Promise<void> => {
    const workspace = model.workspace(team);
    const channel = model.channel(team, id);
    await push.during(() => deed(model, workspace, channel, steward(workspace)));
  };
  return {
    archive: (team, channel) => inChannel(team, channel, deeds.archive),
    deleteChannel: (team, channel) => inChannel(team, channel, deeds.deleteChannel),
    kick: (team, channel) =>
      inChannel(team, channel, (_, workspace, from, by) => deeds.leave(model, workspace, from, workspace.botUser, by)),
    uninstall: (team) => push.during(() => deeds.uninstall(model, model.workspace(team))),
    revokeTokens: (team) => push.during(() => deeds.revokeTokens(model, model.workspace(team))),
  };
}

export function doingsOf(model: Model, push: Push): Doings {
  return {
    ...happenings(model, push),
    write: async (team, user, channel, text, more = {}) =>
      push.during(() => write(model, model.workspace(team), seenBy(model, team, user, channel), user, text, more)),
    edit: async (team, user, channelId, ts, text) => {
      const workspace = model.workspace(team);
      const channel = seenBy(model, team, user, channelId);
      const message = ownMessage(channel, user, ts);
      const to = { text: typedText(workspace, text), by: user };
      await push.during(() => deeds.change(model, workspace, channel, message, to));
    },
    erase: (team, user, channel, ts) => push.during(() => erase(model, team, user, channel, ts)),
    openHome: async (team, user) => {
      const workspace = model.workspace(team);
      await push.during(() => model.announce(workspace, appHomeOpened(model, workspace, user)));
    },
    changeUser: (team, user, facts) => push.during(() => change(model, team, user, facts)),
    holdBack: (team) => push.holdBack(model.workspace(team)),
    invite: (team, channelId) =>
      push.during(() =>
        deeds.join(model, model.workspace(team), model.channel(team, channelId), model.workspace(team).botUser),
      ),
    react: async (team, user, on, reaction) => {
      const workspace = model.workspace(team);
      const channel = seenBy(model, team, user, on.channel);
      const event = reactionAdded(user, messageFor(channel, user, on.ts), reaction, model.newTs(channel));
      await push.during(() => model.announce(workspace, event, { channel }));
    },
  };
}
