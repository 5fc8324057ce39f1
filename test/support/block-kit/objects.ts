/** Composition objects: texts, options, confirmations. */
import { both, bool, byType, type Check, isRecord, list, oneOf, rule, shape, shown, str } from './check.ts';
import { limitOf, most } from './limits.ts';

export const plainText = (max = most('text')): Check =>
  shape({ type: oneOf('plain_text'), text: shown(max) }, { emoji: bool });
const mrkdwnText = (max = most('text')): Check =>
  shape({ type: oneOf('mrkdwn'), text: shown(max) }, { verbatim: bool });
export const anyText = (max = most('text')): Check => byType({ plain_text: plainText(max), mrkdwn: mrkdwnText(max) });

export const option = (text: (max: number) => Check): Check =>
  shape(
    { text: text(most('option.text')), value: str(most('option.value')) },
    { description: plainText(most('option.description')), url: str(most('option.url')) },
  );

export const optionGroup: Check = shape({
  label: plainText(most('option_group.label')),
  options: list(
    option(plainText),
    limitOf('option_group.options').min_items ?? 0,
    limitOf('option_group.options').max_items ?? Infinity,
  ),
});

export const confirmation: Check = shape(
  {
    title: plainText(most('confirmation.title')),
    text: anyText(most('confirmation.text')),
    confirm: plainText(most('confirmation.confirm')),
    deny: plainText(most('confirmation.deny')),
  },
  { style: oneOf('primary', 'danger') },
);

export const conversationFilter: Check = both(
  shape(
    {},
    {
      include: list(oneOf('public', 'private', 'im', 'mpim'), 1, 4),
      exclude_bot_users: bool,
      exclude_external_shared_channels: bool,
    },
  ),
  rule('a filter filters something', (filter) => Object.keys(filter).length > 0),
);

export const slackFile: Check = both(
  shape({}, { id: str(255), url: str(3000) }),
  rule('either id or url', (file) => (file['id'] === undefined) !== (file['url'] === undefined)),
);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is chosen at first is one of what there is to choose, to the letter. */
export const initialIsOffered: Check = rule('what is chosen at first is not among the options', (element) => {
  const offered = [
    ...listOf(element['options']),
    ...listOf(element['option_groups']).flatMap((group) => (isRecord(group) ? listOf(group['options']) : [])),
  ];
  const initial = [...listOf(element['initial_options'])];
  if (element['initial_option'] !== undefined) initial.push(element['initial_option']);
  return initial.every((one) => offered.some((other) => same(one, other)));
});
