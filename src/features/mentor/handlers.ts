/** A person's page of mentorship: the profile in two steps, pause, buddies, leaving. Everything concerns the asker alone. */
import { LEVELS } from '../../bank/question.ts';
import type { ChannelId, PersonId } from '../../chat/ids.ts';
import type { ActedEvent, Of } from '../../chat/incoming.ts';
import type { AnswerTo } from '../../chat/outgoing.ts';
import { t, type Text, time } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { parsePause } from '../../schedule/parse-date.ts';
import { parseZone } from '../../schedule/parse.ts';
import type { Parsed } from '../../schedule/parsed.ts';
import { instantOf, localTime } from '../../schedule/zone.ts';
import { setLevel, setZone } from '../../store/people.ts';
import { planBuddies } from './buddies.ts';
import { aboutForm, limitsForm, MOST_TOPICS, on, pauseForm, ROLES, skillsIn, TOPICS } from './forms.ts';
import { leave } from './leave.ts';
import { pageFor } from './page.ts';
import { matchSoon } from './pair.ts';
import { isPaused, partsOf, zoneOf } from './people.ts';
import { findProfile, type Profile, saveProfile } from './queries.ts';
import { sureCard, welcomeCard } from './views.ts';

/** More than this is a problem that no list solves. */
const MOST_NEVER = 20;

export const showPage = (event: Of<'command' | 'press'>, turn: Turn): Promise<AnswerTo['press']> => pageOr(event, turn);

/** Their page, or what mentorship is for those who have none. */
async function pageOr(event: ActedEvent, turn: Turn, said?: Text) {
  const profile = await findProfile(turn.tx, turn.team.id, event.from.id);
  if (!profile) return { kind: 'show', message: welcomeCard(turn.team.retention_days) } as const;
  return { kind: 'show', message: await pageFor(turn, profile, said) } as const;
}

async function mustHave(turn: Turn, person: PersonId): Promise<Profile> {
  const profile = await findProfile(turn.tx, turn.team.id, person);
  if (profile) return profile;
  throw new Refusal(t`You have no mentorship profile. \`/${turn.words.practice} mentor\` begins one.`);
}

/** Subject: a skill somebody came for, or nothing. */
export const openProfile = async (event: Of<'command' | 'press'>, turn: Turn): Promise<AnswerTo['press']> => {
  const profile = await findProfile(turn.tx, turn.team.id, event.from.id);
  const level = (await turn.person(event.from.id))?.level ?? '';
  const wants = event.kind === 'press' && event.on.subject !== '' ? { wants: event.on.subject } : {};
  return { kind: 'ask', form: aboutForm(profile, { skills: skillsIn(turn.bank), level, ...wants }) };
};

const blank = (turn: Turn, person: PersonId, near: ChannelId | null): Profile => ({
  team: turn.team.id,
  person,
  role: 'none',
  offers: '',
  wants: '',
  topics: '',
  hours: 1,
  capacity: 1,
  never: '',
  manager: null,
  buddies: 0,
  ready: 0,
  looking: 1,
  paused_until: null,
  near,
  created: turn.now,
});

const channelOf = ({ place }: ActedEvent): ChannelId | null => (place.in === 'channel' ? place.channel : null);

async function profileOf(event: ActedEvent, turn: Turn): Promise<Profile> {
  const known = await findProfile(turn.tx, turn.team.id, event.from.id);
  const near = channelOf(event);
  return known ? { ...known, near: near ?? known.near } : blank(turn, event.from.id, near);
}

export const saveAbout: Handler<'submit'> = async (event, turn) => {
  const { role = '', level = '', offers = '', wants = '', topics = '' } = event.values;
  const reject = (field: string, problem: string) => ({ kind: 'reject', field, problem }) as const;
  if (!(role in ROLES)) return reject('role', 'Choose what you are here for.');
  if (!LEVELS.some((one) => one === level)) return reject('level', 'Choose your level.');
  const isChosen = (choice: string): string[] => partsOf(choice).filter((skill) => skillsIn(turn.bank).includes(skill));
  if (role !== 'mentee' && isChosen(offers).length === 0)
    return reject('offers', 'Choose at least one skill you can help with.');
  if (role !== 'mentor' && isChosen(wants).length === 0)
    return reject('wants', 'Choose at least one skill you want to get better at.');
  const aims = partsOf(topics).filter((topic) => topic in TOPICS);
  if (aims.length > MOST_TOPICS) return reject('topics', 'Three at most: which matter most to you now?');
  await setLevel(turn.tx, turn.team.id, event.from.id, level);
  await saveProfile(turn.tx, {
    ...(await profileOf(event, turn)),
    role: role as Profile['role'],
    offers: isChosen(offers).join(','),
    wants: isChosen(wants).join(','),
    topics: aims.join(','),
    looking: 1,
  });
  const profile = await mustHave(turn, event.from.id);
  if (profile.ready === 1) await matchSoon(turn);
  return pageOr(event, turn, profile.ready === 1 ? t`Saved.` : undefined);
};

/** The zone is asked where the platform does not tell it. */
export const openLimits: Handler<'press'> = async (event, turn) => {
  const profile = await mustHave(turn, event.from.id);
  const own = (await turn.person(event.from.id))?.zone;
  const isTold = turn.traits.knowsZones && own;
  return { kind: 'ask', form: limitsForm(profile, isTold ? undefined : await zoneOf(turn, event.from.id)) };
};

export const saveLimits: Handler<'submit'> = async (event, turn) => {
  const { hours, capacity, zone, manager = '', never = '' } = event.values;
  const profile = await mustHave(turn, event.from.id);
  const reject = (field: string, problem: string) => ({ kind: 'reject', field, problem }) as const;
  if (manager === event.from.id) return reject('manager', 'That is you. Choose your manager, or leave it empty.');
  if (never === event.from.id) return reject('never', 'That is you. Choose somebody else, or leave it empty.');
  const list = [...new Set([...partsOf(profile.never), ...partsOf(never)])];
  if (list.length > MOST_NEVER)
    return reject('never', `The list holds ${MOST_NEVER} people. Clear it on your page first.`);
  const read = zone === undefined ? undefined : parseZone(zone);
  if (read && 'problem' in read) return reject('zone', read.problem);
  if (read) await setZone(turn.tx, turn.team.id, event.from.id, read.value);
  const few = (choice: string | undefined): number => Math.min(4, Math.max(1, Number(choice) || 1));
  const isReady = profile.role !== 'none' || profile.buddies === 1;
  await saveProfile(turn.tx, {
    ...profile,
    hours: few(hours),
    capacity: few(capacity),
    manager: manager === '' ? null : (manager as PersonId),
    never: list.join(','),
    ready: isReady ? 1 : 0,
  });
  await matchSoon(turn);
  if (profile.buddies === 1) await planBuddies(turn);
  return pageOr(event, turn, t`Saved. What is private stays with you.`);
};

export const clearPrivate: Handler<'press'> = async (event, turn) => {
  await saveProfile(turn.tx, { ...(await mustHave(turn, event.from.id)), never: '' });
  return pageOr(event, turn, t`Your private list is empty now; your manager stays as you said.`);
};

export const setBuddies: Handler<'press'> = async (event, turn) => {
  const profile = { ...(await profileOf(event, turn)), buddies: event.on.subject === 'on' ? 1 : 0 } as const;
  await saveProfile(turn.tx, profile);
  if (profile.buddies === 0)
    return pageOr(event, turn, t`No new practice buddy from now on. A pair you are in goes on to its end.`);
  if (profile.ready === 0) return pageOr(event, turn);
  await planBuddies(turn);
  return pageOr(event, turn, t`You are in: buddies are paired afresh each month, and I write to you when it is done.`);
};

/** `/practice mentor pause 2 weeks`; without words it asks. */
export const pauseCommand: Handler<'command'> = async (event, turn) => {
  const words = event.args['until'] ?? event.args['text'] ?? '';
  await mustHave(turn, event.from.id);
  if (words.trim() === '') return { kind: 'ask', form: pauseForm() };
  const done = await pause(event, words, turn);
  if ('problem' in done) throw new Refusal(t`${done.problem}`);
  return pageOr(event, turn, done.value);
};
export const openPause: Handler<'press'> = async () => ({ kind: 'ask', form: pauseForm() });
export const savePause: Handler<'submit'> = async (event, turn) => {
  const done = await pause(event, event.values['until'] ?? '', turn);
  return 'problem' in done
    ? { kind: 'reject', field: 'until', problem: done.problem }
    : pageOr(event, turn, done.value);
};

async function pause(event: ActedEvent, words: string, turn: Turn): Promise<Parsed<Text>> {
  const profile = await mustHave(turn, event.from.id);
  const zone = await zoneOf(turn, event.from.id);
  const read = parsePause(words, localTime(turn.now, zone).date);
  if ('problem' in read) return read;
  const until = instantOf(read.value, '00:00', zone);
  await saveProfile(turn.tx, { ...profile, paused_until: until });
  await turn.wake('back', event.from.id, until);
  return {
    value: t`Paused until ${time(until, zone, 'day')}. Nothing new comes before then; a pair you are in goes on.`,
  };
}

export const resume: Handler<'press'> = async (event, turn) => {
  const profile = await mustHave(turn, event.from.id);
  if (!isPaused(profile.paused_until, turn.now)) return pageOr(event, turn);
  await saveProfile(turn.tx, { ...profile, paused_until: null });
  await turn.unwake('back', event.from.id);
  await matchSoon(turn);
  return pageOr(event, turn, t`Welcome back.`);
};

/** After a term: another mentor, please. */
export const lookAgain: Handler<'press'> = async (event, turn) => {
  await saveProfile(turn.tx, { ...(await mustHave(turn, event.from.id)), looking: 1 });
  await matchSoon(turn);
  return pageOr(event, turn, t`I look for somebody; offers come by direct message.`);
};

/** A pause is over by itself. */
export const comeBack = (_: string, turn: Turn): Promise<void> => matchSoon(turn);

export const askToLeave: Handler<'press'> = async () => ({
  kind: 'show',
  message: sureCard(
    'Leave mentorship?',
    t`Your profile, offers and requests go, and pairs you are in end without a word about why. You are welcome back at any time.`,
    { label: 'Leave', on: on('leave-now') },
  ),
});

export const leaveNow: Handler<'press'> = async (event, turn) => {
  await leave(event.from.id, turn);
  return { kind: 'say', text: t`You have left mentorship. \`/${turn.words.practice} mentor\` begins afresh.` };
};
