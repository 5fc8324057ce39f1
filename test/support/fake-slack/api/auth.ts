/** auth.*, team.info, bots.info, apps.*: who the app is, and the end of it. */
import { revokeTokens, uninstall } from '../deeds.ts';
import { addressOf, botObject } from '../wire.ts';
import { Refusal, textOf, type Call, type Methods } from './call.ts';

const whoAmI = (call: Call): Readonly<Record<string, unknown>> => {
  if (call.token === call.model.app.appToken) return { app_name: 'Greenroom', app_id: call.model.app.appId };
  const { workspace } = call;
  return {
    url: `${addressOf(workspace)}/`,
    team: workspace.name,
    user: 'greenroom',
    team_id: workspace.id,
    user_id: workspace.botUser,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  };
};

export const AUTH: Methods = {
  'auth.test': { token: 'any', args: [], run: whoAmI },
  'auth.revoke': {
    token: 'bot',
    args: ['test'],
    run: ({ model, workspace, args }) => {
      if (args['test'] !== 'true' && args['test'] !== true) revokeTokens(model, workspace);
      return { revoked: true };
    },
  },
  'apps.uninstall': {
    token: 'bot',
    args: ['client_id', 'client_secret'],
    run: (call) => {
      const { model, workspace } = call;
      if (textOf(call, 'client_id') !== model.app.clientId) throw new Refusal('invalid_client_id');
      if (textOf(call, 'client_secret') !== model.app.clientSecret) throw new Refusal('bad_client_secret');
      uninstall(model, workspace);
      return {};
    },
  },
  'apps.connections.open': {
    token: 'app',
    args: [],
    run: ({ plugs }) => {
      const opened = plugs.openConnection();
      if ('error' in opened) throw new Refusal(opened.error);
      return { url: opened.url };
    },
  },
  'team.info': {
    token: 'bot',
    scopes: ['team:read'],
    args: ['team', 'domain'],
    run: ({ workspace }) => ({
      team: {
        id: workspace.id,
        name: workspace.name,
        url: `${addressOf(workspace)}/`,
        domain: workspace.domain,
        email_domain: '',
        icon: { image_default: true },
      },
    }),
  },
  'bots.info': {
    token: 'bot',
    scopes: ['users:read'],
    args: ['bot'],
    run: (call) => {
      if (textOf(call, 'bot') !== call.workspace.botId) throw new Refusal('bot_not_found');
      return { bot: botObject(call.workspace) };
    },
  },
};
