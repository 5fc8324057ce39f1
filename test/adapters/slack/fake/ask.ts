/** The real Web API client against a fake workspace, and the words a refusal comes with. */
import { WebClient } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import { openFakeSlack, type FakeSlackOptions } from '../../../support/fake-slack/index.ts';
import type { FakeChannel, FakeSlack, FakeUser, FakeWorkspace } from '../../../support/fake-slack/types.ts';

const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  setName: () => {},
  getLevel: () => 'error',
} as unknown as Logger;

/** One try, no waiting. */
export const clientOf = (apiUrl: string, token: string, timeout = 10_000): WebClient =>
  new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: SILENT,
  });

export type Refused = Readonly<Record<string, unknown>> & { readonly error?: string };

/** What Slack said instead of yes. Throws when it said yes, or nothing. */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'data' in error) return error.data as Refused;
    throw error;
  }
  throw new Error('it was not refused');
}

export const errorOf = async (call: Promise<unknown>): Promise<string | undefined> => (await refusal(call)).error;

export interface Office {
  readonly fake: FakeSlack;
  readonly acme: FakeWorkspace;
  readonly web: WebClient;
  readonly ana: FakeUser;
  readonly bo: FakeUser;
  readonly channel: FakeChannel;
}

const open: FakeSlack[] = [];
/** For `afterEach` of every file that opens some. */
export async function closeOffices(): Promise<void> {
  for (const fake of open.splice(0)) await fake.close();
}

/** A workspace with two people and a channel. */
export async function openOffice(
  options: FakeSlackOptions & { readonly scopes?: readonly string[] } = {},
): Promise<Office> {
  const { scopes, ...rest } = options;
  const fake = await openFakeSlack(rest);
  open.push(fake);
  const acme = fake.addWorkspace('Acme', scopes ? { scopes } : {});
  const ana = acme.addUser('Ana', { admin: true });
  const bo = acme.addUser('Bo', { tz: 'Asia/Kolkata' });
  const channel = acme.addChannel('practice');
  return { fake, acme, ana, bo, channel, web: clientOf(fake.apiUrl, acme.botToken) };
}

export const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;

export const modal = (title = 'A form', blocks: readonly ReturnType<typeof section>[] = [section('hello')]) => ({
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: title },
  blocks: [...blocks],
});
