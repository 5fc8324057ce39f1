/** A message of Slack, drawn from the blocks that are sent to it. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { renderMessage } from '../../../adapters/slack/render/index.ts';
import { type Card, messageFor } from './card.ts';
import { el, type Html, png } from './html.ts';
import type { Painted } from './paint.ts';
import { mrkdwn, richText } from './slack-words.ts';

export async function slackHtml(card: Card, paint: Painted): Promise<Html> {
  const message = messageFor(card);
  const painted = await paint(message);
  const ids = new Map([...painted.keys()].map((block, i) => [block, `F${i}`]));
  const pictures = new Map([...painted].map(([block, bytes]) => [ids.get(block) ?? '', bytes]));
  const { blocks } = renderMessage(message, ids);
  return el('div.message', {}, ...blocks.map((block) => blockHtml(block, pictures)));
}

function blockHtml(block: KnownBlock, pictures: ReadonlyMap<string, Uint8Array>): Html {
  switch (block.type) {
    case 'header':
      return el('h2', {}, block.text.text);
    case 'rich_text':
      return richText(block);
    case 'context':
      return el('div.context', {}, ...block.elements.map((one) => (one.type === 'mrkdwn' ? mrkdwn(one.text) : '')));
    case 'divider':
      return el('hr', {});
    case 'actions':
      return el('div.actions', {}, ...block.elements.map(control));
    case 'image': {
      const id = 'slack_file' in block && 'id' in block.slack_file ? block.slack_file.id : '';
      return el('img', { src: png(pictures.get(id) ?? new Uint8Array()), alt: block.alt_text });
    }
    default:
      throw new TypeError(`nobody draws a ${block.type} of Slack yet`);
  }
}

function control(one: ActionsBlock['elements'][number]): Html {
  if (one.type === 'button') return el(`span.button.${one.style ?? 'plain'}`, {}, one.text.text);
  if (one.type === 'static_select')
    return el('span.select', {}, one.placeholder?.text ?? 'Select an item', el('i', {}));
  throw new TypeError(`nobody draws a ${one.type} of Slack yet`);
}
