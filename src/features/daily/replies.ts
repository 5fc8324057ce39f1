/** Answering in the thread: the first long reply is the answer, edits and deletions follow, "Use as my answer" decides. */
import type { Instant } from '../../chat/ids.ts';
import type { Reply } from '../../chat/incoming.ts';
import { t } from '../../chat/text.ts';
import { earliest } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { About, Handler, Turn } from '../../core/feature.ts';
import { nameAt } from '../../store/posts.ts';
import { type Answer, answerAt, answerBy, type Round } from '../../store/rounds.ts';
import { cleanText } from '../../store/text.ts';
import { levelQuestion, sealedHint } from './answer-views.ts';
import { changeAnswer } from './queries.ts';
import { recordAnswer, removeAnswer } from './record.ts';
import { lowestLevel, OVER, roundOf } from './round.ts';
import { ANSWER_WORDS, isSettled, isTaken, levelNamed, wordsIn } from './rules.ts';

export async function heardReply(event: Reply, about: About, turn: Turn): Promise<void> {
  const round = 'post' in about ? await roundOf(turn, about.post) : undefined;
  if (!round) return;
  const known = await answerAt(turn.tx, turn.team.id, event.ref);
  if (event.change === 'deleted') return known && removeAnswer(turn, round, known, false);
  const text = cleanText(event.text ?? '').trim();
  const at = givenAt(event, turn);
  if (known?.person === event.from.id) return followEdit(turn, round, known, { text, at });
  if (wordsIn(text) < ANSWER_WORDS || !isTaken(round, at)) return;
  if (round.mode === 'sealed') return hintSealed(turn, round, event);
  if (await answerBy(turn.tx, turn.team.id, round.id, event.from.id)) return;
  await takeFromThread(turn, round, event, { text, at, chosen: 0 });
}

/** A platform's clock may run ahead of ours. */
const givenAt = (event: Pick<Reply, 'at'>, turn: Turn): Instant => earliest(event.at, turn.now) ?? turn.now;

/** The message an answer was written in changed: what is kept stays what everybody reads, as long as its thread is followed. */
async function followEdit(
  turn: Turn,
  round: Round,
  known: Answer,
  { text, at }: { readonly text: string; readonly at: Instant },
): Promise<void> {
  if (text === '' || text === known.text || !isTaken(round, at)) return;
  await changeAnswer(turn.tx, known, { text, edited: at });
}

async function takeFromThread(
  turn: Turn,
  round: Round,
  event: Pick<Reply, 'from' | 'ref'>,
  given: Pick<Answer, 'text' | 'at' | 'chosen'>,
): Promise<void> {
  const own = levelNamed((await turn.person(event.from.id))?.level);
  const level = own ?? (await lowestLevel(turn, round));
  await recordAnswer(turn, round, { ...given, person: event.from.id, level, source: 'thread', ref: event.ref });
  if (own !== undefined) return;
  const person = event.from.id;
  const message = levelQuestion(round, level);
  await turn.send({ kind: 'post', name: `daily:level:${person}`, to: { in: 'dm', person }, message });
}

/** Once a round: who writes at length in a sealed round's thread should know that it does not count. */
async function hintSealed(turn: Turn, round: Round, { from: { id: person } }: Reply): Promise<void> {
  if (await answerBy(turn.tx, turn.team.id, round.id, person)) return;
  const name = `daily:sealed:${round.id}:${person}` as const;
  await turn.send({ kind: 'post', name, to: { in: 'dm', person }, message: sealedHint(round) });
}

/** A message shortcut on one's own reply: that one is the answer, whatever was before. */
export const useAsAnswer: Handler<'pick'> = async (event, turn) => {
  const under = event.place.in === 'thread' ? await nameAt(turn.tx, turn.team.id, event.place.under) : undefined;
  const round = under && (await roundOf(turn, under));
  if (!round) throw new Refusal(t`Use this on a reply of yours under a daily question.`);
  if (event.author !== event.from.id)
    throw new Refusal(t`That message is somebody else’s. Only who wrote it can make it their answer.`);
  if (!isTaken(round, turn.now)) throw new Refusal(t`${OVER}`);
  if (round.mode === 'sealed')
    throw new Refusal(t`This round is sealed, so only the form counts. Press **Answer** on the card.`);
  const text = cleanText(event.text ?? '').trim();
  if (text === '') throw new Refusal(t`That message has no text I can read. Write a few words, or use the form.`);
  const before = await answerBy(turn.tx, turn.team.id, round.id, event.from.id);
  if (before?.ref === event.ref && before.text === text && before.chosen === 1)
    return { kind: 'say', text: t`That is your answer already.` };
  if (isSettled(round, before)) throw new Refusal(t`This round has closed, so your answer stands as it was.`);
  await takeFromThread(turn, round, event, { text, at: turn.now, chosen: 1 });
  const follows = turn.traits.readsThreads ? t` Edits of the message follow.` : t``;
  return { kind: 'say', text: [...t`That is your answer now.`, ...follows] };
};
