/** Rules for application commands: names, descriptions, locales, the order and number of options, the length of it all. */
import type { Json } from '../model.ts';
import { listOf, numberOf, repeatedIn, textOf, toldOf } from './lists.ts';

const LOCALES = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);
const NAME = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]{1,32}$/u;
const MOST_LENGTH = 8000;
const MOST_BY_TYPE: readonly (readonly [type: number, most: number])[] = [
  [1, 100],
  [2, 15],
  [3, 15],
];
const SUBCOMMAND = 1;
const GROUP = 2;

const recordOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const isChatName = (name: string): boolean => NAME.test(name) && name === name.toLowerCase();
const namesOf = (part: Json): readonly string[] => [
  textOf(part['name']),
  ...Object.values(recordOf(part['name_localizations'])).map(textOf),
];

function localeRules(part: Json): readonly string[] {
  const told = [part['name_localizations'], part['description_localizations']].map(recordOf).flatMap(Object.keys);
  return told.filter((locale) => !LOCALES.has(locale)).map((locale) => `the locale ${locale} is not known`);
}

function choiceRules(option: Json): readonly string[] {
  const choices = listOf(option['choices']);
  return [
    ...toldOf(
      [choices.length > 25, 'an option has at most 25 choices'],
      [choices.length > 0 && option['autocomplete'] === true, 'an option has choices or completes, not both'],
      [repeatedIn(choices.map(({ name }) => textOf(name))).length > 0, 'two choices have one name'],
    ),
    ...choices.flatMap(localeRules),
  ];
}

function nestingRules(option: Json, depth: number): readonly string[] {
  const inside = listOf(option['options']);
  const type = option['type'];
  return toldOf(
    [type === GROUP && depth > 0, 'a group stands at the top'],
    [type === SUBCOMMAND && depth > 1, 'a subcommand stands at the top or in a group'],
    [type === GROUP && inside.some((one) => one['type'] !== SUBCOMMAND), 'a group holds subcommands only'],
    [type !== GROUP && type !== SUBCOMMAND && 'options' in option, 'only subcommands and groups hold options'],
  );
}

function optionRules(options: readonly Json[], depth: number): readonly string[] {
  const names = options.map(({ name }) => textOf(name));
  const firstFree = options.findIndex((option) => option['required'] !== true);
  const plain = options.filter(({ type }) => type !== SUBCOMMAND && type !== GROUP);
  return [
    ...toldOf(
      [options.length > 25, 'there are more than 25 options'],
      [repeatedIn(names).length > 0, 'two options have one name'],
      [plain.length > 0 && plain.length < options.length, 'subcommands and options do not stand together'],
      [
        firstFree >= 0 && options.slice(firstFree).some(({ required }) => required === true),
        'required options come first',
      ],
    ),
    ...options.flatMap((option) => [
      ...namesOf(option).flatMap((name) => toldOf([!isChatName(name), `the option name ${name} is not allowed`])),
      ...toldOf([textOf(option['description']) === '', `the option ${textOf(option['name'])} needs a description`]),
      ...localeRules(option),
      ...choiceRules(option),
      ...nestingRules(option, depth),
      ...optionRules(listOf(option['options']), depth + 1),
    ]),
  ];
}

/** Of a text with its translations the longest counts. */
const longest = (text: unknown, others: unknown): number =>
  Math.max(...[text, ...Object.values(recordOf(others))].map((one) => textOf(one).length));

function lengthOf(part: Json): number {
  const own =
    longest(part['name'], part['name_localizations']) + longest(part['description'], part['description_localizations']);
  const choices = listOf(part['choices']).map(
    (choice) => longest(choice['name'], choice['name_localizations']) + textOf(choice['value']).length,
  );
  return [own, ...choices, ...listOf(part['options']).map(lengthOf)].reduce((sum, length) => sum + length, 0);
}

export function commandRules(command: Json): readonly string[] {
  const isChat = (command['type'] ?? 1) === 1;
  const description = textOf(command['description']);
  return [
    ...toldOf(
      [isChat && !namesOf(command).every(isChatName), `the command name ${textOf(command['name'])} is not allowed`],
      [isChat && description === '', 'a chat command needs a description'],
      [!isChat && description !== '', 'only chat commands have a description'],
      [!isChat && listOf(command['options']).length > 0, 'only chat commands have options'],
      [lengthOf(command) > MOST_LENGTH, `a command is longer than ${MOST_LENGTH}`],
    ),
    ...localeRules(command),
    ...optionRules(listOf(command['options']), 0),
  ];
}

export function commandListRules(commands: readonly Json[]): readonly string[] {
  const counted = MOST_BY_TYPE.filter(
    ([type, most]) => commands.filter((command) => (command['type'] ?? 1) === type).length > most,
  );
  const names = commands.map((command) => `${numberOf(command['type'], 1)} ${textOf(command['name'])}`);
  return [
    ...counted.map(([type, most]) => `there are more than ${most} commands of type ${type}`),
    ...toldOf([repeatedIn(names).length > 0, 'two commands have one name']),
    ...commands.flatMap(commandRules),
  ];
}
