/** Each kind of component we send, with what Discord allows of it. */
import {
  bool,
  both,
  byType,
  type Check,
  int,
  type Json,
  list,
  listOf,
  matching,
  oneOf,
  rule,
  shape,
  shown,
  str,
} from './check.ts';
import { LIMITS, TYPE } from './limits.ts';

const id = int(0, 2 ** 31 - 1);
const common = { id, disabled: bool };
const type = (value: number): { readonly type: Check } => ({ type: oneOf(value) });
const customId = str(LIMITS.customId);
const snowflake = matching(/^\d{17,20}$/);

const option = shape(
  { label: shown(LIMITS.option), value: str(LIMITS.option) },
  { description: shown(LIMITS.option), default: bool },
);
const chosen = (part: Json): number => listOf(part['options']).filter((one) => one['default'] === true).length;
const values = (part: Json): unknown[] => listOf(part['options']).map(({ value }) => value);
const eachOnce = rule('two options have one value', (part) => new Set(values(part)).size === values(part).length);

const counts = { min_values: int(0, LIMITS.options), max_values: int(1, LIMITS.options) };
const atLeast = rule(
  'min_values is more than max_values',
  ({ min_values: least, max_values: most }) => Number(least ?? 1) <= Number(most ?? 1),
);
const select = {
  placeholder: shown(LIMITS.placeholder),
  required: bool,
  ...counts,
  ...common,
};
const stringSelect = both(
  shape({ ...type(TYPE.select), custom_id: customId, options: list(option, 1, LIMITS.options) }, select),
  eachOnce,
  atLeast,
  rule('more are chosen than may be', (part) => chosen(part) <= Number(part['max_values'] ?? 1)),
  rule('max_values is more than there are options', (part) => Number(part['max_values'] ?? 1) <= values(part).length),
);
const picker = (kind: number, picks: string, more: Readonly<Record<string, Check>> = {}): Check =>
  both(
    shape(
      { ...type(kind), custom_id: customId },
      {
        ...select,
        ...more,
        default_values: list(shape({ id: snowflake, type: oneOf(picks) }), 0, LIMITS.options),
      },
    ),
    atLeast,
  );
const userSelect = picker(TYPE.users, 'user');
const channelSelect = picker(TYPE.channels, 'channel', { channel_types: list(int(0, 16), 1, 20) });

const button = shape(
  { ...type(TYPE.button), style: oneOf(1, 2, 3, 4), label: shown(LIMITS.buttonLabel), custom_id: customId },
  common,
);
const row = both(
  shape(
    {
      ...type(TYPE.row),
      components: list(
        byType({
          [TYPE.button]: button,
          [TYPE.select]: stringSelect,
          [TYPE.users]: userSelect,
          [TYPE.channels]: channelSelect,
        }),
        1,
        LIMITS.buttonsInRow,
      ),
    },
    { id },
  ),
  rule('a select stands alone in its row', ({ components }) => {
    const parts = listOf(components);
    return parts.length === 1 || parts.every((part) => part['type'] === TYPE.button);
  }),
);

const text = shape({ ...type(TYPE.text), content: shown(LIMITS.texts) }, { id });
const media = shape({ url: matching(/^(?:attachment:\/\/[\w.-]+|https:\/\/\S+)$/) });
const gallery = shape(
  {
    ...type(TYPE.gallery),
    items: list(shape({ media }, { description: shown(LIMITS.description), spoiler: bool }), 1, LIMITS.galleryItems),
  },
  { id },
);
const separator = shape(type(TYPE.separator), { id, divider: bool, spacing: oneOf(1, 2) });

const within = {
  [TYPE.row]: row,
  [TYPE.text]: text,
  [TYPE.gallery]: gallery,
  [TYPE.separator]: separator,
};
const container = shape(
  { ...type(TYPE.container), components: list(byType(within), 1, LIMITS.parts) },
  { id, accent_color: int(0, 0xffffff), spoiler: bool },
);

/** What may stand at the top of a message. */
export const inMessage = byType({ ...within, [TYPE.container]: container });

const lengths = { min_length: int(0, LIMITS.input), max_length: int(1, LIMITS.input) };
const input = both(
  shape(
    { ...type(TYPE.input), custom_id: customId, style: oneOf(1, 2) },
    {
      ...lengths,
      id,
      required: bool,
      value: str(LIMITS.input, 0),
      placeholder: str(LIMITS.inputPlaceholder, 0),
    },
  ),
  rule('the value is longer than max_length', ({ value, max_length: most }) =>
    typeof value !== 'string' ? true : value.length <= Number(most ?? LIMITS.input),
  ),
  rule(
    'a single line has no line ends',
    ({ style, value }) => style !== 1 || !(typeof value === 'string' && value.includes('\n')),
  ),
);
const radios = both(
  shape(
    {
      ...type(TYPE.radios),
      custom_id: customId,
      options: list(option, LIMITS.radios.least, LIMITS.radios.most),
    },
    { id, required: bool },
  ),
  eachOnce,
  rule('more than one is chosen', (part) => chosen(part) <= 1),
);
const label = shape(
  {
    ...type(TYPE.label),
    label: shown(LIMITS.label),
    component: byType({
      [TYPE.select]: stringSelect,
      [TYPE.input]: input,
      [TYPE.users]: userSelect,
      [TYPE.channels]: channelSelect,
      [TYPE.radios]: radios,
    }),
  },
  { id, description: shown(LIMITS.labelDescription) },
);

/** What may stand at the top of a modal. */
export const inModal = byType({ [TYPE.text]: text, [TYPE.label]: label });
