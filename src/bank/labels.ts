/** The small words that mark the parts of a pack's body: `**Q**:`, `*Answer*:`, `**Good**:`. */

export type LabelKind = 'question' | 'answer' | 'probe' | 'good' | 'flag';

export interface Label {
  readonly kind: LabelKind;
  /** Characters up to the text it labels. */
  readonly length: number;
  /** Emphasis that began with the label and goes on in the text: `**A: all bold**`. */
  readonly open: string;
  readonly numbered: boolean;
  readonly emphasised: boolean;
}

const KINDS: Readonly<Record<string, LabelKind>> = {
  q: 'question',
  question: 'question',
  a: 'answer',
  ans: 'answer',
  answer: 'answer',
  'model answer': 'answer',
  'sample answer': 'answer',
  'suggested answer': 'answer',
  discussion: 'answer',
  explanation: 'answer',
  solution: 'answer',
  response: 'answer',
  p: 'probe',
  probe: 'probe',
  good: 'good',
  'good sign': 'good',
  'good signs': 'good',
  flag: 'flag',
  flags: 'flag',
  'red flag': 'flag',
  'red flags': 'flag',
};

const WORD = `(${Object.keys(KINDS)
  .toSorted((a, b) => b.length - a.length)
  .join('|')})\\s*#?(\\d{0,4})\\s*`;
const CLOSED = new RegExp(`^([*_]{1,3})${WORD}([:.)]?)\\s*\\1[ \\t]*([:.)–—-]?)[ \\t]*`, 'i');
const OPEN = new RegExp(`^([*_]{1,3})${WORD}[:.)][ \\t]+`, 'i');
const PLAIN = new RegExp(`^()${WORD}:(?!//)[ \\t]*`, 'i');
const SPOKEN = new RegExp(`^${WORD}[:.)–—-]*\\s*`, 'i');

/** @param line the source of one line, without bullet and indentation */
export function readLabel(line: string): Label | undefined {
  const closed = CLOSED.exec(line);
  if (closed && (closed[4] || closed[5] || closed[0].trimEnd().length === line.trimEnd().length))
    return labelOf(closed);
  const open = OPEN.exec(line);
  if (open) return labelOf(open, open[1]);
  const plain = PLAIN.exec(line);
  if (!plain) return undefined;
  const label = labelOf(plain);
  return label.kind === 'question' || label.kind === 'answer' ? label : undefined;
}

/** Takes the label off a text whose emphasis marks are gone already. */
export function dropLabel(text: string): string {
  return text.replace(SPOKEN, '');
}

function labelOf(match: RegExpExecArray, open = ''): Label {
  return {
    kind: KINDS[match[2]?.toLowerCase() ?? ''] ?? 'answer',
    length: match[0].length,
    open,
    numbered: match[3] !== '',
    emphasised: match[1] !== '',
  };
}
