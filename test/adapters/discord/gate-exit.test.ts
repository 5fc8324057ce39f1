/** How a process with a gate ends: by itself, with the code it was given, and never by a stray rejection. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeDiscord } from '../../support/fake-discord/types.ts';
import type { Finishing } from './gate-scene.ts';

const PROGRAM = join(import.meta.dirname, 'gate-child.ts');

interface Running {
  readonly fake: FakeDiscord;
  /** Everything it wrote so far, to both outputs. */
  readonly said: () => string;
  until(words: string): Promise<void>;
  tell(what: string): void;
  /** Somebody writes in the channel. */
  write(text: string): Promise<unknown>;
  readonly ended: Promise<{ readonly exit: number | null; readonly signal: string | null }>;
}

function start({ onTestFinished }: Finishing, args: readonly string[]): Omit<Running, 'fake' | 'write'> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  const lookers = new Set<() => void>();
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const look of lookers) look();
    });
  }
  const ended = once(child, 'close').then(([exit, signal]) => ({ exit: exit as number, signal: signal as string }));
  const until = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (said.includes(words) && resolve());
      lookers.add(look);
      look();
      void ended.then(() => reject(new Error(`it ended before it said ${words}: ${said}`)));
    });
  return { said: () => said, until, tell: (what) => void child.stdin.write(`${what}\n`), ended };
}

async function prepare(test: Finishing): Promise<Pick<Running, 'fake' | 'write'>> {
  const fake = await openFakeDiscord({ heartbeatMs: 500, identifyEveryMs: 0 });
  test.onTestFinished(() => fake.close());
  const guild = fake.addGuild('Acme');
  const channel = guild.addChannel('interview-practice');
  const ana = fake.addUser('Ana');
  fake.join(guild.id, ana.id);
  return { fake, write: (text) => fake.hands.write(ana.id, channel.id, text) };
}

const argsOf = (fake: FakeDiscord): readonly string[] => [fake.apiUrl, fake.token, fake.applicationId];

async function openProcess(test: Finishing): Promise<Running> {
  const prepared = await prepare(test);
  const running = start(test, argsOf(prepared.fake));
  await running.until('OPEN');
  return { ...prepared, ...running };
}

const CRASH = /unhandled|UnhandledPromise|node:internal|triggerUncaught|Error:\s.*\n\s+at /i;
const well = { exit: 0, signal: null };

describe('the process', () => {
  it('ends by itself once its gate is closed', async (test) => {
    const { tell, ended, said } = await openProcess(test);
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).toContain('CLOSED');
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so in the moment before a lost line is opened again, when the client alone would open it all the same', async (test) => {
    const { fake, tell, ended, said, until } = await openProcess(test);
    fake.shards[0]?.drop();
    await until('another is opened');
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so while Discord cannot be reached', async (test) => {
    const { fake, tell, ended, said, until } = await openProcess(test);
    fake.refuseGateway(true);
    fake.shards[0]?.drop();
    await until('another is opened');
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so while it asks where the gateway is', async (test) => {
    const { fake } = await prepare(test);
    fake.fault('GET /gateway/bot', { do: 'hang', effect: 'before' });
    const { tell, ended, said } = start(test, argsOf(fake));
    await expect.poll(() => fake.calls.length, { timeout: 20_000 }).toBe(1);
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so when Discord no longer answers at all', async (test) => {
    const { fake, tell, ended, said } = await openProcess(test);
    fake.shards[0]?.mute();
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).not.toMatch(CRASH);
  });

  it.for([4004, 4011, 4014])(
    'ends with its own code and says why when the line is closed with %i',
    async (code, test) => {
      const { fake, ended, said } = await openProcess(test);
      fake.shards[0]?.close(code);
      expect(await ended).toEqual({ exit: 3, signal: null });
      expect(said()).toContain(`(Discord says: ${code})`);
      expect(said()).not.toMatch(CRASH);
    },
  );

  it.for([4014])('ends with its own code and says why when %i comes at the start', async (code, test) => {
    const { fake } = await prepare(test);
    fake.refuseIdentify(code);
    const { ended, said } = start(test, argsOf(fake));
    expect(await ended).toEqual({ exit: 2, signal: null });
    expect(said()).toContain('ENDS PlatformError: ');
    expect(said()).not.toMatch(CRASH);
  });

  it('ends with its own code when Discord does not know the token, and does not tell it', async (test) => {
    const { fake } = await prepare(test);
    const { ended, said } = start(test, [fake.apiUrl, 'not.a.token-of-Discord', fake.applicationId]);
    expect(await ended).toEqual({ exit: 2, signal: null });
    expect(said()).toContain('ENDS PlatformError: Discord does not take the bot token.');
    expect(said()).not.toContain('token-of-Discord');
  });

  it('ends with its own code when Discord no longer takes the token', async (test) => {
    const { fake, tell, ended, said } = await openProcess(test);
    fake.fault('GET /users/@me', { do: 'status', status: 401, effect: 'before' });
    tell('ask');
    expect(await ended).toEqual({ exit: 3, signal: null });
    expect(said()).toContain('ENDS Discord no longer takes the bot token.');
    expect(said()).not.toMatch(CRASH);
  });

  it('lives on after a listener failed', async (test) => {
    const { tell, ended, said, until, write } = await openProcess(test);
    await write('throw');
    await until('a Discord event could not be taken in');
    await write('still here');
    await until('HEARD still here');
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).not.toMatch(/unhandled|triggerUncaught/i);
  });

  it('goes on by itself after the line was cut, and tells of the gap', async (test) => {
    const { fake, tell, ended, said, until, write } = await openProcess(test);
    fake.shards[0]?.drop();
    await write('meanwhile');
    await until('DEAF');
    await until('HEARD meanwhile');
    tell('close');
    expect(await ended).toEqual(well);
    expect(said()).not.toMatch(CRASH);
  });
});
