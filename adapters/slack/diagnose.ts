/** What is right and wrong with our place in Slack, looked at from here; whatever is wrong comes with what to click. */
import type { WebClient } from '@slack/web-api';
import type { Finding, Secret } from '../../src/chat/adapter.ts';
import type { ChannelId, TeamId } from '../../src/chat/ids.ts';
import { makeClient } from './api.ts';
import { lookAtApp } from './diagnose/app.ts';
import { lookAtChannel } from './diagnose/channel.ts';
import { lookAtClient } from './diagnose/client.ts';
import { reachSlack } from './diagnose/reach.ts';
import { type Found, bad, kindOfToken, well } from './diagnose/words.ts';
import { lookAtWorkspace } from './diagnose/workspace.ts';
import type { Access, SlackDeps, Tenant, Tenants } from './ports.ts';

export interface Patient {
  readonly deps: Pick<SlackDeps, 'mode' | 'access' | 'apiUrl' | 'world'>;
  /** Who installed us, where many workspaces may. */
  readonly tenants?: Pick<Tenants, 'all'>;
  /** Where questions are posted. */
  readonly channels?: readonly { readonly team: TeamId; readonly channel: ChannelId }[];
  /** The root command, without the slash. */
  readonly command?: string;
}

/**
 * Changes nothing in Slack. A finding that is ok and has a `mend` all the same is a warning. No token is in any text. Never
 * rejects for what Slack answers or fails to answer.
 */
export async function diagnose(patient: Patient): Promise<readonly Finding[]> {
  const { deps } = patient;
  const { reached, findings } = await reachSlack(deps);
  if (!reached) return findings;
  return [...findings, ...(await lookAtMode(deps)), ...(await lookAtAccess(patient))];
}

async function lookAtMode({ mode, apiUrl }: Patient['deps']): Promise<readonly Found[]> {
  if (mode.kind === 'socket') return lookAtApp(mode.appToken, apiUrl);
  return /^[0-9a-f]{32}$/.test(mode.signingSecret.reveal())
    ? [well('the signing secret looks like one; Slack’s first request proves it')]
    : [
        bad(
          'the signing secret is not 32 hexadecimal digits',
          'copy it anew: Basic Information → Signing Secret → Show',
        ),
      ];
}

async function lookAtAccess(patient: Patient): Promise<readonly Found[]> {
  const { access, apiUrl } = patient.deps;
  if (access.kind === 'many') return lookAtMany(patient, access);
  const wrong = wrongBotToken(access.botToken);
  return wrong ? [wrong] : lookIn(makeClient({ token: access.botToken, apiUrl }), patient);
}

/** Whoever asks wants an answer soon; with more than these, one is like the other. */
const MOST_WORKSPACES = 25;

async function lookAtMany(patient: Patient, access: Extract<Access, { kind: 'many' }>): Promise<readonly Found[]> {
  const found: Found[] = [await lookAtClient(patient.deps, access)];
  const all = await installs(patient.tenants);
  if ('what' in all) return [...found, all];
  if (all.length === 0)
    return [...found, well('no workspace has installed it yet', `open ${access.publicUrl}/slack/install in a browser`)];
  for (const { client } of all.slice(0, MOST_WORKSPACES)) found.push(...(await lookIn(client, patient)));
  const rest = all.length - MOST_WORKSPACES;
  return rest > 0 ? [...found, well(`${rest} more workspaces were not looked at`)] : found;
}

async function installs(tenants: Patient['tenants']): Promise<readonly Tenant[] | Found> {
  try {
    return (await tenants?.all()) ?? [];
  } catch (error) {
    const why = error instanceof Error ? error.message : 'the database does not answer';
    return bad(`what is kept of the workspaces cannot be read: ${why}`, 'put back the key they were kept under');
  }
}

function wrongBotToken(token: Secret): Found | undefined {
  const kind = kindOfToken(token);
  if (kind === 'bot') return undefined;
  const named = { user: 'a user token (xoxp-)', app: 'an app-level token (xapp-)', other: 'no token of Slack’s' }[kind];
  return bad(
    `the bot token is ${named}`,
    'use the one that starts with xoxb-: OAuth & Permissions → Bot User OAuth Token',
  );
}

/** As many channels as Slack answers for within a minute. */
const MOST_CHANNELS = 40;

async function lookIn(
  client: WebClient,
  { deps: { mode }, channels = [], command = 'practice' }: Patient,
): Promise<readonly Found[]> {
  const { findings, us } = await lookAtWorkspace(client, mode.kind === 'socket' ? mode.appToken : undefined);
  if (!us) return findings;
  const found: Found[] = [...findings];
  // A database may know of workspaces that another token was for.
  const ours = new Set(channels.filter(({ team }) => team === us.team).map(({ channel }) => channel));
  for (const channel of [...ours].slice(0, MOST_CHANNELS)) {
    const finding = await lookAtChannel({ client, channel, handle: us.handle, command });
    if (finding) found.push(finding);
  }
  return found;
}
