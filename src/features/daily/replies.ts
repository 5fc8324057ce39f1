/** Answering in the thread: the first long reply is the answer, edits and deletions follow, "Use as my answer" decides. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { Reply } from '../../chat/incoming.ts';
import { t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { About, Handler, Turn } from '../../core/feature.ts';
import { nameAt, wasSent } from '../../store/posts.ts';
import { type Answer, answerAt, answerBy, type Round } from '../../store/rounds.ts';
import { cleanText } from '../../store/text.ts';
import { lowestLevel } from './handlers.ts';
import { changeAnswer, roundOn } from './queries.ts';
import { recordAnswer, removeAnswer } from './record.ts';
import { ANSWER_WORDS, roundNamed, wordsIn } from './rules.ts';
import { isTaken } from './taken.ts';
import { levelQuestion } from './views.ts';

export async function heardReply(event: Reply, about: About, turn: Turn): Promise<void> {
  const named = 'post' in about ? roundNamed(about.post) : undefined;
  const round = named && (await roundOn(turn.tx, turn.team.id, named.schedule, named.date));
  if (!round || !isTaken(round, turn.now)) return;
  const known = await answerAt(turn.tx, turn.team.id, event.ref);
  if (known && known.person === event.from.id) return followKnown(turn, round, known, event);
  if (event.change === 'deleted' || round.mode === 'sealed') return;
  const text = cleanText(event.text ?? '').trim();
  if (wordsIn(text) < ANSWER_WORDS || (await answerBy(turn.tx, turn.team.id, round.id, event.from.id))) return;
  await takeFromThread(turn, round, event, text, 0);
}

/** The message an answer was written in changed, or is gone. */
async function followKnown(turn: Turn, round: Round, known: Answer, event: Reply): Promise<void> {
  if (event.change === 'deleted') return removeAnswer(turn, round, known, false);
  const text = cleanText(event.text ?? '').trim();
  if (text === '' || text === known.text) return;
  await changeAnswer(turn.tx, known, { text, edited: event.at });
}

async function takeFromThread(
  turn: Turn,
  round: Round,
  event: Pick<Reply, 'from' | 'ref'>,
  text: string,
  chosen: 0 | 1,
): Promise<Answer> {
  const own = (await turn.person(event.from.id))?.level;
  const level: Level = LEVELS.find((name) => name === own) ?? (await lowestLevel(turn, round));
  const answer = await recordAnswer(turn, round, {
    person: event.from.id,
    level,
    text,
    source: 'thread',
    ref: event.ref,
    chosen,
  });
  if (own === null || own === undefined) await askLevelOnce(turn, round, event.from.id, level);
  return answer;
}

async function askLevelOnce(turn: Turn, round: Round, person: Answer['person'], level: Level): Promise<void> {
  const name = `daily:level:${person}` as const;
  if (await wasSent(turn.tx, turn.team.id, name)) return;
  await turn.send({ kind: 'post', name, to: { in: 'dm', person }, message: levelQuestion(round, level) });
}

/** A message shortcut on one's own reply: that one is the answer, whatever was before. */
export const useAsAnswer: Handler<'pick'> = async (event, turn) => {
  const under = event.place.in === 'thread' ? await nameAt(turn.tx, turn.team.id, event.place.under) : undefined;
  const named = under === undefined ? undefined : roundNamed(under);
  const round = named && (await roundOn(turn.tx, turn.team.id, named.schedule, named.date));
  if (!round) throw new Refusal(t`Use this on a reply of yours under a daily question.`);
  if (event.author !== event.from.id)
    throw new Refusal(t`That message is someone else’s. Only its writer can make it their answer.`);
  if (!isTaken(round, turn.now)) throw new Refusal(t`This round is over; its answers are settled.`);
  if (round.mode === 'sealed')
    throw new Refusal(t`This round is sealed: only the form counts. Press Answer on the card.`);
  const text = cleanText(event.text ?? '').trim();
  if (text === '') throw new Refusal(t`There is no text in that message to use.`);
  await takeFromThread(turn, round, event, text, 1);
  return { kind: 'say', text: t`That is your answer now. Edits of the message follow.` };
};
