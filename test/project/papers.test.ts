/** What the papers say is so: their links lead somewhere, their commands and settings exist. */
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

const papers = new Map<string, string>();
for await (const path of glob(['*.md', 'docs/**/*.md', 'content/README.md'], { cwd: ROOT }))
  papers.set(path, await read(path));
const about = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };

/** Links and pictures of a page that lead to a file, without what is after `#`. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] ?? '');

const scriptsIn = (text: string): string[] => [
  ...[...text.matchAll(/\bnpm run (?:-s )?([a-z][a-z:]*)/g)].map((match) => match[1] ?? ''),
  ...[...text.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1] ?? ''),
];

describe('the papers', () => {
  it('have links that lead somewhere', () => {
    const broken = [...papers].flatMap(([path, text]) =>
      linksIn(text)
        .filter((link) => !existsSync(join(ROOT, dirname(path), link)))
        .map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
    expect(linksIn('see [a](b/c.md#d), ![e](f.png), [g](https://h) and [i](#j)')).toEqual(['b/c.md', 'f.png']);
  });

  it('name scripts that are there, and so does the script that checks a fresh clone', async () => {
    const named = [...papers.values(), await read('.ci/run')].flatMap(scriptsIn);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => !(script in about.scripts))).toEqual([]);
    expect(scriptsIn('`npm run -s greenroom -- x`, npm start')).toEqual(['greenroom', 'start']);
  });

  it('tell every setting, and none that is not', async () => {
    const config = await Promise.all(['src/config.ts', 'src/config/slack.ts', 'src/config/discord.ts'].map(read));
    const settings = config.flatMap((text) => [...text.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => match[1]));
    expect(settings).toEqual(expect.arrayContaining(['DATA_DIR', 'PUBLIC_URL', 'SLACK_BOT_TOKEN', 'DISCORD_TOKEN']));
    const told = (await Promise.all(['README.md', 'docs/slack.md', 'docs/discord.md'].map(read)))
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.startsWith('| `') && /[A-Z]{4}/.test(line.split('|')[1] ?? ''))
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]));
    expect(told.filter((name) => !settings.includes(name))).toEqual([]);
    expect(settings.filter((name) => !told.includes(name))).toEqual([]);
  });

  it('keep the decisions in a list, numbered without a gap', async () => {
    const pages = [...papers.keys()].filter((path) => /decisions\/\d/.test(path)).toSorted();
    expect(pages.map((path) => Number(path.slice('docs/decisions/'.length, 'docs/decisions/'.length + 4)))).toEqual(
      pages.map((_, index) => index + 1),
    );
    const list = await read('docs/decisions/README.md');
    for (const page of pages) expect(list).toContain(`(${page.slice('docs/decisions/'.length)})`);
  });
});
