/** A form with what was typed into it, and what was wrong beside its field: nobody loses what they wrote. */
import { LIMITS } from '../../../src/chat/limits.ts';
import type { Field, Form } from '../../../src/chat/message.ts';
import { cut, plain } from '../../../src/chat/text.ts';
import type { Draft } from '../ports.ts';

/** The form as it is to be opened. A draft without values opens as the core asked. */
export function filled({ form, values, problem }: Draft): Form {
  const isSent = Object.keys(values).length > 0;
  const fields = form.fields.map((field) => warned(isSent ? withValue(field, values) : field, problem));
  if (!problem || labelOf(form, problem.field) !== undefined) return { ...form, fields };
  return {
    ...form,
    fields,
    intro: [plain(warning(problem.text)), ...(form.intro ? [plain('\n'), ...form.intro] : [])],
  };
}

function withValue(field: Field, values: Draft['values']): Field {
  const { value: _first, ...bare } = field;
  const typed = values[field.name] ?? '';
  return typed === '' ? bare : { ...bare, value: typed };
}

const warned = (field: Field, problem: Draft['problem']): Field =>
  problem?.field === field.name ? { ...field, hint: cut(warning(problem.text), LIMITS.fieldHint) } : field;

const warning = (problem: string): string => `⚠️ ${problem}`;

const labelOf = (form: Form, field: string): string | undefined =>
  form.fields.find(({ name }) => name === field)?.label;

/** The problem with the name of its field. */
export function problemOf({ form, problem }: Pick<Draft, 'form' | 'problem'>): string | undefined {
  if (problem === undefined) return undefined;
  const label = labelOf(form, problem.field);
  return warning(label === undefined ? problem.text : `${label}: ${problem.text}`);
}
