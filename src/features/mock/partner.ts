/** Bringing the people of a mock together: invitations, a time that suits all, and what becomes of a no. */
import type { Instant, Name, PersonId } from '../../chat/ids.ts';
import { DAY, plus } from '../../chat/world.ts';
import { person, t, type Text } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { calendarFile, readWhen, whenWords } from './appointment.ts';
import { zoneOf } from './finish.ts';
import { makeMock, openSolo, type Wanted } from './open.ts';
import { timeForm } from './partner-forms.ts';
import { invitationCard, roomCard, waitingCard } from './partner-views.ts';
import { addMember, changeMember, changeMock, freeSeats, type Member, membersOf, seatOf, takeSeat } from './queries.ts';
import { openRoom, roomView } from './room.ts';
import { isOver, type Mock } from './states.ts';
import { editPost, levelIn, openPost, placeOf, type Talk, talkOf } from './talk.ts';
import { move } from './move.ts';

export const askedPost = (mock: Pick<Mock, 'id'>): Name => `mock:asked:${mock.id}`;
const invitePost = (mock: Mock, to: PersonId): Name =>
  `mock:invite:${mock.id}:${to}:${Date.parse(mock.starts ?? '') || 0}`;

/** Asks these people; `by` has agreed by asking. */
export async function invite(
  turn: Turn,
  wanted: Wanted,
  others: readonly Pick<Member, 'person' | 'role'>[],
  by: PersonId,
): Promise<Talk> {
  const talk = await makeMock(turn, wanted, 'partner');
  const { mock } = talk;
  const common = { mock: mock.id, team: turn.team.id };
  for (const one of others) await addMember(turn.tx, { ...common, ...one, consent: 'asked', at: null });
  await changeMember(turn.tx, { ...common, person: by }, { consent: 'coming', at: turn.now });
  await sendInvitations(turn, mock, by);
  await turn.wake('idle', mock.id, plus(turn.now, DAY));
  return talk;
}

/** Everybody who has not said yes to this time hears of it; the candidate sees how things stand. */
async function sendInvitations(turn: Turn, mock: Mock, by: PersonId): Promise<void> {
  const members = (await membersOf(turn.tx, turn.team.id, mock.id)).filter(({ consent }) => consent !== 'no');
  for (const member of members.filter(({ consent }) => consent === 'asked')) {
    const message = invitationCard({
      mock,
      by,
      role: member.role,
      retentionDays: turn.team.retention_days,
      roomNoun: turn.traits.roomNoun,
      ...(mock.starts === null ? {} : { when: whenWords(mock.starts, await zonesOf(turn, members, member.person)) }),
    });
    await turn.send({
      kind: 'post',
      name: invitePost(mock, member.person),
      to: { in: 'dm', person: member.person },
      message,
    });
  }
  const state =
    mock.starts === null
      ? t`I have asked, and write here once there is an answer.`
      : t`Another time is proposed; I write here once it suits everybody.`;
  await showWaiting(turn, mock, state, true);
}

/** The reader's own clock first. */
async function zonesOf(turn: Turn, members: readonly Member[], reader: PersonId): Promise<string[]> {
  const zones = [await zoneOf(turn, reader)];
  for (const { person: id } of members) zones.push(await zoneOf(turn, id));
  return zones;
}

export async function showWaiting(turn: Turn, mock: Mock, state: Text, isOpen: boolean): Promise<void> {
  const others = (await membersOf(turn.tx, turn.team.id, mock.id)).filter(({ role }) => role !== 'candidate');
  const message = waitingCard(
    mock,
    others.map(({ person: id }) => id),
    state,
    isOpen,
  );
  await turn.send({ kind: 'post', name: askedPost(mock), to: { in: 'dm', person: mock.candidate }, message });
  await editPost(turn, askedPost(mock), message);
}

interface Case {
  readonly talk: Talk;
  readonly member: Member;
}

/** The mock an invitation is about, for somebody who was asked, while it has not begun. */
async function caseOf(turn: Turn, id: string, who: PersonId): Promise<Case> {
  const talk = await talkOf(turn, id);
  const member = talk && (await membersOf(turn.tx, turn.team.id, id)).find((one) => one.person === who);
  if (!talk || !member || isOver(talk.mock))
    throw new Refusal(t`That interview was called off or is over. Nothing is left to do.`);
  if (talk.mock.begun !== null || talk.mock.kind === 'solo') throw new Refusal(t`That interview has begun already.`);
  return { talk, member };
}

/** Subject: the mock and the time that was shown, `<mock>:now` or `<mock>:<instant>`. */
export const agree: Handler<'press'> = async (event, turn) => {
  const [id = '', ...shown] = event.on.subject.split(':');
  const { talk, member } = await caseOf(turn, id, event.from.id);
  const { mock } = talk;
  if ((mock.starts ?? 'now') !== shown.join(':'))
    throw new Refusal(t`Another time is proposed by now. The newest card has it.`);
  if (mock.stage !== 'invited') return { kind: 'say', text: t`All is set: the room is open.` };
  await changeMember(turn.tx, member, { consent: 'coming', at: turn.now });
  await endInvitation(turn, mock, event.from.id, 'Agreed.');
  const waiting = await goOn(turn, talk);
  return {
    kind: 'say',
    text: waiting
      ? t`Kept. The others are still asked.`
      : mock.starts === null
        ? t`The room is opening; I have posted there.`
        : t`Agreed. The calendar file is on its way, and the room opens then.`,
  };
};

async function endInvitation(turn: Turn, mock: Mock, who: PersonId, ended: string): Promise<void> {
  const member = (await membersOf(turn.tx, turn.team.id, mock.id)).find((one) => one.person === who);
  if (!member) return;
  const common = { mock, by: mock.candidate === who ? who : mock.candidate, role: member.role };
  const facts = { retentionDays: turn.team.retention_days, roomNoun: turn.traits.roomNoun };
  await editPost(turn, invitePost(mock, who), invitationCard({ ...common, ...facts, ended }));
}

/** Once nobody is left to say yes: the room, now or at its time. Answers whether somebody still is. */
async function goOn(turn: Turn, talk: Talk): Promise<boolean> {
  const { mock } = talk;
  const members = (await membersOf(turn.tx, turn.team.id, mock.id)).filter(({ consent }) => consent !== 'no');
  if (members.some(({ consent }) => consent === 'asked')) return true;
  if (mock.starts === null) await openRoom(turn, talk);
  else await appoint(turn, mock, mock.starts, members);
  return false;
}

/** Seats are free until then, so that an appointment stops nobody from practising before it. */
async function appoint(turn: Turn, mock: Mock, at: Instant, members: readonly Member[]): Promise<void> {
  await freeSeats(turn.tx, mock);
  await turn.unwake('idle', mock.id);
  await turn.wake('appointed', mock.id, at);
  const title = `Mock interview, ${mock.level} level`;
  const text = calendarFile({ id: mock.id, at, minutes: mock.minutes, now: turn.now, title });
  for (const { person: id } of members)
    await turn.send({
      kind: 'file',
      name: `mock:ics:${mock.id}:${id}:${Date.parse(at)}`,
      to: { in: 'dm', person: id },
      type: 'text/calendar',
      text,
    });
  const zones = await zonesOf(turn, members, mock.candidate);
  await showWaiting(turn, mock, t`Agreed: ${whenWords(at, zones)}. The room opens then.`, true);
}

export const openTime: Handler<'press'> = async (event, turn) => {
  const { talk } = await caseOf(turn, event.on.subject, event.from.id);
  return { kind: 'ask', form: timeForm(talk.mock.id, await zoneOf(turn, event.from.id)) };
};

export const proposeTime: Handler<'submit'> = async (event, turn) => {
  const { talk } = await caseOf(turn, event.on.subject, event.from.id);
  const { mock } = talk;
  const when = readWhen(event.values['when'] ?? '', turn.now, await zoneOf(turn, event.from.id));
  if ('problem' in when) return { kind: 'reject', field: 'when', problem: when.problem };
  const members = await membersOf(turn.tx, turn.team.id, mock.id);
  for (const member of members.filter(({ consent }) => consent !== 'no')) {
    await endInvitation(turn, mock, member.person, 'Another time is proposed.');
    await changeMember(turn.tx, member, {
      consent: member.person === event.from.id ? 'coming' : 'asked',
      at: turn.now,
    });
  }
  await editPost(turn, openPost(mock), roomCard(await roomView(turn, mock, t`Another time is proposed.`)));
  const moved: Mock = { ...mock, stage: 'invited', starts: when.value, pauses: mock.pauses + 1 };
  await changeMock(turn.tx, mock, moved);
  await turn.unlisten(placeOf(mock));
  for (const name of ['appointed', 'absent']) await turn.unwake(name, mock.id);
  await turn.wake('idle', mock.id, plus(turn.now, 2 * DAY));
  await sendInvitations(turn, moved, event.from.id);
  return { kind: 'say', text: t`Proposed. I write to you once it suits everybody.` };
};

export const decline: Handler<'press'> = async (event, turn) => {
  const { talk, member } = await caseOf(turn, event.on.subject, event.from.id);
  const { mock } = talk;
  await changeMember(turn.tx, member, { consent: 'no', at: turn.now });
  await freeSeats(turn.tx, mock, member.person);
  await endInvitation(turn, mock, member.person, 'You can’t this time, and that is fine.');
  if (member.role === 'candidate') await move(turn, talk, 'stop');
  else if (member.role === 'interviewer')
    await showWaiting(turn, mock, t`${person(member.person)} can’t this time.`, true);
  else await goOn(turn, talk);
  return { kind: 'say', text: t`Thank you for saying so. No reason is needed, and none is noted.` };
};

/** The candidate goes on without the others; nothing was asked yet, so nothing changes but the place. */
export const goAlone: Handler<'press'> = async (event, turn) => {
  const { talk, member } = await caseOf(turn, event.on.subject, event.from.id);
  const { mock } = talk;
  if (member.role !== 'candidate') throw new Refusal(t`Only the person who is interviewed can choose that.`);
  await takeSeat(turn.tx, { team: turn.team.id, person: event.from.id, mock: mock.id });
  if ((await seatOf(turn.tx, turn.team.id, event.from.id))?.mock !== mock.id)
    throw new Refusal(t`You are in another mock interview. \`/${turn.words.mock}\` shows it.`);
  for (const one of await membersOf(turn.tx, turn.team.id, mock.id)) {
    if (one.role === 'candidate') continue;
    await changeMember(turn.tx, one, { consent: 'away', at: turn.now });
    await freeSeats(turn.tx, mock, one.person);
    await endInvitation(turn, mock, one.person, 'It goes on without you this time; nothing is left to do.');
  }
  await editPost(turn, openPost(mock), roomCard(await roomView(turn, mock, t`It goes on alone this time.`)));
  await turn.unlisten(placeOf(mock));
  for (const name of ['appointed', 'absent']) await turn.unwake(name, mock.id);
  const alone: Mock = { ...mock, kind: 'solo', stage: 'opening', starts: null };
  await changeMock(turn.tx, mock, { kind: 'solo', stage: 'opening', starts: null });
  await openSolo(turn, { ...talk, mock: alone });
  return {
    kind: 'say',
    text: t`All right, alone: the opening card is in our direct messages, at ${levelIn(mock)} level.`,
  };
};
