/** What people write while a mock listens: kept as part of the answer it was written for, changed and deleted with the message. */
import type { Name } from '../../chat/ids.ts';
import type { Reply } from '../../chat/incoming.ts';
import { small, text } from '../../chat/card.ts';
import { t, type Text } from '../../chat/text.ts';
import type { About, Turn } from '../../core/feature.ts';
import { stayAwake } from './move.ts';
import { dropWords, keepWords, wordsAt } from './queries.ts';
import { LONGEST } from './rules.ts';
import { isOver, isUnderway, type Mock } from './states.ts';
import { keptPost, placeOf, probesOf, slotOf, type Talk, talkOf } from './talk.ts';
import { keptCard, stillPausedCard } from './views.ts';

export async function heard(event: Reply, about: About, turn: Turn): Promise<void> {
  const known = await wordsAt(turn.tx, turn.team.id, event.ref);
  const talk = await talkOf(turn, known?.mock ?? mockIn(about));
  if (!talk) return;
  if (event.change === 'deleted') {
    if (known) await dropWords(turn.tx, known);
    return;
  }
  // What an interviewer says in the room is theirs, and is not kept.
  if (event.from.id !== talk.mock.candidate) return;
  const words = (event.text ?? '').trim();
  if (known) {
    // What was said stands as it was once the interview is over.
    if (isOver(talk.mock)) return;
    await keepWords(turn.tx, { ...known, text: words.slice(0, LONGEST) });
    return;
  }
  if (words === '') return tell(turn, talk.mock, event, unreadable(event));
  await take(event, talk, words, turn);
}

/** A listener's subject is the mock; in a thread under one of its cards, the card's name tells. */
const mockIn = (about: About): string => ('subject' in about ? about.subject : (about.post.split(':')[2] ?? ''));

const unreadable = ({ extras, text: words }: Reply): Text =>
  extras > 0
    ? t`I can only read text, so a file alone is no answer. Write in a few words what it shows.`
    : words === undefined
      ? t`I cannot read that message here. *Write it in a form* on the card above works.`
      : t`That message was empty.`;

async function take(event: Reply, talk: Talk, words: string, turn: Turn): Promise<void> {
  const { mock } = talk;
  if (!isUnderway(mock))
    return tell(
      turn,
      mock,
      event,
      mock.kind === 'solo'
        ? t`Press *Begin* above first; until then nothing is kept.`
        : t`Press *I agree, begin* above first; until then nothing is kept.`,
    );
  const slot = slotOf(mock) ?? earlierSlot(talk);
  await keepWords(turn.tx, {
    ...slot,
    id: turn.newId(),
    team: turn.team.id,
    mock: mock.id,
    person: event.from.id,
    ref: event.ref,
    text: words.slice(0, LONGEST),
    at: event.at,
  });
  if (words.length > LONGEST)
    await tell(turn, mock, event, t`That was longer than ${LONGEST} characters; I kept the beginning.`);
  if (mock.paused === 1) return sayOnce(turn, mock, `mock:still:${mock.id}:${mock.pauses}`);
  await stayAwake(turn, mock);
  if (slotOf(mock)) await turn.send({ kind: 'post', name: keptPost(mock), to: placeOf(mock), message: keptCard(mock) });
  else await tell(turn, mock, event, slot.n === 0 ? t`Kept as a note.` : t`Added to your last answer.`);
}

/** While nothing is asked, words belong to what was answered last; in the debrief they are a note. */
function earlierSlot({ mock, asked }: Talk): { readonly n: number; readonly part: number } {
  const question = asked.find(({ n }) => n === mock.question);
  return mock.stage === 'rating' && question
    ? { n: mock.question, part: probesOf(question).length }
    : { n: 0, part: 0 };
}

const sayOnce = (turn: Turn, mock: Mock, name: Name): Promise<void> =>
  turn.send({ kind: 'post', name, to: placeOf(mock), message: stillPausedCard(mock) });

const tell = (turn: Turn, mock: Mock, event: Reply, words: Text): Promise<void> =>
  turn.send({
    kind: 'post',
    name: `mock:note:${mock.id}:${turn.newId()}`,
    to: placeOf(mock),
    message: { blocks: [event.extras > 0 ? text(words) : small(words)] },
  });
