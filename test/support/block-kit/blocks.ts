/** The kinds of block we send, each with its limits. Any other kind is a problem. */
import { both, byType, type Check, list, oneOf, rule, shape, str } from './check.ts';
import { image, IN_ACTIONS, IN_INPUT, IN_SECTION } from './elements.ts';
import { limitOf, most } from './limits.ts';
import { anyText, plainText } from './objects.ts';
import { PASSAGES } from './rich-text.ts';

const id = { block_id: str(most('block_id')) };

const section = both(
  shape(
    { type: oneOf('section') },
    {
      ...id,
      text: anyText(most('section.text')),
      fields: list(anyText(limitOf('section.fields').item_max_length), 1, most('section.fields')),
      accessory: byType(IN_SECTION),
      expand: oneOf(true, false),
    },
  ),
  rule('neither text nor fields', (one) => one['text'] !== undefined || one['fields'] !== undefined),
);

/** Blanks are taken here. */
const imageTitle = shape(
  { type: oneOf('plain_text'), text: str(most('image.alt_text')) },
  { emoji: oneOf(true, false) },
);

const imageBlock: Check = (value, at) => {
  if (typeof value !== 'object' || value === null) return image(value, at);
  const { title, block_id: blockId, ...rest } = value as Record<string, unknown>;
  return [
    ...image(rest, at),
    ...(title === undefined ? [] : imageTitle(title, `${at}/title`)),
    ...(blockId === undefined ? [] : id.block_id(blockId, `${at}/block_id`)),
  ];
};

const input = shape(
  { type: oneOf('input'), label: plainText(most('input.label')), element: byType(IN_INPUT) },
  { ...id, hint: plainText(most('input.hint')), optional: oneOf(true, false), dispatch_action: oneOf(true, false) },
);

export const BLOCKS: Readonly<Record<string, Check>> = {
  section,
  input,
  image: imageBlock,
  divider: shape({ type: oneOf('divider') }, id),
  header: shape({ type: oneOf('header'), text: plainText(most('header.text')) }, id),
  context: shape(
    {
      type: oneOf('context'),
      elements: list(byType({ image, plain_text: anyText(), mrkdwn: anyText() }), 1, most('context.elements')),
    },
    id,
  ),
  actions: shape({ type: oneOf('actions'), elements: list(byType(IN_ACTIONS), 1, most('actions.elements')) }, id),
  rich_text: shape({ type: oneOf('rich_text'), elements: list(byType(PASSAGES), 1, 1000) }, id),
  markdown: shape({ type: oneOf('markdown'), text: str(most('markdown.text')) }, id),
};
