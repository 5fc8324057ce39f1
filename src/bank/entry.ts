/** Reads one question of the front matter: a plain text (schema 1) or a map with all it may carry (schema 2). */

import { mendColon, readBlock, readChoice, readTags, readText, readTexts } from './fields.ts';
import { readLevel, type NamedLevel } from './levels.ts';
import { fail, quote, warn, type Finding } from './problem.ts';
import type { Outline, Probe, Question } from './question.ts';
import { isFields, isList, type Field, type Fields } from './safe-yaml.ts';

/** What may be said about one question, wherever it is said; what is absent is the pack's to fill. */
export interface Entry {
  readonly text: string;
  readonly line: number;
  readonly id?: string | undefined;
  readonly level?: NamedLevel | undefined;
  readonly levelLine: number;
  readonly skills: readonly string[];
  readonly facet?: string | undefined;
  readonly type?: Question['type'] | undefined;
  readonly domain: readonly string[];
  readonly minutes?: number | undefined;
  readonly probes: readonly Probe[];
  readonly good: readonly string[];
  readonly redFlags: readonly string[];
  readonly outline?: Outline | undefined;
  readonly answer?: string | undefined;
  readonly focus: readonly string[];
  readonly status?: Question['status'] | undefined;
  readonly source?: string | undefined;
  readonly license?: string | undefined;
}

const KNOWN = new Set(
  (
    'id q question text level skill skills facet type domain minutes probes good red_flags outline answer a focus status ' +
    'source license'
  ).split(' '),
);
const PROBE_KINDS = ['clarify', 'own-part', 'why', 'evidence', 'other-side', 'scale', 'transfer'] as const;
const OUTLINE = ['setup', 'action', 'result', 'reflection', 'level_signal'] as const;

/** @param level what the list it stands in says */
export function readEntry(given: Field, level: NamedLevel | undefined, findings: Finding[]): Entry | undefined {
  const item = mendColon(given);
  if (item !== given) findings.push(warn(item.line, `the question has a colon: put ${quote(item.raw, 40)} in quotes`));
  if (isFields(item.value)) return readMap(item, item.value, level, findings);
  if (isList(item.value) || item.value === null) {
    findings.push(fail(item.line, 'this is not a question: write a text in quotes, or a map with `q`'));
    return undefined;
  }
  const text = String(item.value).replace(/\s+/g, ' ').trim();
  return { ...NOTHING, text, line: item.line, level, levelLine: item.line };
}

const NOTHING = { skills: [], domain: [], probes: [], good: [], redFlags: [], focus: [] } as const;

function readMap(item: Field, fields: Fields, level: NamedLevel | undefined, findings: Finding[]): Entry | undefined {
  const asked = fields['q'] ?? fields['question'] ?? fields['text'];
  const text = readText(asked, 'q', findings);
  if (text === undefined) {
    findings.push(fail(item.line, 'a question without words: write them after `q:`, in quotes'));
    return undefined;
  }
  for (const [key, { line }] of Object.entries(fields)) {
    if (KNOWN.has(key)) continue;
    findings.push(warn(line, `the key ${quote(key)} is not known and was left out: check its spelling`));
  }
  return {
    text,
    line: item.line,
    id: readText(fields['id'], 'id', findings),
    level: readOwnLevel(fields['level'], findings) ?? level,
    levelLine: fields['level']?.line ?? item.line,
    skills: readTags(fields['skills'] ?? fields['skill'], 'skills', findings),
    facet: readText(fields['facet'], 'facet', findings),
    type: readType(fields, findings),
    domain: readTags(fields['domain'], 'domain', findings),
    minutes: readMinutes(fields['minutes'], findings),
    probes: readProbes(fields['probes'], findings),
    good: readTexts(fields['good'], 'good', findings),
    redFlags: readTexts(fields['red_flags'], 'red_flags', findings),
    outline: readOutline(fields['outline'], findings),
    answer: readBlock(fields['answer'] ?? fields['a'], 'answer', findings),
    focus: readTags(fields['focus'], 'focus', findings),
    status: readChoice(fields, 'status', ['draft', 'reviewed', 'retired'], findings),
    source: readText(fields['source'], 'source', findings),
    license: readText(fields['license'], 'license', findings),
  };
}

function readOwnLevel(field: Field | undefined, findings: Finding[]): NamedLevel | undefined {
  const text = readText(field, 'level', findings);
  const level = text === undefined ? undefined : readLevel(text);
  if (field && text !== undefined && !level) {
    findings.push(warn(field.line, `${quote(text)} is not a level: write mid, senior, staff or principal`));
  }
  return level;
}

function readType(fields: Fields, findings: Finding[]): Question['type'] | undefined {
  const type = readChoice(fields, 'type', ['behavioural', 'behavioral', 'situational'], findings);
  return type === 'behavioral' ? 'behavioural' : type;
}

function readMinutes(field: Field | undefined, findings: Finding[]): number | undefined {
  if (!field || field.value === null) return undefined;
  const { value } = field;
  if (typeof value === 'number' && value >= 1 && value <= 60) return Math.round(value);
  findings.push(warn(field.line, '`minutes` was left out: write a number from 1 to 60'));
  return undefined;
}

function readProbes(field: Field | undefined, findings: Finding[]): Probe[] {
  if (!field || field.value === null) return [];
  const items = isList(field.value) ? field.value : [field];
  return items.map((item) => readProbe(mendColon(item), findings)).filter((probe) => probe !== undefined);
}

function readProbe(item: Field, findings: Finding[]): Probe | undefined {
  if (!isFields(item.value)) {
    const text = readText(item, 'probes', findings);
    return text === undefined ? undefined : { kind: 'clarify', text };
  }
  const text = readText(item.value['text'], 'text', findings);
  if (text === undefined) {
    findings.push(warn(item.line, 'a probe without words was left out: write `{kind: why, text: "…"}`'));
    return undefined;
  }
  return { kind: readChoice(item.value, 'kind', PROBE_KINDS, findings) ?? 'clarify', text };
}

function readOutline(field: Field | undefined, findings: Finding[]): Outline | undefined {
  if (!field || field.value === null) return undefined;
  const { value } = field;
  const texts = isFields(value) ? OUTLINE.map((name) => readText(value[name], name, findings)) : [];
  const missing = OUTLINE.filter((_, index) => texts[index] === undefined);
  if (missing.length > 0) {
    findings.push(
      warn(
        field.line,
        `\`outline\` lacks ${missing.map((name) => `\`${name}\``).join(', ')} and was left out: add them`,
      ),
    );
    return undefined;
  }
  const [setup, action, result, reflection, level_signal] = texts as [string, string, string, string, string];
  return { setup, action, result, reflection, level_signal };
}
