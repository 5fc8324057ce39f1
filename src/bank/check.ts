/** The words of `bank check`, `bank stats` and `bank show`: pure texts over a loaded bank. */

import type { LoadedBank, Problem } from './load.ts';
import { visible } from './problem.ts';
import { LEVELS, type Level, type Question } from './question.ts';
import { sayName } from './why.ts';

/** What `bank check --json` prints. */
export interface Report {
  readonly packs: number;
  readonly skipped: number;
  readonly questions: number;
  readonly withAnswer: number;
  readonly scenarios: number;
  readonly byLevel: Readonly<Record<Level, number>>;
  readonly bySkill: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

export function report(bank: LoadedBank): Report {
  const { packs, skipped, withAnswer, byLevel, bySkill, problems } = bank;
  const { length: scenarios } = bank.scenarios;
  return { packs, skipped, questions: bank.questions.length, withAnswer, scenarios, byLevel, bySkill, problems };
}

export function hasErrors(bank: LoadedBank): boolean {
  return bank.problems.some((problem) => problem.severity === 'error');
}

/** Errors, then warnings, one a line, then one line of counts. */
export function formatReport(bank: LoadedBank): string {
  const errors = bank.problems.filter((problem) => problem.severity === 'error');
  const warnings = bank.problems.filter((problem) => problem.severity === 'warning');
  const counts = `${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}`;
  return [...listProblems('Errors', errors), ...listProblems('Warnings', warnings), sayCounts(bank), counts].join('\n');
}

function listProblems(heading: string, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return [];
  return [`${heading}:`, ...problems.map(({ file, line, problem }) => `${file}:${line}  ${problem}`), ''];
}

function sayCounts({ packs, questions, withAnswer, scenarios, skipped }: LoadedBank): string {
  const toDiscuss = scenarios.length === 0 ? '' : `; ${count(scenarios.length, 'scenario')} to discuss`;
  const left = skipped === 0 ? '' : `; ${count(skipped, 'Markdown file')} without front matter skipped`;
  return `${count(packs, 'pack')}, ${count(questions.length, 'question')}, ${withAnswer} with a model answer${toDiscuss}${left}`;
}

/** Questions by skill and level as a table, then by category and status. */
export function formatStats(bank: LoadedBank): string {
  const skills = Object.keys(bank.bySkill).toSorted();
  const width = Math.max(5, ...skills.map((skill) => sayName(skill).length));
  const row = (name: string, cells: readonly (number | string)[]) =>
    `${name.padEnd(width)}  ${cells.map((cell) => String(cell).padStart(11)).join('')}`.trimEnd();
  const cell = (skill: string, level: Level) =>
    bank.questions.filter((question) => question.level === level && question.skills.includes(skill)).length;
  const table = skills.map((skill) =>
    row(sayName(skill), [...LEVELS.map((level) => cell(skill, level)), bank.bySkill[skill] ?? 0]),
  );
  const all = row('All', [...LEVELS.map((level) => bank.byLevel[level]), bank.questions.length]);
  return [
    sayCounts(bank),
    '',
    row('Skill', [...LEVELS, 'all']),
    ...table,
    all,
    '',
    `Categories: ${tally(bank.questions.map((question) => question.category))}`,
    `Status: ${tally(bank.questions.map((question) => question.status))}`,
  ].join('\n');
}

function tally(names: readonly string[]): string {
  const groups = [...Map.groupBy(names, (name) => name)].toSorted((a, b) => b[1].length - a[1].length);
  return groups.map(([name, all]) => `${visible(name)} ${all.length}`).join(', ') || 'none';
}

/** Everything known of one question, as a person reads it. */
export function formatQuestion(question: Question): string {
  const { outline } = question;
  const lines = [
    question.text,
    '',
    `id        ${question.id}`,
    `pack      ${question.title} (${question.category})`,
    `level     ${question.level}`,
    `skills    ${question.skills.join(', ')}`,
    `facet     ${question.facet}`,
    `type      ${question.type}, about ${question.minutes} min`,
    `status    ${question.status}`,
    `where     ${question.file}:${question.line}`,
    ...listed('Domain', question.domain),
    ...listed('Rubric focus', question.focus),
    ...listed(
      'Probes',
      question.probes.map((probe) => `${probe.kind}: ${probe.text}`),
    ),
    ...listed('Good signs', question.good),
    ...listed('Red flags', question.redFlags),
    ...(outline
      ? listed(
          'Outline',
          Object.entries(outline).map(([name, text]) => `${sayName(name.replace('_', '-'))}: ${text}`),
        )
      : []),
    ...(question.answer === undefined ? [] : ['', 'Model answer', question.answer]),
    ...(question.source === undefined ? [] : ['', `Source: ${question.source}`]),
    ...(question.license === undefined ? [] : ['', `Licence: ${question.license}`]),
  ];
  return lines.map((line) => line.split('\n').map(visible).join('\n')).join('\n');
}

function listed(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', heading, ...items.map((item) => `  - ${item}`)];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
