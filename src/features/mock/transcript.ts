/** The transcript: a mock as Markdown that reads well to its people. What they wrote is always quoted, so it cannot pose as ours. */
import type { PersonId } from '../../chat/ids.ts';
import { capital } from '../../chat/card.ts';
import { DIMENSION_NAMES, DIMENSIONS } from '../../rubric/anchors.ts';
import { localTime } from '../../schedule/zone.ts';
import type { Asked, Member } from './queries.ts';
import { lasted, REPLAY } from './rules.ts';
import type { Score } from './score-queries.ts';
import { ofKind, ratersIn, type Ratings, readRatings, rowsOf, shown } from './scores.ts';
import { probesOf, saidAt, type Talk } from './talk.ts';

export interface Account {
  readonly talk: Talk;
  readonly members: readonly Member[];
  readonly scores: readonly Score[];
  readonly names: ReadonlyMap<PersonId, string>;
  /** Whose copy it is: own ratings and notes stand in the candidate's alone, a rater's copy has that rater's ratings. */
  readonly reader: PersonId;
  readonly zone: string;
  readonly retentionDays: number;
}

export function transcript(account: Account): string {
  const { talk } = account;
  const parts = [
    head(account),
    ...talk.asked.filter(({ asked }) => asked !== null).map((asked) => questionPart(account, asked)),
    ...notesPart(account),
    ...(isCandidate(account) ? [debriefPart(account), scorecardPart(account)] : []),
    `Kept by Greenroom for ${account.retentionDays} days after the interview, then deleted. This file is yours.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const isCandidate = ({ talk, reader }: Account): boolean => talk.mock.candidate === reader;
const quoted = (text: string): string =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
/** A name in our own line: one line, and no Markdown of its own. */
const plainName = (name: string): string => name.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|~]/g, '\\$&');
const nameOf = ({ names }: Account, person: PersonId | null): string =>
  person === null ? 'somebody who has left' : plainName(names.get(person) ?? 'somebody');

function head(account: Account): string {
  const { talk, members, zone } = account;
  const { mock } = talk;
  const begun = localTime(mock.begun ?? mock.created, zone);
  const others = members.filter(({ role, consent }) => role !== 'candidate' && consent === 'yes');
  const withWhom = others.map(({ person, role }) => `${nameOf(account, person)} (${role})`).join(' and ');
  const took = mock.begun !== null && mock.ended !== null ? `, ${lasted(mock.begun, mock.ended)}` : '';
  return [
    `# Mock interview, ${mock.level} level`,
    '',
    `- ${begun.date}, ${begun.time} ${zone}${took}`,
    `- ${nameOf(account, mock.candidate)}, ${withWhom === '' ? 'alone with Greenroom' : `with ${withWhom}`}`,
    ...(mock.stage === 'stopped' ? ['- Ended before the last step'] : []),
  ].join('\n');
}

function questionPart(account: Account, asked: Asked): string {
  const { talk, zone } = account;
  const when = asked.asked === null ? '' : ` (asked ${localTime(asked.asked, zone).time})`;
  const took = asked.asked !== null && asked.answered !== null ? `, ${lasted(asked.asked, asked.answered)}` : '';
  const said = saidAt(talk.words, asked.n, 0);
  const lines = [
    `## ${asked.n}. ${capital(asked.skill.replaceAll('-', ' '))}${when}`,
    `**${oneLine(asked.text)}**`,
    said === '' ? (asked.skipped === 1 ? '*Skipped.*' : '*No answer.*') : `*Answer${took}*\n\n${quoted(said)}`,
    ...probesOf(asked).flatMap((probe, i) => {
      const words = saidAt(talk.words, asked.n, i + 1);
      return words === '' ? [] : [`**${oneLine(probe)}**`, quoted(words)];
    }),
    ...replayed(account, asked.n),
    ...ratings(account, asked.n),
  ];
  return lines.join('\n\n');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('*', '\\*').trim();

function replayed({ talk }: Account, n: number): string[] {
  const again = saidAt(talk.words, n, REPLAY);
  return again === '' ? [] : ['*Once more, in the debrief*', quoted(again)];
}

/** `Setup 3 · Action 4`, what could not be told left out. */
const ratingLine = (ratings: Ratings): string => {
  const all = DIMENSIONS.flatMap((one) =>
    ratings[one] === undefined ? [] : `${DIMENSION_NAMES[one]} ${ratings[one]}`,
  );
  return all.length === 0 ? 'nothing could be told' : all.join(' · ');
};

function ratings(account: Account, n: number): string[] {
  const here = account.scores.filter((score) => score.n === n);
  const own = isCandidate(account) ? ofKind(here, 'self') : [];
  const others = ofKind(here, 'rater').filter(({ rater }) => isCandidate(account) || rater === account.reader);
  return [
    ...own.map(({ scores }) => `Own rating: ${ratingLine(readRatings(scores))}`),
    ...others.map((score) => {
      const noted = (['evidence', 'keep', 'change', 'notes'] as const).flatMap((what) =>
        score[what] ? [`${capital(what)}:\n\n${quoted(score[what])}`] : [],
      );
      return [`Rating by ${nameOf(account, score.rater)}: ${ratingLine(readRatings(score.scores))}`, ...noted].join(
        '\n\n',
      );
    }),
  ];
}

function notesPart(account: Account): string[] {
  const notes = isCandidate(account) ? saidAt(account.talk.words, 0, 0) : '';
  return notes === '' ? [] : [`## Notes\n\n${quoted(notes)}`];
}

function debriefPart({ talk }: Account): string {
  const { overall, keep, keep_too: keepToo, change } = talk.mock;
  if (overall === null && !keep && !change) return '## Debrief\n\n*Skipped.*';
  return [
    '## Debrief',
    ...(overall === null ? [] : [`Own view of the whole: ${overall} of 5`]),
    ...[keep, keepToo].flatMap((text) => (text ? [`Keep:\n\n${quoted(text)}`] : [])),
    ...(change ? [`Change:\n\n${quoted(change)}`] : []),
  ].join('\n\n');
}

function scorecardPart({ scores }: Account): string {
  const raters = ratersIn(scores);
  const rows = rowsOf(scores).map(({ dimension, self, raters: given }) => {
    const range = given && given.low !== given.high ? ` (${given.low}–${given.high})` : '';
    const theirs = given ? `${shown(given.mean)}${range}, ${given.count} rating${given.count === 1 ? '' : 's'}` : '–';
    return `| ${DIMENSION_NAMES[dimension]} | ${self === undefined ? '–' : shown(self)} | ${theirs} |`;
  });
  const from = raters === 0 ? 'Nobody else rated it.' : `Rated by ${raters === 1 ? 'one person' : `${raters} people`}.`;
  return [
    '## Scorecard',
    ['| | You | Others |', '|---|---|---|', ...rows].join('\n'),
    `Plain means, 1 to 5; 3 meets the level. ${from} One interview is a small sample, so the words count for more.`,
  ].join('\n\n');
}
