/** Discord's part of the environment: who we are there, what we may read, and the ways to get it half right. */
import { z } from 'zod';
import { Secret } from './secret.ts';
import { vendorUrl } from './values.ts';

/** What a text is instead, told by its shape; everything here stands on the same two pages of the application. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^Bot\s/, 'it with the word "Bot" before it, which goes away'],
  [/^\d{17,20}$/, 'an application id, which goes into DISCORD_APPLICATION_ID'],
  [/^[0-9a-f]{64}$/, 'the public key, which is not used'],
  [/^[\w-]{20,40}\.[\w-]{4,10}\.[\w-]{20,80}$/, 'a bot token, which goes into DISCORD_TOKEN'],
  [/^[\w-]{32}$/, 'the client secret, which is not used'],
];

const its = (name: string, shape: RegExp, must: string, where: string): z.ZodOptional<z.ZodString> =>
  z
    .string()
    .regex(shape, {
      error: ({ input }) => {
        const seems = KINDS.find(([kind, is]) => !is.includes(name) && kind.test(String(input)));
        return `must be ${must}${seems ? `, but this is ${seems[1]}` : ''}: see "${where}" of the Discord application`;
      },
    })
    .optional();

const TOKEN = /^[\w-]{20,40}\.[\w-]{4,10}\.[\w-]{20,80}$/;

export const discordVariables = {
  DISCORD_TOKEN: its('DISCORD_TOKEN', TOKEN, 'the bot token, three parts joined by dots', 'Bot'),
  DISCORD_APPLICATION_ID: its(
    'DISCORD_APPLICATION_ID',
    /^\d{17,20}$/,
    'the application id, 17 to 20 digits',
    'General Information',
  ),
  DISCORD_MESSAGE_CONTENT: z
    .enum(['0', '1'], 'must be 1 to read answers in threads, or 0 to take them by form alone')
    .default('1'),
  DISCORD_API_URL: vendorUrl('discord.com')
    .default('https://discord.com/api')
    .transform((text) => {
      const { origin, pathname } = new URL(text);
      const path = pathname.replace(/\/+$/, '').replace(/\/v\d+$/, '');
      return `${origin}${path === '' ? '/api' : path}`;
    }),
};

export type DiscordVariables = z.infer<z.ZodObject<typeof discordVariables>>;

export interface DiscordConfig {
  readonly token: Secret;
  readonly applicationId: string;
  /** Without a version, and without a slash at the end. */
  readonly apiUrl: string;
  /** We read what people write: the intent MESSAGE_CONTENT is asked for. */
  readonly content: boolean;
}

/** Undefined while something is missing. */
export function discordOf(read: DiscordVariables): DiscordConfig | undefined {
  const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId } = read;
  if (token === undefined || applicationId === undefined) return undefined;
  const content = read.DISCORD_MESSAGE_CONTENT === '1';
  return { token: new Secret(token), applicationId, apiUrl: read.DISCORD_API_URL, content };
}

type Said = readonly { readonly variable: keyof DiscordVariables; readonly problem: string }[];

/** What is set by halves. */
export function discordProblems(read: DiscordVariables): Said {
  const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId } = read;
  if (token !== undefined && applicationId === undefined) {
    const problem = 'is missing: DISCORD_TOKEN needs it; see "General Information" of the Discord application';
    return [{ variable: 'DISCORD_APPLICATION_ID', problem }];
  }
  if (token === undefined && applicationId !== undefined) {
    return [{ variable: 'DISCORD_TOKEN', problem: 'is missing: add it, or remove DISCORD_APPLICATION_ID' }];
  }
  return [];
}
