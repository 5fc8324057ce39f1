/** The whole program with a Slack workspace: real store, real Bolt, the fake platform, and a clock both of them share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Log } from '../../../src/chat/world.ts';
import { msOf } from '../../../src/chat/world.ts';
import { readConfig } from '../../../src/config.ts';
import { openClock } from '../../../src/core/clock.ts';
import { type Greenroom, serve } from '../../../src/main.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { Acked, FakeChannel, FakeMessage, FakeSlack, FakeWorkspace, On } from '../../support/fake-slack/types.ts';
import { wordsIn, wordsOfView } from './words.ts';

/** A Monday, 09:30 in Berlin. */
export const MONDAY = '2027-03-01T08:30:00.000Z';
export const HOW_LONG = { timeout: 15_000, interval: 10 };

export interface Practice {
  readonly fake: FakeSlack;
  readonly workspace: FakeWorkspace;
  readonly channel: FakeChannel;
  readonly folder: string;
  /** `[level, what, facts]` of what was logged. */
  readonly logged: (readonly [string, string, unknown])[];
  greenroom: Greenroom;
  someone(name: string, facts?: { readonly admin?: boolean }): Member;
  /** Both clocks go on to `at`. */
  goTo(at: string): Promise<void>;
  /** Ends the program and starts it again on the same folder. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A person of the workspace, in its channel. */
export interface Member {
  readonly id: string;
  /** `/practice …` in the channel. */
  says(text: string): Promise<Acked>;
  /** The newest message they can see in the channel, its threads or their DM that reads so. */
  sees(words: string | RegExp): Promise<FakeMessage>;
  presses(label: string, on?: string | RegExp): Promise<Acked>;
  /** The form that opens for them, in words. */
  form(): Promise<string>;
  /** Fills it in and sends it; what they are told then, in words. */
  fills(values: Readonly<Record<string, string>>): Promise<string>;
  replies(under: FakeMessage, text: string): Promise<string>;
  /** Everything in their DM, newest last. */
  dms(): readonly string[];
  home(): Promise<string>;
}

export async function openPractice(mode: 'socket' | 'http', at = MONDAY): Promise<Practice> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-slack-'));
  const fake = await openFakeSlack();
  const world = openClock();
  const goTo = async (to: string): Promise<void> => {
    // What is on its way at the jump would count as hours late.
    await expect.poll(() => fake.unacked, HOW_LONG).toBe(0);
    const ms = Date.parse(to) - msOf(world.now());
    world.setOffset(world.offset() + ms);
    await fake.clock.advance(Date.parse(to) - fake.clock.now());
  };
  await goTo(at);
  const workspace = fake.addWorkspace('Acme');
  const channel = workspace.addChannel('interview-practice');
  const logged: (readonly [string, string, unknown])[] = [];
  const begin = async (): Promise<Greenroom> => {
    const greenroom = await serve(configOf(fake, workspace, mode, folder), 'Europe/Berlin', logInto(logged), world);
    if (mode === 'http') fake.sendTo(`${greenroom.url}/slack/events`);
    return greenroom;
  };
  const practice: Practice = {
    fake,
    workspace,
    channel,
    folder,
    logged,
    greenroom: await begin(),
    someone(name, facts = {}) {
      const user = workspace.addUser(name, { ...facts, tz: 'Europe/Berlin' });
      channel.members.add(user.id);
      return memberOf(practice, user.id);
    },
    goTo,
    async restart(meanwhile) {
      await practice.greenroom.stop();
      await meanwhile?.();
      practice.greenroom = await begin();
    },
    async close() {
      await practice.greenroom.stop();
      await fake.close();
      await rm(folder, { recursive: true });
    },
  };
  return practice;
}

const configOf = (fake: FakeSlack, workspace: FakeWorkspace, mode: 'socket' | 'http', folder: string) =>
  readConfig({
    PORT: '0',
    DATA_DIR: folder,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_API_URL: fake.apiUrl,
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: fake.appToken } : { SLACK_SIGNING_SECRET: fake.signingSecret }),
  });

export const logInto = (lines: (readonly [string, string, unknown])[]): Log => ({
  info: (what, facts) => void lines.push(['info', what, facts]),
  warn: (what, facts) => void lines.push(['warn', what, facts]),
  error: (what, facts) => void lines.push(['error', what, facts]),
});

/** What a person sees in the channel, in its threads, and in their DM, oldest first. */
function sightOf({ workspace, channel }: Site, user: string): FakeMessage[] {
  const roots = workspace.visible(user, channel.id);
  const threads = roots.flatMap(({ ts }) => workspace.visible(user, channel.id, ts).filter((one) => one.ts !== ts));
  return [...roots, ...threads, ...workspace.visible(user, workspace.dm(user).id)].toSorted((a, b) =>
    a.ts < b.ts ? -1 : 1,
  );
}

const reads = (message: FakeMessage, words: string | RegExp): boolean =>
  typeof words === 'string' ? wordsIn(message).includes(words) : words.test(wordsIn(message));

/** A workspace's practice as its people see it. */
export type Site = Pick<Practice, 'fake' | 'workspace' | 'channel'>;

export function memberOf(practice: Site, user: string): Member {
  const { fake, workspace, channel } = practice;
  const { hands } = fake;
  const team = workspace.id;
  const find = (words: string | RegExp) => sightOf(practice, user).findLast((message) => reads(message, words));
  const sees = async (words: string | RegExp): Promise<FakeMessage> => {
    await expect.poll(() => (find(words) ? '' : sightOf(practice, user).map(wordsIn)), HOW_LONG).toBe('');
    return find(words)!;
  };
  const open = (): number => workspace.modals.get(user)?.length ?? 0;
  const top = (): string => wordsOfView(workspace.modals.get(user)?.at(-1)?.view ?? {});
  const ok = (acked: Acked): Acked => {
    expect(acked).toMatchObject({ ok: true });
    expect(acked.problem).toBeUndefined();
    return acked;
  };
  return {
    id: user,
    sees,
    says: async (text) => ok(await hands.command(team, user, channel.id, '/practice', text)),
    async presses(label, words) {
      const { channel: at, ts } = await sees(words ?? label);
      const on: On = { channel: at, ts };
      return ok(await hands.press(team, user, on, label));
    },
    async form() {
      await expect.poll(open, HOW_LONG).toBeGreaterThan(0);
      return top();
    },
    async fills(values) {
      await expect.poll(open, HOW_LONG).toBeGreaterThan(0);
      ok(await hands.submit(team, user, values));
      const told = top();
      while (open() > 0) await hands.dismiss(team, user);
      return told;
    },
    replies: (under, text) => hands.write(team, user, under.channel, text, { threadTs: under.threadTs ?? under.ts }),
    dms: () => workspace.visible(user, workspace.dm(user).id).map(wordsIn),
    async home() {
      const before = workspace.homes.get(user)?.hash;
      await hands.openHome(team, user);
      await expect.poll(() => workspace.homes.get(user)?.hash !== before, HOW_LONG).toBe(true);
      return wordsOfView(workspace.homes.get(user)?.view ?? {});
    },
  };
}

/** Polls until `look` says what `is` expects. */
export async function eventually(look: () => unknown, is: unknown): Promise<void> {
  await expect.poll(look, HOW_LONG).toBe(is);
}
