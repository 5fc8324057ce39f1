/** Keeping a story: from a message, from an answer, written anew; and changing one. */
import { skillsIn } from '../../bank/skills.ts';
import type { Of } from '../../chat/incoming.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t, type Text } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { ownWords } from '../../store/own-words.ts';
import { answerAt } from '../../store/rounds.ts';
import { recordUse, skillsOfStory, type Story } from '../../store/stories.ts';
import { cleanText } from '../../store/text.ts';
import { type Draft, offeredSkills, storyForm } from './forms.ts';
import { mustFindStory } from './handlers.ts';
import { showStory, whose } from './look.ts';
import { countStories, editStory, findStory, putStory, storyFrom } from './queries.ts';
import { chosenSkills, LONGEST_TITLE, messageSource, MOST_STORIES, proposeTitle } from './rules.ts';
import { on } from './words.ts';

type Shown = AnswerTo['press'];

const FULL = `Your bank holds ${MOST_STORIES} stories, which is as many as it keeps. Delete one first.`;

/** "Save as story" on a message of one's own, wherever it stands. */
export const keepMessage: Handler<'pick'> = async (event, turn) => {
  if (event.author !== event.from.id)
    throw new Refusal(
      t`That message is not yours, and only your own words become your story. An answer you gave by the form is kept from your page: \`/${turn.words.practice} me\`.`,
    );
  const text = cleanText(event.text ?? '').trim();
  if (text === '') throw new Refusal(t`That message has no text I can read.`);
  const answer = await answerAt(turn.tx, turn.team.id, event.ref);
  const source = answer?.person === event.from.id ? `answer:${answer.id}` : messageSource(event.ref, turn.newId());
  const about = await ownWords(turn.tx, whose(event, turn), source);
  return keep(event, turn, source, draftOf(text, about?.skills));
};

/** Subject: what is kept, such as `answer:<id>`. */
export const keepWords: Handler<'press'> = async (event, turn) => {
  const source = event.on.subject;
  const words = await ownWords(turn.tx, whose(event, turn), source);
  if (!words) throw new Refusal(t`That text is no longer here, or it is not yours.`);
  return keep(event, turn, source, draftOf(words.text, words.skills));
};

export const writeStory: Handler<'press'> = async (event, turn) =>
  keep(event, turn, `new:${turn.newId()}`, { title: '', text: '', skills: [], note: '' });

const draftOf = (text: string, skills: readonly string[] = []): Draft => ({
  title: proposeTitle(text),
  text,
  skills,
  note: '',
});

async function keep(event: Of<'pick' | 'press'>, turn: Turn, source: string, draft: Draft): Promise<Shown> {
  const before = await storyFrom(turn.tx, whose(event, turn), source);
  if (before) return showStory(turn, before, 1, t`You kept this one already.`);
  if ((await countStories(turn.tx, whose(event, turn))) >= MOST_STORIES) throw new Refusal(t`${FULL}`);
  if (draft.text.length <= LIMITS.fieldValue)
    return {
      kind: 'ask',
      form: storyForm(on('save', source), draft, offeredSkills(skillsIn(turn.bank), draft.skills)),
    };
  // No form could hold it, and half a story would be worse than one with a makeshift title.
  const story = await put(event, turn, source, draft);
  const said = t`Kept whole; it is longer than a form holds. **Edit** gives it a title and skills of your choice.`;
  return showStory(turn, story, 1, said);
}

async function put(event: Of<'pick' | 'press' | 'submit'>, turn: Turn, source: string, draft: Draft): Promise<Story> {
  const story = await putStory(turn.tx, {
    ...whose(event, turn),
    id: turn.newId(),
    source,
    title: draft.title,
    text: draft.text,
    skills: draft.skills.join(','),
    note: draft.note,
    at: turn.now,
    edited: null,
  });
  const told = await ownWords(turn.tx, whose(event, turn), source);
  // What was kept from an answer was told there.
  if (told) await recordUse(turn.tx, { ...whose(event, turn), story: story.id, about: source, at: told.at });
  return story;
}

type Read = { readonly draft: Draft } | { readonly field: string; readonly problem: string };

/** `text`: what stands when the form has no field for it. */
function readForm(event: Of<'submit'>, turn: Turn, before?: Story): Read {
  const written = (name: string): string => cleanText(event.values[name] ?? '').trim();
  const offered = offeredSkills(skillsIn(turn.bank), before ? skillsOfStory(before) : []);
  const isLong = before !== undefined && before.text.length > LIMITS.fieldValue;
  const text = isLong ? before.text : written('text');
  const title = written('title').replaceAll(/\s+/g, ' ') || proposeTitle(text);
  if (text === '') return { field: 'text', problem: 'Write what happened, even if only in a few words.' };
  if (title.length > LONGEST_TITLE) return { field: 'title', problem: `Up to ${LONGEST_TITLE} characters, please.` };
  return { draft: { title, text, skills: chosenSkills(event.values['skills'], offered), note: written('note') } };
}

/** Sent twice, the second time changes the story the first one made. */
export const saveStory: Handler<'submit'> = async (event, turn) => {
  const source = event.on.subject;
  const about = await ownWords(turn.tx, whose(event, turn), source);
  const before = await storyFrom(turn.tx, whose(event, turn), source);
  const read = readForm(event, turn, before);
  if ('problem' in read) return { kind: 'reject', ...read };
  if (!before && (await countStories(turn.tx, whose(event, turn))) >= MOST_STORIES)
    return { kind: 'reject', field: 'title', problem: FULL };
  const story = await put(event, turn, source, read.draft);
  return showStory(turn, story, 1, about ? KEPT_FROM_ANSWER : KEPT);
};

const KEPT: Text = t`Kept in your story bank.`;
const KEPT_FROM_ANSWER: Text = t`Kept in your story bank, and counted as told in that answer.`;

export const openEdit: Handler<'press'> = async (event, turn) => {
  const story = await mustFindStory(event, turn);
  const skills = skillsOfStory(story);
  const form = storyForm(on('edit', story.id), { ...story, skills }, offeredSkills(skillsIn(turn.bank), skills));
  return { kind: 'ask', form };
};

/** What was typed stays in the form when the story is gone. */
export const changeStory: Handler<'submit'> = async (event, turn) => {
  const story = await findStory(turn.tx, whose(event, turn), event.on.subject);
  if (!story)
    return {
      kind: 'reject',
      field: 'title',
      problem: 'This story was deleted meanwhile. Copy your words and write it as a new one.',
    };
  const read = readForm(event, turn, story);
  if ('problem' in read) return { kind: 'reject', ...read };
  const changed = { ...read.draft, skills: read.draft.skills.join(','), edited: turn.now };
  await editStory(turn.tx, story, changed);
  return showStory(turn, { ...story, ...changed }, 1, t`Changed.`);
};
