/** `migrate`, `backup`, `restore`: the database as a whole. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { keyFile } from '../config/key.ts';
import { backup, restore } from '../store/backup.ts';
import { migrate, pending } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import { sayBytes } from './files.ts';
import { fileOf, withStore } from './open.ts';
import { EXIT, Stop, say, startProgress } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Json {
  readonly json?: boolean;
}

export function addStoreCommands(root: Command, terminal: Terminal): void {
  root
    .command('migrate')
    .description('bring the database to this version (starting does it too)')
    .option('--dry-run', 'only say what would be done')
    .option('--json', 'one JSON object: applied, pending')
    .addHelpText(
      'after',
      '\nAll steps or none: if one fails, the database is as it was.\n\nExamples:\n  $ greenroom migrate --dry-run\n  $ greenroom migrate',
    )
    .action((options: Json & { dryRun?: boolean }) => runMigrate(terminal, options));
  root
    .command('backup')
    .description('copy the database to a file, while Greenroom runs')
    .argument('<file>', 'where the copy goes')
    .option('--force', 'replace the file if it is there')
    .option('--json', 'one JSON object: file, bytes, keyFile')
    .addHelpText(
      'after',
      `
The copy is one moment of the database, checked before it gets its name. The
encryption key is never in it: keep a copy of that apart.

Examples:
  $ greenroom backup ./greenroom.backup
  $ greenroom backup --force /backups/greenroom.backup --json`,
    )
    .action((file: string, options: Json & { force?: boolean }) => runBackup(terminal, file, options));
  root
    .command('restore')
    .description('put a backup in the place of the database (stop Greenroom first)')
    .argument('<file>', 'a file that `greenroom backup` made')
    .option('--json', 'one JSON object: database, kept')
    .addHelpText(
      'after',
      '\nThe database that was there stays beside it under another name.\n\nExample:\n  $ greenroom restore ./greenroom.backup',
    )
    .action((file: string, options: Json) => runRestore(terminal, file, options));
}

async function runMigrate(terminal: Terminal, { dryRun, json }: Json & { dryRun?: boolean }): Promise<void> {
  const store = await openStore(readConfig(terminal.env, 'tool').databaseUrl);
  try {
    const applied = dryRun === true ? [] : (await migrate(store)).applied;
    const result = { applied, pending: await pending(store) };
    say(terminal, json, result, () => {
      if (result.pending.length > 0) return `To be done:\n${result.pending.map((name) => `  ${name}`).join('\n')}`;
      if (applied.length === 0) return 'The database is up to date.';
      return `Done:\n${applied.map((name) => `  ${name}`).join('\n')}\nThe database is up to date.`;
    });
  } finally {
    await store.close();
  }
}

async function runBackup(terminal: Terminal, to: string, { force, json }: Json & { force?: boolean }): Promise<void> {
  const file = resolve(to);
  if (force !== true && existsSync(file))
    throw new Stop(`${file} is there already. Add --force to replace it.`, EXIT.usage);
  const keptApart = await withStore(terminal, async (store, { dataDir, key }) => {
    const progress = startProgress(terminal, 'Copying');
    try {
      await backup(store, file, ({ done, of }) => progress.at(done, of));
    } finally {
      progress.end();
    }
    return key === undefined ? keyFile(dataDir) : undefined;
  });
  const { size } = await stat(file);
  say(terminal, json, { file, bytes: size, keyFile: keptApart ?? null }, () =>
    [
      `Kept ${sayBytes(size)} in ${file}.`,
      `The encryption key is not in it: keep a copy of ${keptApart ?? 'GREENROOM_KEY'} apart from it.`,
    ].join('\n'),
  );
}

async function runRestore(terminal: Terminal, from: string, { json }: Json): Promise<void> {
  const file = resolve(from);
  const database = fileOf(readConfig(terminal.env, 'tool'));
  if (database === undefined) {
    throw new Stop(`The database is on PostgreSQL: pg_restore --clean --dbname="$DATABASE_URL" ${file}`);
  }
  const name = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const { kept } = await restore(file, database, name);
  say(terminal, json, { database, kept: kept ?? null }, () =>
    [
      `${database} is now the database of ${file}.`,
      kept === undefined ? 'There was none before.' : `The one before stays as ${kept}.`,
    ].join('\n'),
  );
}
