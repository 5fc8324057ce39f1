/** `/mock`: reads what was asked for, offers a form or the list, and opens a mock; whoever has one open is led to it. */
import { LEVELS, type Level } from '../../bank/question.ts';
import type { PersonId } from '../../chat/ids.ts';
import type { Complete, Of } from '../../chat/incoming.ts';
import { capital } from '../../chat/card.ts';
import type { Option } from '../../chat/message.ts';
import { cut, markdown, person, t, type Text } from '../../chat/text.ts';
import { Refusal } from '../../core/errors.ts';
import type { Handler, Turn } from '../../core/feature.ts';
import { startForm } from './forms.ts';
import { makeMock, openSolo } from './open.ts';
import { invite } from './partner.ts';
import { findMock, seatOf } from './queries.ts';
import { levelNamed, readMinutes } from './rules.ts';
import type { Mock } from './states.ts';
import { liveCard } from './opening-views.ts';
import { spaced } from './words.ts';

type Asked = Of<'command' | 'submit'>;
type Values = Readonly<Record<string, string>>;

/** Skills somebody may ask for: those with a question of any level. */
const skillsIn = (turn: Turn): string[] =>
  [
    ...new Set(turn.bank.questions.filter(({ status }) => status === 'reviewed').flatMap(({ skills }) => skills)),
  ].toSorted();

/** A skill as typed: its slug, or its words, or an unmistakable beginning of it. */
export function skillNamed(typed: string, skills: readonly string[]): string | undefined {
  const slug = typed.trim().toLowerCase().replaceAll(/\s+/g, '-');
  const begins = skills.filter((skill) => skill.startsWith(slug));
  return skills.find((skill) => skill === slug) ?? (slug !== '' && begins.length === 1 ? begins[0] : undefined);
}

export async function completeSkill(event: Complete, turn: Turn): Promise<readonly Option[]> {
  const typed = event.typed.trim().toLowerCase().replaceAll(/\s+/g, '-');
  return event.option === 'skill'
    ? skillsIn(turn)
        .filter((skill) => skill.includes(typed))
        .map((value) => ({ value, label: capital(spaced(value)) }))
    : [];
}

export const startByCommand: Handler<'command'> = async (event, turn) => {
  const live = await liveOf(turn, event.from.id);
  if (live) return { kind: 'show', message: liveCard(live, event.from.id) };
  if (Object.values(event.args).every((value) => value.trim() === ''))
    return { kind: 'ask', form: startForm(skillsIn(turn), await ownLevel(turn, event.from.id)) };
  return { kind: 'say', text: await start(event, turn, event.args) };
};

export const startByForm: Handler<'submit'> = async (event, turn) => {
  const live = await liveOf(turn, event.from.id);
  if (live) return { kind: 'show', message: liveCard(live, event.from.id) };
  const level = levelNamed(event.values['level']);
  if (!level) return { kind: 'reject', field: 'level', problem: 'Choose a level.' };
  const time = readMinutes(event.values['minutes'], level);
  if ('problem' in time) return { kind: 'reject', field: 'minutes', problem: time.problem };
  return { kind: 'say', text: await start(event, turn, event.values) };
};

async function liveOf(turn: Turn, person: PersonId): Promise<Mock | undefined> {
  const seat = await seatOf(turn.tx, turn.team.id, person);
  return seat && findMock(turn.tx, turn.team.id, seat.mock);
}

const ownLevel = async (turn: Turn, person: PersonId): Promise<Level | undefined> =>
  levelNamed((await turn.person(person))?.level ?? '');

async function start(event: Asked, turn: Turn, values: Values): Promise<Text> {
  const wanted = await wantedIn(event, turn, values);
  const others = othersIn(event, values);
  if (others.length === 0) {
    await openSolo(turn, await makeMock(turn, wanted, 'solo'));
    return t`Ready when you are: I have written to you in our direct messages. If nothing arrives there, see whether you let me write to you directly, and ask again.`;
  }
  await invite(turn, wanted, others, event.from.id);
  return t`Asked. I have written to ${others.flatMap((one, i): Text => (i === 0 ? [person(one.person)] : [...t` and `, person(one.person)]))}, and write to you once there is an answer.`;
}

/** Who is asked along: the one who interviews, and one more who rates. */
function othersIn(
  event: Asked,
  values: Values,
): { readonly person: PersonId; readonly role: 'interviewer' | 'rater' }[] {
  const [partner, second] = [values['partner'] ?? '', values['second'] ?? ''];
  const named = [partner, second].filter((id) => id !== '') as PersonId[];
  if (named.includes(event.from.id)) throw new Refusal(t`You cannot interview yourself; alone, leave the partner out.`);
  return [...new Set(named)].map((id, i) => ({ person: id, role: i === 0 ? 'interviewer' : 'rater' }));
}

async function wantedIn(event: Asked, turn: Turn, values: Values) {
  const level = levelNamed(values['level']) ?? (values['level'] ? undefined : await ownLevel(turn, event.from.id));
  const skills = skillsIn(turn);
  const typed = values['skill'] ?? '';
  const skill = typed === '' ? undefined : skillNamed(typed, skills);
  const isStrange = (typed !== '' && skill === undefined) || (values['text'] ?? '') !== '';
  if (!level || isStrange) throw new Refusal(listOf(turn, skills, values));
  const time = readMinutes(values['minutes'], level);
  if ('problem' in time) throw new Refusal(t`${time.problem}`);
  return { candidate: event.from.id, level, skill, minutes: time.minutes };
}

/** What can be asked for, when something else was. */
function listOf(turn: Turn, skills: readonly string[], values: Values): Text {
  const word = [values['level'], values['skill'], values['text']].find((value) => value !== undefined && value !== '');
  const first = word === undefined || levelNamed(word) ? t`Which level?` : t`I do not know “${cut(word, 60)}” here.`;
  const shown = skills
    .slice(0, 25)
    .map((skill) => `\`${cut(skill, 60)}\``)
    .join(', ');
  return [
    ...first,
    ...markdown(
      `\nLevels: ${LEVELS.map((level) => `\`${level}\``).join(', ')}.\nSkills: ${shown}.\nFor example \`/${turn.words.mock} senior ethics 30\`, or only \`/${turn.words.mock}\` for a form.`,
    ),
  ];
}
