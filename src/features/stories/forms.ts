/** The form of a story: title, text, skills, note. */
import { capital } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Action, Field, Form } from '../../chat/message.ts';
import { cut, t } from '../../chat/text.ts';
import { skillName } from './words.ts';

export interface Draft {
  readonly title: string;
  readonly text: string;
  readonly skills: readonly string[];
  readonly note: string;
}

/** Skills that can be chosen: the bank's, and those the story has already. */
export const offeredSkills = (bank: readonly string[], chosen: readonly string[]): string[] =>
  [...new Set([...chosen, ...bank])]
    .filter((skill) => skill.length <= LIMITS.optionValue)
    .slice(0, LIMITS.optionsPerChoice)
    .toSorted();

/** `offered`: slugs that can be chosen. A text longer than a field holds stays as it is, and the form says so. */
export function storyForm(on: Action, draft: Draft, offered: readonly string[]): Form {
  const fits = draft.text.length <= LIMITS.fieldValue;
  return {
    on,
    title: 'A story of yours',
    submit: 'Save',
    intro: [
      ...t`Only you see it. It stays until you delete it.`,
      ...(fits ? [] : t` Its text is longer than this form holds and stays as it is.`),
    ],
    fields: [
      { kind: 'line', name: 'title', label: 'Title', hint: 'What you would recognise it by', ...filled(draft.title) },
      ...(fits ? [textField(draft.text)] : []),
      ...skillsField(draft.skills, offered),
      {
        kind: 'paragraph',
        name: 'note',
        label: 'Note to yourself',
        hint: 'A number to look up, a question it suits, what to leave out',
        optional: true,
        ...filled(cut(draft.note, LIMITS.fieldValue)),
      },
    ],
  };
}

const filled = (value: string): { readonly value?: string } => (value === '' ? {} : { value });

const textField = (value: string): Field => ({
  kind: 'paragraph',
  name: 'text',
  label: 'The story',
  hint: 'What happened, what you did, what came of it',
  ...filled(value),
});

function skillsField(chosen: readonly string[], offered: readonly string[]): Field[] {
  if (offered.length === 0) return [];
  const known = offered.filter((skill) => chosen.includes(skill));
  return [
    {
      kind: 'choice',
      name: 'skills',
      label: 'Skills it shows',
      many: true,
      optional: true,
      options: offered.map((value) => ({ value, label: cut(capital(skillName(value)), LIMITS.optionLabel) })),
      ...filled(known.join(',')),
    },
  ];
}
