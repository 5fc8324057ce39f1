/** What text must be before either database takes it and gives it back unchanged. */

/** `text` without NUL characters and lone surrogates: PostgreSQL refuses the first, both engines mangle the second. */
export function cleanText(text: string): string {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return whole.isWellFormed() ? whole : whole.replaceAll(/\p{Surrogate}/gu, '');
}

/** The same for a statement's parameter of any kind. */
export const cleanParameter = (value: unknown): unknown => (typeof value === 'string' ? cleanText(value) : value);
