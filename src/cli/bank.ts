/** `bank …`: look at questions without starting anything. */
import type { Command } from 'commander';
import { addFolder } from '../bank/add.ts';
import { formatQuestion, formatReport, formatStats, hasErrors, report } from '../bank/check.ts';
import { fixFolder } from '../bank/fix.ts';
import { loadBank } from '../bank/load.ts';
import type { LoadedBank } from '../bank/load.ts';
import { readConfig } from '../config.ts';
import { closest } from './closest.ts';
import { mustExist } from './files.ts';
import { EXIT, Stop, say, startProgress } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Json {
  readonly json?: boolean;
}

export function addBankCommands(root: Command, terminal: Terminal, ended: (exit: number) => void): void {
  const bank = root
    .command('bank')
    .description('the questions: check a folder, count, show one, add more')
    .usage('<command> [options]')
    .addHelpText(
      'after',
      '\nExamples:\n  $ greenroom bank check\n  $ greenroom bank stats --json\n  $ greenroom bank add ../our-questions',
    );
  bank
    .command('check')
    .description('read a folder of packs and list what is wrong, as file:line and what to do')
    .argument('[folder...]', 'folders or files (default: the questions in use, CONTENT_DIR)')
    .option('--fix', 'first rewrite files whose characters were broken on the way')
    .option('--json', 'one JSON object: packs, skipped, questions, withAnswer, scenarios, byLevel, bySkill, problems')
    .addHelpText(
      'after',
      '\nEnds with 0 when there is no error (warnings are fine), with 1 when there is one.\n\nExamples:\n  $ greenroom bank check ./our-questions\n  $ greenroom bank check ./our-questions --fix\n  $ greenroom bank check ./our-questions --json | jq .problems',
    )
    .action(async (folders: string[], options: Json & { fix?: boolean }) => {
      ended(await check(terminal, folders, options));
    });
  bank
    .command('stats')
    .description('count questions by skill and level')
    .argument('[folder...]', 'folders or files (default: the questions in use, CONTENT_DIR)')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  $ greenroom bank stats')
    .action(async (folders: string[], { json }: Json) => {
      const loaded = await read(terminal, folders);
      say(terminal, json, report(loaded), () => formatStats(loaded));
    });
  addShow(bank, terminal);
  addAdd(bank, terminal, ended);
}

function addShow(bank: Command, terminal: Terminal): void {
  bank
    .command('show')
    .description('show all that is known of one question')
    .argument('<id>', 'the id of the question, or the beginning of it')
    .argument('[folder...]', 'folders or files (default: the questions in use, CONTENT_DIR)')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  $ greenroom bank show ethics-harm-and-fairness-mid-01')
    .action(async (id: string, folders: string[], { json }: Json) => {
      const loaded = await read(terminal, folders);
      const question = loaded.get(id) ?? only(loaded, id);
      say(terminal, json, question, () => formatQuestion(question));
    });
}

function addAdd(bank: Command, terminal: Terminal, ended: (exit: number) => void): void {
  bank
    .command('add')
    .description('copy the packs of a folder to the questions in use, all of them or none')
    .argument('<folder>', 'where the packs are')
    .option('--keep-going', 'leave out packs with errors, and copy the rest')
    .option('--json', 'one JSON object: files, refused, and the report of the folder')
    .addHelpText(
      'after',
      '\nA running Greenroom sees them at its next start.\n\nExample:\n  $ greenroom bank add ../our-questions',
    )
    .action(async (folder: string, { json, keepGoing }: Json & { keepGoing?: boolean }) => {
      await mustExist(folder);
      const { contentDir } = readConfig(terminal.env, 'tool');
      const { bank: found, files, refused } = await addFolder(folder, contentDir, { keepGoing: keepGoing === true });
      const result = { files, refused: refused ?? null, ...report(found) };
      say(terminal, json, result, () =>
        refused === undefined
          ? `Copied to ${contentDir}:\n${files.map((file) => `  ${file}`).join('\n')}`
          : `${formatReport(found)}\n\nNothing was copied: ${refused}.`,
      );
      ended(refused === undefined ? EXIT.ok : EXIT.problems);
    });
}

async function check(terminal: Terminal, folders: string[], { json, fix }: Json & { fix?: boolean }): Promise<number> {
  if (fix === true) {
    for (const folder of foldersOf(terminal, folders)) {
      await mustExist(folder);
      for (const { file, repairs } of await fixFolder(folder)) {
        terminal.err(`Mended ${file}: ${repairs.length} ${repairs.length === 1 ? 'place' : 'places'}\n`);
      }
    }
  }
  const bank = await read(terminal, folders);
  say(terminal, json, report(bank), () => formatReport(bank));
  return hasErrors(bank) ? EXIT.problems : EXIT.ok;
}

const foldersOf = (terminal: Terminal, folders: readonly string[]): readonly string[] =>
  folders.length > 0 ? folders : [readConfig(terminal.env, 'tool').contentDir];

async function read(terminal: Terminal, given: readonly string[]): Promise<LoadedBank> {
  const folders = foldersOf(terminal, given);
  for (const folder of folders) await mustExist(folder);
  const progress = startProgress(terminal, 'Reading questions');
  try {
    return await loadBank(folders, { onProgress: (done, total) => progress.at(done, total) });
  } finally {
    progress.end();
  }
}

/** The one question whose id begins like this, or the words that say why there is none. */
function only(bank: LoadedBank, id: string): LoadedBank['questions'][number] {
  const begin = bank.questions.filter((question) => question.id.startsWith(id));
  const [first] = begin;
  if (first !== undefined && begin.length === 1) return first;
  const ids = (begin.length > 1 ? begin : closest(id, bank.questions, (question) => question.id)).map(
    (question) => question.id,
  );
  const hint =
    ids.length === 0
      ? ''
      : `\n${begin.length > 1 ? 'These begin like it' : 'Did you mean'}:\n${ids
          .slice(0, 10)
          .map((one) => `  ${one}`)
          .join('\n')}`;
  throw new Stop(`No question has the id ${id}.${hint}`, EXIT.problems);
}
