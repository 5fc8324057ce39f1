/** Rules for components that the description does not have: rows, buttons, selects, counts, ids that are used once. */
import type { Json } from '../model.ts';
import { listOf, numberOf, PART, partsOf, repeatedIn, textOf, toldOf } from './lists.ts';

const LINK = 5;
const PREMIUM = 6;
const SELECTS = new Set<unknown>([3, 5, 6, 7, 8]);

const has = (part: Json, name: string): boolean => part[name] !== undefined && part[name] !== null;

function buttonRules(part: Json): readonly string[] {
  const style = numberOf(part['style'], 0);
  if (style === PREMIUM) return toldOf([!has(part, 'sku_id'), 'a premium button needs its sku_id']);
  return toldOf(
    [style === LINK && !has(part, 'url'), 'a link button needs its url'],
    [style === LINK && has(part, 'custom_id'), 'a link button has no custom_id'],
    [style !== LINK && !has(part, 'custom_id'), 'a button needs its custom_id'],
    [style !== LINK && has(part, 'url'), 'only a link button has a url'],
    [!has(part, 'label') && !has(part, 'emoji'), 'a button needs a label or an emoji'],
  );
}

function rowRules(part: Json): readonly string[] {
  const inside = listOf(part['components']);
  const selects = inside.filter(({ type }) => SELECTS.has(type)).length;
  return toldOf(
    [inside.length > 5, 'a row holds at most 5 buttons'],
    [selects > 0 && inside.length > 1, 'a select stands alone in its row'],
  );
}

/** Of string selects, radio groups and groups of checkboxes. */
export function optionRules(part: Json): readonly string[] {
  const options = listOf(part['options']);
  const least = numberOf(part['min_values'], 1);
  const most = numberOf(part['max_values'], part['type'] === PART.checks ? options.length : 1);
  const chosen = options.filter((option) => option['default'] === true).length;
  const allowed = part['type'] === PART.radios ? 1 : most;
  return toldOf(
    [repeatedIn(options.map(({ value }) => textOf(value))).length > 0, 'two options have one value'],
    [least > most, 'min_values is more than max_values'],
    [part['type'] !== PART.radios && most > options.length, 'max_values is more than there are options'],
    [chosen > allowed, 'more options are chosen than may be'],
  );
}

const RULES: Readonly<Record<number, (part: Json) => readonly string[]>> = {
  [PART.row]: rowRules,
  [PART.button]: buttonRules,
  [PART.select]: optionRules,
  [PART.radios]: optionRules,
  [PART.checks]: optionRules,
};

/** What holds for components of messages and modals alike. */
export function componentRules(components: unknown): readonly string[] {
  const parts = partsOf(components);
  const names = parts.filter((part) => has(part, 'custom_id')).map((part) => textOf(part['custom_id']));
  const ids = parts.map(({ id }) => numberOf(id, 0)).filter((id) => id !== 0);
  return [
    ...repeatedIn(names).map((name) => `the custom_id ${name} stands there twice`),
    ...repeatedIn(ids.map(String)).map((id) => `the component id ${id} stands there twice`),
    ...parts.flatMap((part) => RULES[numberOf(part['type'], 0)]?.(part) ?? []),
  ];
}
