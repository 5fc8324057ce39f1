/** A message of Discord, drawn from the components that are sent to it. */
import {
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { renderMessage } from '../../../adapters/discord/render/index.ts';
import { type Card, messageFor } from './card.ts';
import { markdown } from './discord-words.ts';
import { el, type Html, png } from './html.ts';
import type { Painted } from './paint.ts';

type Files = ReadonlyMap<string, Uint8Array>;

export async function discordHtml(card: Card, paint: Painted): Promise<Html> {
  const message = messageFor(card);
  const { components, files = [] } = renderMessage(message, await paint(message));
  const sent = new Map(files.map(({ name, data }) => [`attachment://${name}`, new Uint8Array(data)]));
  return el('div.message', {}, ...components.map((one) => partHtml(one, sent)));
}

function partHtml(part: APIMessageTopLevelComponent | APIComponentInContainer, files: Files): Html {
  switch (part.type) {
    case ComponentType.Container: {
      const colour = `#${(part.accent_color ?? 0).toString(16).padStart(6, '0')}`;
      const inside = part.components.map((one) => partHtml(one, files));
      return el('div.container', { style: `border-left-color:${colour}` }, ...inside);
    }
    case ComponentType.TextDisplay:
      return el('div.text', {}, markdown(part.content));
    case ComponentType.Separator:
      return el('hr', {});
    case ComponentType.ActionRow:
      return el('div.actions', {}, ...part.components.map(control));
    case ComponentType.MediaGallery:
      return el('div.gallery', {}, ...part.items.map((item) => picture(item.media.url, item.description ?? '', files)));
    default:
      throw new TypeError(`nobody draws part ${part.type} of Discord yet`);
  }
}

const picture = (url: string, alt: string, files: Files): Html =>
  el('img', { src: png(files.get(url) ?? new Uint8Array()), alt });

const STYLES: Readonly<Record<number, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'plain',
  [ButtonStyle.Danger]: 'danger',
};

function control(one: APIComponentInMessageActionRow): Html {
  if (one.type === ComponentType.Button && 'label' in one)
    return el(`span.button.${STYLES[one.style] ?? 'plain'}`, {}, one.label ?? '');
  if (one.type === ComponentType.StringSelect)
    return el('span.select', {}, one.placeholder ?? 'Make a selection', el('i', {}));
  throw new TypeError(`nobody draws part ${one.type} of Discord yet`);
}
