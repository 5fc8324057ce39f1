/** What npm installs is complete on every system, comes from the registry, and may be used and run by us. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Locked>>;
interface About {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(ROOT, file), 'utf8'));
const about = (await read('package.json')) as About;
const { packages } = (await read('package-lock.json')) as { packages: Packages };

/** Licences of what is shipped; what only builds and tests may also be under a licence that stays with its own files. */
const SHIPPED = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'PSF-2.0',
  'Python-2.0',
  'BlueOak-1.0.0',
];
/** `date-holidays`: its code is ISC, its calendars are CC-BY-3.0 and named as such where they are shown. */
const CALENDARS = ['(ISC AND CC-BY-3.0)'];
/** The painter of pictures: its own files are MPL-2.0, and we pass them on unchanged. */
const PAINTER = { name: /^@resvg\/resvg-js(?:-[a-z0-9-]+)?$/, licenses: ['MPL-2.0'] };
/** Inter: the package is MIT, the letters are under the Open Font License, which goes along as LICENSE_FONT. */
const LETTERS = { name: /^@expo-google-fonts\/inter$/, licenses: ['MIT AND OFL-1.1'] };
const TOOLS = ['MPL-2.0', 'CC0-1.0', 'CC-BY-4.0'];
/** The one package whose install script runs: it fetches the Node for this machine. */
const MAY_RUN = ['node'];

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const installed = (all: Packages): [string, Locked][] => Object.entries(all).filter(([path]) => path !== '');

/** Optional parts for other systems that the lock has lost, so that `npm ci` fails there. */
function missingParts(all: Packages): string[] {
  const names = new Set(installed(all).map(([path]) => nameOf(path)));
  return installed(all).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((part) => !names.has(part))
      .map((part) => `${nameOf(path)} → ${part}`),
  );
}

/** Packages that come from an address, from a folder, or without a fingerprint. */
function strangers(all: Packages): string[] {
  return installed(all)
    .filter(([, it]) => it.resolved !== undefined || it.link === true || it.integrity?.startsWith('sha512-') !== true)
    .map(([path]) => path);
}

function unlicensed(all: Packages): string[] {
  const taken = (name: string, dev: boolean): string[] => [
    ...SHIPPED,
    ...CALENDARS,
    ...[PAINTER, LETTERS].flatMap((own) => (own.name.test(name) ? own.licenses : [])),
    ...(dev ? TOOLS : []),
  ];
  return installed(all)
    .filter(([path, { dev = false, license = 'none' }]) => !taken(nameOf(path), dev).includes(license))
    .map(([path, { license }]) => `${nameOf(path)}: ${license ?? 'none'}`);
}

function scripts(all: Packages): string[] {
  return installed(all)
    .filter(([, it]) => it.hasInstallScript === true)
    .map(([path]) => nameOf(path));
}

describe('the lock', () => {
  it('has every optional part of every package, so that other systems install too', () => {
    expect(missingParts(packages)).toEqual([]);
    expect(missingParts({ '': {}, 'node_modules/a': { optionalDependencies: { 'a-mac': '1.0.0' } } })).toEqual([
      'a → a-mac',
    ]);
  });

  it('names no address and has a fingerprint of each package', () => {
    expect(strangers(packages)).toEqual([]);
    expect(strangers({ 'node_modules/a': { resolved: 'git+ssh://x', integrity: 'sha512-x' } })).toHaveLength(1);
    expect(strangers({ 'node_modules/a': { integrity: 'sha1-x' } })).toHaveLength(1);
    expect(strangers({ 'node_modules/a': { link: true } })).toHaveLength(1);
  });

  it('holds only what we may pass on', () => {
    expect(unlicensed(packages)).toEqual([]);
    expect(unlicensed({ 'node_modules/a': { license: 'GPL-3.0' } })).toEqual(['a: GPL-3.0']);
    expect(unlicensed({ 'node_modules/a': { license: 'MPL-2.0' } })).toEqual(['a: MPL-2.0']);
    expect(unlicensed({ 'node_modules/@resvg/resvg-js-x': { license: 'GPL-3.0' } })).toHaveLength(1);
    expect(unlicensed({ 'node_modules/a': {} })).toEqual(['a: none']);
  });

  it('lets the install script of Node run and no other', () => {
    const decided = Object.entries(about.allowScripts);
    expect(decided.filter(([, runs]) => runs).map(([name]) => name)).toEqual(MAY_RUN);
    expect(scripts(packages).filter((name) => !(name in about.allowScripts))).toEqual([]);
    expect(scripts({ 'node_modules/x/node_modules/a': { hasInstallScript: true } })).toEqual(['a']);
  });
});

describe('package.json', () => {
  it('names each package in one exact version, the one in the lock', () => {
    const wanted = { ...about.dependencies, ...about.devDependencies, ...about.optionalDependencies };
    const kept = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, packages[`node_modules/${name}`]?.version]),
    );
    expect(kept).toEqual(wanted);
  });
});
