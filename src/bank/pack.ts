/** Reads one pack: front matter and body become questions, and everything odd becomes a finding with its line. */

import { readBody, type Body } from './body.ts';
import { decodePack, refuseUnseen } from './decode.ts';
import { readEntry, type Entry } from './entry.ts';
import { mendCommas, readTags, readText } from './fields.ts';
import { splitPack, type Parts } from './front-matter.ts';
import { readLevel, type NamedLevel } from './levels.ts';
import { mergeEntries } from './merge.ts';
import { fail, quote, Refused, warn, type Finding } from './problem.ts';
import type { Level, Question } from './question.ts';
import { isFields, isList, type Field, type Fields } from './safe-yaml.ts';
import { ID, isScenario, readScenario, type Scenario } from './scenario.ts';
import { sayName } from './why.ts';
import { detach, normalise, shortHash, slugify } from './words.ts';

export interface Pack {
  /** `skipped`: Markdown without front matter, not a pack. `refused`: nothing of it is used; a finding says why. */
  readonly state: 'read' | 'skipped' | 'refused';
  readonly questions: readonly Question[];
  /** What a file of kind `scenario` holds in place of questions. */
  readonly scenario?: Scenario;
  readonly findings: readonly Finding[];
}

const MAX_TEXT = 2_000;

/** @param file its path relative to the folder, for the questions and for the title of a pack without one */
export function readPack(bytes: Uint8Array, file: string): Pack {
  const findings: Finding[] = [];
  try {
    const decoded = decodePack(bytes);
    const parts = splitPack(decoded.text);
    if (!parts) return { state: 'skipped', questions: [], findings };
    refuseUnseen(decoded.text);
    findings.push(...decoded.findings);
    if (isScenario(parts)) return scenarioPack(readScenario(parts, file, findings), findings);
    return { state: 'read', questions: readQuestions(parts, file, findings), findings };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { state: 'refused', questions: [], findings: [fail(error.line, error.message)] };
  }
}

/** A file with a scenario is refused as a whole when the scenario is. */
const scenarioPack = (scenario: Scenario | undefined, findings: readonly Finding[]): Pack =>
  scenario ? { state: 'read', questions: [], scenario, findings } : { state: 'refused', questions: [], findings };

/** What a pack says for all its questions. */
interface Cover {
  readonly title: string;
  /** Empty when the pack names itself nowhere: a file's name is no part of an id. */
  readonly idTitle: string;
  readonly category: string;
  readonly skills: readonly string[];
  readonly facet: string;
  readonly fallback: Level;
  readonly source: string | undefined;
  readonly license: string | undefined;
}

function readQuestions(parts: Parts, file: string, findings: Finding[]): Question[] {
  const schema = parts.fields['schema'];
  if (schema && schema.value !== 1 && schema.value !== 2) {
    throw new Refused(schema.line, `schema ${quote(schema.raw)} is not known: this version reads 1 and 2`);
  }
  const body = readBody(parts.body, parts.bodyLine);
  const cover = readCover(parts.fields, body, file, findings);
  const front = readFront(parts.fields['questions'], findings);
  const entries = mergeEntries(front, body.entries, cover.fallback, findings);
  if (entries.length === 0) {
    findings.push(warn(1, 'no questions in it: list them under `questions:` or as `* **Q**: …` under a level heading'));
  }
  sayLevels(entries, cover.fallback, findings);
  return entries.map((entry) => questionOf(entry, cover, file, findings)).filter((question) => question !== undefined);
}

function readCover(fields: Fields, body: Body, file: string, findings: Finding[]): Cover {
  const named = readText(fields['title'], 'title', findings) ?? body.title;
  const title = named ?? titleFromFile(file);
  if (fields['title'] === undefined) findings.push(warn(1, `no \`title\`: taken as ${quote(title)}, add one`));
  const category = readText(fields['category'], 'category', findings);
  if (category === undefined) findings.push(warn(1, 'no `category`: taken as `general`, add one'));
  const skills = readTags(fields['skills'], 'skills', findings)
    .map((skill) => slugify(skill))
    .filter((slug) => slug !== '');
  return {
    title,
    idTitle: slugify(named ?? '', 40) || 'question',
    category: category ?? 'general',
    skills: skills.length > 0 ? [...new Set(skills)] : ['general'],
    facet: slugify(readText(fields['facet'], 'facet', findings) ?? title) || 'general',
    fallback: readFallback(fields['levels'], findings),
    source: readText(fields['source'], 'source', findings),
    license: readText(fields['license'], 'license', findings),
  };
}

function titleFromFile(file: string): string {
  const stem = file
    .replace(/^.*\//, '')
    .replace(/\.md$/i, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
  return detach(stem === '' ? 'Questions' : sayName(stem));
}

function readFallback(field: Field | undefined, findings: Finding[]): Level {
  const named = readTags(field, 'levels', findings).map((text) => ({ text, level: readLevel(text) }));
  for (const { text, level } of named) {
    const note = level ? level.note : 'is not a level and was left out: write mid, senior, staff or principal';
    if (note !== undefined) findings.push(warn(field?.line ?? 1, `${quote(text)} ${note}`));
  }
  return named.find(({ level }) => level !== undefined)?.level?.level ?? 'mid';
}

function readFront(field: Field | undefined, findings: Finding[]): Entry[] {
  if (!field || field.value === null) return [];
  if (!isFields(field.value)) return readItems(field, undefined, findings);
  return Object.entries(field.value).flatMap(([name, list]) => {
    const level = readLevel(name);
    if (level?.note !== undefined) findings.push(warn(list.line, `${quote(name)} ${level.note}`));
    return readItems(list, level && { level: level.level }, findings);
  });
}

function readItems(list: Field, level: NamedLevel | undefined, findings: Finding[]): Entry[] {
  if (list.value === null) return [];
  const items = isList(list.value) ? mendCommas(list) : [list];
  if (isList(list.value) && items.length < list.value.length) {
    findings.push(
      warn(list.line, 'a question without quotes was cut at its commas and put together again: put it in quotes'),
    );
  }
  return items.map((item) => readEntry(item, level, findings)).filter((entry) => entry !== undefined);
}

/** One warning for all questions without a level, one for each heading whose level is not one of the four. */
function sayLevels(entries: readonly Entry[], fallback: Level, findings: Finding[]): void {
  const [first, ...others] = entries.filter((entry) => entry.level === undefined);
  if (first) {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    findings.push(warn(first.line, `no level for this question${more}: taken as ${fallback}, put it under a level`));
  }
  const noted = new Map<number, string>();
  for (const { level, levelLine } of entries) if (level?.note !== undefined) noted.set(levelLine, level.note);
  for (const [line, note] of noted) findings.push(warn(line, `the level ${note}`));
}

function questionOf(entry: Entry, cover: Cover, file: string, findings: Finding[]): Question | undefined {
  const { text, line } = entry;
  const level = entry.level?.level ?? cover.fallback;
  const problem = problemOf(entry);
  if (problem !== undefined) {
    findings.push(fail(line, problem));
    return undefined;
  }
  const skills = entry.skills.map((skill) => slugify(skill)).filter((slug) => slug !== '');
  const { answer, outline } = entry;
  const source = entry.source ?? cover.source;
  const license = entry.license ?? cover.license;
  return {
    id: entry.id ?? `${cover.idTitle}-${level}-${shortHash(normalise(text) || text)}`,
    text: detach(text),
    level,
    skills: skills.length > 0 ? [...new Set(skills)] : cover.skills,
    facet: (entry.facet === undefined ? '' : slugify(entry.facet)) || cover.facet,
    title: cover.title,
    category: cover.category,
    type: entry.type ?? (PAST.test(text) ? 'behavioural' : 'situational'),
    domain: some(entry.domain),
    minutes: entry.minutes ?? 3,
    probes: some(entry.probes),
    good: some(entry.good),
    redFlags: some(entry.redFlags),
    ...(outline && { outline }),
    ...(answer !== undefined && { answer }),
    focus: some(entry.focus),
    status: entry.status ?? 'reviewed',
    ...(source !== undefined && { source }),
    ...(license !== undefined && { license }),
    file,
    line,
  };
}

const PAST =
  /\b(?:tell (?:me|us) about|describe a|share a|give (?:me |us )?an example|a time|a situation|have you ever)\b/i;

function problemOf({ text, id }: Entry): string | undefined {
  if (text.trim() === '') return 'a question without words: write them, in quotes';
  if (text.length > MAX_TEXT) return `the question is longer than ${MAX_TEXT} characters: shorten it`;
  if (id === undefined || ID.test(id)) return undefined;
  return `the id ${quote(id)} is refused: write a–z, 0–9 and dashes, at most 64`;
}

const NONE: readonly never[] = Object.freeze([]);

/** Ten thousand packs share one empty list. */
function some<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list;
}
