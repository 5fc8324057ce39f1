/** What is sent of a message or a file: the body of a request, with our mark in it, and nobody mentioned. */
import type { Message } from '../../../src/chat/message.ts';
import type { Name, TeamId } from '../../../src/chat/ids.ts';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { plainOf } from '../../../src/chat/text.ts';
import type { Upload } from '../api.ts';
import { refused } from '../failure.ts';
import { fileMarkOf, markOf } from '../names.ts';
import { wordsFor } from '../reasons.ts';
import { type Pictures, renderMessage } from '../render/index.ts';
import { threadName } from './thread-name.ts';

export interface Payload {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly Upload[];
  /** What a forum post of it is called. */
  readonly title: string;
}

const MALFORMED = 50_035;
const NOBODY = { allowed_mentions: { parse: [] } } as const;

/** What cannot be shown is refused like what Discord will not take. What was wrong may quote people, so it is not passed on. */
export function payloadOf(team: TeamId, name: Name, message: Message, pictures: Pictures): Payload {
  try {
    const { components, flags, files = [] } = renderMessage(message, pictures);
    const [first, ...rest] = components;
    const marked = first === undefined ? [] : [{ ...first, id: markOf(team, name) }, ...rest];
    const attachments = files.map(({ name: filename }, index) => ({ id: String(index), filename }));
    return { body: { ...NOBODY, components: marked, flags, attachments }, files, title: titleOf(message) };
  } catch {
    throw refused(wordsFor(MALFORMED), 'not rendered');
  }
}

function titleOf({ title, blocks }: Message): string {
  const words = blocks.flatMap((block) => (block.kind === 'text' ? [plainOf(block.text)] : []));
  return threadName(title ?? words[0] ?? '');
}

type File = Extract<Delivery, { kind: 'file' }>;

const ENDINGS: Readonly<Record<string, string>> = {
  'text/markdown': 'md',
  'application/json': 'json',
  'text/csv': 'csv',
  'text/calendar': 'ics',
};

export function filePayloadOf({ team, name, type, text }: File): Payload {
  const ending = ENDINGS[type.split(';')[0]?.trim() ?? ''] ?? 'txt';
  const filename = `greenroom-${fileMarkOf(team, name)}.${ending}`;
  const file: Upload = { name: filename, data: new TextEncoder().encode(text), contentType: type };
  return { body: { ...NOBODY, attachments: [{ id: '0', filename }] }, files: [file], title: threadName(filename) };
}
