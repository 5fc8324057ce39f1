/** An answer's four parts as one text, and back into the fields of the form; pure. */

const LABELS = [
  ['setup', 'Situation and task'],
  ['action', 'Action'],
  ['result', 'Result'],
] as const;

export interface Parts {
  readonly answer: string;
  readonly setup: string;
  readonly action: string;
  readonly result: string;
}

/** The parts of a form as one answer; '' when nothing was written. */
export function joinAnswer(values: Readonly<Record<string, string>>): string {
  const written = (name: string): string => (values[name] ?? '').trim();
  const labelled = LABELS.map(([name, label]) => [label, written(name)] as const)
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `${label}: ${text}`);
  return [written('answer'), ...labelled].filter((text) => text !== '').join('\n\n');
}

/** What `joinAnswer` joined; a text without our labels is one part. */
export function splitAnswer(text: string): Parts {
  const parts = { answer: text, setup: '', action: '', result: '' };
  for (const [name, label] of LABELS.toReversed()) {
    const mark = `${label}: `;
    const inside = parts.answer.lastIndexOf(`\n\n${mark}`);
    const at = inside >= 0 ? inside + 2 : parts.answer.startsWith(mark) ? 0 : -1;
    if (at < 0) continue;
    parts[name] = parts.answer.slice(at + mark.length).trim();
    parts.answer = parts.answer.slice(0, at).trim();
  }
  return parts;
}
