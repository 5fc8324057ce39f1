/** One press turns it round: who interviewed answers next, and the other one interviews. */
import { person, t } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler } from '../../core/feature.ts';
import { invite } from './partner.ts';
import { changeMock, membersOf, seatOf } from './queries.ts';
import { levelNamed, minutesFor } from './rules.ts';
import { isOver } from './states.ts';
import { levelIn, talkOf } from './talk.ts';

export const swapRoles: Handler<'press'> = async (event, turn) => {
  const talk = await talkOf(turn, event.on.subject);
  const members = talk ? await membersOf(turn.tx, turn.team.id, talk.mock.id) : [];
  const interviewer = members.find(({ role, consent }) => role === 'interviewer' && consent === 'yes');
  if (!talk || !interviewer || !members.some((one) => one.person === event.from.id))
    throw new Refusal(t`There is nobody to swap with: it is no longer kept, or your partner has left.`);
  const { mock } = talk;
  if (!isOver(mock)) throw new Refusal(t`First this one to its end.`);
  if (mock.swapped !== null) return { kind: 'say', text: t`The roles are swapped already; the invitation is out.` };
  const other = interviewer.person === event.from.id ? mock.candidate : interviewer.person;
  for (const one of [interviewer.person, mock.candidate])
    if (await seatOf(turn.tx, turn.team.id, one))
      throw new Refusal(t`${person(one)} is in another mock interview right now.`);
  const level = levelNamed((await turn.person(interviewer.person))?.level ?? '') ?? levelIn(mock);
  const wanted = { candidate: interviewer.person, level, skill: undefined, minutes: minutesFor(level) };
  const next = await invite(turn, wanted, [{ person: mock.candidate, role: 'interviewer' }], event.from.id);
  await changeMock(turn.tx, mock, { swapped: next.mock.id });
  return { kind: 'say', text: t`Asked: ${person(other)} has an invitation. The questions are new ones.` };
};
