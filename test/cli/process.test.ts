/** The command line as a process of its own, the way people and scripts start it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** Starts Node with these arguments in the project's folder. */
async function start(args: readonly string[], env: Record<string, string> = {}): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'greenroom-process-'));
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = once(child, 'close').then(([exit]) => ({ exit: exit as number | null, ...said }));
  return {
    ended,
    async until(pattern) {
      for (;;) {
        const found = pattern.exec(said.out);
        if (found) return found;
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then((end) => Promise.reject(new Error(`ended: ${end.err}`))),
        ]);
      }
    },
    stop: () => void child.kill('SIGTERM'),
  };
}

interface Running {
  readonly ended: Promise<{ exit: number | null; out: string; err: string }>;
  /** Resolves with the match as soon as standard output has it. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): void;
}

const CLI = ['--import', './src/node-version.js', 'src/cli.ts'];
const run = async (...args: string[]): Promise<Awaited<Running['ended']>> => (await start([...CLI, ...args])).ended;

describe('a command', () => {
  it('prints one JSON object and nothing else when asked for JSON', async () => {
    const { exit, out, err } = await run('bank', 'check', 'content', '--json');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ questions: expect.any(Number), problems: [] });
  });

  it('ends with 2 when it is not one, and its words go to the side', async () => {
    const { exit, out, err } = await run('bnak');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain('Did you mean bank?');
  });
});

describe('serve', () => {
  it('says where it is, answers there, and ends in order when told to', async () => {
    const server = await start([...CLI, 'serve']);
    const [, url] = await server.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true });
    server.stop();
    expect(await server.ended).toMatchObject({ exit: 0 });
  });

  it('does not start with a configuration that is not right', async () => {
    const server = await start([...CLI, 'serve'], { HOST: '0.0.0.0' });
    expect(await server.ended).toMatchObject({ exit: 2, err: expect.stringContaining('HOST must be 127.0.0.1') });
  });
});

describe('the version of Node', () => {
  /** Runs the version check in a Node that says it is another. */
  const pretend = async (version: string): Promise<Awaited<Running['ended']>> => {
    const lie = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); await import('./src/node-version.js');`;
    return (await start(['--input-type=module', '--eval', lie])).ended;
  };

  it.each(['22.18.0', '22.30.1', '24.12.0', '26.0.0', '30.1.0'])('%s is new enough', async (version) => {
    expect(await pretend(version)).toEqual({ exit: 0, out: '', err: '' });
  });

  it.each(['18.20.0', '20.20.2', '22.17.9', '23.11.0', '24.11.0', '25.1.0'])(
    '%s is told what to do',
    async (version) => {
      const { exit, err } = await pretend(version);
      expect(exit).toBe(2);
      expect(err).toMatch(new RegExp(`this is Node ${version}[^]*npm ci`));
    },
  );

  it('that is asked for is the same in the check, in package.json and in the image', async () => {
    const about = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(about.engines.node).toBe('^22.18 || ^24.12 || >=26');
    expect(await readFile(join(ROOT, 'Dockerfile'), 'utf8')).toContain('FROM node:24-slim');
    expect((await readFile(join(ROOT, '.nvmrc'), 'utf8')).trim()).toBe('24');
  });
});
