/** Slack's part of the environment: whose tokens we act with, how events reach us, and every way to get it half right. */
import { z } from 'zod';
import { Secret } from './secret.ts';
import { publicUrl, vendorUrl } from './values.ts';

/** What a text is, told by how Slack's own begin; the likeliest mistake is the right thing in the wrong variable. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^xoxb-/, 'a bot token (xoxb-), which goes into SLACK_BOT_TOKEN'],
  [/^xapp-/, 'an app-level token (xapp-), which goes into SLACK_APP_TOKEN'],
  [/^xoxp-/, 'a user token (xoxp-), which acts as a person and is not used'],
  [/^xoxa-/, 'a workspace token of the old kind (xoxa-), which is not used'],
  [/^xoxe[.-]/, 'a token that expires (xoxe), as token rotation is on: make the Slack app anew without it'],
  [/^xox[cds]-/, 'a token of somebody’s own sign-in, which is not used'],
  [/^\d+\.\d+$/, 'a client id, which goes into SLACK_CLIENT_ID'],
  [/^[0-9a-f]{32}$/, 'a secret, which goes into SLACK_SIGNING_SECRET or SLACK_CLIENT_SECRET'],
];

/** What a file of settings, or the page a value was copied from, may leave around it. */
const AROUND = /^[\s"'`“”‘’]+|[\s"'`“”‘’]+$/g;

/** Texts of one shape; any other is told what it must be, and what it seems to be instead. */
const its = (name: string, shape: RegExp, must: string, where: string): z.ZodOptional<z.ZodString> =>
  z
    .string()
    .regex(shape, {
      error: ({ input }) => {
        const bare = String(input).replaceAll(AROUND, '');
        if (shape.test(bare)) return `must be ${must}, and there are quotes or spaces around it: leave them out`;
        const seems = KINDS.find(([kind, is]) => !is.includes(name) && kind.test(bare));
        return `must be ${must}${seems ? `, but this is ${seems[1]}` : ''}: see "${where}" of the Slack app`;
      },
    })
    .optional();

const TOKENS = 'OAuth & Permissions';
const BASICS = 'Basic Information';
const HEX = /^[0-9a-f]{32}$/;
const BOT = /^xoxb-[A-Za-z0-9-]{8,250}$/;
const APP = /^xapp-[A-Za-z0-9-]{8,250}$/;

export const slackVariables = {
  SLACK_BOT_TOKEN: its('SLACK_BOT_TOKEN', BOT, 'the bot token, which starts with xoxb-', TOKENS),
  SLACK_APP_TOKEN: its('SLACK_APP_TOKEN', APP, 'an app-level token, which starts with xapp-', BASICS),
  SLACK_SIGNING_SECRET: its('SLACK_SIGNING_SECRET', HEX, '32 hexadecimal digits', BASICS),
  SLACK_CLIENT_ID: its('SLACK_CLIENT_ID', /^\d{1,20}\.\d{1,20}$/, 'two numbers joined by a dot', BASICS),
  SLACK_CLIENT_SECRET: its('SLACK_CLIENT_SECRET', HEX, '32 hexadecimal digits', BASICS),
  PUBLIC_URL: publicUrl.optional(),
  SLACK_API_URL: vendorUrl('slack.com')
    .default('https://slack.com/api/')
    .transform(
      (text) => new URL(new URL(text).pathname === '/' ? '/api/' : `${text}/`.replace(/\/\/$/, '/'), text).href,
    ),
};

export type SlackVariables = z.infer<z.ZodObject<typeof slackVariables>>;

/** Whose tokens we act with: one workspace by its token, or every workspace that installs us. */
export type SlackAccess =
  | { readonly kind: 'one'; readonly botToken: Secret }
  | {
      readonly kind: 'many';
      readonly clientId: string;
      readonly clientSecret: Secret;
      /** Without a slash at the end. */
      readonly publicUrl: string;
    };

/** How events reach us. */
export type SlackMode =
  | { readonly kind: 'socket'; readonly appToken: Secret }
  | { readonly kind: 'http'; readonly signingSecret: Secret };

export interface SlackConfig {
  readonly access: SlackAccess;
  readonly mode: SlackMode;
  /** With a slash at the end. */
  readonly apiUrl: string;
}

/** Something only Slack needs is set. */
export const wantsSlack = (read: SlackVariables): boolean =>
  [
    read.SLACK_BOT_TOKEN,
    read.SLACK_APP_TOKEN,
    read.SLACK_SIGNING_SECRET,
    read.SLACK_CLIENT_ID,
    read.SLACK_CLIENT_SECRET,
  ].some((value) => value !== undefined);

/** Undefined while something is missing. */
export function slackOf(read: SlackVariables): SlackConfig | undefined {
  const access = accessOf(read);
  const mode = modeOf(read);
  if (!access || !mode) return undefined;
  return { access, mode, apiUrl: read.SLACK_API_URL };
}

function accessOf(read: SlackVariables): SlackAccess | undefined {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: secret, PUBLIC_URL: url } = read;
  if (token !== undefined) return { kind: 'one', botToken: new Secret(token) };
  if (clientId === undefined || secret === undefined || url === undefined) return undefined;
  return { kind: 'many', clientId, clientSecret: new Secret(secret), publicUrl: url };
}

/** Socket Mode where both are set: Slack sends nothing over HTTP while it is on. */
function modeOf({ SLACK_APP_TOKEN: token, SLACK_SIGNING_SECRET: secret }: SlackVariables): SlackMode | undefined {
  if (token !== undefined) return { kind: 'socket', appToken: new Secret(token) };
  return secret === undefined ? undefined : { kind: 'http', signingSecret: new Secret(secret) };
}

type Said = readonly { readonly variable: keyof SlackVariables; readonly problem: string }[];

const NO_LINE = 'needs SLACK_APP_TOKEN beside it (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)';
const NO_ACCESS =
  'is missing: add the token of one workspace, or set SLACK_CLIENT_ID to be installed in many workspaces';

/** What does not go together, or is set by halves. */
export function slackProblems(read: SlackVariables): Said {
  if (!wantsSlack(read)) return [];
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret } = read;
  const wantsMany = id !== undefined || secret !== undefined;
  const hasLine = modeOf(read) !== undefined;
  if (token !== undefined && wantsMany) return [both(id === undefined ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID')];
  if (wantsMany) return [...manyProblems(read), ...(hasLine ? [] : [{ variable: lead(read), problem: NO_LINE }])];
  if (token === undefined) return [{ variable: 'SLACK_BOT_TOKEN', problem: NO_ACCESS }];
  return hasLine ? [] : [{ variable: 'SLACK_BOT_TOKEN', problem: NO_LINE }];
}

const lead = (read: SlackVariables): keyof SlackVariables =>
  read.SLACK_CLIENT_ID === undefined ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID';

const both = (variable: keyof SlackVariables): Said[number] => ({
  variable,
  problem:
    'cannot stand beside SLACK_BOT_TOKEN: keep the token for one workspace, or this for many, and unset the other',
});

function manyProblems(read: SlackVariables): Said {
  const { SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret, SLACK_SIGNING_SECRET: signing, PUBLIC_URL: url } = read;
  const problems: Said[number][] = [];
  if (id === undefined) {
    const problem = 'is missing: SLACK_CLIENT_SECRET needs it; see "Basic Information" of the Slack app';
    problems.push({ variable: 'SLACK_CLIENT_ID', problem });
  }
  if (secret === undefined) {
    const problem = 'is missing: SLACK_CLIENT_ID needs it; see "Basic Information" of the Slack app';
    problems.push({ variable: 'SLACK_CLIENT_SECRET', problem });
  }
  if (url === undefined) {
    const problem = 'is missing: the https address where browsers reach this server, for the installation in Slack';
    problems.push({ variable: 'PUBLIC_URL', problem });
  }
  if (secret !== undefined && secret === signing) {
    const problem = 'is the same as SLACK_SIGNING_SECRET: they are two secrets of "Basic Information"';
    problems.push({ variable: 'SLACK_CLIENT_SECRET', problem });
  }
  return problems;
}
