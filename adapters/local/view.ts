/** Messages and forms as the page gets them: plain data of words, never markup. */
import { never } from '../../src/chat/never.ts';
import type { Instant, PersonId } from '../../src/chat/ids.ts';
import type { Block, Field, Form, Message, Option } from '../../src/chat/message.ts';
import { encodeAction } from '../../src/chat/wire.ts';
import { bodyOf, GREENROOM } from './message.ts';
import type { MessageRow } from './ports.ts';
import { lineOf, passagesOf, typedWords } from './words.ts';
import type { NameOf, Passage, Word } from './words.ts';

export type BlockView =
  | { readonly kind: 'text' | 'small'; readonly passages: readonly Passage[] }
  | { readonly kind: 'divider' }
  | {
      readonly kind: 'buttons';
      readonly buttons: readonly {
        readonly label: string;
        readonly on: string;
        readonly style?: 'primary' | 'danger';
      }[];
    }
  | { readonly kind: 'choice'; readonly on: string; readonly prompt: string; readonly options: readonly Option[] }
  /** `block`: which block of the message it is, to ask for the picture by. */
  | { readonly kind: 'image'; readonly block: number; readonly alt: string };

export interface CardView {
  readonly title?: string;
  /** The line above the title. */
  readonly facts?: readonly Word[];
  readonly blocks: readonly BlockView[];
}

export interface MessageView {
  readonly ref: string;
  readonly seq: number;
  readonly born: number;
  readonly place: string;
  readonly author: { readonly id: string; readonly name: string };
  readonly at: Instant;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly mine: boolean;
  /** Only the reader sees it. */
  readonly only: boolean;
  readonly words?: readonly Word[];
  /** As its author typed it, for editing; only on the reader's own messages. */
  readonly typed?: string;
  readonly card?: CardView;
  readonly thread?: string;
  readonly said?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly size: number };
  readonly room?: { readonly title: string; readonly members: readonly string[] };
  readonly talk?: TalkView;
}

export interface TalkView {
  readonly count: number;
  readonly last: Instant;
  readonly authors: readonly string[];
  readonly unread: number;
}

export function viewOf(row: MessageRow, reader: string, nameOf: NameOf, talk?: TalkView): MessageView {
  const body = bodyOf(row);
  const isMine = row.author === reader;
  const isDeleted = row.deleted === 1;
  return {
    ref: row.ref,
    seq: row.seq,
    born: row.born,
    place: row.place,
    author: { id: row.author, name: row.author === GREENROOM ? 'Greenroom' : nameOf(row.author as PersonId) },
    at: row.at,
    edited: row.edited !== null && !isDeleted && body.kind === 'text',
    deleted: isDeleted,
    mine: isMine,
    only: row.only !== null,
    ...(talk ? { talk } : {}),
    ...(body.kind === 'card' && body.thread !== undefined ? { thread: body.thread } : {}),
    ...(isDeleted ? {} : contentOf(body, isMine, nameOf)),
  };
}

function contentOf(
  body: ReturnType<typeof bodyOf>,
  isMine: boolean,
  nameOf: NameOf,
): Pick<MessageView, 'words' | 'typed' | 'card' | 'said' | 'file' | 'room'> {
  switch (body.kind) {
    case 'text':
      return { words: typedWords(body.text), ...(isMine ? { typed: body.text } : {}) };
    case 'card': {
      const said = body.said === undefined ? {} : { said: body.said };
      return { card: cardOf(body.message, nameOf), ...said };
    }
    case 'file':
      return { file: { name: body.file, type: body.type, size: body.text.length } };
    case 'room':
      return { room: { title: body.title, members: body.members.map(nameOf) } };
    default:
      return never(body);
  }
}

/** A small block in front of everything else is the facts line above the title. */
export function cardOf({ title, blocks }: Message, nameOf: NameOf): CardView {
  const [first, ...rest] = blocks;
  const facts = title !== undefined && first?.kind === 'small' ? first : undefined;
  return {
    ...(title === undefined ? {} : { title }),
    ...(facts ? { facts: lineOf(facts.text, nameOf) } : {}),
    blocks: (facts ? rest : blocks).map((block) => blockOf(block, blocks.indexOf(block), nameOf)),
  };
}

function blockOf(block: Block, index: number, nameOf: NameOf): BlockView {
  switch (block.kind) {
    case 'text':
    case 'small':
      return { kind: block.kind, passages: passagesOf(block.text, nameOf) };
    case 'divider':
      return block;
    case 'buttons':
      return { kind: 'buttons', buttons: block.buttons.map((button) => ({ ...button, on: encodeAction(button.on) })) };
    case 'choice':
      return { ...block, on: encodeAction(block.on) };
    case 'image':
      return { kind: 'image', block: index, alt: block.alt };
    default:
      return never(block);
  }
}

export interface FormView {
  readonly on: string;
  readonly title: string;
  readonly submit: string;
  readonly intro?: readonly Passage[];
  readonly fields: readonly Field[];
}

export const formOf = ({ on, title, submit, intro, fields }: Form, nameOf: NameOf): FormView => ({
  on: encodeAction(on),
  title,
  submit,
  ...(intro ? { intro: passagesOf(intro, nameOf) } : {}),
  fields,
});
