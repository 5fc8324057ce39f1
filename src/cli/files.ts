/** Files and folders that somebody named on the command line. */
import { stat } from 'node:fs/promises';
import { EXIT, Stop } from './terminal.ts';

/** Throws {@link Stop} when nothing is there. */
export async function mustExist(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Stop(`There is no ${path}.`, EXIT.usage);
}

/** `1.5 MB`. */
export function sayBytes(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? ''}`;
}
