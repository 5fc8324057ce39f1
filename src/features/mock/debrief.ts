/** After a mock: the look at other levels, the transcript once more, and the next practice a person plans. */
import { t } from '../../chat/text.ts';
import { DAY, plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { instantOf, localTime, plusDays } from '../../schedule/zone.ts';
import { answerPage } from './answer-card.ts';
import { planNext, refreshScorecard, scorecardOf, sendTranscript, zoneOf } from './finish.ts';
import { makeMock, openSolo } from './open.ts';
import { findMock, seatOf } from './queries.ts';
import { isOver } from './states.ts';
import { againCard, reminded, shiftCard } from './scorecard.ts';
import { answeredIn, levelIn, ownTalk, saidAt, talkOf } from './talk.ts';
import { liveCard } from './opening-views.ts';

/** Subject: the mock and the question, `<mock>:<n>`. */
export const showShift: Handler<'press'> = async (event, turn) => {
  const [id = '', typed = ''] = event.on.subject.split(':');
  const talk = await ownTalk(turn, id, event.from.id);
  const answered = answeredIn(talk);
  const n = answered.find((one) => one === Number(typed)) ?? answered[0];
  const question = talk.asked.find((one) => one.n === n);
  if (n === undefined || !question) throw new Refusal(t`There is no answer to look at any more.`);
  const answer = saidAt(talk.words, n, 0);
  const message = shiftCard({
    mock: talk.mock,
    level: levelIn(talk.mock),
    n,
    question: question.text,
    answer,
    answered,
  });
  return { kind: 'show', message };
};

/** Subject: the mock, the question and the page, `<mock>:<n>:<page>`. */
export const readAnswer: Handler<'press'> = async (event, turn) => {
  const [id = '', typed = '', page = '0'] = event.on.subject.split(':');
  const talk = await ownTalk(turn, id, event.from.id);
  const answered = answeredIn(talk);
  const n = answered.find((one) => one === Number(typed)) ?? answered[0];
  const question = talk.asked.find((one) => one.n === n);
  if (n === undefined || !question) throw new Refusal(t`There is no answer to look at any more.`);
  const answer = saidAt(talk.words, n, 0);
  const read = { mock: talk.mock, n, question: question.text, answer, page: Number(page) || 0, answered };
  return { kind: 'show', message: answerPage(read) };
};

export const giveTranscript: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  if (!isOver(talk.mock)) throw new Refusal(t`The transcript comes at the end.`);
  await sendTranscript(turn, talk, event.from.id, `mock:transcript:${talk.mock.id}:${turn.newId()}`);
  return { kind: 'say', text: t`On its way to our direct messages, as it stands now.` };
};

export const planReminder: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  const zone = await zoneOf(turn, event.from.id);
  const { date, time } = localTime(turn.now, zone);
  const at = instantOf(plusDays(date, 7), time, zone);
  await planNext(turn, talk.mock, at);
  await turn.wake('next', talk.mock.id, at);
  await refreshScorecard(turn, { ...talk, mock: { ...talk.mock, next_at: at } });
  return { kind: 'say', text: reminded(at, zone) };
};

export const dropReminder: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  await planNext(turn, talk.mock, null);
  await turn.unwake('next', talk.mock.id);
  await refreshScorecard(turn, { ...talk, mock: { ...talk.mock, next_at: null } });
  return { kind: 'say', text: reminded(null, 'Etc/UTC') };
};

/** The day has come. */
export async function remind(id: string, turn: Turn): Promise<void> {
  const talk = await talkOf(turn, id);
  if (!talk || talk.mock.next_at === null) return;
  const { nextSkill } = await scorecardOf(turn, talk);
  await turn.send(
    {
      kind: 'post',
      name: `mock:again:${id}:${localTime(turn.now, 'Etc/UTC').date}`,
      to: { in: 'dm', person: talk.mock.candidate },
      message: againCard({ mock: talk.mock, skill: nextSkill }),
    },
    { expires: plus(turn.now, 2 * DAY) },
  );
  await planNext(turn, talk.mock, null);
}

export const beginAgain: Handler<'press'> = async (event, turn) => {
  const talk = await ownTalk(turn, event.on.subject, event.from.id);
  const live = await liveOf(turn, event.from.id);
  if (live) return { kind: 'show', message: liveCard(live, event.from.id) };
  const { nextSkill } = await scorecardOf(turn, talk);
  const { mock } = talk;
  const wanted = { candidate: event.from.id, level: levelIn(mock), skill: nextSkill, minutes: mock.minutes };
  await openSolo(turn, await makeMock(turn, wanted, 'solo'));
  return { kind: 'say', text: t`Ready when you are: the opening card is in our direct messages.` };
};

async function liveOf(turn: Turn, person: Parameters<typeof seatOf>[2]) {
  const seat = await seatOf(turn.tx, turn.team.id, person);
  return seat && findMock(turn.tx, turn.team.id, seat.mock);
}
