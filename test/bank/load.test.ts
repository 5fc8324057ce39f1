/** Folders of packs on a real disk: what is found, what is told apart, what is read again. */
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addFolder } from '../../src/bank/add.ts';
import { formatQuestion, formatReport, formatStats, hasErrors, report } from '../../src/bank/check.ts';
import { fixFolder, fixPack } from '../../src/bank/fix.ts';
import { loadBank } from '../../src/bank/load.ts';

const SEED = join(import.meta.dirname, '../fixtures/packs/seed/behavioral-and-leadership.md');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bank-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(file: string, text: string): Promise<string> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

function pack(title: string, ...questions: string[]): string {
  return `---\ntitle: ${title}\ncategory: c\nskills: [ethics]\nquestions: {mid: ${JSON.stringify(questions)}}\n---\n`;
}

describe('loading a folder', () => {
  it('reads packs at any depth, in the order of their paths, and counts what is no pack', async () => {
    await write('b/two.md', pack('Two', 'How?'));
    await write('a/deep/er/one.MD', pack('One', 'Why?'));
    await write('README.md', '# How to write a pack\n');
    await write('notes.txt', pack('Text', 'No?'));
    await write('.git/x.md', pack('Git', 'No?'));
    await write('node_modules/y/z.md', pack('Module', 'No?'));
    const bank = await loadBank(folder);
    expect(bank.questions.map(({ file, text }) => `${file} ${text}`)).toEqual([
      'a/deep/er/one.MD Why?',
      'b/two.md How?',
    ]);
    expect(report(bank)).toMatchObject({ packs: 2, skipped: 1, questions: 2, withAnswer: 0, problems: [] });
    expect(formatReport(bank)).toContain('1 Markdown file without front matter skipped');
    expect(bank.get(bank.questions[1]?.id ?? '')?.text).toBe('How?');
    expect(bank.get('constructor')).toBeUndefined();
  });

  it('tells a folder that is not there as a problem', async () => {
    const bank = await loadBank(join(folder, 'nowhere'));
    expect(bank.questions).toEqual([]);
    expect(bank.problems).toMatchObject([
      { severity: 'error', problem: 'no such folder, or it may not be read: check the path' },
    ]);
    expect(hasErrors(bank)).toBe(true);
  });

  it('reads several folders, tells their files apart, and one file alone', async () => {
    await write('one/a.md', pack('One', 'Why?'));
    await write('two/a.md', pack('Two', 'How?'));
    const bank = await loadBank([join(folder, 'one'), join(folder, 'two')]);
    expect(bank.questions.map(({ file }) => file)).toEqual(['one/a.md', 'two/a.md']);
    expect((await loadBank(join(folder, 'one/a.md'))).questions.map(({ file }) => file)).toEqual(['a.md']);
  });

  it('goes on after a bad file and says what is wrong with it where', async () => {
    await write('a.md', '---\ntitle: T\nquestions: [unclosed\n---\n');
    await write('b.md', pack('Good', 'Why?'));
    await write('c.md', '---\ntitle: T\n');
    const bank = await loadBank(folder);
    expect(bank.questions.map(({ text }) => text)).toEqual(['Why?']);
    expect(bank.packs).toBe(1);
    expect(bank.problems.map(({ file, severity }) => `${file} ${severity}`)).toEqual(['a.md error', 'c.md error']);
    expect(formatReport(bank)).toMatch(/^Errors:\na\.md:\d+ {2}not valid YAML/);
  });

  it('keeps the first of two questions with one id: a warning for the same words, an error for others', async () => {
    const own = (title: string, id: string, q: string) =>
      `---\ntitle: ${title}\ncategory: c\nquestions: {mid: [{id: ${id}, q: "${q}"}]}\n---\n`;
    await write('a.md', own('A', 'one', 'Why?'));
    await write('b.md', own('B', 'one', 'Why?'));
    await write('c.md', own('C', 'one', 'How?'));
    const bank = await loadBank(folder);
    expect(bank.questions.map(({ file }) => file)).toEqual(['a.md']);
    expect(bank.problems.map(({ file, line, severity }) => `${file}:${line} ${severity}`)).toEqual([
      'b.md:4 warning',
      'c.md:4 error',
    ]);
  });

  it('refuses links, to files and to folders, inside and out', async () => {
    await write('packs/good.md', pack('Good', 'Why?'));
    const outside = await write('outside/secret.md', pack('Secret', 'Who?'));
    await symlink(outside, join(folder, 'packs/link.md'));
    await symlink('../outside', join(folder, 'packs/up'));
    await symlink('good.md', join(folder, 'packs/same.md'));
    await symlink('loop.md', join(folder, 'packs/loop.md'));
    const bank = await loadBank(join(folder, 'packs'));
    expect(bank.questions.map(({ text }) => text)).toEqual(['Why?']);
    expect(bank.problems.map(({ file, line, severity }) => `${file}:${line} ${severity}`)).toEqual(
      ['link.md', 'loop.md', 'same.md', 'up'].map((name) => `${name}:1 error`),
    );
  });

  it('says how far it is', async () => {
    for (let index = 0; index < 20; index += 1) await write(`${index}.md`, pack(`P${index}`, 'Why?'));
    const seen: [number, number][] = [];
    await loadBank(folder, { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.at(-1)).toEqual([20, 20]);
    expect(seen.every(([done, total], index) => total === 20 && done > (seen[index - 1]?.[0] ?? 0))).toBe(true);
  });
});

describe('loading again', () => {
  it('takes over what did not change, to the very object, and reads what did', async () => {
    await write('a.md', pack('A', 'Why?'));
    await write('b.md', pack('B', 'How?'));
    const first = await loadBank(folder);
    await write('b.md', pack('B', 'When?'));
    await write('c.md', pack('C', 'Who?'));
    const second = await loadBank(folder, { previous: first });
    expect(second.questions.map(({ text }) => text)).toEqual(['Why?', 'When?', 'Who?']);
    expect(second.questions[0]).toBe(first.questions[0]);
    await rm(join(folder, 'a.md'));
    const third = await loadBank(folder, { previous: second });
    expect(third.questions.map(({ text }) => text)).toEqual(['When?', 'Who?']);
    expect(third.questions[0]).toBe(second.questions[1]);
  });

  it('knows a file that was only touched by its bytes', async () => {
    const path = await write('a.md', pack('A', 'Why?'));
    const first = await loadBank(folder);
    await utimes(path, 1, 1);
    expect((await loadBank(folder, { previous: first })).questions[0]).toBe(first.questions[0]);
  });

  it('sees a change that kept size and time of the file', async () => {
    const path = await write('a.md', pack('A', 'Why?'));
    await utimes(path, 1, 1);
    const first = await loadBank(folder);
    await write('beside.tmp', pack('A', 'Who?'));
    await utimes(join(folder, 'beside.tmp'), 1, 1);
    await rename(join(folder, 'beside.tmp'), path);
    expect((await loadBank(folder, { previous: first })).questions.map(({ text }) => text)).toEqual(['Who?']);
  });

  it('keeps the problems of a bad file that stays, and forgets those of one that was mended', async () => {
    await write('a.md', '---js\n---\n');
    await write('b.md', '---json\n---\n');
    const first = await loadBank(folder);
    await write('b.md', pack('B', 'Why?'));
    const second = await loadBank(folder, { previous: first });
    expect([first, second].map((bank) => bank.problems.map(({ file }) => file))).toEqual([['a.md', 'b.md'], ['a.md']]);
  });

  it('gives the same ids when the folder has another name', async () => {
    await write('one/a.md', pack('A', 'Why?'));
    const before = await loadBank(join(folder, 'one'));
    await rename(join(folder, 'one'), join(folder, 'two'));
    const after = await loadBank(join(folder, 'two'), { previous: before });
    expect(after.questions.map(({ id }) => id)).toEqual(before.questions.map(({ id }) => id));
  });
});

describe('fixing', () => {
  it('rewrites the broken characters of a pack and nothing else', async () => {
    const path = join(folder, 'seed.md');
    await cp(SEED, path);
    await chmod(path, 0o640);
    const before = await readFile(path, 'utf8');
    expect((await fixPack(path)).map(({ line, to }) => `${line} ${to}`)).toEqual(['14 💡', '29 📚', '34 🛠', '43 🗣']);
    const after = await readFile(path, 'utf8');
    const changed = after.split('\n').flatMap((line, index) => (line === before.split('\n')[index] ? [] : [index + 1]));
    expect(changed).toEqual([14, 29, 34, 43]);
    expect((await loadBank(folder)).problems).toEqual([]);
    expect(await fixPack(path)).toEqual([]);
  });

  it('keeps CRLF and a byte order mark, leaves no file behind, and says which files changed', async () => {
    await write('crlf.md', '\ufeff---\r\ntitle: itâ€™s\r\n---\r\n');
    await write('fine.md', pack('Fine', 'Why?'));
    await writeFile(join(folder, 'latin.md'), Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xe9]));
    expect((await fixFolder(folder)).map(({ file }) => file)).toEqual(['crlf.md']);
    expect(await readFile(join(folder, 'crlf.md'), 'utf8')).toBe('\ufeff---\r\ntitle: it’s\r\n---\r\n');
    expect((await loadBank(folder)).problems.filter(({ file }) => file.includes('mending'))).toEqual([]);
  });

  it('does not follow a link', async () => {
    const outside = await write('outside.txt', 'itâ€™s');
    await mkdir(join(folder, 'packs'));
    await symlink(outside, join(folder, 'packs/link.md'));
    expect(await fixPack(join(folder, 'packs/link.md'))).toEqual([]);
    expect(await readFile(outside, 'utf8')).toBe('itâ€™s');
  });
});

describe('adding a folder', () => {
  it('copies the packs into a folder of the same name and leaves the rest behind', async () => {
    await write('new/pack/a.md', pack('A', 'Why?'));
    await write('new/README.md', '# no pack\n');
    await write('content/b.md', pack('B', 'How?'));
    const added = await addFolder(join(folder, 'new'), join(folder, 'content'));
    expect(added).toMatchObject({ files: ['new/pack/a.md'], refused: undefined });
    const bank = await loadBank(join(folder, 'content'));
    expect(bank.questions.map(({ file }) => file)).toEqual(['b.md', 'new/pack/a.md']);
    expect(bank.skipped).toBe(0);
  });

  it('overwrites nothing', async () => {
    await write('new/a.md', pack('A', 'Why?'));
    await write('content/new/a.md', pack('B', 'Mine?'));
    const added = await addFolder(join(folder, 'new'), join(folder, 'content'));
    expect(added).toMatchObject({
      files: [],
      refused: 'the content folder has a folder new already: rename one of them',
    });
    expect((await loadBank(join(folder, 'content'))).questions.map(({ text }) => text)).toEqual(['Mine?']);
  });

  it('copies nothing when a pack has an error, unless told to go on with the others', async () => {
    await write('new/a.md', pack('A', 'Why?'));
    await write('new/bad.md', '---js\n---\n');
    const added = await addFolder(join(folder, 'new'), join(folder, 'content'));
    expect(added).toMatchObject({ files: [], refused: '1 error in it: mend them first' });
    const rest = await addFolder(join(folder, 'new'), join(folder, 'content'), { keepGoing: true });
    expect(rest.files).toEqual(['new/a.md']);
  });

  it('refuses ids that the content has for other words, an empty folder, and the content itself', async () => {
    const own = (q: string) => `---\ntitle: T\ncategory: c\nquestions: {mid: [{id: one, q: "${q}"}]}\n---\n`;
    await write('content/a.md', own('Why?'));
    await write('new/a.md', own('How?'));
    await mkdir(join(folder, 'empty'));
    const refusedFor = async (name: string) => (await addFolder(join(folder, name), join(folder, 'content'))).refused;
    expect(await refusedFor('new')).toContain('has the id one');
    expect(await refusedFor('empty')).toBe('no pack with questions in it');
    expect(await refusedFor('content')).toBe('it is in the content folder already');
    expect(await refusedFor('nowhere')).toBe('1 error in it: mend them first');
  });
});

describe('the texts of the commands', () => {
  it('shows everything of a question', async () => {
    await cp(SEED, join(folder, 'seed.md'));
    const { questions } = await loadBank(folder);
    const text = formatQuestion(questions[3]!);
    expect(text).toMatch(
      /^A junior engineer is stuck on a bug for 2 days\. What do you do\?\n\nid {8}behavioral-leadership-senior-[0-9a-f]{8}\n/,
    );
    expect(text).toContain('where     seed.md:46');
    expect(text).toContain("Model answer\nDon't fix it for them.\n1.  Ask them");
  });

  it('counts questions by skill and level', async () => {
    await cp(SEED, join(folder, 'seed.md'));
    const lines = formatStats(await loadBank(folder)).split('\n');
    expect(lines[2]?.split(/\s+/)).toEqual(['Skill', 'mid', 'senior', 'staff', 'principal', 'all']);
    expect(lines.find((line) => line.startsWith('Ethics'))?.split(/\s+/)).toEqual(['Ethics', '1', '4', '0', '2', '7']);
    expect(lines.find((line) => line.startsWith('All'))?.split(/\s+/)).toEqual(['All', '1', '4', '0', '2', '7']);
    expect(lines.at(-1)).toBe('Status: reviewed 7');
  });

  it('prints nothing that a terminal would obey', async () => {
    await write('a\u001b[31m.md', '---\ntitle: T\n\u001b[2J: 1\n---\n');
    expect(formatReport(await loadBank(folder))).not.toContain('\u001b');
  });
});
