/** The room of a mock with a partner: it opens, everybody agrees in it, and it begins; who does not come is not blamed. */
import type { Name } from '../../chat/ids.ts';
import { DAY, MINUTE, plus } from '../../chat/world.ts';
import { person, t, type Text } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { schedulesOf } from '../../store/schedules.ts';
import { zoneOf } from './finish.ts';
import { move } from './move.ts';
import { absentCard, endsLine, roomCard, type RoomOpening } from './partner-views.ts';
import { changeMember, changeMock, freeSeats, type Member, membersOf, takeSeat } from './queries.ts';
import { NO_SHOW_MS } from './rules.ts';
import { isOver, type Mock } from './states.ts';
import { editPost, openPost, placeOf, roomOf, type Talk, talkOf } from './talk.ts';

const comes = ({ consent }: Member): boolean => consent === 'coming' || consent === 'yes';

/** Everybody takes their seat and the room opens. Refuses while one of them is in another mock. */
export async function openRoom(turn: Turn, talk: Talk): Promise<void> {
  const { mock } = talk;
  const members = (await membersOf(turn.tx, turn.team.id, mock.id)).filter(comes);
  await freeSeats(turn.tx, mock);
  for (const member of members) {
    if (await takeSeat(turn.tx, { team: turn.team.id, person: member.person, mock: mock.id })) continue;
    throw new Refusal(
      t`${person(member.person)} is in another mock interview right now. Once that is over, this one can begin.`,
    );
  }
  const near = (await schedulesOf(turn.tx, turn.team.id))[0]?.channel;
  if (near === undefined)
    throw new Refusal(
      t`There is no channel yet to open a room in. An admin can choose one with \`/${turn.words.practice} setup\`.`,
    );
  const title = `Mock interview, ${mock.level} level`;
  await turn.send({ kind: 'room', name: roomOf(mock), title, members: members.map((one) => one.person), near });
  await turn.listen(placeOf(mock), mock.id);
  await changeMock(turn.tx, mock, { stage: 'opening', starts: null });
  await turn.watch(roomOf(mock), plus(turn.now, 14 * DAY));
  const open: Mock = { ...mock, stage: 'opening', starts: null };
  await turn.send({
    kind: 'post',
    name: openPost(open),
    to: placeOf(open),
    message: roomCard(await roomView(turn, open)),
  });
  await turn.wake('absent', mock.id, plus(turn.now, NO_SHOW_MS));
  await turn.wake('idle', mock.id, plus(turn.now, DAY));
}

export async function roomView(turn: Turn, mock: Mock, ended?: Text): Promise<RoomOpening> {
  const members = (await membersOf(turn.tx, turn.team.id, mock.id)).filter(comes);
  return {
    mock,
    candidate: mock.candidate,
    others: members.filter(({ role }) => role !== 'candidate').map((one) => one.person),
    here: members.filter(({ consent }) => consent === 'yes').map((one) => one.person),
    retentionDays: turn.team.retention_days,
    practice: turn.words.practice,
    remarks: mock.remarks.split('\n').filter((line) => line !== ''),
    ...(ended === undefined ? {} : { ended }),
  };
}

interface Case {
  readonly talk: Talk;
  readonly member: Member;
}

async function caseOf(turn: Turn, id: string, who: string): Promise<Case> {
  const talk = await talkOf(turn, id);
  const member = talk && (await membersOf(turn.tx, turn.team.id, id)).find((one) => one.person === who);
  if (!talk || !member) throw new Refusal(t`That interview is between others.`);
  if (isOver(talk.mock) || talk.mock.kind === 'solo')
    throw new Refusal(t`That interview is over, or goes on elsewhere.`);
  return { talk, member };
}

/** Consent, one person at a time; with the last one it begins. */
export const join: Handler<'press'> = async (event, turn) => {
  const { talk, member } = await caseOf(turn, event.on.subject, event.from.id);
  const { mock } = talk;
  if (mock.stage !== 'opening') throw new Refusal(t`It has begun already.`);
  await changeMember(turn.tx, member, { consent: 'yes', at: turn.now });
  const waiting = (await membersOf(turn.tx, turn.team.id, mock.id)).some(({ consent }) => consent === 'coming');
  if (waiting) await editPost(turn, openPost(mock), roomCard(await roomView(turn, mock)));
  else await start(turn, talk);
  return { kind: 'nothing' };
};

async function start(turn: Turn, talk: Talk): Promise<void> {
  const { mock } = talk;
  await turn.unwake('absent', mock.id);
  await editPost(turn, openPost(mock), roomCard(await roomView(turn, mock, t`Everybody agreed.`)));
  const at = plus(turn.now, mock.minutes * MINUTE);
  const name: Name = `mock:ends:${mock.id}`;
  await turn.send({ kind: 'post', name, to: placeOf(mock), message: endsLine(at, await zoneOf(turn, mock.candidate)) });
  await move(turn, talk, 'begin');
}

/** Somebody would rather not, in the room: nothing was kept, and it ends for all. */
export const leave: Handler<'press'> = async (event, turn) => {
  const { talk } = await caseOf(turn, event.on.subject, event.from.id);
  if (talk.mock.stage !== 'opening') throw new Refusal(t`It has begun. The one who answers can stop it.`);
  await callOff(turn, talk, t`Not this time; nothing was kept.`);
  return { kind: 'say', text: t`That is fine. Nothing was kept.` };
};

export async function callOff(turn: Turn, talk: Talk, why: Text): Promise<void> {
  await editPost(turn, openPost(talk.mock), roomCard(await roomView(turn, talk.mock, why)));
  await turn.unwake('absent', talk.mock.id);
  await move(turn, talk, 'stop');
}

/** Ten minutes are over. A second rater is not waited for. */
export async function absent(id: string, turn: Turn): Promise<void> {
  const talk = await talkOf(turn, id);
  if (!talk || talk.mock.stage !== 'opening' || talk.mock.kind === 'solo') return;
  const members = await membersOf(turn.tx, turn.team.id, id);
  const missing = members.filter(({ consent }) => consent === 'coming');
  if (missing.length === 0) return;
  if (missing.every(({ role }) => role === 'rater')) {
    for (const one of missing) {
      await changeMember(turn.tx, one, { consent: 'away', at: turn.now });
      await freeSeats(turn.tx, talk.mock, one.person);
    }
    return start(turn, talk);
  }
  await turn.send({
    kind: 'post',
    name: `mock:absent:${id}:${talk.mock.pauses}`,
    to: placeOf(talk.mock),
    message: absentCard(
      talk.mock,
      missing.map((one) => one.person),
    ),
  });
}

/** Somebody who interviews has to go. It goes on without them, and nobody asks why. */
export const quit: Handler<'press'> = async (event, turn) => {
  const { talk, member } = await caseOf(turn, event.on.subject, event.from.id);
  if (member.role === 'candidate') throw new Refusal(t`*Stop* ends it for you.`);
  if (talk.mock.begun === null) {
    await callOff(turn, talk, t`Called off; nothing was kept.`);
    return { kind: 'say', text: t`Called off. Nothing was kept of it.` };
  }
  await changeMember(turn.tx, member, { consent: 'away', at: turn.now });
  await freeSeats(turn.tx, talk.mock, member.person);
  const name: Name = `mock:left:${talk.mock.id}:${member.person}`;
  const words = t`${person(member.person)} had to go. It goes on with me, as it was.`;
  await turn.send({ kind: 'post', name, to: placeOf(talk.mock), message: { blocks: [{ kind: 'text', text: words }] } });
  return { kind: 'say', text: t`All right. What you rated so far is kept for ${person(talk.mock.candidate)}.` };
};
