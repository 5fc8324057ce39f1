/** `today` and `question`: the question of today to one person, or a question to the channel now. */
import type { Message } from '../../chat/message.ts';
import { t, time } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { openRounds, type Round } from '../../store/rounds.ts';
import { type Schedule, schedulesIn, schedulesOf } from '../../store/schedules.ts';
import { countAnswers } from './queries.ts';
import { postNow } from './post.ts';
import { questionCard } from './views.ts';

export const showToday: Handler<'command'> = async (event, turn) => {
  const rounds = await openRounds(turn.tx, turn.team.id);
  const here = event.place.in === 'channel' ? event.place.channel : undefined;
  const round = rounds.find(({ channel }) => channel === here) ?? rounds[0];
  if (round) return { kind: 'show', message: await cardOf(turn, round) };
  return { kind: 'say', text: await whenNext(turn) };
};

const cardOf = async (turn: Turn, round: Round): Promise<Message> =>
  questionCard(round, await countAnswers(turn.tx, round));

async function whenNext(turn: Turn): Promise<ReturnType<typeof t>> {
  const schedules = await schedulesOf(turn.tx, turn.team.id);
  const next = schedules
    .filter(({ next_run }) => next_run !== null)
    .toSorted((a, b) => ((a.next_run ?? '') < (b.next_run ?? '') ? -1 : 1))[0];
  if (next?.next_run) return t`No question is open right now. The next one comes ${time(next.next_run, next.zone)}.`;
  return t`No question is planned. An admin can start one with /${turn.words.practice} setup.`;
}

export const postQuestion: Handler<'command'> = async (event, turn) => {
  const schedule = await scheduleHere(turn, event.place.in === 'channel' ? event.place.channel : undefined);
  if (!event.from.admin && schedule.creator !== event.from.id) {
    throw new Refusal(
      t`Only admins and the person who made the schedule can post a question for everybody. /${turn.words.practice} today shows you the open one.`,
    );
  }
  const outcome = await postNow(schedule.id, turn);
  if (outcome === 'already') throw new Refusal(t`Today’s question is already there; one a day is enough.`);
  if (outcome === 'dry')
    throw new Refusal(
      t`No question fits the schedule’s skills, packs and levels. Choose more of them in the settings.`,
    );
  return { kind: 'say', text: t`Posted. It counts as today’s question.` };
};

async function scheduleHere(turn: Turn, channel: Schedule['channel'] | undefined): Promise<Schedule> {
  const all = await schedulesOf(turn.tx, turn.team.id);
  const here = channel === undefined ? [] : await schedulesIn(turn.tx, turn.team.id, channel);
  const schedule = here[0] ?? (all.length === 1 ? all[0] : undefined);
  if (!schedule) throw new Refusal(t`There is no schedule in this channel. /${turn.words.practice} setup makes one.`);
  return schedule;
}
