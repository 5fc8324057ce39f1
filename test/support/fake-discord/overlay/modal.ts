/** Rules for modals: few parts, each with its label, texts that fit. */
import type { Json } from '../model.ts';
import { componentRules } from './components.ts';
import { listOf, numberOf, PART, partsOf, textOf, toldOf } from './lists.ts';

const MOST_PARTS = 5;

function inputRules(part: Json): readonly string[] {
  const least = numberOf(part['min_length'], 0);
  const most = numberOf(part['max_length'], 4000);
  const value = textOf(part['value']);
  return toldOf(
    [least > most, 'min_length is more than max_length'],
    [value.length > most, 'the value is longer than max_length'],
    [value !== '' && value.length < least, 'the value is shorter than min_length'],
  );
}

const labelRules = (part: Json): readonly string[] => {
  const inside = part['component'] as Json | undefined;
  return toldOf([
    inside?.['type'] === PART.input && inside['label'] !== undefined && inside['label'] !== null,
    'an input under a label has no label of its own',
  ]);
};

const uploadRules = (part: Json): readonly string[] =>
  toldOf([numberOf(part['min_values'], 1) > numberOf(part['max_values'], 1), 'min_values is more than max_values']);

const RULES: Readonly<Record<number, (part: Json) => readonly string[]>> = {
  [PART.input]: inputRules,
  [PART.label]: labelRules,
  [PART.upload]: uploadRules,
};

export function modalRules(modal: Json): readonly string[] {
  const top = listOf(modal['components']);
  return [
    ...toldOf([top.length > MOST_PARTS, `a modal has at most ${MOST_PARTS} parts`]),
    ...componentRules(top),
    ...partsOf(top).flatMap((part) => RULES[numberOf(part['type'], 0)]?.(part) ?? []),
  ];
}

/** Discord takes these; we do not: an input in a row is on its way out, and who opens a form is asked something. */
export const houseModalRules = (modal: Json): readonly string[] =>
  toldOf(
    [listOf(modal['components']).some(({ type }) => type === PART.row), 'an input stands in a label, not in a row'],
    [!partsOf(modal['components']).some((part) => part['custom_id'] !== undefined), 'a modal asks for something'],
  );
