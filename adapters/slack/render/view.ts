/** Messages where they are not posted: in a modal, and on the Home tab. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Message } from '../../../src/chat/message.ts';
import { t } from '../../../src/chat/text.ts';
import { blocksOf, type Pictures, smallOf, VIEW } from './blocks.ts';
import { plainText } from './controls.ts';
import { passagesOf } from './passages.ts';

const LONGEST_TITLE = 24;

/** Something shown inside a modal. A title that is too long for its head stands above the words as well. */
export function renderModal(message: Message, title = message.title ?? '', pictures?: Pictures): ModalView {
  const { title: own, ...rest } = message;
  const isShown = own === undefined || (own === title && title.length <= LONGEST_TITLE);
  return {
    type: 'modal',
    title: plainText(title, LONGEST_TITLE, 'Greenroom'),
    close: plainText('Close', LONGEST_TITLE, 'Close'),
    blocks: atLeastOne(blocksOf(isShown ? rest : message, VIEW, pictures)),
  };
}

export const renderHome = (message: Message, pictures?: Pictures): HomeView => ({
  type: 'home',
  blocks: atLeastOne(blocksOf(message, VIEW, pictures)),
});

/** Slack takes no view without blocks. */
const atLeastOne = (blocks: KnownBlock[]): KnownBlock[] =>
  blocks.length > 0 ? blocks : [smallOf(passagesOf(t`Nothing here yet.`))];
