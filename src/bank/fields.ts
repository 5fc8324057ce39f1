/** Reads single values out of front matter, and says with a line what it cannot read. */

import { quote, warn, type Finding } from './problem.ts';
import { isFields, isList, type Field, type Fields } from './safe-yaml.ts';
import { detach } from './words.ts';

/** One text on one line; numbers and words like `true` are text too. */
export function readText(field: Field | undefined, name: string, findings: Finding[]): string | undefined {
  const text = readBlock(field, name, findings)?.replace(/\s+/g, ' ');
  return text === '' ? undefined : text;
}

/** A text that may run over several lines. */
export function readBlock(field: Field | undefined, name: string, findings: Finding[]): string | undefined {
  if (!field || field.value === null) return undefined;
  if (isFields(field.value) || isList(field.value)) {
    findings.push(warn(field.line, `\`${name}\` is not text and was left out: write one text, in quotes`));
    return undefined;
  }
  const text = String(field.value).trim();
  return text === '' ? undefined : detach(text);
}

/** A list of texts; one text counts as a list of one. */
export function readTexts(field: Field | undefined, name: string, findings: Finding[]): string[] {
  if (!field || field.value === null) return [];
  const items = isList(field.value) ? field.value : [field];
  return items.map((item) => readText(mendColon(item), name, findings)).filter((text) => text !== undefined);
}

/** Words such as skills: a list, or one text with commas. */
export function readTags(field: Field | undefined, name: string, findings: Finding[]): string[] {
  return readTexts(field, name, findings).flatMap((text) =>
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  );
}

export function readChoice<T extends string>(
  fields: Fields,
  name: string,
  choices: readonly T[],
  findings: Finding[],
): T | undefined {
  const text = readText(fields[name], name, findings);
  if (text === undefined) return undefined;
  const choice = choices.find((known) => known === text.toLowerCase());
  if (!choice) {
    const known = choices.map((one) => `\`${one}\``).join(', ');
    findings.push(
      warn(fields[name]?.line ?? 1, `\`${name}\` is ${quote(text)} and was left out: write one of ${known}`),
    );
  }
  return choice;
}

/** Keys that mean what they say, even alone in a map. */
const OWN_KEYS = new Set(['q', 'question', 'text', 'id', 'kind', 'level']);

/** `- Tell me about X: how did you?` without quotes is a map to YAML and a question to its writer. */
export function mendColon(item: Field): Field {
  if (!isFields(item.value) || item.raw.startsWith('{') || Object.keys(item.value).length !== 1) return item;
  const [[key, inner] = []] = Object.entries(item.value);
  if (!key || !inner || OWN_KEYS.has(key) || isFields(inner.value) || isList(inner.value)) return item;
  return { ...item, value: item.raw.trim(), bare: true };
}

/** `[Plan, build and ship?]` without quotes is two items to YAML; what goes on in lower case was one. */
export function mendCommas(list: Field): readonly Field[] {
  if (!isList(list.value) || !list.raw.startsWith('[')) return isList(list.value) ? list.value : [];
  const items: Field[] = [];
  for (const item of list.value) {
    const before = items.at(-1);
    if (before && goesOn(before, item))
      items[items.length - 1] = { ...before, value: `${before.value}, ${item.raw.trim()}` };
    else items.push(item);
  }
  return items;
}

function goesOn(before: Field, item: Field): before is Field & { value: string } {
  if (!before.bare || !item.bare || typeof before.value !== 'string' || typeof item.value !== 'string') return false;
  return !/[.?!:;]$/.test(before.value) && /^\p{Ll}/u.test(item.value);
}
