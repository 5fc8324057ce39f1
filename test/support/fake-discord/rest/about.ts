/** Who the bot is, where it is, and whom it knows: users, the application, servers and their members, DMs, the gateway. */
import type { Json, Model } from '../model.ts';
import { dmOf } from '../places.ts';
import { channelOf, guildOf as guildPayload, iso, memberOf, rolesOf, userById } from '../payloads.ts';
import { invalid, refuse, Refusal } from './refusal.ts';
import { guildOf, ok, type Handle } from './route.ts';

const me: Handle = ({ model }) =>
  ok({ ...userById(model, model.bot.id), verified: true, locale: 'en-US', mfa_enabled: true, email: null });

const user: Handle = ({ model }, { params }) => {
  const id = params['user'] ?? '';
  if (id !== model.bot.id && !model.users.has(id)) refuse(10013);
  return ok(userById(model, id));
};

const openDm: Handle = ({ model }, { body }) => {
  const id = String(body['recipient_id']);
  if (!model.users.has(id)) throw new Refusal(invalid(['recipient_id: not somebody']));
  return ok(channelOf(model, dmOf(model, id)));
};

const HAS_MESSAGE_CONTENT_LIMITED = 1 << 19;

function applicationOf(model: Model, contentSwitch: boolean): Json {
  const flags = contentSwitch ? HAS_MESSAGE_CONTENT_LIMITED : 0;
  return {
    id: model.applicationId,
    name: 'Greenroom',
    icon: null,
    description: 'Interview practice',
    type: null,
    bot: userById(model, model.bot.id),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
  };
}

const application: Handle = ({ model, plugs }) =>
  ok({
    ...applicationOf(model, plugs.contentSwitch),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userById(model, model.bot.id),
    approximate_guild_count: [...model.guilds.values()].filter(({ joined }) => joined).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  });

const myGuilds: Handle = ({ model }, { query }) => {
  const after = query.get('after') ?? '0';
  const joined = [...model.guilds.values()].filter((guild) => guild.joined && BigInt(guild.id) > BigInt(after));
  return ok(
    joined.slice(0, Number(query.get('limit') ?? 200)).map((guild) => ({
      id: guild.id,
      name: guild.name,
      icon: null,
      banner: null,
      owner: false,
      permissions: String(guild.permissions),
      features: [],
    })),
  );
};

const guild: Handle = (desk, asked) => ok(guildPayload(desk.model, guildOf(desk, asked)));
const roles: Handle = (desk, asked) => ok(rolesOf(desk.model, guildOf(desk, asked)));

const member: Handle = (desk, asked) => {
  const where = guildOf(desk, asked);
  const id = asked.params['user'] ?? '';
  if (!where.members.has(id)) refuse(10007);
  return ok(memberOf(desk.model, where, id));
};

const gatewayBot: Handle = ({ plugs }) => ok(plugs.gatewayBot());
const gateway: Handle = ({ plugs }) => ok({ url: plugs.gatewayBot()['url'] });

const authorization: Handle = ({ model, plugs }) =>
  ok({
    application: applicationOf(model, plugs.contentSwitch),
    expires: iso(model.clock.now() + 7 * 86_400_000),
    scopes: ['bot', 'applications.commands'],
  });

export const ABOUT_ROUTES: Readonly<Record<string, Handle>> = {
  'GET /gateway': gateway,
  'GET /gateway/bot': gatewayBot,
  'GET /users/@me': me,
  'GET /users/@me/guilds': myGuilds,
  'POST /users/@me/channels': openDm,
  'GET /users/:user': user,
  'GET /applications/@me': application,
  'GET /oauth2/applications/@me': application,
  'GET /oauth2/@me': authorization,
  'GET /guilds/:id': guild,
  'GET /guilds/:id/roles': roles,
  'GET /guilds/:id/members/:user': member,
};
