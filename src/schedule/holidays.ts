/**
 * Public holidays of a country or a part of it, through the optional date-holidays package. It is loaded when first asked
 * for; without it a schedule's own dates still work. Its data is under CC BY-SA 3.0: `HOLIDAY_CREDIT` names the source.
 */

import { show } from './parse-date.ts';
import type { Parsed } from './parsed.ts';
import type { Holidays } from './recurrence.ts';
import { plusDays } from './zone.ts';

/** To be shown wherever holidays are: the attribution the data's licence asks for. */
export const HOLIDAY_CREDIT =
  'Public holidays: data of date-holidays (github.com/commenthol/date-holidays) under CC BY-SA 3.0, drawn from Wikipedia.';

const NOT_INSTALLED =
  'Public holidays need the optional package date-holidays: run “npm install date-holidays”. Your own dates work without it.';
const HOUR_MS = 3_600_000;

/** A country, or a part of one: `{ code: 'DE', name: 'Germany' }`. */
export interface Place {
  readonly code: string;
  readonly name: string;
}

/** The part of the package that is used. */
interface Almanac {
  getHolidays(year: number): readonly { date: string; start: Date; end: Date; name: string; type: string }[];
  getCountries(language: string): Readonly<Record<string, string>>;
  getStates(country: string, language: string): Readonly<Record<string, string>> | undefined;
}
interface AlmanacPackage {
  readonly default: new (where: { country?: string; state?: string }, options: { languages: string[] }) => Almanac;
}
/** How the package is fetched; rejects with `ERR_MODULE_NOT_FOUND` when it is not installed. */
export type AlmanacSource = () => Promise<AlmanacPackage>;

const installed: AlmanacSource = () => import('date-holidays') as Promise<AlmanacPackage>;

/** The days off of a country, by code or English name, and one of its regions if given. Half days are working days. */
export async function loadHolidays(country: string, region?: string, source = installed): Promise<Parsed<Holidays>> {
  const found = await open(source);
  if ('problem' in found) return found;
  const atlas = new found.value({}, { languages: ['en'] });
  const land = pick(placesIn(atlas.getCountries('en')), country);
  if (land === undefined)
    return { problem: `I know no holidays of “${show(country)}”. Write a country like DE or Germany.` };
  if (region === undefined || region.trim() === '') {
    return { value: daysOff(new found.value({ country: land.code }, { languages: ['en'] })) };
  }
  const parts = placesIn(atlas.getStates(land.code, 'en') ?? {});
  const part = pick(parts, region.trim().replace(new RegExp(`^${land.code}-`, 'i'), ''));
  if (part === undefined) return { problem: noSuchRegion(land, parts, region) };
  return { value: daysOff(new found.value({ country: land.code, state: part.code }, { languages: ['en'] })) };
}

/** Every country with holidays, by name. */
export async function listCountries(source = installed): Promise<Parsed<readonly Place[]>> {
  const found = await open(source);
  if ('problem' in found) return found;
  return { value: placesIn(new found.value({}, { languages: ['en'] }).getCountries('en')) };
}

/** The regions of a country (by code) that have holidays of their own, by name; often none. */
export async function listRegions(country: string, source = installed): Promise<Parsed<readonly Place[]>> {
  const found = await open(source);
  if ('problem' in found) return found;
  return { value: placesIn(new found.value({}, { languages: ['en'] }).getStates(country.toUpperCase(), 'en') ?? {}) };
}

async function open(source: AlmanacSource): Promise<Parsed<AlmanacPackage['default']>> {
  try {
    return { value: (await source()).default };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND') return { problem: NOT_INSTALLED };
    throw error;
  }
}

/** Looks a date up, working out each year once. */
function daysOff(almanac: Almanac): Holidays {
  const years = new Map<number, ReadonlyMap<string, string>>();
  return (date) => {
    const year = Number(date.slice(0, 4));
    const days = years.get(year) ?? daysOffIn(almanac, year);
    years.set(year, days);
    return days.get(date);
  };
}

function daysOffIn(almanac: Almanac, year: number): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  // A feast that begins in December may last into January.
  for (const holiday of [...almanac.getHolidays(year - 1), ...almanac.getHolidays(year)]) {
    const fullDay = holiday.date.slice(11, 19) === '00:00:00';
    if (holiday.type !== 'public' || !fullDay) continue;
    // A clock change makes a day 23 hours long; a last half day is a working day.
    const hours = (holiday.end.getTime() - holiday.start.getTime()) / HOUR_MS;
    const length = Math.max(1, Math.floor((hours + 2) / 24));
    for (let n = 0; n < length; n += 1) days.set(plusDays(holiday.date.slice(0, 10), n), holiday.name);
  }
  return days;
}

function placesIn(names: Readonly<Record<string, string>>): readonly Place[] {
  const places = Object.entries(names).map(([code, name]) => ({ code, name }));
  return places.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function pick(places: readonly Place[], typed: string): Place | undefined {
  const wanted = typed.trim().toLowerCase();
  return places.find((place) => place.code.toLowerCase() === wanted || place.name.toLowerCase() === wanted);
}

function noSuchRegion(land: Place, parts: readonly Place[], typed: string): string {
  if (parts.length === 0) return `${land.name} has no regions with holidays of their own. Leave the region out.`;
  const choices = parts.map((part) => `${part.code} (${part.name})`).join(', ');
  return `${land.name} has no region “${show(typed)}”. Write one of: ${choices}.`;
}
