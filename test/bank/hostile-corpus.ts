/**
 * Packs built to do harm, and some that only look odd. Each says what becomes of it: refused on a line, or loaded.
 * A file that runs code would set a mark on `globalThis`.
 */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

export const CANARY = '__canary';
const RUN = `globalThis.${CANARY} = true`;

export interface Hostile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Line of the error that refuses it; `loaded`: harmless, its question is there; `left out`: the file is a pack, the bad part is not in it. */
  readonly fate: number | 'loaded' | 'left out';
}

const one = (name: string, fate: Hostile['fate'], content: string | Buffer): Hostile => ({
  name,
  fate,
  bytes: typeof content === 'string' ? Buffer.from(content, 'utf8') : content,
});

/** A pack with the given lines in its front matter (from line 4 on) and a body. */
function pack(front: string, body = '', ends = '\n'): string {
  return ['---', 'title: Odd', 'category: c', ...front.split('\n'), '---', ...body.split('\n')].join(ends);
}
const asks = 'questions: {mid: ["Does it load?"]}';
const inBody = (body: string) => pack(asks, body);

const SPELLINGS =
  'js|javascript|JS|JavaScript|Javascript| js|\tjs|js |coffee|coffeescript|cson|COFFEE|json|JSON|yaml|toml|ts|constructor|' +
  '__proto__|toString|=js|{js}|;js';

const LANGUAGES = SPELLINGS.split('|').map((language, n) => {
  const code = `({ title: (${RUN}, "x"), questions: {mid: ["x"]} })`;
  return one(`language-${n}`, 1, `---${language}\n${code}\n---\n`);
});

const YAML_CODE = [
  '!!js/function',
  '!!js/eval',
  '!!python/object/apply:os.system',
  '!<tag:yaml.org,2002:js/function>',
  '!!map',
  '!x',
  '!!binary',
].map((tag, n) => one(`tag-${n}`, 4, pack(`${tag === '!!map' ? 'x: !!map {}' : `x: ${tag} "${RUN}"`}\n${asks}`)));

const laughs = (levels: number) =>
  ['a0: &a0 [lol]', ...Array.from({ length: levels }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`)].join(
    '\n',
  );

const YAML: Hostile[] = [
  one('bomb-small', 4, pack(laughs(3))),
  one('bomb-large', 4, pack(laughs(60))),
  one('bomb-in-flow', 4, pack(`x: [&a [1,2], *a, *a]\n${asks}`)),
  one('alias-to-nothing', 4, pack(`x: *nowhere\n${asks}`)),
  one('anchor-on-root', 2, `---\n&root\ntitle: x\n${asks}\n---\n`),
  one('alias-as-key', 4, pack(`*a : 1\n${asks}`)),
  one('merge-key', 4, pack(`<<: {title: x}\n${asks}`)),
  one('merge-proto', 4, pack(`"<<": {"__proto__": {polluted: true}}\n${asks}`)),
  one('proto', 4, pack(`__proto__: {polluted: true}\n${asks}`)),
  one('proto-quoted', 4, pack(`"__proto__": {polluted: true}\n${asks}`)),
  one('proto-escaped', 4, pack(`"\\x5f_proto__": {polluted: true}\n${asks}`)),
  one('proto-deep', 5, pack('questions:\n  mid: [{q: "x", "__proto__": {polluted: true}}]')),
  one('proto-level', 4, pack('questions: {__proto__: ["x"]}')),
  one('constructor', 4, pack(`constructor: {prototype: {polluted: true}}\n${asks}`)),
  one('prototype', 4, pack(`prototype: {polluted: true}\n${asks}`)),
  one('duplicate-key', 5, pack(`questions: {mid: ["x"]}\n${asks}`)),
  one('complex-key', 4, pack(`? [a, b]\n: 1\n${asks}`)),
  one('directive', 2, `---\n%YAML 1.1\ntitle: x\n---\n`),
  one('two-documents', 6, pack(`x: 1\n...\ny: 2\n${asks}`)),
  one('not-a-map', 2, '---\n- a\n- b\n---\n'),
  one('only-text', 2, '---\njust words\n---\n'),
  one('deep-flow', 4, pack(`x: ${'['.repeat(5000)}${']'.repeat(5000)}`)),
  one('deep-flow-open', 4, pack(`x: ${'{a: '.repeat(10_000)}`)),
  one('deep-block', 12, pack(`${Array.from({ length: 60 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}\n`)),
  one('deep-dashes', 5, pack(`x:\n  ${'- '.repeat(9000)}a`)),
  one('tab-indent', 5, pack('questions:\n\tmid: ["x"]')),
  one('unclosed-quote', 4, pack('x: "never closed\nquestions: {mid: ["x"]}')),
  one('unclosed-flow', 4, pack('x: [1, 2')),
  one('unclosed-front-matter', 1, '---\ntitle: x\nquestions: {mid: ["x"]}\n'),
  one('dashes-in-front-matter', 4, `---\ntitle: x\n${asks}\n---js\n${RUN}\n---\n`),
  one('long-front-matter', 1, pack(`x: "${'y'.repeat(70_000)}"`)),
  one('lone-surrogate-escaped', 4, pack('questions: {mid: ["half \\ud83d"]}')),
  one('schema-3', 4, pack(`schema: 3\n${asks}`)),
  one('schema-object', 4, pack(`schema: {a: 1}\n${asks}`)),
  one('huge-number', 'loaded', pack(`minutes: 1${'0'.repeat(400)}\nx: 0x${'f'.repeat(99)}\n${asks}`)),
  one('odd-values', 'loaded', pack(`skills: {a: 1}\nlevels: 7\nlicense: [x]\nsource: {a: b}\nfacet: [[]]\n${asks}`)),
  one('question-of-60-kb', 4, pack(`questions: {mid: ["${'why '.repeat(14_000)}"]}`)),
  one('question-without-words', 4, pack('questions: {mid: [{q: "   "}]}')),
  one('id-like-a-path', 4, pack('questions: {mid: [{id: "../../etc/passwd", q: "x"}]}')),
  one('thousands-of-keys', 'loaded', pack(`${Array.from({ length: 3000 }, (_, n) => `k${n}: 1`).join('\n')}\n${asks}`)),
];

const BYTES: Hostile[] = [
  one('line-of-10-mb', 1, Buffer.concat([Buffer.from(inBody('')), Buffer.alloc(10_000_000, 'a')])),
  one(
    'front-matter-of-10-mb',
    1,
    Buffer.concat([Buffer.from('---\nx: '), Buffer.alloc(10_000_000, '['), Buffer.from('\n---\n')]),
  ),
  one('ten-million-lines', 1, Buffer.alloc(10_000_000, '\n')),
  one('line-of-200-kb', 6, inBody('a'.repeat(200_000))),
  one('nul', 5, `${pack(asks).slice(0, -4)}\0\n---\n`),
  one('only-nul', 1, Buffer.alloc(4096)),
  one('utf-16-le', 1, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(inBody(''), 'utf16le')])),
  one('utf-16-be', 1, Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(inBody(''), 'utf16le').swap16()])),
  one('utf-16-without-mark', 1, Buffer.from(inBody(''), 'utf16le')),
  one('utf-32', 1, Buffer.from([0xff, 0xfe, 0, 0, 0x2d, 0, 0, 0])),
  one('latin-1', 6, Buffer.from(inBody('caf\u00e9'), 'latin1')),
  one('shift-jis', 6, Buffer.concat([Buffer.from(inBody('')), Buffer.from([0x93, 0xfa, 0x96, 0x7b])])),
  one('lone-surrogate', 6, Buffer.concat([Buffer.from(inBody('')), Buffer.from([0xed, 0xa0, 0xbd])])),
  one('overlong', 6, Buffer.concat([Buffer.from(inBody('')), Buffer.from([0xc0, 0xaf])])),
  one('cut-in-a-character', 6, Buffer.concat([Buffer.from(inBody('')), Buffer.from([0xf0, 0x9f, 0x92])])),
  one('beyond-unicode', 6, Buffer.concat([Buffer.from(inBody('')), Buffer.from([0xf4, 0x90, 0x80, 0x80])])),
  one('random-bytes', 1, Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 131 + ((n * n) >> 3)) & 255))),
  one('bidi-override', 6, inBody('approved \u202e desufer')),
  one('bidi-isolate', 4, pack('questions: {mid: ["x \u2066y"]}')),
  one('escape-sequence', 6, inBody('\u001b[2J\u001b]0;owned\u0007')),
  one('backspaces', 6, inBody('safe\b\b\b\bdangerous')),
  one('line-separator', 6, inBody('a\u2028b')),
  one('crlf', 'loaded', pack(asks, 'body', '\r\n')),
  one('cr-only', 'loaded', pack(asks, 'body', '\r')),
  one('byte-order-mark', 'loaded', `\ufeff${inBody('')}`),
  one('mark-and-crlf', 'loaded', `\ufeff${pack(asks, 'body', '\r\n')}`),
  one('mark-then-language', 1, `\ufeff---js\n${RUN}\n---\n`),
  one('no-line-feed-at-end', 'loaded', pack(asks).trimEnd()),
  one('odd-but-fine-characters', 'loaded', inBody('💡 e\u0301 \u200d \ufe0f \u00ad ﷽ 𓀀 \u{10fffd}')),
];

const MARKDOWN: Hostile[] = [
  one('quotes-in-quotes', 6, inBody('>'.repeat(9000))),
  one('lists-in-lists', 6, inBody('- '.repeat(9000))),
  one('emphasis-tangle', 6, inBody('*a_ '.repeat(4000))),
  one('emphasis-tangle-in-lines', 'left out', inBody('*a_ **b\n'.repeat(4000))),
  one('quotes-without-end', 'left out', inBody('> a\n\n'.repeat(2000))),
  one('lines-without-end', 'left out', inBody('1. a?\n'.repeat(11_000))),
  one('underlines', 'left out', inBody('a\n=\n'.repeat(2000))),
  one('nested-markers', 'left out', inBody(`${'- > '.repeat(9)}a\n`.repeat(600))),
  one('lazy-quotes', 'left out', inBody('> a\nb\n'.repeat(2000))),
  one('brackets', 6, inBody('['.repeat(15_000))),
  one('links', 6, inBody('[a](b'.repeat(3000))),
  one('pictures', 6, inBody('![['.repeat(5000))),
  one('definitions', 'loaded', inBody('[a]: b\n'.repeat(2500))),
  one('backticks', 'loaded', inBody(Array.from({ length: 150 }, (_, n) => '`'.repeat(n)).join(' '))),
  one('html', 'loaded', inBody(`<script>${RUN}</script>\n\n<img src=x onerror="${RUN}">\n\n[x](javascript:${RUN})`)),
  one('unclosed-comment', 'loaded', inBody('<!--'.repeat(3000))),
  one('deep-list', 'loaded', inBody(Array.from({ length: 90 }, (_, n) => `${'  '.repeat(n)}- a`).join('\n'))),
  one('thousands-of-headings', 'loaded', inBody('# a\n## Senior Level\n'.repeat(1500))),
  one('code-in-code', 'loaded', inBody(`\`\`\`js\n---js\n${RUN}\n---\n\`\`\``)),
  one('template-in-text', 'loaded', inBody(`\${${RUN}} {{${RUN}}} <%= ${RUN} %> #{${RUN}}`)),
];

export const CORPUS: readonly Hostile[] = [...LANGUAGES, ...YAML_CODE, ...YAML, ...BYTES, ...MARKDOWN];

export const GOOD = 'good.md';
/** Things in a folder that are no files of packs; all are refused by name. */
export const ODD_ENTRIES = [
  'absolute-link.md',
  'dangling.md',
  'folder-link',
  'link.md',
  'loop.md',
  'pipe.md',
  'up-link.md',
];

/** Writes the corpus with a good pack beside it. */
export async function writeCorpus(folder: string): Promise<void> {
  const packs = join(folder, 'packs');
  await mkdir(packs, { recursive: true });
  await writeFile(join(folder, 'secret.md'), pack('questions: {mid: ["Secret?"]}'));
  for (const { name, bytes } of CORPUS) await writeFile(join(packs, `${name}.md`), bytes);
  await writeFile(join(packs, GOOD), '---\ntitle: Good\ncategory: c\nquestions: {mid: ["Still here?"]}\n---\n');
  await symlink('/etc/passwd', join(packs, 'absolute-link.md'));
  await symlink('nowhere.md', join(packs, 'dangling.md'));
  await symlink(folder, join(packs, 'folder-link'));
  await symlink(GOOD, join(packs, 'link.md'));
  await symlink('loop.md', join(packs, 'loop.md'));
  await symlink('../secret.md', join(packs, 'up-link.md'));
  execFileSync('mkfifo', [join(packs, 'pipe.md')]);
  await oddNames(packs);
}

/** Names that would move a cursor, a path or an object; the packs in them are fine. */
const ODD_NAMES = ['__proto__', '..', 'constructor', '\u001b[2J', '\u202egnp', 'a\nb', ' ', '$(touch x)', '%2e%2e'];

async function oddNames(packs: string): Promise<void> {
  for (const [nth, name] of ODD_NAMES.entries()) {
    await writeFile(join(packs, `named ${name}.md`), pack(`questions: {mid: ["Is number ${nth} a name?"]}`));
  }
}
