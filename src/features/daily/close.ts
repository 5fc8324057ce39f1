/** The close: sealed answers come out, the model answer is revealed, a digest goes to the thread, and reviewers can start. */
import type { Question } from '../../bank/question.ts';
import type { Block, Message } from '../../chat/message.ts';
import { bold, cut, markdown, t, type Text } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { answersOf, type Asked, askedIn, findRound, type Round } from '../../store/rounds.ts';
import { changeRound, countAnswers } from './queries.ts';
import { followInThread, refreshCard } from './record.ts';
import { roundPost } from './rules.ts';
import { capital, on } from './views.ts';

export async function closeRound(subject: string, turn: Turn): Promise<void> {
  const found = await findRound(turn.tx, turn.team.id, subject);
  if (!found || found.state !== 'open') return;
  const round: Round = { ...found, state: 'closed', closed: turn.now };
  await changeRound(turn.tx, round, { state: 'closed', closed: turn.now });
  if (round.reason === null) await reveal(turn, round);
  await turn.tell({ kind: 'round-closed', round: round.id });
}

async function reveal(turn: Turn, round: Round): Promise<void> {
  for (const answer of await answersOf(turn.tx, turn.team.id, round.id)) await followInThread(turn, round, answer);
  await refreshCard(turn, round);
  await turn.send({
    kind: 'post',
    name: `daily:digest:${round.id}`,
    to: { in: 'thread', under: roundPost(round) },
    message: digest(turn, round, await countAnswers(turn.tx, round)),
  });
}

const counted = (answers: number): string =>
  answers === 0
    ? 'Nobody had time for this one, and that is fine.'
    : answers === 1
      ? 'One answer.'
      : `${answers} answers.`;

function digest(turn: Turn, round: Round, answers: number): Message {
  const asked = askedIn(round);
  const known = asked.map((one) => turn.bank.get(one.id)).filter((question) => question !== undefined);
  const toDiscuss = known.flatMap(({ probes }) => probes)[0]?.text;
  const next = answers > 1 ? t` Reviewers get their requests now; what they write goes to each author alone.` : t``;
  return {
    title: 'What good looks like',
    blocks: [
      { kind: 'text', text: [...t`${counted(answers)}`, ...next] },
      ...(toDiscuss === undefined
        ? []
        : [{ kind: 'text', text: [bold('To discuss here: '), ...t`${toDiscuss}`] } as const]),
      ...goodSigns(known),
      ...modelButtons(round, asked),
    ],
  };
}

/** Good signs of the first variant that has any; the rest are behind the buttons. */
function goodSigns(questions: readonly Question[]): Block[] {
  const first = questions.find(({ good }) => good.length > 0);
  if (!first) return [];
  return [
    {
      kind: 'text',
      text: markdown(
        [`**Signs of a good answer** (${first.level})`, ...first.good.map((sign) => `- ${sign}`)].join('\n'),
      ),
    },
  ];
}

const modelButtons = (round: Round, asked: readonly Asked[]): Block[] =>
  asked.length === 0
    ? []
    : [
        {
          kind: 'buttons',
          buttons: asked
            .slice(0, 5)
            .map(({ level }) => ({ label: `Model answer: ${level}`, on: on('good', `${round.id}.${level}`) })),
        },
      ];

/** The model answer of one level, to the person who asked. */
export const showGood: Handler<'press'> = async (event, turn) => {
  const [id = '', level = ''] = event.on.subject.split('.');
  const round = await findRound(turn.tx, turn.team.id, id);
  if (!round || round.state !== 'closed') throw new Refusal(t`The model answer is shown when the round has closed.`);
  const asked = askedIn(round).find((one) => one.level === level);
  const question = asked && turn.bank.get(asked.id);
  if (!asked || !question) throw new Refusal(t`That question is no longer in the bank.`);
  return { kind: 'show', message: modelAnswer(question) };
};

const OUTLINE = [
  ['setup', 'Setup'],
  ['action', 'Action'],
  ['result', 'Result'],
  ['reflection', 'Reflection'],
  ['level_signal', 'What lifts it to this level'],
] as const;

function modelAnswer(question: Question): Message {
  const { outline } = question;
  const parts: Text[] = outline ? OUTLINE.map(([key, label]) => [bold(`${label}  `), ...t`${outline[key]}`]) : [];
  const lists = [
    ['Good signs', question.good],
    ['Red flags', question.redFlags],
  ] as const;
  return {
    title: `A model answer, ${capital(question.level)}`,
    blocks: [
      { kind: 'text', text: [bold(question.text)] },
      ...parts.map((text): Block => ({ kind: 'text', text })),
      ...(question.answer === undefined ? [] : [{ kind: 'text', text: markdown(cut(question.answer, 2900)) } as const]),
      ...lists
        .filter(([, items]) => items.length > 0)
        .map(([label, items]): Block => ({
          kind: 'text',
          text: markdown([`**${label}**`, ...items.map((item) => `- ${item}`)].join('\n')),
        })),
      { kind: 'small', text: t`One way among several: the facts in it are invented.` },
    ],
  };
}
