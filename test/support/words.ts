/** Messages and forms as a person reads them, for tests. */
import type { Button, Form, Message } from '../../src/chat/message.ts';
import { plainOf } from '../../src/chat/text.ts';

/** Everything a message says, one block a line. */
export function read(message: Message | undefined): string {
  if (!message) return '';
  const lines = message.blocks.map((block) => {
    if (block.kind === 'text' || block.kind === 'small') return plainOf(block.text);
    if (block.kind === 'buttons') return block.buttons.map(({ label }) => `[${label}]`).join(' ');
    if (block.kind === 'choice') return `${block.prompt} ${block.options.map(({ label }) => `(${label})`).join(' ')}`;
    return block.kind === 'image' ? block.alt : '';
  });
  return [message.title ?? '', ...lines].join('\n');
}

export const buttonsOf = (message: Message | undefined): readonly Button[] =>
  (message?.blocks ?? []).flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

export const fieldNames = (form: Form): readonly string[] => form.fields.map(({ name }) => name);
