/** The command line: what each command says, to people and to programs, and how it ends. */
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closest } from '../../src/cli/closest.ts';
import { sayBytes } from '../../src/cli/files.ts';
import { startProgress } from '../../src/cli/terminal.ts';
import { testTerminal } from './terminal.ts';

const COMMANDS = [
  'serve',
  'migrate',
  'bank',
  'bank check',
  'bank stats',
  'bank show',
  'bank add',
  'outbox',
  'backup',
  'restore',
  'slack',
  'slack manifest',
  'slack scopes',
  'doctor',
];

/** A pack of one question, as short as a pack can be. */
const pack = (id: string, question = 'Tell me about a decision you took alone.'): string =>
  `---\ntitle: ${id}\ncategory: leadership\nquestions:\n  - "${question}"\n---\n\n# ${id}\n`;

async function folderOf(dataDir: string, files: Record<string, string>): Promise<string> {
  const folder = join(dataDir, 'packs');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** Something that listens on a port and answers every path the same. */
async function listen(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

describe('help', () => {
  it.each(['', ...COMMANDS])('tells about `greenroom %s`, with examples, and ends well', async (command) => {
    const { greenroom } = await testTerminal();
    const { exit, out, err } = await greenroom(...command.split(' ').filter(Boolean), '--help');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/^Usage: greenroom/);
    expect(out).toMatch(/Examples?:\n {2}\$ (?:[A-Z_]+=\S+ )*greenroom /);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('names a question that is there, as the example of `bank show`', async () => {
    const { greenroom } = await testTerminal();
    const example = /\$ greenroom (bank show \S+)/.exec((await greenroom('bank', 'show', '--help')).out)?.[1] ?? '';
    expect(await greenroom(...example.split(' '))).toMatchObject({ exit: 0, err: '' });
  });

  it('tells what the exit codes mean', async () => {
    const { greenroom } = await testTerminal();
    expect((await greenroom('--help')).out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
  });
});

describe('a command that is not there', () => {
  it.each([
    [['bnak'], 'Did you mean bank?'],
    [['bank', 'chek'], 'Did you mean check?'],
    [['doctor', '--jsn'], 'Did you mean --json?'],
    [['outbox', '--state', 'lost'], 'ready, sending, sent, expired, dead'],
    [['outbox', '--limit', 'many'], '--limit takes a number'],
    [['bank', 'show'], "missing required argument 'id'"],
    [['backup'], "missing required argument 'file'"],
    [['backup', 'a', 'b'], 'too many arguments'],
    [[], 'Usage: greenroom'],
  ])('%j: says what was meant, on the side, and ends with 2', async (args, hint) => {
    const { greenroom } = await testTerminal();
    const { exit, out, err } = await greenroom(...args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(hint);
  });
});

describe('a configuration that is not right', () => {
  it('ends with 2, all problems listed, in words and as JSON', async () => {
    const { greenroom, json } = await testTerminal({ PORT: 'x', LOG_LEVEL: 'y' });
    const { exit, err, out } = await greenroom('migrate');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/PORT must[^]*LOG_LEVEL must/);
    expect(await json('migrate')).toMatchObject({ exit: 2, said: { exit: 2, error: expect.stringContaining('PORT') } });
  });
});

describe('bank', () => {
  it('checks a folder: 0 without errors, 1 with one', async () => {
    const { dataDir, greenroom, json } = await testTerminal();
    const folder = await folderOf(dataDir, { 'good.md': pack('good') });
    expect(await json('bank', 'check', folder)).toMatchObject({
      exit: 0,
      said: { packs: 1, questions: 1, skipped: 0 },
    });
    await writeFile(join(folder, 'bad.md'), '---js\nprocess.exit(9)\n---\n');
    const checked = await greenroom('bank', 'check', folder);
    expect(checked.exit).toBe(1);
    expect(checked.out).toMatch(/bad\.md:1 {2}/);
    expect(await json('bank', 'check', folder)).toMatchObject({
      exit: 1,
      said: {
        packs: 1,
        problems: expect.arrayContaining([expect.objectContaining({ file: 'bad.md', line: 1, severity: 'error' })]),
      },
    });
  });

  it('mends broken characters when asked to', async () => {
    const { dataDir, greenroom } = await testTerminal();
    const folder = await folderOf(dataDir, { 'a.md': pack('a', 'What did you learn â€“ and who helped?') });
    const before = await greenroom('bank', 'check', folder);
    expect(before.out).toContain('broken characters');
    const mended = await greenroom('bank', 'check', folder, '--fix');
    expect(mended.err).toContain('Mended a.md: 1 place\n');
    expect(mended.out).not.toContain('broken characters');
    expect(await readFile(join(folder, 'a.md'), 'utf8')).toContain('learn – and');
  });

  it('counts and shows the questions in use', async () => {
    const { json, greenroom } = await testTerminal();
    const { said } = await json('bank', 'stats');
    expect(said['questions']).toBeGreaterThanOrEqual(40);
    expect((await greenroom('bank', 'stats')).out).toMatch(/Skill +mid +senior +staff +principal/);
  });

  it('shows a question by the beginning of its id, and lists what it could be', async () => {
    const { dataDir, greenroom, json } = await testTerminal();
    const folder = await folderOf(dataDir, { 'a.md': pack('a', 'First?'), 'b.md': pack('b', 'Second?') });
    const shown = await json('bank', 'show', '', folder);
    expect(shown).toMatchObject({ exit: 1, said: { error: expect.stringContaining('These begin like it') } });
    const ids = String(shown.said['error'])
      .split('\n')
      .slice(2)
      .map((line) => line.trim());
    expect(ids).toHaveLength(2);
    for (const id of ids) expect((await greenroom('bank', 'show', id, folder)).out).toContain(`id        ${id}`);
    const missed = await greenroom('bank', 'show', `${ids[0]}x`, folder);
    expect(missed.err).toContain(`Did you mean:\n  ${ids[0]}`);
  });

  it('adds the packs of a folder to those in use, once', async () => {
    const { dataDir } = await testTerminal();
    const { json } = await testTerminal({ CONTENT_DIR: join(dataDir, 'in-use') });
    const folder = await folderOf(dataDir, { 'good.md': pack('good') });
    expect(await json('bank', 'add', folder)).toMatchObject({
      exit: 0,
      said: { files: ['packs/good.md'], refused: null },
    });
    expect(await json('bank', 'check')).toMatchObject({ exit: 0, said: { questions: 1 } });
    expect(await json('bank', 'add', folder)).toMatchObject({ exit: 1, said: { files: [] } });
  });

  it('says so when a folder is not there', async () => {
    const { greenroom } = await testTerminal();
    expect(await greenroom('bank', 'check', '/nowhere/at/all')).toEqual({
      exit: 2,
      out: '',
      err: 'There is no /nowhere/at/all.\n',
    });
  });
});

describe('migrate', () => {
  it('says what it would do, does it, and has nothing left to do', async () => {
    const { greenroom, json } = await testTerminal();
    const planned = await json('migrate', '--dry-run');
    expect(planned.said).toMatchObject({ applied: [], pending: expect.arrayContaining(['0001-engine']) });
    expect(await json('migrate')).toEqual({ exit: 0, said: { applied: planned.said['pending'], pending: [] } });
    expect((await greenroom('migrate')).out).toBe('The database is up to date.\n');
  });
});

describe('backup and restore', () => {
  it('keep a copy, put it back, and leave the one before beside it', async () => {
    const { dataDir, greenroom, json } = await testTerminal();
    await greenroom('migrate');
    const copy = join(dataDir, 'copy');
    const kept = await greenroom('backup', copy);
    expect(kept).toMatchObject({ exit: 0, err: '' });
    expect(kept.out).toContain(`keep a copy of ${join(dataDir, 'key')} apart`);
    expect(await greenroom('backup', copy)).toMatchObject({ exit: 2, err: expect.stringContaining('--force') });
    expect(await json('backup', copy, '--force')).toMatchObject({
      exit: 0,
      said: { file: copy, bytes: (await stat(copy)).size },
    });
    const back = await json('restore', copy);
    expect(back).toMatchObject({ exit: 0, said: { database: join(dataDir, 'greenroom.db') } });
    expect((await stat(String(back.said['kept']))).isFile()).toBe(true);
    expect(await greenroom('outbox')).toMatchObject({ exit: 0 });
  });

  it('refuse what is no backup, and say where PostgreSQL has its own tools', async () => {
    const { dataDir, greenroom } = await testTerminal();
    await greenroom('migrate');
    await writeFile(join(dataDir, 'letter'), 'Dear reader');
    expect(await greenroom('restore', join(dataDir, 'letter'))).toMatchObject({ exit: 3, out: '' });
    expect(await greenroom('outbox')).toMatchObject({ exit: 0 });
    const postgres = await testTerminal({ DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/x' });
    const { exit, err } = await postgres.greenroom('restore', join(dataDir, 'letter'));
    expect({ exit, err }).toEqual({ exit: 3, err: expect.stringMatching(/^(?!.*canary).*pg_restore/) });
  });
});

describe('a command that needs the database', () => {
  it('makes none where there is none', async () => {
    const { dataDir, greenroom, json } = await testTerminal();
    expect(await greenroom('outbox')).toMatchObject({
      exit: 3,
      out: '',
      err: expect.stringContaining('no database yet'),
    });
    expect(await json('backup', 'x')).toMatchObject({ exit: 3, said: { exit: 3 } });
    await expect(stat(join(dataDir, 'greenroom.db'))).rejects.toThrow('ENOENT');
  });

  it('says what is wrong with a database that cannot be reached, without its password', async () => {
    const { greenroom } = await testTerminal({ DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/x' });
    const { exit, err } = await greenroom('outbox');
    expect(exit).toBe(3);
    expect(err).toMatch(/^(?!.*canary).*127\.0\.0\.1/);
    expect(err).not.toContain('    at ');
  });
});

describe('doctor', () => {
  it('offers no file of SQLite to a PostgreSQL that does not answer', async () => {
    const { greenroom } = await testTerminal({ DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/x' });
    const { exit, out } = await greenroom('doctor');
    expect({ exit, hint: /fail {2}database .*\n\s+→ (.*)/.exec(out)?.[1] }).toEqual({
      exit: 1,
      hint: 'start PostgreSQL, or correct DATABASE_URL',
    });
    expect(out).not.toMatch(/canary|greenroom restore/);
  });

  it('finds a fresh place well', async () => {
    const { json, greenroom } = await testTerminal();
    const { exit, said } = await json('doctor');
    expect({ exit, ok: said['ok'] }).toEqual({ exit: 0, ok: true });
    const about = (said['findings'] as { about: string }[]).map((finding) => finding.about);
    expect(about).toEqual([
      'configuration',
      'Node',
      'data folder',
      'key',
      'database',
      'questions',
      'clock',
      'time zones',
      'port',
    ]);
    expect((await greenroom('doctor')).out).toMatch(/^ok {4}configuration {2}complete; local chat$/m);
  });

  const finding = (verdict: string, about: string): object =>
    expect.objectContaining({
      said: expect.objectContaining({
        findings: expect.arrayContaining([expect.objectContaining({ verdict, about })]),
      }),
    });

  it('tells each problem of the configuration, and what only looks like a setting', async () => {
    const { json } = await testTerminal({ LOG_LEVEL: 'loud', GREENROOM_COMAND: 'train' });
    const found = await json('doctor');
    expect(found).toEqual(finding('fail', 'configuration'));
    expect(found).toEqual(finding('warn', 'configuration'));
    expect(found.exit).toBe(1);
  });

  it('warns of a key that others can read, and of a database behind', async () => {
    const { dataDir, json } = await testTerminal();
    await writeFile(join(dataDir, 'key'), 'ab'.repeat(32));
    await chmod(join(dataDir, 'key'), 0o644);
    await writeFile(join(dataDir, 'greenroom.db'), '');
    const found = await json('doctor');
    expect(found).toEqual(finding('warn', 'key'));
    expect(found).toEqual(finding('warn', 'database'));
    expect(found.exit).toBe(0);
  });

  it('finds a damaged page in a database that still opens', async () => {
    const { dataDir, greenroom, json } = await testTerminal();
    await greenroom('migrate');
    expect((await greenroom('doctor')).out).toMatch(/^ok {4}database .* whole$/m);
    const file = join(dataDir, 'greenroom.db');
    const bytes = await readFile(file);
    // The last pages are indexes: nothing that opening would look at.
    bytes.fill(0xff, bytes.length - 8_192);
    await writeFile(file, bytes);
    expect(await json('doctor')).toEqual(finding('fail', 'database'));
  });

  it('fails a data folder that is a file, a database that is none, and a folder without questions', async () => {
    const { dataDir, json } = await testTerminal();
    await writeFile(join(dataDir, 'greenroom.db'), 'Dear reader, this is a letter and not a database.'.repeat(50));
    expect(await json('doctor')).toEqual(finding('fail', 'database'));
    const file = await testTerminal({ DATA_DIR: join(dataDir, 'greenroom.db') });
    expect(await file.json('doctor')).toEqual(finding('fail', 'data folder'));
    const empty = await testTerminal({ CONTENT_DIR: join(dataDir, 'nowhere') });
    expect(await empty.json('doctor')).toEqual(finding('fail', 'questions'));
  });

  it.each([
    ['Greenroom that is well', 200, '{"ok":true}', 'ok', 0],
    ['Greenroom that is not ready', 503, '{"ok":false,"problem":"the disk is full"}', 'fail', 1],
    ['another program', 200, 'hello', 'fail', 1],
  ])('tells from the port that it is taken by %s', async (_who, status, body, verdict, exit) => {
    const { json } = await testTerminal({ PORT: await listen(status, body) });
    const found = await json('doctor');
    expect(found).toEqual(finding(verdict, 'port'));
    expect(found.exit).toBe(exit);
  });

  it('--alive asks the running server, and nothing else', async () => {
    const well = await testTerminal({ PORT: await listen(200, '{"ok":true}'), HOST: '0.0.0.0' });
    expect((await well.greenroom('doctor', '--alive')).exit).toBe(0);
    const unwell = await testTerminal({ PORT: await listen(503, '{"ok":false,"problem":"the disk is full"}') });
    expect(await unwell.greenroom('doctor', '--alive')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('disk is full'),
    });
    const silent = await testTerminal({ PORT: '1' });
    expect(await silent.json('doctor', '--alive')).toMatchObject({ exit: 1 });
  });
});

describe('progress', () => {
  const shown = (live: boolean, steps: readonly (readonly [ms: number, done: number])[]): string => {
    let now = 0;
    let said = '';
    const terminal = {
      out: () => undefined,
      err: (text: string) => void (said += text),
      live,
      columns: 80,
      colours: false,
      now: () => now,
    };
    const progress = startProgress(terminal, 'Reading');
    for (const [ms, done] of steps) {
      now = ms;
      progress.at(done, 10);
    }
    progress.end();
    return said;
  };

  it('is not shown for what is over within a second', () => {
    expect(
      shown(true, [
        [1, 1],
        [999, 10],
      ]),
    ).toBe('');
  });

  it('is one line that rewrites itself where somebody looks', () => {
    expect(
      shown(true, [
        [500, 1],
        [1_100, 3],
        [1_150, 4],
        [1_400, 10],
      ]),
    ).toBe('\r\u001b[KReading: 3 of 10 (30 %)\r\u001b[KReading: 10 of 10 (100 %)\r\u001b[K');
  });

  it('is a single plain line where nobody does', () => {
    expect(
      shown(false, [
        [1_100, 3],
        [1_400, 10],
      ]),
    ).toBe('Reading: 3 of 10 (30 %)\n');
  });
});

describe('words', () => {
  it('say sizes as people do', () => {
    expect([0, 1, 999, 1_000, 1_540_000, 84_700_000_000, 123_400_000].map(sayBytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.0 kB',
      '1.5 MB',
      '84.7 GB',
      '123 MB',
    ]);
  });

  it('find the nearest names, nearest first, and none that is far', () => {
    const names = ['strategy-two', 'strategy-one', 'ethics-one'];
    expect(closest('stratgy-one', names, (name) => name)).toEqual(['strategy-one', 'strategy-two']);
    expect(closest('zzz', names, (name) => name)).toEqual([]);
  });
});
