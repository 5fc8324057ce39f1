/** `today` and `question`: the question of today to one person, or a question to the channel now. */
import { t, time } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { localTime } from '../../schedule/zone.ts';
import { isOut } from '../../store/posts.ts';
import { answerBy, openRounds, type Round, roundOn } from '../../store/rounds.ts';
import { type Schedule, schedulesIn, schedulesOf } from '../../store/schedules.ts';
import { type Outcome, postNow } from './post.ts';
import { aroundOf } from './round.ts';
import { roundPost } from './rules.ts';
import { todayCard } from './views.ts';

export const showToday: Handler<'command'> = async (event, turn) => {
  const rounds = await shownRounds(turn);
  const here = event.place.in === 'channel' ? event.place.channel : undefined;
  const round = rounds.find(({ channel }) => channel === here) ?? rounds[0];
  if (!round) return { kind: 'say', text: await whenNext(turn) };
  const own = await answerBy(turn.tx, turn.team.id, round.id, event.from.id);
  return { kind: 'show', message: todayCard(round, await aroundOf(turn, round), own !== undefined) };
};

/** Open rounds whose question is in its channel: one that may still fail to be posted is not answered yet. */
async function shownRounds(turn: Turn): Promise<Round[]> {
  const shown: Round[] = [];
  for (const round of await openRounds(turn.tx, turn.team.id)) {
    if (round.reason === null && (await isOut(turn.tx, turn.team.id, roundPost(round)))) shown.push(round);
  }
  return shown;
}

async function whenNext(turn: Turn): Promise<ReturnType<typeof t>> {
  const schedules = await schedulesOf(turn.tx, turn.team.id);
  const next = schedules
    .filter(({ next_run }) => next_run !== null)
    .toSorted((a, b) => ((a.next_run ?? '') < (b.next_run ?? '') ? -1 : 1))[0];
  if (next?.next_run) return t`No question is open right now. The next one comes ${time(next.next_run, next.zone)}.`;
  return schedules.length > 0
    ? t`No question is planned: the schedule is paused. An admin can resume it with \`/${turn.words.practice} setup\`.`
    : t`No question is planned yet. An admin can start with \`/${turn.words.practice} setup\`.`;
}

const REFUSED: Readonly<Record<Exclude<Outcome, 'posted'>, string>> = {
  already: 'Today’s question has been asked already; one a day is enough.',
  failed:
    'Nobody can tell yet whether today’s question arrived, so it is not posted again. The next one comes as planned.',
  dry: 'No question fits the schedule’s skills, packs and levels. Choose more of them in the settings.',
};

export const postQuestion: Handler<'command'> = async (event, turn) => {
  const here = event.place.in === 'channel' ? event.place.channel : undefined;
  const schedule = await scheduleHere(turn, here);
  if (!event.from.admin && schedule.creator !== event.from.id)
    throw new Refusal(
      t`Only admins and the person who made the schedule can post a question for everybody. \`/${turn.words.practice} today\` shows you the open one.`,
    );
  const outcome = await postNow(schedule.id, turn);
  if (outcome !== 'posted') throw new Refusal(t`${REFUSED[outcome]}`);
  return schedule.channel === here
    ? { kind: 'say', text: t`On its way. It counts as today’s question.` }
    : { kind: 'say', text: t`On its way to its channel. It counts as today’s question.` };
};

async function scheduleHere(turn: Turn, channel: Schedule['channel'] | undefined): Promise<Schedule> {
  const all = await schedulesOf(turn.tx, turn.team.id);
  const here = channel === undefined ? [] : await schedulesIn(turn.tx, turn.team.id, channel);
  const schedule = (await firstUnasked(turn, here)) ?? here[0] ?? (all.length === 1 ? all[0] : undefined);
  if (schedule) return schedule;
  throw new Refusal(
    all.length === 0
      ? t`There is no schedule yet. An admin can make one with \`/${turn.words.practice} setup\`.`
      : t`There is no schedule in this channel. Say it in a channel that has one, or make one with \`/${turn.words.practice} setup\`.`,
  );
}

async function firstUnasked(turn: Turn, schedules: readonly Schedule[]): Promise<Schedule | undefined> {
  for (const schedule of schedules) {
    const today = localTime(turn.now, schedule.zone).date;
    if (!(await roundOn(turn.tx, turn.team.id, schedule.id, today))) return schedule;
  }
  return undefined;
}
