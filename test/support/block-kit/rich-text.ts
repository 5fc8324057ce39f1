/** The rich text block: sections, lists, quotes and code, and what stands in them. */
import { bool, byType, type Check, int, list, matching, oneOf, shape, str } from './check.ts';
import { MORE_LIMITS, most } from './limits.ts';

const MANY = 10_000;
const flags = (...names: readonly string[]): Check => shape({}, Object.fromEntries(names.map((name) => [name, bool])));
const style = flags('bold', 'italic', 'strike', 'code', 'underline');
const mentionStyle = flags('bold', 'italic', 'strike', 'highlight', 'client_highlight', 'unlink', 'underline');
const id = (letters: string): Check => matching(new RegExp(`^[${letters}][A-Z0-9]{2,}$`));

/** Limits of a text in here are not documented; that of any other text object is taken. */
const text = shape({ type: oneOf('text'), text: str(most('text')) }, { style });
const link = shape(
  { type: oneOf('link'), url: matching(/^(?:https?:\/\/|mailto:)\S{1,2990}$/i) },
  { text: str(most('text')), unsafe: bool, style },
);

export const INLINE: Readonly<Record<string, Check>> = {
  text,
  link,
  user: shape({ type: oneOf('user'), user_id: id('DUW') }, { style: mentionStyle }),
  channel: shape({ type: oneOf('channel'), channel_id: id('CG') }, { style: mentionStyle }),
  usergroup: shape({ type: oneOf('usergroup'), usergroup_id: id('CS') }, { style: mentionStyle }),
  broadcast: shape({ type: oneOf('broadcast'), range: oneOf('here', 'channel', 'everyone') }, { style }),
  emoji: shape({ type: oneOf('emoji'), name: str(100) }, { unicode: str(100), url: str(3000), style }),
  color: shape({ type: oneOf('color'), value: matching(/^#[0-9a-f]{6}$/i) }, { style }),
  date: shape(
    { type: oneOf('date'), timestamp: int(1, 99_999_999_999), format: str(300) },
    { url: str(3000), fallback: str(300), style: mentionStyle, timezone: str(100) },
  ),
};

const words = list(byType(INLINE), 1, MANY);
const border = { border: int(0, 3) };
const section = shape({ type: oneOf('rich_text_section'), elements: words });

export const PASSAGES: Readonly<Record<string, Check>> = {
  rich_text_section: section,
  rich_text_list: shape(
    {
      type: oneOf('rich_text_list'),
      elements: list(byType({ rich_text_section: section }), 1, MANY),
      style: oneOf('bullet', 'ordered'),
    },
    { indent: int(0, MORE_LIMITS.listIndent), offset: int(0, 999), ...border },
  ),
  rich_text_quote: shape({ type: oneOf('rich_text_quote'), elements: words }, border),
  rich_text_preformatted: shape(
    { type: oneOf('rich_text_preformatted'), elements: list(byType({ text, link }), 1, MANY) },
    { ...border, language: str(50) },
  ),
};
