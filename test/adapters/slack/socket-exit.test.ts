/** How a process with a Socket Mode line ends: by itself, with the code it was given, and never by a stray rejection. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFake } from './line.ts';
import { turnOver } from './world.ts';

const PROGRAM = join(import.meta.dirname, 'socket-child.ts');

interface Running {
  /** Everything it wrote so far, to both outputs. */
  readonly said: () => string;
  until(words: string): Promise<void>;
  tell(what: string): void;
  readonly ended: Promise<{ readonly exit: number | null; readonly signal: string | null }>;
}

function start(apiUrl: string, appToken: string): Running {
  const child = spawn(process.execPath, [PROGRAM, apiUrl, appToken], { stdio: ['pipe', 'pipe', 'pipe'] });
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

const CRASH = /unhandled|UnhandledPromise|node:internal|triggerUncaught|Error:\s.*\n\s+at /i;

async function openProcess() {
  const slack = await openFake();
  const running = start(slack.fake.apiUrl, slack.fake.appToken);
  await running.until('OPEN');
  await slack.fake.socketsOpen(2);
  return { ...slack, ...running };
}

describe('the process', () => {
  it('ends by itself once its line is closed', async () => {
    const { tell, ended, said } = await openProcess();
    tell('close');
    expect(await ended).toEqual({ exit: 0, signal: null });
    expect(said()).toContain('CLOSED');
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so while a new connection is asked for, which the SDK alone does not survive', async () => {
    const { fake, tell, ended, said, asked, live } = await openProcess();
    fake.fault('apps.connections.open', { do: 'hang', effect: 'before' }, { do: 'hang', effect: 'before' });
    for (const socket of live()) socket.drop();
    while (asked() < 4) await turnOver();
    tell('close');
    expect(await ended).toEqual({ exit: 0, signal: null });
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so while it waits to ask again', async () => {
    const { fake, tell, ended, said, asked, live, until } = await openProcess();
    fake.fault('apps.connections.open', { do: '429', retryAfter: 300 }, { do: '429', retryAfter: 300 });
    for (const socket of live()) socket.drop();
    while (asked() < 3) await turnOver();
    await until('it is asked again');
    tell('close');
    expect(await ended).toEqual({ exit: 0, signal: null });
    expect(said()).not.toMatch(CRASH);
  });

  it('ends so right after Slack said goodbye on both connections', async () => {
    const { tell, ended, said, live } = await openProcess();
    for (const socket of live()) socket.disconnect('refresh_requested');
    tell('close');
    expect(await ended).toEqual({ exit: 0, signal: null });
    expect(said()).not.toMatch(CRASH);
  });

  it('ends with its own code and says why when Slack refuses it at a new connection', async () => {
    const { fake, ended, said, live } = await openProcess();
    fake.fault('apps.connections.open', { do: 'error', error: 'invalid_auth' }, { do: 'error', error: 'invalid_auth' });
    for (const socket of live()) socket.drop();
    expect(await ended).toEqual({ exit: 3, signal: null });
    expect(said()).toContain('ENDS Slack does not know this app-level token.');
    expect(said()).not.toMatch(CRASH);
  });

  it('ends with its own code and says why when Slack refuses it at the start', async () => {
    const { fake } = await openFake();
    const { ended, said } = start(fake.apiUrl, 'xapp-1-NOBODY-1-0');
    expect(await ended).toEqual({ exit: 2, signal: null });
    expect(said()).toContain('ENDS PlatformError: Slack does not know this app-level token.');
    expect(said()).not.toMatch(CRASH);
    expect(said()).not.toContain('NOBODY');
  });

  it('goes on by itself after both lines were cut, and tells of the gap', async () => {
    const { fake, tell, ended, said, live, until } = await openProcess();
    for (const socket of live()) socket.drop();
    await until('DEAF');
    await fake.socketsOpen(2);
    tell('close');
    expect(await ended).toEqual({ exit: 0, signal: null });
    expect(said()).not.toMatch(CRASH);
  });
});
