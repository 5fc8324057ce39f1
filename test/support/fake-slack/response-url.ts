/** Response URLs: each takes five messages within half an hour, for one person's eyes unless it says otherwise. */
import { messageProblem, textIn } from './block-check.ts';
import { change, erase, say } from './deeds.ts';
import { keepBlocks } from './block-rules.ts';
import type { Model, Workspace } from './model.ts';
import type { FakeChannel, FakeMessage } from './types.ts';
import type { Json } from './wire.ts';

export const MOST_USES = 5;
export const URL_LIFE_MS = 30 * 60_000;

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface ResponseUrls {
  /** `message`: what was clicked on. */
  issue(workspace: Workspace, channel: FakeChannel, user: string, message?: FakeMessage): string;
  respond(path: string, contentType: string, body: string): Reply;
}

/** Where an answer goes. */
export interface Spot {
  readonly workspace: Workspace;
  readonly channel: FakeChannel;
  readonly user: string;
  readonly message?: FakeMessage;
}

interface Issued extends Spot {
  readonly at: number;
  uses: number;
}

const refusal = (status: number, error: string): Reply => ({ status, body: JSON.stringify({ ok: false, error }) });
const FINE: Reply = { status: 200, body: JSON.stringify({ ok: true }) };

function parse(contentType: string, body: string): Json | undefined {
  const form = contentType.toLowerCase().startsWith('application/x-www-form-urlencoded');
  const text = form ? (new URLSearchParams(body).get('payload') ?? '') : body;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Json) : undefined;
  } catch {
    return undefined;
  }
}

const keptBlocks = (model: Model, said: Json): readonly Json[] =>
  keepBlocks(model, (said['blocks'] ?? []) as readonly Json[]);

/** The message in an answer, as it is kept. */
function draftOf(model: Model, { workspace, user }: Spot, said: Json): Parameters<typeof say>[3] {
  const threadTs = said['thread_ts'];
  return {
    user: workspace.botUser,
    botId: workspace.botId,
    text: textIn(said),
    ...(said['blocks'] === undefined ? {} : { blocks: keptBlocks(model, said) }),
    ...(typeof threadTs === 'string' ? { threadTs } : {}),
    ...(said['response_type'] === 'in_channel' ? {} : { ephemeralTo: user }),
  };
}

/** Shows an answer to a command or click. */
export function show(model: Model, spot: Spot, said: Json): FakeMessage {
  return say(model, spot.workspace, spot.channel, draftOf(model, spot, said));
}

/** Puts an answer in the place of what was clicked on; undefined, or why that cannot be. */
function replace(model: Model, spot: Spot, said: Json): string | undefined {
  const { workspace, channel, message } = spot;
  if (message?.botId !== workspace.botId || message.deleted) return 'there is no message of the app to replace';
  if (message.ephemeralTo !== undefined) {
    if (said['response_type'] === 'in_channel') return 'what one person sees cannot be shown to all';
    Object.assign(message, { text: textIn(said), blocks: keptBlocks(model, said) });
    return undefined;
  }
  const { text, blocks = [] } = draftOf(model, spot, said);
  change(model, workspace, channel, message, { text, blocks, by: workspace.botUser });
  return undefined;
}

function takeAway(model: Model, { workspace, channel, message }: Spot): string | undefined {
  if (message?.botId !== workspace.botId || message.deleted) return 'there is no message of the app to delete';
  erase(model, workspace, channel, message);
  return undefined;
}

/** What went wrong, or undefined. */
function act(model: Model, spot: Spot, said: Json): Reply | undefined {
  if (said['delete_original'] === true) {
    return takeAway(model, spot) === undefined ? undefined : refusal(404, 'message_not_found');
  }
  const problem = messageProblem(spot.workspace, said);
  if (problem !== undefined) return refusal(400, problem.split(':')[0] ?? problem);
  if (said['replace_original'] !== true) {
    show(model, spot, said);
    return undefined;
  }
  return replace(model, spot, said) === undefined ? undefined : refusal(404, 'message_not_found');
}

export function openResponseUrls(model: Model): ResponseUrls {
  const issued = new Map<string, Issued>();
  const complain = (reply: Reply, path: string): Reply => {
    model.complaints.push(`response_url ${path}: ${reply.status} ${reply.body}`);
    return reply;
  };
  return {
    issue: (workspace, channel, user, message) => {
      const path = `${workspace.id}/${model.newId('R')}`;
      const spot = { workspace, channel, user, ...(message === undefined ? {} : { message }) };
      issued.set(path, { ...spot, at: model.clock.now(), uses: 0 });
      return `${model.url}/response/${path}`;
    },
    respond: (path, contentType, body) => {
      const found = issued.get(path);
      if (!found) return complain(refusal(404, 'no_such_url'), path);
      if (model.clock.now() - found.at > URL_LIFE_MS) return complain(refusal(404, 'expired_url'), path);
      if (found.uses >= MOST_USES) return complain(refusal(404, 'used_url'), path);
      const said = parse(contentType, body);
      if (!said) return complain(refusal(400, 'invalid_payload'), path);
      found.uses += 1;
      const refused = act(model, found, said);
      return refused === undefined ? FINE : complain(refused, path);
    },
  };
}
