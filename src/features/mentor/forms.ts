/** The two steps of a profile, and the forms of a pair. */
import type { LoadedBank } from '../../bank/load.ts';
import { LEVELS } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Action, Field, Form, Option } from '../../chat/message.ts';
import { cut, t } from '../../chat/text.ts';
import { partsOf } from './people.ts';
import type { Profile } from './queries.ts';
import { skillWords } from './rules.ts';

export const on = (name: string, subject = ''): Action => ({ feature: 'mentor', name, subject });
const optionsOf = (pairs: Readonly<Record<string, string>>): Option[] =>
  Object.entries(pairs).map(([value, label]) => ({ value, label }));
const filled = (value: string | null | undefined) => (value ? { value } : {});

export const ROLES: Readonly<Record<string, string>> = {
  mentee: 'I would like a mentor',
  mentor: 'I can mentor others',
  both: 'Both',
};
/** What people come for; three of them tell more about a match than a job title. */
export const TOPICS: Readonly<Record<string, string>> = {
  'first-time-leading': 'Leading for the first time',
  'next-level': 'Getting to the next level',
  'hard-conversations': 'Hard conversations',
  influence: 'Influence without authority',
  delegating: 'Delegating',
  'new-here': 'Finding my way in a new team',
  'time-and-focus': 'Time and focus',
  speaking: 'Speaking in front of others',
  interviewing: 'Interviewing',
  'technical-direction': 'Technical direction',
  'work-with-ai': 'Leading work that uses AI',
  staying: 'Staying well under pressure',
};
export const MOST_TOPICS = 3;
/** Offered whatever packs there are. */
const USUAL_SKILLS = ['mentorship', 'strategy', 'stakeholder-management', 'ethics', 'hiring'];

/** Skills one can choose, the usual ones first. */
export function skillsIn(bank: Pick<LoadedBank, 'questions'>): string[] {
  const found = new Set(bank.questions.filter(({ status }) => status === 'reviewed').flatMap(({ skills }) => skills));
  const others = [...found].filter((skill) => !USUAL_SKILLS.includes(skill) && isShort(skill)).toSorted();
  return [...USUAL_SKILLS, ...others].slice(0, LIMITS.optionsPerChoice);
}
/** A slug with a comma would come back as two. */
const isShort = (skill: string): boolean => skill !== '' && skill.length <= LIMITS.optionValue && !skill.includes(',');

const skillField = (name: string, label: string, skills: readonly string[], chosen: string): Field => ({
  kind: 'choice',
  name,
  label,
  many: true,
  optional: true,
  options: skills.map((skill) => ({ value: skill, label: cut(capital(skillWords(skill)), LIMITS.optionLabel) })),
  ...filled(
    partsOf(chosen)
      .filter((skill) => skills.includes(skill))
      .join(','),
  ),
});

export interface Known {
  readonly skills: readonly string[];
  readonly level: string;
  /** Wanted before anything was said, as the person came for it. */
  readonly wants?: string;
}

export const aboutForm = (profile: Profile | undefined, known: Known): Form => ({
  on: on('about'),
  title: 'Mentorship: about you',
  submit: 'Next',
  intro: t`Step 1 of 2. Who might be your match sees your skills, level and aims; nobody is asked before step 2 is done.`,
  fields: [
    {
      kind: 'choice',
      name: 'role',
      label: 'You are here because',
      options: optionsOf(ROLES),
      ...filled(profile && profile.role !== 'none' ? profile.role : known.wants && 'mentee'),
    },
    {
      kind: 'choice',
      name: 'level',
      label: 'Your level',
      options: LEVELS.map((level) => ({ value: level, label: capital(level) })),
      ...filled(LEVELS.find((level) => level === known.level)),
    },
    skillField('offers', 'You can help with', known.skills, profile?.offers ?? ''),
    skillField('wants', 'You want to get better at', known.skills, profile?.wants || (known.wants ?? '')),
    topicField(profile?.topics ?? ''),
  ],
});

const topicField = (chosen: string): Field => ({
  kind: 'choice',
  name: 'topics',
  label: 'What you care about',
  hint: 'Up to three',
  many: true,
  optional: true,
  options: optionsOf(TOPICS),
  ...filled(
    partsOf(chosen)
      .filter((topic) => topic in TOPICS)
      .join(','),
  ),
});

/** `zone`: what to show in the zone's field; undefined: the platform tells it, so nobody is asked. */
export const limitsForm = (profile: Profile, zone: string | undefined): Form => ({
  on: on('limits'),
  title: 'Time and limits',
  submit: 'Save',
  intro: t`Step 2 of 2. Your manager and whom you would rather not meet are known to nobody but you; they are only used to keep you apart.`,
  fields: [
    ...timeFields(profile),
    ...(zone === undefined ? [] : [zoneField(zone)]),
    {
      kind: 'person',
      name: 'manager',
      label: 'Your manager',
      hint: 'Private: you are never paired with them',
      optional: true,
      ...filled(profile.manager),
    },
    {
      kind: 'person',
      name: 'never',
      label: 'Never pair me with',
      hint: 'Private: adds one person to your list',
      optional: true,
    },
  ],
});

const zoneField = (value: string): Field => ({
  kind: 'line',
  name: 'zone',
  label: 'Your time zone',
  hint: 'Like Europe/Berlin',
  value,
});

const timeFields = ({ hours, capacity }: Profile): Field[] => [
  {
    kind: 'choice',
    name: 'hours',
    label: 'Time you have for it',
    options: optionsOf({ 1: 'One hour a week', 2: 'Two hours a week', 3: 'Three hours', 4: 'Four hours or more' }),
    value: String(Math.min(4, Math.max(1, hours))),
  },
  {
    kind: 'choice',
    name: 'capacity',
    label: 'Mentees at a time',
    hint: 'Only counts if you mentor others',
    options: optionsOf({ 1: 'One', 2: 'Two', 3: 'Three', 4: 'Four' }),
    value: String(Math.min(4, Math.max(1, capacity))),
  },
];

export const askForm = (person: string | undefined): Form => ({
  on: on('ask'),
  title: 'Ask for mentoring',
  submit: 'Ask',
  intro: t`They get your words in a direct message and answer when it suits them. A no needs no reason.`,
  fields: [
    { kind: 'person', name: 'person', label: 'Whom', ...filled(person) },
    { kind: 'paragraph', name: 'words', label: 'What you would like to work on', hint: 'Two sentences are plenty' },
  ],
});

export const pauseForm = (): Form => ({
  on: on('pause'),
  title: 'Pause mentorship',
  submit: 'Pause',
  intro: t`No new pair, request or offer until then. A pair you are in goes on.`,
  fields: [
    {
      kind: 'line',
      name: 'until',
      label: 'How long, or until when',
      hint: '2 weeks, or until 24 Dec',
      value: '2 weeks',
    },
  ],
});

const entryForm =
  (name: string, words: { readonly title: string; readonly label: string; readonly hint: string }) =>
  (pair: string, value?: string): Form => ({
    on: on(name, pair),
    title: words.title,
    submit: 'Save',
    fields: [
      {
        kind: 'paragraph',
        name: 'text',
        label: words.label,
        hint: words.hint,
        ...filled(value && cut(value, LIMITS.fieldValue)),
      },
    ],
  });

export const topicForm = entryForm('topic', {
  title: 'Add to the agenda',
  label: 'What to talk about',
  hint: 'A sentence is enough',
});
export const decisionForm = entryForm('decision', {
  title: 'What we decided',
  label: 'One decision or next step',
  hint: 'It stands on the card until the next one',
});
export const noteForm = entryForm('note', {
  title: 'A note for this pair',
  label: 'Note',
  hint: 'Seen by the people of this pair, and nobody else',
});
export const closingForm = entryForm('closing', {
  title: 'A closing note',
  label: 'What you take with you, and wish them',
  hint: 'Goes to the other one alone, by direct message',
});
