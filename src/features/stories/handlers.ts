/** Looking at one's stories: the list, one of them, what a text shows; and deleting one. */
import type { Of } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { skillsIn } from '../../bank/skills.ts';
import { mirrorOf } from '../../mirror/mirror.ts';
import { ownWords } from '../../store/own-words.ts';
import { overused, type Story, storiesOf, tellingsOf, toldLately, uncovered } from '../../store/stories.ts';
import { showStory, toldOf, whose, zoneOf } from './look.ts';
import { mirrorCard } from './mirror-view.ts';
import { dropStory, findStory } from './queries.ts';
import { readSought, sliceOf, type Sought, soughtWord, storiesWith } from './rules.ts';
import { bankCard, removeCard } from './views.ts';

type Shown = AnswerTo['press'];

/** `/practice stories hiring`, or a page of it by its button. */
export async function listStories(event: Of<'command' | 'press'>, turn: Turn): Promise<Shown> {
  const { page, word } = soughtIn(event);
  const all = await storiesOf(turn.tx, turn.team.id, event.from.id);
  const tellings = await tellingsOf(turn.tx, turn.team.id, event.from.id);
  const lately = toldLately(tellings, turn.now);
  const often = overused(tellings, turn.now).flatMap((id) => {
    const story = all.find((one) => one.id === id);
    return story ? [{ title: story.title, count: lately.get(id) ?? 0 }] : [];
  });
  const found = sliceOf(storiesWith(all, word), page);
  const card = bankCard({
    slice: { ...found, items: found.items.map((story) => toldOf(story, tellings)) },
    word,
    all: all.length,
    missing: uncovered(skillsIn(turn.bank), all),
    often,
    zone: await zoneOf(event.from.id, turn),
  });
  return { kind: 'show', message: card };
}

const soughtIn = (event: Of<'command' | 'press'>): Sought =>
  event.kind === 'press'
    ? readSought(event.on.subject)
    : { page: 1, word: soughtWord(event.args['word'] ?? event.args['text'] ?? '') };

/** `<story>.<page>`. */
export const openStory: Handler<'press'> = async (event, turn) => {
  const [id = '', page = '1'] = event.on.subject.split('.');
  return showStory(turn, await mustFindStory(event, turn, id), Number(page));
};

/** Somebody else's story is as unknown as one that never was. */
export async function mustFindStory(event: Of<'press'>, turn: Turn, id = event.on.subject): Promise<Story> {
  const story = await findStory(turn.tx, whose(event, turn), id);
  if (!story) throw new Refusal(t`That story is not in your bank. Perhaps you deleted it.`);
  return story;
}

export const askRemove: Handler<'press'> = async (event, turn) => ({
  kind: 'show',
  message: removeCard(await mustFindStory(event, turn)),
});

/** A second press finds nothing left and says the same. */
export const removeStory: Handler<'press'> = async (event, turn) => {
  const story = await findStory(turn.tx, whose(event, turn), event.on.subject);
  if (story) await dropStory(turn.tx, story);
  return { kind: 'say', text: t`Deleted. The message or answer it was made from stays where it is.` };
};

/** `answer:<id>` or `story:<id>`; with a plus before it, softening words are counted too. */
export const showMirror: Handler<'press'> = async (event, turn) => {
  const hedges = event.on.subject.startsWith('+');
  const about = hedges ? event.on.subject.slice(1) : event.on.subject;
  const words = await ownWords(turn.tx, whose(event, turn), about);
  if (!words) throw new Refusal(t`That text is no longer here, or it is not yours.`);
  return { kind: 'show', message: mirrorCard(about, words.title, mirrorOf(words.text, { hedges })) };
};
