/** Where it is measured: a fake Discord in a process of its own, a server with an open question, and a script for the floor. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type RemoteDiscord, startFakeDiscord } from '../../test/support/fake-discord/remote.ts';
import { type Child, startChild } from '../slack/child.ts';
import type { Taped } from '../slack/tape.ts';
import type { Script } from './script.ts';

/** So many that nobody meets the thirty commands a minute of one person. */
const PEOPLE = 1_000;
/** Asked again and again: it reads the open round, and notes that this person was here. */
const COMMAND = ['practice', ['today']] as const;

export const KINDS = ['floor', 'product', 'bare'] as const;
export type Kind = (typeof KINDS)[number];

export interface Site {
  readonly discord: RemoteDiscord;
  /** As `burst` takes them: one command of each person. */
  readonly turns: readonly (readonly unknown[])[];
  /** Starts one, on a database of its own in which the question of today is open. One at a time. */
  start(kind: Kind): Promise<Child>;
  close(): Promise<void>;
}

const addressOf = ({ token, apiUrl }: RemoteDiscord): Record<string, string> => ({ TOKEN: token, API_URL: apiUrl });

export const startProduct = (
  { token, applicationId, apiUrl }: RemoteDiscord,
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Child> =>
  startChild('../discord/product-child.ts', {
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    DISCORD_TOKEN: token,
    DISCORD_APPLICATION_ID: applicationId,
    DISCORD_API_URL: apiUrl,
    ...more,
  });

/** `bare` has no database. */
export const startFloor = (
  discord: RemoteDiscord,
  how: { readonly script?: Script; readonly folder?: string },
): Promise<Child> =>
  startChild('../discord/floor-child.ts', {
    ...addressOf(discord),
    ...(how.script ? { SCRIPT: JSON.stringify(how.script) } : {}),
    ...(how.folder === undefined ? {} : { DATABASE: join(how.folder, 'greenroom.db') }),
  });

interface Place extends Pick<Site, 'discord' | 'turns'> {
  readonly guild: string;
  readonly channel: string;
  readonly admin: string;
  readonly user: string;
}

export async function openSite(folder: string): Promise<Site> {
  const place = await openPlace();
  const { discord, turns } = place;
  const first = join(folder, 'first');
  const script = await tapeOne(place, first);
  let copies = 0;
  const freshFolder = async (): Promise<string> => {
    const copy = join(folder, `copy-${(copies += 1)}`);
    await cp(first, copy, { recursive: true });
    return copy;
  };
  const starts: Record<Kind, () => Promise<Child>> = {
    bare: () => startFloor(discord, { script }),
    floor: async () => startFloor(discord, { script, folder: await freshFolder() }),
    product: async () => startProduct(discord, await freshFolder()),
  };
  return {
    discord,
    turns,
    start: (kind) => starts[kind](),
    close: () => discord.close(),
  };
}

async function openPlace(): Promise<Place> {
  const discord = await startFakeDiscord({ checked: false, identifyEveryMs: 0 });
  const guild = await discord.addGuild('Acme');
  const { id: channel } = await guild.addChannel('interview-practice');
  const join = async (name: string, facts = {}): Promise<string> => {
    const { id } = await discord.addUser(name);
    await discord.join(guild.id, id, facts);
    return id;
  };
  const admin = await join('Ana', { admin: true });
  const users: string[] = [];
  for (let n = 0; n < PEOPLE; n += 1) users.push(await join(`Person ${n}`));
  const turns = users.map((user) => [guild.id, user, channel, ...COMMAND]);
  return { discord, turns, guild: guild.id, channel, admin, user: users[0] ?? '' };
}

/** Everybody is known; then one command as it is done again and again. */
async function tapeOne(place: Place, folder: string): Promise<Script> {
  const { discord, turns } = place;
  const product = await startProduct(discord, folder, { TAPE: '1' });
  try {
    await openQuestion(place);
    await discord.burst({ count: PEOPLE, atOnce: 10 }, 'command', ...turns);
    await product.ask('tape');
    const { ok } = await discord.hands.command(place.guild, place.user, place.channel, COMMAND[0], COMMAND[1]);
    const statements = await product.ask<readonly Taped[]>('taped');
    const callback = (await discord.calls()).findLast(({ route }) => route.endsWith('/callback'));
    const noted = statements.find(({ sql }) => /insert into "inbox"/.test(sql))?.values as [string, string] | undefined;
    if (!ok || !noted || !callback) throw new Error('the product did not answer as it should');
    const [event, now] = noted;
    return { statements, event, user: place.user, now, answer: (callback.body as { data: never }).data };
  } finally {
    await product.close();
  }
}

async function openQuestion({ discord, guild, channel, admin }: Place): Promise<void> {
  await discord.hands.command(guild, admin, channel, 'practice', ['setup']);
  await until(async () => (await discord.modal(admin)) !== undefined);
  await discord.hands.submit(admin, { channel, time: '09:00 Etc/UTC' });
  await discord.hands.command(guild, admin, channel, 'practice', ['question']);
  await until(async () => (await discord.threads()).length > 0);
}

async function until(is: () => Promise<boolean>): Promise<void> {
  const giveUp = performance.now() + 30_000;
  while (!(await is())) {
    if (performance.now() > giveUp) throw new Error('the question never came');
    await setTimeout(50);
  }
}
