/** What happens on a person's page: it is shown, and they change their level, zone or pause. Everything concerns the asker alone. */
import { skillsIn } from '../../bank/skills.ts';
import { capital } from '../../chat/card.ts';
import type { PersonId } from '../../chat/ids.ts';
import type { Of, Person } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { bold, t, type Text, time } from '../../chat/text.ts';
import { DAY, plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { pausePerson, setLevel, setZone } from '../../store/people.ts';
import { openRounds } from '../../store/rounds.ts';
import { schedulesOf } from '../../store/schedules.ts';
import { storiesOf, uncovered } from '../../store/stories.ts';
import { answeredAmong, countAnswers, countReviews, lastAnswers, lastIntention, reviewsOwed } from './queries.ts';
import { COUNTED_DAYS, isPaused, levelNamed, readPause, readZone, zoneFor } from './rules.ts';
import { page, type Page, pauseForm, zoneForm } from './views.ts';

type Asked = Of<'command' | 'press' | 'choose' | 'submit' | 'home'>;
type Show = Extract<AnswerTo['home'], { kind: 'show' }>;

export const showPage = (event: Of<'command' | 'press'>, turn: Turn): Promise<Show> => pageFor(event, turn);
export const showHome: Handler<'home'> = (event, turn) => pageFor(event, turn);

/** `said`: what just changed, above the page. */
async function pageFor(event: Asked, turn: Turn, said?: Text): Promise<Show> {
  const content = await pageOf(event.from, turn);
  return { kind: 'show', message: page(said === undefined ? content : { ...content, said }) };
}

async function pageOf({ id, name }: Person, turn: Turn): Promise<Page> {
  const { tx, team, now } = turn;
  const since = plus(now, -COUNTED_DAYS * DAY);
  const own = await turn.person(id);
  const rounds = await openRounds(tx, team.id);
  const answered = await answeredAmong(
    tx,
    team.id,
    id,
    rounds.map((round) => round.id),
  );
  return {
    name: own?.name ?? name,
    level: levelNamed(own?.level ?? ''),
    zone: await zoneOf(turn, own?.zone),
    pausedUntil: isPaused(own?.paused_until, now) ? own.paused_until : undefined,
    open: rounds.map(({ id: round, title, closes }) => ({ id: round, title, closes, answered: answered.has(round) })),
    owed: await reviewsOwed(tx, team.id, id),
    last: await lastAnswers(tx, team.id, id, 3),
    intention: (await lastIntention(tx, team.id, id))?.next_time ?? undefined,
    answers: await countAnswers(tx, team.id, id, since),
    reviews: await countReviews(tx, team.id, id, since),
    stories: await storyBankOf(turn, id),
    retentionDays: team.retention_days,
  };
}

async function storyBankOf({ tx, team, bank }: Turn, person: PersonId): Promise<Page['stories']> {
  const all = await storiesOf(tx, team.id, person);
  return { count: all.length, missing: uncovered(skillsIn(bank), all) };
}

async function zoneOf({ tx, team }: Turn, own: string | null | undefined): Promise<string> {
  if (own) return own;
  const [first] = await schedulesOf(tx, team.id);
  return zoneFor(own, first?.zone);
}

export const changeLevel: Handler<'choose'> = async (event, turn) => {
  const level = levelNamed(event.value);
  if (!level) throw new Refusal(t`There is no level “${event.value}”. Choose mid, senior, staff or principal.`);
  await setLevel(turn.tx, turn.team.id, event.from.id, level);
  return pageFor(
    event,
    turn,
    t`Your level is now ${bold(capital(level))}. Feedback on your next answers uses its anchors.`,
  );
};

export const openZone: Handler<'press'> = async (event, turn) => {
  const own = await turn.person(event.from.id);
  return { kind: 'ask', form: zoneForm(await zoneOf(turn, own?.zone)) };
};

export const changeZone: Handler<'submit'> = async (event, turn) => {
  const read = readZone(event.values['zone'] ?? '');
  if ('problem' in read) return { kind: 'reject', field: 'zone', problem: read.problem };
  await setZone(turn.tx, turn.team.id, event.from.id, read.value);
  return pageFor(event, turn, t`Your time zone is now ${read.value}.`);
};

/** `/practice pause 2 weeks`; without words it asks. */
export const pauseNow: Handler<'command'> = async (event, turn) => {
  const words = event.args['until'] ?? event.args['text'] ?? '';
  if (words.trim() === '') return { kind: 'ask', form: pauseForm() };
  const done = await pause(event.from, words, turn);
  if ('problem' in done) throw new Refusal(t`${done.problem}`);
  return { kind: 'say', text: done.said };
};

export const openPause: Handler<'press'> = async () => ({ kind: 'ask', form: pauseForm() });

export const pauseFromForm: Handler<'submit'> = async (event, turn) => {
  const done = await pause(event.from, event.values['until'] ?? '', turn);
  if ('problem' in done) return { kind: 'reject', field: 'until', problem: done.problem };
  return { kind: 'say', text: done.said };
};

async function pause(from: Person, words: string, turn: Turn): Promise<{ said: Text } | { problem: string }> {
  const own = await turn.person(from.id);
  const zone = await zoneOf(turn, own?.zone);
  const read = readPause(words, turn.now, zone);
  if ('problem' in read) return read;
  await pausePerson(turn.tx, turn.team.id, from.id, read.value);
  return {
    said: t`Paused until ${time(read.value, zone, 'day')}. You will not be asked for reviews before then; what you already owe is handed on if it stays open. Questions stay open to you, and \`/${turn.words.practice} resume\` ends the break early.`,
  };
}

export const resumeNow = async (event: Of<'command' | 'press'>, turn: Turn): Promise<AnswerTo['press']> => {
  const own = await turn.person(event.from.id);
  if (!isPaused(own?.paused_until, turn.now)) return { kind: 'say', text: t`You are not paused.` };
  await pausePerson(turn.tx, turn.team.id, event.from.id, null);
  return { kind: 'say', text: t`Welcome back. From now on you can be asked for reviews again.` };
};
