/** A message as Discord takes it: components of the new kind, no more of them and no longer than it allows. */
import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { never } from '../../../src/chat/never.ts';
import type { Block, Message } from '../../../src/chat/message.ts';
import { plain, t, type Text } from '../../../src/chat/text.ts';
import { buttonsOf, choiceOf, makeIds, type MakeId } from './controls.ts';
import { ceilingFor, shorten } from './cut.ts';
import { clean, escape, isBlank, oneLine } from './escape.ts';
import { type Write, write, writeSmall, writeUpTo } from './marks.ts';
import { type Passage, passagesOf } from './passages.ts';

/** PNG bytes of the pictures that were painted. */
export type Pictures = ReadonlyMap<Block, Uint8Array>;

export interface Picture {
  readonly name: string;
  readonly data: Buffer;
  readonly contentType: 'image/png';
}

export interface DiscordMessage {
  /** Never empty. */
  readonly components: APIMessageTopLevelComponent[];
  readonly flags: MessageFlags.IsComponentsV2;
  /** What `attachment://` in the components stands for. */
  readonly files?: readonly Picture[];
}

/** Between the leaf green of the light look and that of the dark one, as Discord has both. */
const LEAF = 0x4a9a72;
/** Characters of all texts together. */
const MOST_TEXT = 4000;
/** Discord takes 40; a row with one more button may still be put under it. */
const MOST_PARTS = 38;
const TITLE = 150;
const DESCRIPTION = 1024;
const CUT_NOTE = t`Cut short, as Discord takes no more in one message. The rest is behind “Read all”, where there is such a button, or on your page.`;
const NOTHING = t`Nothing here yet.`;

type Piece =
  | { readonly kind: 'words'; readonly passages: readonly Passage[]; readonly write: Write; readonly text: string }
  | { readonly kind: 'fixed' | 'divider'; readonly part: APIComponentInContainer; readonly file?: Picture };

/** With a title it is a card; without, its words stand by themselves. */
export function renderMessage({ title, blocks }: Message, pictures: Pictures = new Map()): DiscordMessage {
  const idOf = makeIds();
  const head = titleOf(title);
  const pieces = blocks.flatMap((block) => piecesOf(block, idOf, pictures)).map(named());
  const room = MOST_PARTS - 1 - (head === '' ? 0 : 2);
  const kept = inRoom(pieces, room);
  const isLess = kept.length < pieces.filter(({ kind }) => kind !== 'divider').length;
  const parts = partsOf(kept, MOST_TEXT - head.length, isLess);
  const all = head === '' ? parts : [textOf(head), ...parts];
  const files = kept.flatMap((piece) => (piece.kind !== 'words' && piece.file ? [piece.file] : []));
  return {
    components: head === '' ? atLeastOne(all) : [cardOf(all)],
    flags: MessageFlags.IsComponentsV2,
    ...(files.length === 0 ? {} : { files }),
  };
}

const textOf = (content: string): APIComponentInContainer => ({ type: ComponentType.TextDisplay, content });
const cardOf = (components: APIComponentInContainer[]): APIMessageTopLevelComponent => ({
  type: ComponentType.Container,
  accent_color: LEAF,
  components,
});
const atLeastOne = (parts: APIComponentInContainer[]): APIComponentInContainer[] =>
  parts.length > 0 ? parts : [textOf(writeSmall(passagesOf(NOTHING)))];

const titleOf = (title = ''): string => (isBlank(title) ? '' : `## ${escape(shorten(oneLine(clean(title)), TITLE))}`);

function piecesOf(block: Block, idOf: MakeId, pictures: Pictures): Piece[] {
  switch (block.kind) {
    case 'text':
      return wordsPiece(block.text, write);
    case 'small':
      return wordsPiece(block.text, writeSmall);
    case 'divider':
      return [{ kind: 'divider', part: { type: ComponentType.Separator } }];
    case 'buttons':
      return buttonsOf(block.buttons, idOf).map((part) => ({ kind: 'fixed', part }));
    case 'choice':
      return choiceOf(block, idOf).map((part) => ({ kind: 'fixed', part }));
    case 'image': {
      const data = pictures.get(block);
      return data === undefined ? wordsPiece([plain(block.alt)], writeSmall) : [pictureOf(block.alt, data)];
    }
    default:
      return never(block);
  }
}

function wordsPiece(text: Text, how: Write): Piece[] {
  const passages = passagesOf(text);
  return passages.length === 0 ? [] : [{ kind: 'words', passages, write: how, text: how(passages) }];
}

const pictureOf = (alt: string, data: Uint8Array): Piece => ({
  kind: 'fixed',
  part: {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: '' }, ...(isBlank(alt) ? {} : { description: shorten(clean(alt), DESCRIPTION) }) }],
  },
  file: { name: '', data: Buffer.from(data), contentType: 'image/png' },
});

/** Pictures are called by where they stand. */
function named(): (piece: Piece) => Piece {
  let count = 0;
  return (piece) => {
    if (piece.kind === 'words' || !piece.file || piece.part.type !== ComponentType.MediaGallery) return piece;
    count += 1;
    const name = `picture-${count}.png`;
    const items = piece.part.items.map((item) => ({ ...item, media: { url: `attachment://${name}` } }));
    return { ...piece, part: { ...piece.part, items }, file: { ...piece.file, name } };
  };
}

const sizeOf = (piece: Piece): number =>
  piece.kind !== 'words' && 'components' in piece.part ? 1 + piece.part.components.length : 1;

/** As many as there is room for: words before what can be pressed, and that before dividers. */
function inRoom(pieces: readonly Piece[], room: number): Piece[] {
  let left = room;
  const kept = new Set<Piece>();
  for (const kind of ['words', 'fixed', 'divider'])
    for (const piece of pieces) {
      if (piece.kind !== kind || sizeOf(piece) > left) continue;
      left -= sizeOf(piece);
      kept.add(piece);
    }
  return pieces.filter((piece) => kept.has(piece));
}

/** Where the texts are too long together, the longest are cut, and a note says so. */
function partsOf(pieces: readonly Piece[], most: number, isLess: boolean): APIComponentInContainer[] {
  const lengths = pieces.flatMap((piece) => (piece.kind === 'words' ? [piece.text.length] : []));
  const isWhole = lengths.reduce((sum, length) => sum + length, 0) <= most && !isLess;
  const note = writeSmall(passagesOf(CUT_NOTE));
  const ceiling = isWhole ? Infinity : ceilingFor(lengths, most - note.length);
  const isOver = (piece: Piece): boolean => piece.kind === 'words' && piece.text.length > ceiling;
  const lastCut = isWhole ? -1 : Math.max(pieces.findLastIndex(isOver), isLess ? pieces.length - 1 : 0);
  return pieces.flatMap((piece, i) => [
    ...(piece.kind === 'words' ? [textOf(contentOf(piece, ceiling))] : [piece.part]),
    ...(i === lastCut ? [textOf(note)] : []),
  ]);
}

const contentOf = ({ text, passages, write: how }: Extract<Piece, { kind: 'words' }>, ceiling: number): string =>
  text.length <= ceiling ? text : writeUpTo(passages, ceiling, how);
