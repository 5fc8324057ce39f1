/** Buttons in what a platform was sent, found by their label. */

/** Whether a button with exactly that label stands anywhere in it, as Slack or Discord write one. */
export function hasButton(node: unknown, label: string): boolean {
  if (Array.isArray(node)) return node.some((one) => hasButton(one, label));
  if (typeof node !== 'object' || node === null) return false;
  const { type, text, label: own } = node as Readonly<Record<string, unknown>>;
  const words = typeof text === 'object' && text !== null ? Reflect.get(text, 'text') : undefined;
  if ((type === 'button' && words === label) || (type === 2 && own === label)) return true;
  return Object.values(node).some((one) => hasButton(one, label));
}
