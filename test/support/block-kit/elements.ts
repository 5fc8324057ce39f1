/** Interactive elements: buttons, selects and inputs. */
import { both, bool, type Check, int, list, matching, oneOf, rule, shape, str, textIn } from './check.ts';
import { limitOf, most } from './limits.ts';
import {
  anyText,
  confirmation,
  conversationFilter,
  initialIsOffered,
  option,
  optionGroup,
  plainText,
  slackFile,
} from './objects.ts';

const actionId = str(most('action_id'));
const USER = matching(/^[UW][A-Z0-9]{2,}$/);
const CHANNEL = matching(/^[CG][A-Z0-9]{2,}$/);
const CONVERSATION = matching(/^[CGDUW][A-Z0-9]{2,}$/);
const common = { action_id: actionId, confirm: confirmation, focus_on_load: bool };
const placeholder = plainText(most('select.placeholder'));

const button = shape(
  { type: oneOf('button'), text: plainText(most('button.text')) },
  {
    action_id: actionId,
    confirm: confirmation,
    url: str(most('button.url')),
    value: str(most('button.value')),
    style: oneOf('primary', 'danger'),
    accessibility_label: str(most('button.accessibility_label')),
  },
);

const select = (type: string, extra: Readonly<Record<string, Check>>): Check =>
  shape({ type: oneOf(type) }, { ...common, placeholder, ...extra });

const offered = {
  options: list(option(plainText), 1, most('select.options')),
  option_groups: list(optionGroup, 1, most('select.option_groups')),
};
const offersOnce = rule(
  'either options or option_groups',
  (element) => (element['options'] === undefined) !== (element['option_groups'] === undefined),
);
const several = { max_selected_items: int(1, 1000) };
const filter = { filter: conversationFilter, default_to_current_conversation: bool, response_url_enabled: bool };

/** Buttons to tick: at most as many as their limit says. */
const ticked = (type: string, limit: string, initial: Readonly<Record<string, Check>>): Check =>
  both(
    shape(
      { type: oneOf(type), options: list(option(anyText), limitOf(limit).min_items ?? 0, most(limit)) },
      { ...common, ...initial },
    ),
    initialIsOffered,
  );

const plainTextInput = both(
  shape(
    { type: oneOf('plain_text_input') },
    {
      ...common,
      placeholder,
      initial_value: str(3000, 0),
      multiline: bool,
      min_length: int(0, 3000),
      max_length: int(1, 3000),
      dispatch_action_config: shape({ trigger_actions_on: list(str(50), 1, 2) }),
    },
  ),
  rule(
    'initial_value is longer than max_length',
    (input) => textIn(input, 'initial_value').length <= Number(input['max_length'] ?? 3000),
  ),
  rule(
    'a single line has no line break',
    (input) => input['multiline'] === true || !textIn(input, 'initial_value').includes('\n'),
  ),
);

const numberInput = both(
  shape(
    { type: oneOf('number_input'), is_decimal_allowed: bool },
    { ...common, placeholder, initial_value: str(30), min_value: str(30), max_value: str(30) },
  ),
  rule(
    'min_value is over max_value',
    (input) => Number(input['min_value'] ?? -Infinity) <= Number(input['max_value'] ?? Infinity),
  ),
);

const staticSelect = both(
  select('static_select', { ...offered, initial_option: option(plainText) }),
  offersOnce,
  initialIsOffered,
);
const multiStaticSelect = both(
  select('multi_static_select', { ...offered, ...several, initial_options: list(option(plainText), 1, 100) }),
  offersOnce,
  initialIsOffered,
);

export const image: Check = both(
  shape(
    { type: oneOf('image'), alt_text: str(most('image.alt_text')) },
    { image_url: str(most('image.image_url')), slack_file: slackFile },
  ),
  rule(
    'either image_url or slack_file',
    (one) => (one['image_url'] === undefined) !== (one['slack_file'] === undefined),
  ),
);

const SELECTS: Readonly<Record<string, Check>> = {
  static_select: staticSelect,
  users_select: select('users_select', { initial_user: USER }),
  conversations_select: select('conversations_select', { ...filter, initial_conversation: CONVERSATION }),
  channels_select: select('channels_select', { initial_channel: CHANNEL, response_url_enabled: bool }),
  multi_static_select: multiStaticSelect,
  multi_users_select: select('multi_users_select', { ...several, initial_users: list(USER, 1, 1000) }),
  multi_conversations_select: select('multi_conversations_select', {
    ...several,
    ...filter,
    initial_conversations: list(CONVERSATION, 1, 1000),
  }),
  multi_channels_select: select('multi_channels_select', { ...several, initial_channels: list(CHANNEL, 1, 1000) }),
};
const TICKED: Readonly<Record<string, Check>> = {
  checkboxes: ticked('checkboxes', 'checkboxes.options', { initial_options: list(option(anyText), 1, 10) }),
  radio_buttons: ticked('radio_buttons', 'radio_buttons.options', { initial_option: option(anyText) }),
};
const overflow = shape(
  {
    type: oneOf('overflow'),
    options: list(option(plainText), limitOf('overflow.options').min_items ?? 0, most('overflow.options')),
  },
  { action_id: actionId, confirm: confirmation },
);

export const IN_ACTIONS: Readonly<Record<string, Check>> = { button, overflow, ...SELECTS, ...TICKED };
export const IN_SECTION: Readonly<Record<string, Check>> = { ...IN_ACTIONS, image };
export const IN_INPUT: Readonly<Record<string, Check>> = {
  ...SELECTS,
  ...TICKED,
  plain_text_input: plainTextInput,
  number_input: numberInput,
};
