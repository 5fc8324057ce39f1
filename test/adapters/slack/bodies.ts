/** Deliveries as Slack writes them, as small as the router needs them. */
import { TEAM } from './world.ts';

type Body = Record<string, unknown>;
const person = { id: 'U0ANA', name: 'ana', team_id: TEAM };

export const event = (type: string, facts: Body = {}, team: string = TEAM): Body => ({
  type: 'event_callback',
  team_id: team,
  api_app_id: 'A0001',
  event_id: 'Ev0001',
  event: { type, user: 'U0ANA', channel: 'C0001', ts: '1700000000.000100', ...facts },
  authorizations: [
    { team_id: team, enterprise_id: null, user_id: 'U0BOT', is_bot: true, is_enterprise_install: false },
  ],
});

export const command = (name = '/practice', text = '', team: string = TEAM): Body => ({
  command: name,
  text,
  team_id: team,
  user_id: 'U0ANA',
  user_name: 'ana',
  channel_id: 'C0001',
  response_url: 'http://127.0.0.1:9/response/1',
  trigger_id: '1.2.3',
  is_enterprise_install: 'false',
});

export const press = (actionId = 'daily.answer:01', team: string = TEAM): Body => ({
  type: 'block_actions',
  team: { id: team, domain: 'acme' },
  user: { ...person, team_id: team },
  channel: { id: 'C0001', name: 'general' },
  actions: [{ type: 'button', action_id: actionId, block_id: 'b', value: 'x' }],
  trigger_id: '1.2.3',
});

export const submit = (callbackId = 'daily.answer:01', team: string = TEAM): Body => ({
  type: 'view_submission',
  team: { id: team, domain: 'acme' },
  user: { ...person, team_id: team },
  view: { id: 'V0001', hash: '1.a', type: 'modal', callback_id: callbackId, state: { values: {} } },
});

export const shortcut = (callbackId = 'practice.ask', team: string = TEAM): Body => ({
  type: 'message_action',
  callback_id: callbackId,
  team: { id: team, domain: 'acme' },
  user: { ...person, team_id: team },
  channel: { id: 'C0001', name: 'general' },
  message: { ts: '1700000000.000100', text: 'Hello' },
});

export const suggest = (actionId = 'daily.pick:01', team: string = TEAM): Body => ({
  type: 'block_suggestion',
  team: { id: team, domain: 'acme' },
  user: { ...person, team_id: team },
  action_id: actionId,
  block_id: 'b',
  value: 'a',
});
