/** The app as Slack wants it described, made from what people can say to us: paste it and the app is set up. */
import type { Arg, CommandSpec, Surface } from '../../src/chat/surface.ts';
import { encodeAction } from '../../src/chat/wire.ts';
import { EVENTS, type Manifest, SCOPES } from './scopes.ts';

export interface ManifestAsked {
  readonly surface: Surface;
  /** How Slack reaches us: by a connection we open, or by requests to `publicUrl`. */
  readonly mode: 'socket' | 'http';
  /** `https://greenroom.example.org`; needed for HTTP and for OAuth. */
  readonly publicUrl?: string;
  /** Many workspaces may install the app. */
  readonly oauth?: boolean;
  /** `Greenroom` unless told otherwise. */
  readonly appName?: string;
}

/** Where Slack sends everything in HTTP mode, and where a browser comes back to after an install. */
const EVENTS_PATH = '/slack/events';
const REDIRECT_PATH = '/slack/oauth_redirect';

const ABOUT = 'Interview practice for a team: a leadership question a day, answers in its thread, feedback from peers.';
const MORE = [
  'A channel gets a leadership question every day. People answer in its thread or by a form, and colleagues give feedback on a rubric.',
  'Each author, and nobody else, reads it: there is no manager view, no ranking of people, no score without its count.',
].join(' ');
const COMMAND = 'Interview practice: today’s question, your own page, set-up';
/** The green of the local chat. */
const COLOUR = '#2a6448';

/** Throws RangeError naming everything that is wrong: an address that is missing or no https, a text over a limit of Slack. */
export function manifestOf(asked: ManifestAsked): Manifest {
  const name = asked.appName ?? 'Greenroom';
  const address = addressOf(asked);
  const requestUrl = asked.mode === 'http' && address !== undefined ? `${address}${EVENTS_PATH}` : undefined;
  const manifest: Manifest = {
    display_information: { name, description: ABOUT, long_description: MORE, background_color: COLOUR },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: botName(name), always_online: true },
      ...withSome('shortcuts', shortcutsOf(asked.surface, name)),
      slash_commands: commandsOf(asked.surface, requestUrl),
    },
    oauth_config: {
      ...(asked.oauth === true ? { redirect_urls: [`${address}${REDIRECT_PATH}`] } : {}),
      scopes: { bot: SCOPES.map(({ scope }) => scope) },
    },
    settings: {
      event_subscriptions: { ...urlOf(requestUrl, 'request_url'), bot_events: EVENTS.map(({ event }) => event) },
      interactivity: { is_enabled: true, ...urlOf(requestUrl, 'request_url') },
      org_deploy_enabled: false,
      socket_mode_enabled: asked.mode === 'socket',
      token_rotation_enabled: false,
    },
  };
  const problems = overLimits(manifest);
  if (problems.length > 0) throw new RangeError(`Slack would refuse this manifest: ${problems.join('; ')}.`);
  return manifest;
}

const urlOf = <K extends string>(url: string | undefined, key: K): { [P in K]?: string } =>
  (url === undefined ? {} : { [key]: url }) as { [P in K]?: string };
const withSome = <K extends string, T>(key: K, list: readonly T[]): { [P in K]?: T[] } =>
  (list.length === 0 ? {} : { [key]: [...list] }) as { [P in K]?: T[] };

/** Without a slash at the end. */
function addressOf({ mode, oauth, publicUrl }: ManifestAsked): string | undefined {
  if (publicUrl === undefined) {
    if (mode === 'http') throw new RangeError('HTTP needs the address where Slack reaches Greenroom.');
    if (oauth === true) throw new RangeError('OAuth needs the address where browsers come back to after an install.');
    return undefined;
  }
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url?.protocol !== 'https:' || !plain)
    throw new RangeError('The address must begin with https:// and end after the host or a path.');
  return url.href.replace(/\/+$/, '');
}

/** Slack allows lower-case letters, digits, `-`, `_` and `.` here. */
const botName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'greenroom';

type Features = NonNullable<Manifest['features']>;
type SlashCommand = NonNullable<Features['slash_commands']>[number];
type Shortcut = NonNullable<Features['shortcuts']>[number];

function commandsOf({ root, commands }: Surface, url: string | undefined): SlashCommand[] {
  const slash = (command: string, description: string, hint: string): SlashCommand => ({
    command: `/${command}`,
    description,
    ...(hint === '' ? {} : { usage_hint: hint }),
    // Mentions then come with the id of whom they mean.
    should_escape: true,
    ...urlOf(url, 'url'),
  });
  return [
    slash(root, COMMAND, commands.map(({ name, examples }) => examples[0] ?? name).join(' | ')),
    ...commands.flatMap((spec) => (spec.alias === undefined ? [] : [slash(spec.alias, spec.summary, hintOf(spec))])),
  ];
}

const hintOf = ({ args }: CommandSpec): string =>
  args.map((arg) => (arg.required === true ? `<${valueOf(arg)}>` : `[${valueOf(arg)}]`)).join(' ');

const valueOf = ({ name, kind, options = [] }: Arg): string =>
  kind === 'choice' && options.length > 0 ? options.map(({ value }) => value).join('|') : name;

const shortcutsOf = ({ shortcuts }: Surface, appName: string): Shortcut[] =>
  shortcuts.map(({ label, on }) => ({
    type: 'message',
    name: label,
    callback_id: encodeAction(on),
    description: `${appName}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  }));

const long = (what: string, text: string, most: number): string[] =>
  text === ''
    ? [`${what} is empty`]
    : text.length > most
      ? [`${what} has ${text.length} characters, ${most} are allowed`]
      : [];
const many = (what: string, count: number, most: number): string[] =>
  count > most ? [`${count} ${what}, ${most} are allowed`] : [];
const twice = (what: string, all: readonly string[]): string[] =>
  [...new Set(all.filter((one, index) => all.indexOf(one) !== index))].map((one) => `${what} ${one} stands twice`);

/** What of a manifest Slack would refuse; the limits are those of its manifest reference. */
function overLimits({ display_information: shown, features, settings }: Manifest): string[] {
  const commands = features?.slash_commands ?? [];
  const shortcuts = features?.shortcuts ?? [];
  return [
    ...long('the name of the app', shown.name, 35),
    ...long('the description', shown.description ?? '', 140),
    ...long('the long description', shown.long_description ?? '', 4_000),
    ...long('the name of the bot', features?.bot_user?.display_name ?? '', 80),
    ...many('slash commands', commands.length, 50),
    ...many('shortcuts', shortcuts.length, 10),
    ...many('events', settings?.event_subscriptions?.bot_events?.length ?? 0, 100),
    ...twice(
      'command',
      commands.map(({ command }) => command),
    ),
    ...twice(
      'shortcut',
      shortcuts.map(({ callback_id: id }) => id),
    ),
    ...commands.flatMap(({ command, description, usage_hint: hint }) => [
      ...long(`command ${command}`, command, 32),
      ...long(`the description of ${command}`, description, 2_000),
      ...long(`the usage hint of ${command}`, hint ?? '-', 1_000),
    ]),
    ...shortcuts.flatMap(({ name, description, callback_id: id }) => [
      ...long(`the shortcut ${name}`, name, 24),
      ...long(`the description of ${name}`, description, 150),
      ...long(`the id of ${name}`, id, 255),
    ]),
  ];
}
