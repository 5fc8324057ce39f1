/** One person asks another: accept, decline, later. Why somebody cannot be asked is never told, as it may be private. */
import { capital } from '../../chat/card.ts';
import type { PersonId } from '../../chat/ids.ts';
import type { Of } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { LIMITS } from '../../chat/limits.ts';
import { cut, person, t, type Text } from '../../chat/text.ts';
import { DAY, plus } from '../../chat/world.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { levelOf } from '../../rubric/lens.ts';
import { cleanText } from '../../store/text.ts';
import { answeredCard, declinedCard, lapsedCard, laterCard, requestCard } from './ask-views.ts';
import { askForm } from './forms.ts';
import { startPair } from './pair.ts';
import { partsOf, type Pool, poolOf, takes, zoneOf } from './people.ts';
import { answerPost, requestPost, rewriteAll, write } from './posts.ts';
import { addRequest, changeRequest, findProfile, findRequest, type Request, requestsWith } from './queries.ts';
import { mayMentor, reasonsFor, TERM_MS } from './rules.ts';
import { aboutOf, closeOffers } from './run.ts';

/** A request waits this long for an answer, and “later” is this far away. */
const WAIT_MS = 7 * DAY;
const LATER_MS = 14 * DAY;

/** `/practice mentor ask @ben`, with or without words. */
export const askCommand: Handler<'command'> = async (event, turn) => {
  const named = event.args['person'] ?? '';
  const words = event.args['words'] ?? event.args['text'] ?? '';
  await mustTake(turn, event.from.id);
  if (named === '' || words.trim() === '') return { kind: 'ask', form: askForm(named === '' ? undefined : named) };
  return request(event, turn, { mentor: named as PersonId, words });
};

export const sendAsk: Handler<'submit'> = async (event, turn) => {
  const { person: mentor = '', words = '' } = event.values;
  if (mentor === '') return { kind: 'reject', field: 'person', problem: 'Choose whom to ask.' };
  if (words.trim() === '')
    return { kind: 'reject', field: 'words', problem: 'Say in a sentence what you would like to work on.' };
  await mustTake(turn, event.from.id);
  return request(event, turn, { mentor: mentor as PersonId, words });
};

async function mustTake(turn: Turn, mentee: PersonId): Promise<void> {
  const profile = await findProfile(turn.tx, turn.team.id, mentee);
  if (!profile || profile.ready === 0 || !takes(profile))
    throw new Refusal(
      t`Say first what you would like to get better at: \`/${turn.words.practice} mentor profile\`, as somebody who would like a mentor.`,
    );
}

/** What the asker knows themselves is said; everything else reads the same, whatever the reason. */
async function request(
  { from }: Of<'command' | 'submit'>,
  turn: Turn,
  { mentor, words }: Pick<Request, 'mentor' | 'words'>,
): Promise<Extract<AnswerTo['submit'], { kind: 'say' }>> {
  const own = await findProfile(turn.tx, turn.team.id, from.id);
  if (mentor === from.id) throw new Refusal(t`That is you. Choose somebody else.`);
  if (partsOf(own?.never ?? '').includes(mentor))
    throw new Refusal(t`${person(mentor)} is on your private list. Clear it on your page first, if that has changed.`);
  if (own?.manager === mentor)
    throw new Refusal(t`${person(mentor)} is your manager; a mentor is somebody you do not report to.`);
  const open = (await requestsWith(turn.tx, turn.team.id, from.id)).filter(isOpen);
  if (open.some((one) => one.mentor === mentor))
    return { kind: 'say', text: t`You have asked ${person(mentor)} already; the answer comes by direct message.` };
  if (open.some((one) => one.mentee === from.id))
    throw new Refusal(t`You have asked somebody already. One at a time; it lapses after a week.`);
  const pool = await poolOf(turn, { asked: true });
  if (pool.people.some(({ id, mentored }) => id === from.id && mentored))
    throw new Refusal(t`You have a mentor already; one at a time. Your page shows until when.`);
  if (!mayAsk(pool, from.id, mentor))
    throw new Refusal(
      t`${person(mentor)} cannot be asked at the moment. Your page shows how things stand, and I look for others.`,
    );
  const row: Request = {
    id: turn.newId(),
    team: turn.team.id,
    mentee: from.id,
    mentor,
    words: cut(cleanText(words.trim()), LIMITS.fieldValue),
    state: 'asked',
    asked: turn.now,
    until: plus(turn.now, WAIT_MS),
  };
  await addRequest(turn.tx, row);
  await show(turn, row);
  return {
    kind: 'say',
    text: t`${person(mentor)} has your words and answers when it suits them; you hear of it by direct message.`,
  };
}

const isOpen = ({ state }: Request): boolean => state === 'asked' || state === 'later';

function mayAsk({ people, mentors, ground }: Pool, mentee: PersonId, mentor: PersonId): boolean {
  const asker = people.find(({ id }) => id === mentee);
  const asked = mentors.find(({ id }) => id === mentor);
  return !!asker && !!asked && asked.rested && asked.load < asked.capacity && mayMentor(asker, asked, ground);
}

async function show(turn: Turn, row: Request): Promise<void> {
  const level = capital(levelOf((await turn.person(row.mentee))?.level ?? ''));
  const card = requestCard(row, await zoneOf(turn, row.mentor), level);
  await write(turn, requestPost(row.id, turn.now), row.mentor, card);
  await turn.wake('expire', row.id, row.until);
}

/** A request that waits for this person's answer. */
async function openFor(event: Of<'press'>, turn: Turn): Promise<Request> {
  const row = await findRequest(turn.tx, turn.team.id, event.on.subject);
  if (!row || row.mentor !== event.from.id || !isOpen(row))
    throw new Refusal(t`This request has been answered or taken back. All is well.`);
  return row;
}

export const accept: Handler<'press'> = async (event, turn) => {
  const row = await openFor(event, turn);
  const pool = await poolOf(turn, { asked: true });
  const mentee = pool.people.find(({ id }) => id === row.mentee);
  const mentor = pool.people.find(({ id }) => id === row.mentor);
  if (mentor && mentor.load >= mentor.capacity)
    throw new Refusal(
      t`You have no room at the moment. Raise *Mentees at a time* on your page first, or say *Ask me later*.`,
    );
  if (!mentee || !mentor || mentee.mentored || !mayMentor(mentee, mentor, pool.ground)) {
    await close(turn, row, 'over');
    await rewriteAsk(
      turn,
      row,
      t`Things have changed meanwhile, so this cannot become a pair. Thank you all the same.`,
    );
    return {
      kind: 'say',
      text: t`Things have changed meanwhile, so this cannot become a pair. Thank you all the same.`,
    };
  }
  await close(turn, row, 'accepted');
  await rewriteAsk(turn, row, t`You accepted. Thank you.`);
  await closeOffers(turn, row.mentee, row.mentor);
  const about = aboutOf(pool, row);
  const members = [
    { person: row.mentee, role: 'mentee' },
    { person: row.mentor, role: 'mentor' },
  ] as const;
  const reasons = reasonsFor(mentee, mentor, pool.ground);
  await startPair(turn, { kind: 'mentor', members, about, reasons, ends: plus(turn.now, TERM_MS) });
  return { kind: 'say', text: t`Thank you. Both of you hear from me at once, with a place to meet.` };
};

export const decline: Handler<'press'> = async (event, turn) => {
  const row = await openFor(event, turn);
  await close(turn, row, 'declined');
  await rewriteAsk(turn, row, t`You said not this time; no reason was passed on.`);
  await write(turn, answerPost(row.id, 'declined'), row.mentee, declinedCard(row.mentor));
  return { kind: 'say', text: t`Thank you for answering. No reason is passed on.` };
};

export const later: Handler<'press'> = async (event, turn) => {
  const row = await openFor(event, turn);
  if (row.state === 'later') return { kind: 'say', text: t`I ask you again, as you wished.` };
  const again = plus(turn.now, LATER_MS);
  await changeRequest(turn.tx, row, { state: 'later', until: again });
  await turn.unwake('expire', row.id);
  await turn.wake('again', row.id, again);
  await rewriteAsk(turn, row, t`I ask you again in two weeks.`);
  await write(
    turn,
    answerPost(row.id, `later:${again.slice(0, 10)}`),
    row.mentee,
    laterCard(row.mentor, again, await zoneOf(turn, row.mentee)),
  );
  return { kind: 'say', text: t`I ask you again in two weeks.` };
};

/** Later has come. */
export async function askAgain(id: string, turn: Turn): Promise<void> {
  const row = await findRequest(turn.tx, turn.team.id, id);
  if (row?.state !== 'later') return;
  const next = { state: 'asked', until: plus(turn.now, WAIT_MS) } as const;
  await changeRequest(turn.tx, row, next);
  await show(turn, { ...row, ...next });
}

export async function lapse(id: string, turn: Turn): Promise<void> {
  const row = await findRequest(turn.tx, turn.team.id, id);
  if (row?.state !== 'asked') return;
  await close(turn, row, 'over');
  await rewriteAsk(turn, row, t`This request has lapsed; nothing is left to do.`);
  await write(turn, answerPost(row.id, 'over'), row.mentee, lapsedCard(row.mentor));
}

async function close(turn: Turn, row: Request, state: Request['state']): Promise<void> {
  await changeRequest(turn.tx, row, { state });
  for (const wake of ['expire', 'again']) await turn.unwake(wake, row.id);
}

/** Each time it was shown. */
const rewriteAsk = (turn: Turn, row: Request, words: Text): Promise<void> =>
  rewriteAll(turn, requestPost(row.id, ''), answeredCard(row.mentee, words));
