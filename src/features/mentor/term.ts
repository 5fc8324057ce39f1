/** The course of a term: two weeks in, “did you meet?”; a fresh match without fault; at the end a note to each other. */
import { LIMITS } from '../../chat/limits.ts';
import { cut, t } from '../../chat/text.ts';
import { plus } from '../../chat/world.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { Refusal } from '../../core/errors.ts';
import type { Fact, Handler, Turn } from '../../core/feature.ts';
import { cleanText } from '../../store/text.ts';
import { mineOf } from './agenda.ts';
import { planBuddies } from './buddies.ts';
import { closingForm, on } from './forms.ts';
import { endPair, matchSoon } from './pair.ts';
import { activePairs, changeMember, findPair, type Member, membersOf, type Pair } from './pair-queries.ts';
import { checkInCard, closingCard, closingNote } from './pair-views.ts';
import { closingPost, rewrite, write } from './posts.ts';
import { allProfiles, findProfile, openOffers, requestsSince, saveProfile } from './queries.ts';
import { ASK_AGAIN_MS, CHECK_IN_MS } from './rules.ts';
import { people, sureCard } from './views.ts';

const othersOf = (members: readonly Member[], person: Member['person']) =>
  members.map((member) => member.person).filter((other) => other !== person);

/** Asks whoever has not said yes; a second time after “not yet”. */
export async function checkIn(id: string, turn: Turn): Promise<void> {
  const pair = await findPair(turn.tx, turn.team.id, id);
  if (pair?.state !== 'active') return;
  const members = await membersOf(turn.tx, turn.team.id, id);
  for (const { person, met } of members) {
    if (met === 'yes') continue;
    const time = met === null ? 'first' : 'again';
    await write(turn, `mentor:check:${id}:${time}:${person}`, person, checkInCard(id, othersOf(members, person)));
  }
}

/** Subject: the pair and what was said, `<pair>:yes`. */
export const sayWhether: Handler<'press'> = async (event, turn) => {
  const [id = '', said = ''] = event.on.subject.split(':');
  const pair = await mineOf(turn, event.from.id, id);
  if (pair.state === 'ended') return { kind: 'say', text: t`This pair has ended already. Nothing is left to do.` };
  if (said === 'else') return { kind: 'show', message: elseCard(pair) };
  const own = (await membersOf(turn.tx, turn.team.id, id)).find(({ person }) => person === event.from.id);
  if (own) await changeMember(turn.tx, own, { met: said === 'yes' ? 'yes' : 'not-yet' });
  if (said === 'yes') return { kind: 'say', text: t`Good. The agenda is there when you need it.` };
  await turn.wake('check-in', id, plus(turn.now, ASK_AGAIN_MS));
  return {
    kind: 'say',
    text: t`No harm done. Half an hour is enough for a start; the agenda has three questions to begin with. I ask once more in a week.`,
  };
};

const elseCard = (pair: Pair) =>
  sureCard(
    'Somebody else?',
    t`This pair ends, and both of you are matched afresh; never with each other again. It is nobody’s fault, and nobody is told who asked.`,
    {
      label: 'Match me afresh',
      on: on('rematch', pair.id),
    },
  );

export const rematch: Handler<'press'> = async (event, turn) => {
  await endPair(turn, await mineOf(turn, event.from.id, event.on.subject), 'rematch');
  return { kind: 'say', text: t`Done. You hear from me as soon as somebody fits.` };
};

export const askToEnd: Handler<'press'> = async (event, turn) => {
  const pair = await mineOf(turn, event.from.id, event.on.subject);
  if (pair.state === 'ended') return { kind: 'say', text: t`This pair has ended already. Nothing is left to do.` };
  if (pair.kind === 'mentor') return { kind: 'show', message: elseCard(pair) };
  const words = t`This month’s pair ends for all of you. The next month brings somebody new.`;
  return { kind: 'show', message: sureCard('End this pair?', words, { label: 'End it', on: on('end-now', pair.id) }) };
};

export const endNow: Handler<'press'> = async (event, turn) => {
  await endPair(turn, await mineOf(turn, event.from.id, event.on.subject), 'stopped');
  return { kind: 'say', text: t`Ended. Nothing is noted about it.` };
};

/** The term is over: a note to each other, and both are free for somebody new. */
export async function close(id: string, turn: Turn): Promise<void> {
  const pair = await findPair(turn.tx, turn.team.id, id);
  if (pair?.state !== 'active') return;
  if (pair.kind === 'buddies') return endPair(turn, pair, 'month');
  const members = await membersOf(turn.tx, turn.team.id, id);
  await endPair(turn, pair, 'term');
  for (const { person, role } of members) {
    const profile = role === 'mentee' ? await findProfile(turn.tx, turn.team.id, person) : undefined;
    // Twelve weeks were asked for; more of them are for the mentee to ask.
    if (profile) await saveProfile(turn.tx, { ...profile, looking: 0 });
    const card = closingCard(id, othersOf(members, person), turn.words.practice);
    await write(turn, `mentor:term:${id}:${person}`, person, card);
  }
}

export const openClosing: Handler<'press'> = async (event, turn) => {
  const pair = await mineOf(turn, event.from.id, event.on.subject);
  const members = await membersOf(turn.tx, turn.team.id, pair.id);
  if (members.length < 2) throw new Refusal(t`Someone left, so there is nobody to write to any more.`);
  const own = members.find(({ person }) => person === event.from.id);
  return { kind: 'ask', form: closingForm(pair.id, own?.closing ?? undefined) };
};

/** Sent again, it replaces what was sent before. */
export const saveClosing: Handler<'submit'> = async (event, turn): Promise<AnswerTo['submit']> => {
  const pair = await mineOf(turn, event.from.id, event.on.subject);
  const words = cut(cleanText((event.values['text'] ?? '').trim()), LIMITS.fieldValue);
  if (words === '') return { kind: 'reject', field: 'text', problem: 'Write a few words first.' };
  const members = await membersOf(turn.tx, turn.team.id, pair.id);
  const own = members.find(({ person }) => person === event.from.id);
  const others = othersOf(members, event.from.id);
  const [to] = others;
  if (!own || to === undefined) throw new Refusal(t`Someone left, so there is nobody to write to any more.`);
  await changeMember(turn.tx, own, { closing: words });
  const name = closingPost(pair.id, event.from.id);
  await write(turn, name, to, closingNote(event.from.id, words));
  await rewrite(turn, name, closingNote(event.from.id, words));
  return { kind: 'say', text: t`It is on its way to ${people(others)}. Thank you for it.` };
};

/** A team that comes back has lost its wakes: what was planned is woken for again. */
export async function wakeAgain(_: Extract<Fact, { kind: 'installed' }>, turn: Turn): Promise<void> {
  const { tx, team } = turn;
  for (const pair of await activePairs(tx, team.id)) {
    const isMet = (await membersOf(tx, team.id, pair.id)).every(({ met }) => met !== null);
    if (pair.kind === 'mentor' && !isMet) await turn.wake('check-in', pair.id, plus(pair.started, CHECK_IN_MS));
    await turn.wake('closing', pair.id, pair.ends);
  }
  for (const { run, until } of await openOffers(tx, team.id)) await turn.wake('settle', run, until);
  for (const { id, state, until } of await requestsSince(tx, team.id, plus(turn.now, -CHECK_IN_MS * 2))) {
    if (state === 'asked') await turn.wake('expire', id, until);
    if (state === 'later') await turn.wake('again', id, until);
  }
  const profiles = await allProfiles(tx, team.id);
  for (const { person, paused_until: until } of profiles) if (until) await turn.wake('back', person, until);
  if (profiles.some(({ buddies }) => buddies === 1)) await planBuddies(turn);
  if (profiles.length > 0) await matchSoon(turn);
}
