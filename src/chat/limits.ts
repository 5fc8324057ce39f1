/** The smaller of what Slack and Discord allow. A view over a limit fails its own test, not a user. */
import { never } from './never.ts';
import type { Block, Field, Form, Message } from './message.ts';
import { plainOf } from './text.ts';

export const LIMITS = {
  actionId: 100,
  name: 100,
  title: 150,
  blocks: 20,
  buttonsPerRow: 5,
  buttonLabel: 75,
  optionsPerChoice: 25,
  optionLabel: 75,
  optionValue: 75,
  prompt: 100,
  fieldsPerForm: 5,
  formTitle: 24,
  formSubmit: 24,
  fieldLabel: 45,
  fieldHint: 100,
  ratingSteps: 10,
  fieldValue: 3000,
  /** Code points of one text block; longer text is cut and offers *Read all*. */
  text: 3000,
  alt: 1000,
} as const;

const over = (what: string, value: string, max: number): string[] =>
  value.length > max ? [`${what} has ${value.length} characters, ${max} are allowed: ${value.slice(0, 40)}…`] : [];
const many = (what: string, count: number, max: number): string[] =>
  count > max || count === 0 ? [`${what}: ${count}, allowed are 1 to ${max}`] : [];

/** What of `message` no platform would take; empty when it fits. */
export function overLimits(message: Message): string[] {
  return [
    ...over('title', message.title ?? '', LIMITS.title),
    ...(message.blocks.length > LIMITS.blocks ? many('blocks', message.blocks.length, LIMITS.blocks) : []),
    ...message.blocks.flatMap(blockOver),
  ];
}

function blockOver(block: Block): string[] {
  switch (block.kind) {
    case 'text':
    case 'small':
      return over(block.kind, plainOf(block.text), LIMITS.text);
    case 'divider':
      return [];
    case 'buttons':
      return [
        ...many('buttons in a row', block.buttons.length, LIMITS.buttonsPerRow),
        ...block.buttons.flatMap((button) => over('button', button.label, LIMITS.buttonLabel)),
      ];
    case 'choice':
      return [...over('prompt', block.prompt, LIMITS.prompt), ...optionsOver(block.options, LIMITS.optionsPerChoice)];
    case 'image':
      return over('alt', block.alt, LIMITS.alt);
    default:
      return never(block);
  }
}

const optionsOver = (options: readonly { label: string; value: string }[], max: number): string[] => [
  ...many('options', options.length, max),
  ...options.flatMap((option) => [
    ...over('option', option.label, LIMITS.optionLabel),
    ...over('option value', option.value, LIMITS.optionValue),
  ]),
];

/** What of `form` no platform would take; empty when it fits. */
export function formOverLimits(form: Form): string[] {
  return [
    ...over('form title', form.title, LIMITS.formTitle),
    ...over('form button', form.submit, LIMITS.formSubmit),
    ...over('form intro', plainOf(form.intro ?? []), LIMITS.text),
    ...many('fields', form.fields.length, LIMITS.fieldsPerForm),
    ...form.fields.flatMap(fieldOver),
  ];
}

function fieldOver(field: Field): string[] {
  const common = [
    ...over('field label', field.label, LIMITS.fieldLabel),
    ...over('field hint', field.hint ?? '', LIMITS.fieldHint),
    ...over('field value', field.value ?? '', LIMITS.fieldValue),
  ];
  if (field.kind === 'choice') return [...common, ...optionsOver(field.options, LIMITS.optionsPerChoice)];
  if (field.kind === 'rating') return [...common, ...optionsOver(field.steps, LIMITS.ratingSteps)];
  return common;
}
