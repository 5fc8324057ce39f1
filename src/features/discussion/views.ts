/** The topic card and what stands around it: the guide of its lead, the nudge, the words in a direct message. */
import type { Scenario } from '../../bank/scenario.ts';
import { buttons, lines, small, text } from '../../chat/card.ts';
import type { Block, Message } from '../../chat/message.ts';
import { bold, cut, person, plain, t, type Text, time } from '../../chat/text.ts';
import type { Counts, Discussion } from './queries.ts';
import { endOf } from './rules.ts';
import { countWords, levelWords, on, skillWords } from './words.ts';

const TITLE = 100;
const SITUATION = 1_500;
const QUESTION = 300;
/** All questions of a card together. */
const QUESTIONS = 1_300;
const PART = 900;

/** What a card says besides its discussion. */
export interface Around extends Counts {
  /** How long what was written down is kept, in days. */
  readonly keepDays: number;
  /** Our command, without the slash. */
  readonly root: string;
}

export const titleOf = ({ title }: Pick<Discussion, 'title'>): string =>
  title === '' ? 'A topic whose words are gone' : cut(title, TITLE);

const questionsIn = ({ questions }: Pick<Discussion, 'questions'>): readonly string[] =>
  JSON.parse(questions) as readonly string[];

function factsLine(discussion: Discussion): Text {
  const end = discussion.state === 'open' ? t`open until ${time(discussion.closes, discussion.zone)}` : t`closed`;
  return [bold(skillWords(discussion) || 'Mentorship'), ...t` · ${levelWords(discussion)} · `, ...end];
}

/** The questions, numbered; each on a line of its own. */
function questionsText(discussion: Discussion): Text {
  const all = questionsIn(discussion);
  const most = Math.min(QUESTION, Math.floor(QUESTIONS / Math.max(1, all.length)));
  return lines(all.map((question, i): Text => [bold(`${i + 1}.`), plain(` ${cut(question, most)}`)]));
}

function ledBy(discussion: Discussion): Text {
  if (discussion.lead !== null) return t`Led by ${person(discussion.lead)}. `;
  return discussion.lead_left === 1 ? t`Someone who led this has left. ` : [];
}

function fate(discussion: Discussion, { keepDays, root, ...counts }: Around): Text {
  if (discussion.state !== 'open')
    return [
      ...ledBy(discussion),
      ...t`${countWords(counts)} What the team takes along is the last post of the thread, and \`/${root} mentor notes\` finds it.`,
    ];
  return [
    ...ledBy(discussion),
    ...t`Talk in the thread; the whole channel can read it. I count people and messages and keep none of the words; nobody is named for staying silent. The lead’s summary is kept for ${keepDays} days.`,
  ];
}

/** The card in the channel. */
export function topicCard(discussion: Discussion, around: Around): Message {
  const questions = questionsText(discussion);
  const isFree = discussion.state === 'open' && discussion.lead === null;
  return {
    title: titleOf(discussion),
    blocks: [
      small(factsLine(discussion)),
      ...(discussion.situation === '' ? [] : [text([plain(cut(discussion.situation, SITUATION))])]),
      ...(questions.length === 0 ? [] : [text(questions)]),
      ...(isFree ? [buttons({ label: 'I’ll lead', on: on('lead', discussion.id), style: 'primary' })] : []),
      small(fate(discussion, around)),
    ],
  };
}

const part = (label: string, items: readonly string[]): Block[] => {
  const shown = items.filter((item) => item.trim() !== '');
  if (shown.length === 0) return [];
  const most = Math.floor(PART / shown.length);
  return [
    text([
      bold(label),
      ...shown.flatMap((item): Text => [...t`\n`, plain(`${shown.length > 1 ? '• ' : ''}${cut(item, most)}`)]),
    ]),
  ];
};

const OWN_GUIDE = {
  open: 'Ask everybody for one sentence on the first question before they read the others. Two that differ are the beginning.',
  drawOut: [
    'What one would do first, word for word, and what that makes possible',
    'The reason each person in it has, also the one who seems to be wrong',
    'What should be different here, so that the next time is easier',
  ],
  traps: [
    'Judging somebody’s character; ask what they could see and know',
    'One person’s old story that takes the whole thread',
  ],
  close: 'Ask each for one thing they will try this week. Write down what you agree on while people can still object.',
};

/** To whoever leads, and to nobody else. `scenario`: as far as it is still in the bank. */
export function leadGuide(
  discussion: Discussion,
  scenario: Pick<Scenario, 'guide'> | undefined,
  wasAsked: boolean,
): Message {
  const { open, drawOut, traps, close } = scenario?.guide ?? OWN_GUIDE;
  return {
    title: 'You lead this discussion',
    blocks: [
      small([...factsLine(discussion), ...t` · only you see this guide`]),
      text([bold(titleOf(discussion))]),
      ...part('How to open', [open]),
      ...part('What to draw out', drawOut),
      ...part('Traps', traps),
      ...part('How to close', [close]),
      buttons(
        { label: 'Write the summary', on: on('summary', discussion.id) },
        { label: 'Somebody else, please', on: on('pass', discussion.id) },
      ),
      small(
        t`${wasAsked ? 'It is your turn among those who offered. ' : ''}Before the close I remind you of the summary: three short fields. It is taken until ${time(endOf(discussion), discussion.zone)}.`,
      ),
    ],
  };
}

/** Once, after a quiet working day. */
export function nudge(discussion: Discussion, { messages }: Counts): Message {
  const all = questionsIn(discussion);
  const question = messages === 0 ? all[0] : (all[1] ?? all[0]);
  const opening =
    messages === 0
      ? t`Quiet so far, and that is fine. A first half-sentence is enough to begin with`
      : t`It has been quiet for a day. Perhaps this is the next thing to ask`;
  return {
    blocks: [
      text(question === undefined ? [...opening, ...t`.`] : [...opening, ...t`:\n`, bold(cut(question, QUESTION))]),
      small(t`Open until ${time(discussion.closes, discussion.zone)}. I ask this once.`),
    ],
  };
}

/** To whoever volunteers, or not. */
export const leadCard = (isWilling: boolean, willing: number): Message => ({
  title: 'Leading discussions',
  blocks: [
    text(
      isWilling
        ? t`You are among those who lead in turn. When it is your turn I send you a guide; **Somebody else, please** passes it on.`
        : t`Whoever leads asks the first question and writes three lines at the end. I send a guide, and those who offered take turns.`,
    ),
    buttons(
      isWilling
        ? { label: 'Not me any more', on: on('volunteer', 'off') }
        : { label: 'I’ll take turns', on: on('volunteer', 'on'), style: 'primary' },
    ),
    small(
      t`${willing === 0 ? 'Nobody has offered yet' : willing === 1 ? 'One person has offered' : `${willing} people have offered`}; I tell nobody who. While you pause, you are not asked.`,
    ),
  ],
});

/** To whoever asked for it, when it could not be posted. */
export const notPosted = (discussion: Discussion, reason: string): Message => ({
  title: 'The topic could not be posted',
  blocks: [
    text(
      t`“${titleOf(discussion)}” could not be posted in the channel: ${cut(reason, 200)}. Check that I am in it, and ask for the topic again.`,
    ),
    small(t`Only you see this.`),
  ],
});
