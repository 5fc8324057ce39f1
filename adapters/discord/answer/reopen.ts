/** A form with what was typed into it, and above it what was wrong: nobody loses what they wrote. */
import { LIMITS } from '../../../src/chat/limits.ts';
import type { Field, Form } from '../../../src/chat/message.ts';
import { cut, plain, type Text } from '../../../src/chat/text.ts';
import type { Draft } from '../ports.ts';

/** The form as it is to be opened. A draft without values opens as the core asked. */
export function filled({ form, values, problem }: Draft): Form {
  const fields = Object.keys(values).length === 0 ? form.fields : form.fields.map((field) => withValue(field, values));
  if (problem === undefined) return { ...form, fields };
  return { ...form, fields, intro: [...warning(problem), ...(form.intro ? [plain('\n'), ...form.intro] : [])] };
}

function withValue(field: Field, values: Draft['values']): Field {
  const { value: _first, ...bare } = field;
  const typed = values[field.name] ?? '';
  return typed === '' ? bare : { ...bare, value: typed };
}

const warning = (problem: string): Text => [plain(`⚠️ ${cut(problem, LIMITS.title)}`)];

/** The problem with the name of its field. */
export function problemIn(form: Form, field: string, problem: string): string {
  const label = form.fields.find(({ name }) => name === field)?.label;
  return label === undefined ? problem : `${label}: ${problem}`;
}
