/** Words of the close: the digest in the thread, and the model answer to whoever asks for it. */
import { LEVELS, type Question } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import type { Block, Message } from '../../chat/message.ts';
import { bold, cut, markdown, pages, plain, t, type Text } from '../../chat/text.ts';
import type { Round } from '../../store/rounds.ts';
import { counted, on } from './words.ts';

const LONGEST = 2900;
const PAGE = 2800;
/** A model answer longer than so many pages ends with an ellipsis. */
const MOST_PAGES = 8;

function howMany(round: Round, answers: number): Text {
  if (answers === 0) return t`Nobody had time for this one, and that is fine.`;
  const kept = round.mode === 'sealed' && round.after === 'reviewers' ? ', kept for their reviewers' : '';
  return t`${counted(answers)}${kept}. Feedback is asked for now, and goes to each author alone.`;
}

/** `known`: the questions as asked that are still in the bank. */
export function digest(round: Round, answers: number, known: readonly Question[]): Message {
  const toDiscuss = known.flatMap(({ probes }) => probes)[0]?.text;
  const hasModel = known.some((question) => question.outline !== undefined || question.answer !== undefined);
  return {
    title: 'What good looks like',
    blocks: [
      { kind: 'text', text: howMany(round, answers) },
      ...(toDiscuss === undefined
        ? []
        : [{ kind: 'text', text: [bold('To discuss here: '), plain(cut(toDiscuss, LONGEST))] } as const]),
      ...goodSigns(known),
      ...(known.length === 0 ? [] : modelButton(round, hasModel ? 'Model answer' : 'What to look for')),
    ],
  };
}

const modelButton = (round: Round, label: string): Block[] => [
  { kind: 'buttons', buttons: [{ label, on: on('good', round.id), style: 'primary' }] },
  { kind: 'small', text: t`It opens for you alone, at your own level.` },
];

/** Good signs of the first variant that has any; the rest are behind the button. */
function goodSigns(questions: readonly Question[]): Block[] {
  const first = questions.find(({ good }) => good.length > 0);
  return first ? [list(`Signs of a good answer (${first.level})`, first.good)] : [];
}

const list = (label: string, items: readonly string[]): Block => ({
  kind: 'text',
  text: markdown(cut([`**${label}**`, ...items.map((item) => `- ${item}`)].join('\n'), LONGEST)),
});

const OUTLINE = [
  ['setup', 'Setup'],
  ['action', 'Action'],
  ['result', 'Result'],
  ['reflection', 'Reflection'],
  ['level_signal', 'What lifts it to this level'],
] as const;

/** The model answer of one question; `others`: levels the same round was asked for. */
export function modelAnswer(round: Round, question: Question, others: readonly string[]): Message {
  const { outline, answer } = question;
  const parts = outline
    ? OUTLINE.map(([key, label]): Text => [bold(`${label}  `), plain(cut(outline[key], LONGEST - 40))])
    : [];
  return {
    title: `A model answer, ${capital(question.level)}`,
    blocks: [
      { kind: 'text', text: [bold(cut(question.text, LONGEST))] },
      ...parts.map((text): Block => ({ kind: 'text', text })),
      ...(answer === undefined ? [] : paged(answer)),
      ...(question.good.length === 0 ? [] : [list('Good signs', question.good)]),
      ...(question.redFlags.length === 0 ? [] : [list('Red flags', question.redFlags)]),
      ...otherLevels(round, others),
      { kind: 'small', text: t`One way among several: the facts in it are invented.` },
    ],
  };
}

function paged(answer: string): Block[] {
  const all = pages(answer, PAGE);
  const shown = all.slice(0, MOST_PAGES);
  return shown.map((page, i) => ({
    kind: 'text',
    text: markdown(i === MOST_PAGES - 1 && all.length > MOST_PAGES ? `${page}…` : page),
  }));
}

const otherLevels = (round: Round, others: readonly string[]): Block[] => {
  const listed = LEVELS.filter((level) => others.includes(level));
  return listed.length === 0
    ? []
    : [
        {
          kind: 'choice',
          on: on('good-level', round.id),
          prompt: 'Another level',
          options: listed.map((level) => ({ value: level, label: capital(level) })),
        },
      ];
};
