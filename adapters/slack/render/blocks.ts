/** Our blocks as Slack's, no more of them together than Slack takes. */
import type { ContextBlock, ImageBlock, KnownBlock, RichTextBlock } from '@slack/types';
import { never } from '../../../src/chat/never.ts';
import type { Block, Message } from '../../../src/chat/message.ts';
import { plain, t, type Text } from '../../../src/chat/text.ts';
import { buttonsOf, choiceOf, isBlank, makeIds, type MakeId, plainText } from './controls.ts';
import { shorten } from './cut.ts';
import { bytes, ceilingFor, cutPassages, units, type Weigh } from './fit.ts';
import { exactMrkdwn } from './mrkdwn.ts';
import { type Passage, passagesOf } from './passages.ts';

/** Slack's ids of the pictures that were uploaded. */
export type Pictures = ReadonlyMap<Block, string>;

/** What all blocks together may weigh. What does not fit is cut, the longest texts first. */
export interface Budget {
  readonly most: number;
  readonly weigh: Weigh;
}
/** Slack refuses messages from about 13,200 characters on and says not how it counts; here all that is sent counts. */
export const MESSAGE: Budget = { most: 12_500, weigh: units };
/** Slack takes 250 kB; ids, titles and what it adds itself are not counted here. */
export const VIEW: Budget = { most: 200_000, weigh: bytes };

const LABEL = 75;
/** Labels this long, when those before leave no room for words. */
const SHORTER_LABELS = [40, 20, 8];
const CUT_NOTE = t`Cut short, as Slack takes no more in one message. The rest is behind “Read all”, where there is such a button, or on your page.`;

type Piece =
  | { readonly kind: 'words'; readonly passages: readonly Passage[]; readonly block: KnownBlock }
  | { readonly kind: 'fixed'; readonly block: KnownBlock };

/** `title` as a header above them. */
export function blocksOf({ title, blocks }: Message, { most, weigh }: Budget, pictures?: Pictures): KnownBlock[] {
  const render = (label: number): Piece[] => {
    const idOf = makeIds();
    return [...headerOf(title), ...blocks.flatMap((block) => pieceOf(block, idOf, label, pictures))];
  };
  const whole = render(LABEL);
  if (sum(whole, weigh) <= most) return whole.map(({ block }) => block);
  const isRoomy = (pieces: readonly Piece[]): boolean =>
    sum(
      pieces.filter(({ kind }) => kind === 'fixed'),
      weigh,
    ) <=
    most / 2;
  let pieces = whole;
  for (const label of SHORTER_LABELS) if (!isRoomy(pieces)) pieces = render(label);
  return cutWords(pieces, { most, weigh });
}

function sum(pieces: readonly Piece[], weigh: Weigh): number {
  return pieces.reduce((all, { block }) => all + weightOf(block, weigh), 0);
}

/** Of controls in a message only what is shown counts: Slack takes far more of them than their JSON would allow. */
function weightOf(block: KnownBlock, weigh: Weigh): number {
  if (block.type !== 'actions' || weigh === bytes) return weigh(block) + 1;
  return block.elements.reduce((all, element) => {
    if (element.type === 'button') return all + element.text.text.length;
    if (element.type !== 'static_select') return all;
    const labels = element.options?.map(({ text }) => text.text.length) ?? [];
    return all + labels.reduce((a, b) => a + b, element.placeholder?.text.length ?? 0);
  }, 0);
}

function cutWords(pieces: readonly Piece[], { most, weigh }: Budget): KnownBlock[] {
  const note = smallOf(passagesOf(CUT_NOTE));
  const fixed = pieces.filter(({ kind }) => kind === 'fixed');
  const weights = pieces.flatMap(({ kind, block }) => (kind === 'words' ? [weightOf(block, weigh)] : []));
  const ceiling = ceilingFor(weights, most - sum(fixed, weigh) - weigh(note) - 1);
  const isOver = (piece: Piece): boolean => piece.kind === 'words' && weightOf(piece.block, weigh) > ceiling;
  const lastCut = pieces.findLastIndex(isOver);
  return pieces.flatMap((piece, i): KnownBlock[] => {
    const isCut = piece.kind === 'words' && isOver(piece);
    const block = isCut ? richOf(cutPassages(piece.passages, ceiling - 1, weigh)) : piece.block;
    return i === lastCut ? [block, note] : [block];
  });
}

const headerOf = (title: string | undefined): Piece[] =>
  title === undefined || isBlank(title)
    ? []
    : [{ kind: 'fixed', block: { type: 'header', text: plainText(title, 150, '–') } }];

function pieceOf(block: Block, idOf: MakeId, label: number, pictures?: Pictures): Piece[] {
  switch (block.kind) {
    case 'text':
      return wordsPiece(block.text, richOf);
    case 'small':
      return wordsPiece(block.text, smallOf);
    case 'divider':
      return [{ kind: 'fixed', block: { type: 'divider' } }];
    case 'buttons':
      return fixed(buttonsOf(block.buttons, idOf, label));
    case 'choice':
      return fixed(choiceOf(block, idOf, label));
    case 'image': {
      const file = pictures?.get(block);
      return file === undefined ? wordsPiece([plain(block.alt)], smallOf) : fixed(pictureOf(file, block.alt));
    }
    default:
      return never(block);
  }
}

const fixed = (block: KnownBlock | undefined): Piece[] => (block ? [{ kind: 'fixed', block }] : []);

function wordsPiece(text: Text, render: (passages: Passage[]) => KnownBlock): Piece[] {
  const passages = passagesOf(text);
  return passages.length === 0 ? [] : [{ kind: 'words', passages, block: render(passages) }];
}

const richOf = (passages: Passage[]): RichTextBlock => ({ type: 'rich_text', elements: passages });

/** Small print is read for marks, so what has any of them in it is shown at full size instead, to the letter. */
export function smallOf(passages: Passage[]): ContextBlock | RichTextBlock {
  const text = exactMrkdwn(passages);
  if (text === undefined || text.length > 3000) return richOf(passages);
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

const pictureOf = (id: string, alt: string): ImageBlock => ({
  type: 'image',
  slack_file: { id },
  alt_text: isBlank(alt) ? 'A picture' : shorten(alt, 2000),
});
