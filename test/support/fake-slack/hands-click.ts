/** Commands, clicks, forms and shortcuts: what a person does that the app has 3 seconds to answer. */
import { messageProblem } from './block-check.ts';
import { ackedOf } from './complain.ts';
import type { Answer, Courier, Parcel } from './courier.ts';
import { actionOf, blocksOf, filledIn, inputsOf, standing, statesOf, initialOf } from './forms.ts';
import { applyAnswer, closeView } from './modals.ts';
import type { Model, Workspace } from './model.ts';
import {
  messagePressed,
  messageShortcut,
  slashCommand,
  viewClosed,
  viewPressed,
  viewSubmitted,
  type Who,
} from './payloads.ts';
import { show, type ResponseUrls, type Spot } from './response-url.ts';
import { findButton, findSelect, messageFor, seenBy, viewFor, type Target } from './targets.ts';
import type { Triggers } from './triggers.ts';
import { commandText } from './typed-text.ts';
import type { Acked, FakeChannel, FakeHands, FakeView, On } from './types.ts';
import { stackOf } from './views.ts';
import type { Json } from './wire.ts';

export interface Tools {
  readonly model: Model;
  readonly courier: Courier;
  readonly triggers: Triggers;
  readonly urls: ResponseUrls;
}

type Clicks = Pick<FakeHands, 'command' | 'press' | 'choose' | 'submit' | 'dismiss' | 'shortcut'>;

const UNREACHABLE: Answer = { ok: false, reason: 'dispatch_failed', final: true, tookMs: 0 };

interface Click {
  readonly who: Who;
  readonly target: Target;
  readonly value?: string;
}

async function carry(tools: Tools, workspace: Workspace, parcel: Parcel): Promise<Answer> {
  return workspace.revoked ? UNREACHABLE : tools.courier.carry(parcel);
}

const spotTs = (tools: Tools): string => `${(tools.model.clock.now() / 1000).toFixed(3)}000`;

async function clickMessage(tools: Tools, on: { channel: string; ts: string }, click: Click): Promise<Acked> {
  const { workspace, user } = click.who;
  const channel = seenBy(tools.model, workspace.id, user, on.channel);
  const message = messageFor(channel, user, on.ts);
  const inputs = inputsOf(blocksOf(message)).map((input) => ({ ...input, required: false }));
  const ts = spotTs(tools);
  const body = messagePressed(click.who, channel, message, {
    trigger: { triggerId: tools.triggers.issue(workspace.id, user), ts },
    action: actionOf(click.target.block, click.target.element, click.value, ts),
    values: statesOf(inputs, ({ element }) => initialOf(element)),
    responseUrl: tools.urls.issue(workspace, channel, user, message),
  });
  return ackedOf(tools.model, 'a click', ...(await bare(tools, workspace, body)));
}

async function clickView(tools: Tools, view: FakeView, click: Click): Promise<Acked> {
  const { workspace, user } = click.who;
  const stack = workspace.modals.get(user) ?? [];
  const ts = spotTs(tools);
  const inModal = stack.includes(view);
  const body = viewPressed(click.who, view, inModal ? stack : [view], {
    trigger: { triggerId: tools.triggers.issue(workspace.id, user, inModal ? view.id : undefined), ts },
    action: actionOf(click.target.block, click.target.element, click.value, ts),
    values: standing(view),
  });
  return ackedOf(tools.model, 'a click', ...(await bare(tools, workspace, body)));
}

/** For what may only be answered with nothing. */
async function bare(tools: Tools, workspace: Workspace, body: unknown): Promise<[Answer, string | undefined]> {
  const answer = await carry(tools, workspace, { kind: 'interactive', body, answerable: false });
  const problem = answer.ok && answer.body !== '' ? 'the answer to a click is empty' : undefined;
  return [answer, problem];
}

function click(
  tools: Tools,
  who: Who,
  on: On,
  find: (blocks: readonly Json[]) => Target,
  value?: string,
): Promise<Acked> {
  const chosen = value === undefined ? {} : { value };
  if ('view' in on) {
    const view = viewFor(who.workspace, who.user, on.view);
    return clickView(tools, view, { who, target: find(blocksOf(view.view)), ...chosen });
  }
  const message = messageFor(seenBy(tools.model, who.workspace.id, who.user, on.channel), who.user, on.ts);
  return clickMessage(tools, on, { who, target: find(blocksOf(message)), ...chosen });
}

/** A command's answer is a message, for the person's eyes unless it says otherwise. */
function showAnswer(model: Model, spot: Spot, body: unknown): string | undefined {
  if (body === '') return undefined;
  const said = typeof body === 'string' ? { text: body } : (body as Json);
  const problem = messageProblem(spot.workspace, said);
  if (problem === undefined) show(model, spot, said);
  return problem;
}

async function command(tools: Tools, who: Who, channel: FakeChannel, name: string, text: string): Promise<Acked> {
  const { workspace, user } = who;
  if (channel.archived) throw new Error(`${channel.id} is archived: nobody can write there`);
  const body = slashCommand(
    who,
    channel,
    { command: name, text: commandText(workspace, text, true) },
    {
      triggerId: tools.triggers.issue(workspace.id, user),
      responseUrl: tools.urls.issue(workspace, channel, user),
    },
  );
  const known = workspace.scopes.has('commands');
  const answer = known ? await carry(tools, workspace, { kind: 'command', body }) : UNREACHABLE;
  if (!answer.ok) {
    const reason = answer.reason.includes('timeout') ? 'operation_timeout' : answer.reason;
    return ackedOf(tools.model, `the command ${name}`, { ...answer, reason });
  }
  const wrong = showAnswer(tools.model, { workspace, channel, user }, answer.body);
  return ackedOf(tools.model, `the command ${name}`, answer, wrong);
}

function topOf(workspace: Workspace, user: string): FakeView {
  const top = stackOf(workspace, user).at(-1);
  if (!top) throw new Error(`${user} has no form open`);
  return top;
}

async function submit(tools: Tools, who: Who, values: Readonly<Record<string, string>>): Promise<Acked> {
  const { workspace, user } = who;
  const view = topOf(workspace, user);
  if (view.view['submit_disabled'] === true || (view.view['submit'] ?? null) === null) {
    throw new Error('the modal has no button to send it');
  }
  const state = filledIn(view, values);
  view.typed = { ...view.typed, ...values };
  view.errors = {};
  const triggerId = tools.triggers.issue(workspace.id, user, view.id);
  const body = viewSubmitted(who, view, stackOf(workspace, user), { triggerId, values: state });
  const answer = await carry(tools, workspace, { kind: 'interactive', body, answerable: true });
  const problem = answer.ok ? applyAnswer(tools.model, workspace, view, answer.body) : undefined;
  return ackedOf(tools.model, 'a form', answer, problem);
}

async function dismiss(tools: Tools, who: Who): Promise<void> {
  const { workspace, user } = who;
  const view = topOf(workspace, user);
  const body = viewClosed(who, view, stackOf(workspace, user), { cleared: false, values: standing(view) });
  closeView(workspace, view);
  if (view.view['notify_on_close'] !== true) return;
  ackedOf(tools.model, 'a closed form', ...(await bare(tools, workspace, body)));
}

async function shortcut(
  tools: Tools,
  who: Who,
  on: { channel: string; ts: string },
  callbackId: string,
): Promise<Acked> {
  const { workspace, user } = who;
  const channel = seenBy(tools.model, workspace.id, user, on.channel);
  const message = messageFor(channel, user, on.ts);
  if (message.ephemeralTo !== undefined) throw new Error('what only one person sees has no shortcuts');
  const body = messageShortcut(who, channel, message, {
    callbackId,
    trigger: { triggerId: tools.triggers.issue(workspace.id, user), ts: spotTs(tools) },
    responseUrl: tools.urls.issue(workspace, channel, user, message),
  });
  return ackedOf(tools.model, 'a shortcut', ...(await bare(tools, workspace, body)));
}

export function clicksOf(tools: Tools): Clicks {
  const { model } = tools;
  const who = (team: string, user: string): Who => {
    const workspace = model.workspace(team);
    if (!workspace.users.has(user)) throw new Error(`no ${user} in ${team}`);
    return { workspace, user };
  };
  return {
    command: async (team, user, channel, name, text) =>
      command(tools, who(team, user), seenBy(model, team, user, channel), name, text),
    press: async (team, user, on, label) => click(tools, who(team, user), on, (blocks) => findButton(blocks, label)),
    choose: async (team, user, on, value) =>
      click(tools, who(team, user), on, (blocks) => findSelect(blocks, value), value),
    submit: async (team, user, values) => submit(tools, who(team, user), values),
    dismiss: async (team, user) => dismiss(tools, who(team, user)),
    shortcut: async (team, user, on, callbackId) => shortcut(tools, who(team, user), on, callbackId),
  };
}
