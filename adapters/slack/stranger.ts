/** What a delivery is, in words fit for a log, and what a person hears whose workspace we have no token for. */
import type { AckBody } from './ports.ts';

type Body = Readonly<Record<string, unknown>>;

export interface DeliveryName {
  readonly kind: string;
  /** The event's type, the command, the action's or form's id: never what a person wrote. */
  readonly name: string;
  readonly team?: string;
}

export function nameDelivery(body: Body): DeliveryName {
  const team = textIn(body, 'team_id') ?? textIn(recordIn(body, 'team'), 'id');
  const from = team === undefined ? {} : { team };
  const event = body['event'];
  if (event !== undefined) return { kind: 'event', name: textIn(recordIn(body, 'event'), 'type') ?? '?', ...from };
  const command = textIn(body, 'command');
  if (command !== undefined) return { kind: 'command', name: command, ...from };
  const [action] = Array.isArray(body['actions']) ? (body['actions'] as unknown[]) : [];
  const name =
    textIn(isRecord(action) ? action : undefined, 'action_id') ??
    textIn(body, 'callback_id') ??
    textIn(recordIn(body, 'view'), 'callback_id') ??
    '?';
  return { kind: textIn(body, 'type') ?? '?', name, ...from };
}

const WORDS = 'Greenroom is not installed in this workspace any more. Whoever set it up can install it again.';

/** A command shows it to the one who typed it and a form shows it in its place; elsewhere Slack takes no words. */
export function answerStranger(body: Body): AckBody {
  if (body['command'] !== undefined) return { response_type: 'ephemeral', text: WORDS };
  if (body['type'] === 'block_suggestion') return { options: [] };
  if (body['type'] !== 'view_submission') return '';
  const block = { type: 'section', text: { type: 'plain_text', text: WORDS } };
  const view = { type: 'modal', title: { type: 'plain_text', text: 'Not installed' }, blocks: [block] };
  return { response_action: 'update', view };
}

export const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordIn = (body: Body | undefined, name: string): Body | undefined => {
  const value = body?.[name];
  return isRecord(value) ? value : undefined;
};

const textIn = (body: Body | undefined, name: string): string | undefined => {
  const value = body?.[name];
  return typeof value === 'string' ? value : undefined;
};
