/** The bodies Slack sends an app when somebody acts: commands, clicks, forms and shortcuts, and the parts they share. */
import type { Model, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage, FakeView } from './types.ts';
import { messageObject, viewObject as viewWithoutState, type Json } from './wire.ts';

export type Body = Json;

/** The old verification token, which is in every body and which nobody should trust. */
export const VERIFICATION_TOKEN = 'fake-verification-token';

export interface Who {
  readonly workspace: Workspace;
  readonly user: string;
}

export interface Trigger {
  readonly triggerId: string;
  /** As in `action_ts`. */
  readonly ts: string;
}

const teamOf = (workspace: Workspace): Body => ({ id: workspace.id, domain: workspace.domain });
const nameOf = ({ workspace, user }: Who): string => workspace.users.get(user)?.name ?? user;

function userOf(who: Who): Body {
  const name = nameOf(who);
  return { id: who.user, username: name, name, team_id: who.workspace.id };
}

function common(who: Who): Body {
  return {
    user: userOf(who),
    api_app_id: who.workspace.appId,
    token: VERIFICATION_TOKEN,
    team: teamOf(who.workspace),
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The name of a conversation as commands and clicks give it. */
export function channelName(channel: FakeChannel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

/** A slash command: every value is text, for it travels as a form. */
export function slashCommand(
  who: Who,
  channel: FakeChannel,
  said: { readonly command: string; readonly text: string },
  more: { readonly triggerId: string; readonly responseUrl: string },
): Readonly<Record<string, string>> {
  return {
    token: VERIFICATION_TOKEN,
    team_id: who.workspace.id,
    team_domain: who.workspace.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: who.user,
    user_name: nameOf(who),
    command: said.command,
    text: said.text,
    api_app_id: who.workspace.appId,
    is_enterprise_install: 'false',
    response_url: more.responseUrl,
    trigger_id: more.triggerId,
  };
}

export interface Pressed {
  readonly trigger: Trigger;
  /** As `actionOf` makes it. */
  readonly action: Body;
  /** What stands in the inputs around it. */
  readonly values: Body;
}

/** A click on a message. An ephemeral one comes without its text and blocks. */
export function messagePressed(
  who: Who,
  channel: FakeChannel,
  message: FakeMessage,
  pressed: Pressed & { readonly responseUrl: string },
): Body {
  const ephemeral = message.ephemeralTo !== undefined;
  return {
    type: 'block_actions',
    ...common(who),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: pressed.trigger.triggerId,
    channel: { id: channel.id, name: channelName(channel) },
    ...(ephemeral ? {} : { message: messageObject(who.workspace, channel, message) }),
    state: { values: pressed.values },
    response_url: pressed.responseUrl,
    actions: [pressed.action],
  };
}

/** A click in a modal or on a Home tab. */
export function viewPressed(who: Who, view: FakeView, stack: readonly FakeView[], pressed: Pressed): Body {
  return {
    type: 'block_actions',
    ...common(who),
    container: { type: 'view', view_id: view.id },
    trigger_id: pressed.trigger.triggerId,
    view: viewObject(who.workspace, view, stack, pressed.values),
    actions: [pressed.action],
  };
}

/** A view as Slack describes it; `values` is what stands in its inputs. */
export function viewObject(workspace: Workspace, view: FakeView, stack: readonly FakeView[], values: Body): Body {
  return { ...viewWithoutState(workspace, view, stack), state: { values } };
}

export function viewSubmitted(
  who: Who,
  view: FakeView,
  stack: readonly FakeView[],
  more: { readonly triggerId: string; readonly values: Body },
): Body {
  return {
    type: 'view_submission',
    ...common(who),
    trigger_id: more.triggerId,
    view: viewObject(who.workspace, view, stack, more.values),
  };
}

export function viewClosed(
  who: Who,
  view: FakeView,
  stack: readonly FakeView[],
  more: { readonly cleared: boolean; readonly values: Body },
): Body {
  return {
    type: 'view_closed',
    ...common(who),
    view: viewObject(who.workspace, view, stack, more.values),
    is_cleared: more.cleared,
  };
}

/** A message shortcut: Slack's menu on a message. */
export function messageShortcut(
  who: Who,
  channel: FakeChannel,
  message: FakeMessage,
  more: { readonly callbackId: string; readonly trigger: Trigger; readonly responseUrl: string },
): Body {
  const { api_app_id: _, ...shared } = common(who);
  return {
    type: 'message_action',
    ...shared,
    user: { id: who.user, name: nameOf(who), team_id: who.workspace.id },
    callback_id: more.callbackId,
    trigger_id: more.trigger.triggerId,
    action_ts: more.trigger.ts,
    response_url: more.responseUrl,
    channel: { id: channel.id, name: channelName(channel) },
    message_ts: message.ts,
    message: messageObject(who.workspace, channel, message),
  };
}

/** Around an event, on its way to the app. */
export function eventEnvelope(
  workspace: Workspace,
  event: Body,
  facts: { readonly id: string; readonly atMs: number; readonly context: string },
): Body {
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.id,
    context_team_id: workspace.id,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: 'event_callback',
    event_id: facts.id,
    event_time: Math.floor(facts.atMs / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.id,
        user_id: workspace.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: facts.context,
  };
}

/** Slack holds events back for a minute: over 30,000 in an hour. It is no event, and stands in no envelope. */
export function appRateLimited(model: Model, workspace: Workspace): Body {
  return {
    token: VERIFICATION_TOKEN,
    type: 'app_rate_limited',
    team_id: workspace.id,
    minute_rate_limited: Math.floor(model.clock.now() / 60_000) * 60,
    api_app_id: workspace.appId,
  };
}
