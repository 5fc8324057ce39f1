/** Finds the Chromium the tests drive: `CHROME_PATH`, an installed one, else the one npm brought, unpacked once a version. */
import { spawnSync } from 'node:child_process';
import { access, lstat, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

export interface BrowserFound {
  readonly path: string;
  /** Added to the browser's environment: where the bundled one finds its libraries and fonts. */
  readonly env: Readonly<Record<string, string>>;
}

/** The caller closes it. */
export async function launchWith(found: BrowserFound): Promise<Browser> {
  // Chromium refuses its sandbox to root, and is shown nothing but our own pages.
  const env = Object.entries({ ...process.env, ...found.env }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  // Letters stand where the font says, whatever the machine would do to make them crisp.
  const args = ['--no-sandbox', '--font-render-hinting=none'];
  return chromium.launch({ executablePath: found.path, args, env: Object.fromEntries(env) });
}

const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chromium', 'chromium-browser'].map(
    (name) => `/usr/bin/${name}`,
  ),
  darwin: ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].flatMap((path) => [
    join('C:/Program Files', path),
    join('C:/Program Files (x86)', path),
  ]),
};

const there = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Throws with the reason where there is none. */
export async function prepareBrowser(): Promise<BrowserFound> {
  const given = process.env['CHROME_PATH'];
  if (given !== undefined && given !== '') {
    if (!(await there(given))) throw new Error(`CHROME_PATH names ${given}, which is not there`);
    return { path: given, env: {} };
  }
  for (const path of INSTALLED[process.platform] ?? []) if (await there(path)) return { path, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`no bundled Chromium for ${process.platform}-${process.arch}; install Chrome or set CHROME_PATH`);
  }
  return unpacked();
}

async function unpacked(): Promise<BrowserFound> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@sparticuz/chromium');
  const about = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')) as { version: string };
  const home = join(tmpdir(), `greenroom-${process.getuid?.() ?? 'me'}-chromium-${about.version}`);
  const found = await lstat(home).catch(() => undefined);
  if (found !== undefined && (!found.isDirectory() || found.uid !== process.getuid?.())) {
    throw new Error(`${home} belongs to somebody else; remove it or set TMPDIR`);
  }
  if (found === undefined) await unpack(home);
  return {
    path: join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf') },
  };
}

/** In a process of its own, as the package reads where to unpack, and that it should bring its libraries, from the environment. */
async function unpack(home: string): Promise<void> {
  const staging = await mkdtemp(`${home}-`);
  const code = "import('@sparticuz/chromium').then((bundle) => bundle.default.executablePath())";
  const done = spawnSync(process.execPath, ['--eval', code], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
    encoding: 'utf8',
  });
  if (done.status !== 0) {
    await rm(staging, { recursive: true, force: true });
    throw new Error(`Chromium could not be unpacked: ${done.error?.message ?? done.stderr}`);
  }
  await writeFile(join(staging, 'fonts.conf'), fontSettings(home));
  await rename(staging, home).catch(() => rm(staging, { recursive: true, force: true }));
}

/** The bundle's own settings look for fonts in fixed places, where a machine without fonts has none and text stays invisible. */
const fontSettings = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${home}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
  <match target="pattern"><edit name="family" mode="append_last"><string>Open Sans</string></edit></match>
</fontconfig>
`;
