/** The scorecard and what hangs on it: words first, then numbers with their count, then the next step. Never a verdict. */
import type { Level } from '../../bank/question.ts';
import { buttons, capital, counted, lines, small, text } from '../../chat/card.ts';
import type { Instant, PersonId } from '../../chat/ids.ts';
import { LIMITS } from '../../chat/limits.ts';
import type { Block, Button, Message } from '../../chat/message.ts';
import { bold, cut, person, plain, plainOf, t, type Text, time } from '../../chat/text.ts';
import { ANCHORS, DIMENSION_NAMES, DIMENSIONS } from '../../rubric/anchors.ts';
import type { Scorecard as Drawn } from '../../pictures/scorecard-data.ts';
import { localTime } from '../../schedule/zone.ts';
import { levelAbove, levelBelow } from './rules.ts';
import { type Row, shown } from './scores.ts';
import type { Mock } from './states.ts';
import { button, spaced, titled } from './words.ts';

export interface Scorecard {
  readonly mock: Mock;
  readonly level: Level;
  readonly zone: string;
  readonly answered: number;
  readonly rows: readonly Row[];
  readonly raters: number;
  /** What each rater wrote, question by question, joined. */
  readonly said: readonly { readonly by: PersonId | null; readonly keep: string; readonly change: string }[];
  /** Raters who may still rate. */
  readonly missing: number;
  readonly replay?: { readonly n: number; readonly before: string; readonly after: string };
  /** The skill of the answer rated lowest: what the next practice is proposed on. */
  readonly nextSkill: string | undefined;
  /** The question shown first in the look at other levels. */
  readonly first: number;
  readonly retentionDays: number;
}

const SHOWN = 700;

export function scorecard(of: Scorecard): Message {
  const { mock, level } = of;
  return {
    title: titled(`Scorecard: mock interview, ${level} level`),
    blocks: [
      small(t`${time(mock.begun ?? mock.created, of.zone, 'day')} · ${counted(of.answered, 'answer')} · ${byWhom(of)}`),
      ...ownWords(mock),
      ...of.said.slice(0, 4).map((said) => text(saidText(said))),
      ...replayBlocks(of),
      text(numbers(of)),
      ...picture(of),
      { kind: 'divider' },
      ...nextSteps(of),
      small(
        t`Only you see this. Kept for ${of.retentionDays} days. The numbers are plain means; 3 meets the level. One interview is a small sample, so take the words first.${mock.stage === 'stopped' ? ' It ended early, so this covers what there is.' : ''}`,
      ),
    ],
  };
}

const isUnrated = ({ rows }: Pick<Scorecard, 'rows'>): boolean =>
  rows.every(({ self, raters }) => self === undefined && !raters);

const byWhom = ({ raters, missing, rows }: Scorecard): string => {
  const own = isUnrated({ rows }) ? 'not rated' : 'your own rating alone';
  const waiting = missing === 0 ? '' : `; ${counted(missing, 'rating')} may still come`;
  return `${raters === 0 ? own : `rated by you and ${counted(raters, 'other')}`}${waiting}`;
};

const labelled = (label: string, value: string, max = SHOWN): Text => [bold(`${label}: `), plain(cut(value, max))];

function ownWords({ keep, keep_too: keepToo, change }: Mock): Block[] {
  const all = [
    ...(keep ? [labelled('You keep', keep)] : []),
    ...(keepToo ? [labelled('And', keepToo)] : []),
    ...(change ? [labelled('You change', change)] : []),
  ];
  return all.length === 0 ? [] : [text(lines(all))];
}

const saidText = ({ by, keep, change }: Scorecard['said'][number]): Text =>
  lines([
    [by === null ? bold('A rater who has left') : person(by)],
    ...(keep === '' ? [] : [labelled('Keep', keep)]),
    ...(change === '' ? [] : [labelled('Change', change)]),
  ]);

function replayBlocks({ replay }: Scorecard): Block[] {
  if (!replay) return [];
  const short = (words: string): string => cut(words.replaceAll(/\s+/g, ' '), SHOWN);
  return [
    text(
      lines([
        [bold(`Question ${replay.n}, before and after`)],
        labelled('Before', short(replay.before)),
        labelled('After', short(replay.after)),
      ]),
    ),
  ];
}

function numbers({ rows }: Scorecard): Text {
  if (isUnrated({ rows })) return t`No answer was rated this time.`;
  return numbersOf(rows, '\n');
}

const numbersOf = (rows: readonly Row[], between: string): Text =>
  rows.flatMap((row, i) => (i === 0 ? rowText(row) : [{ kind: 'markdown' as const, value: between }, ...rowText(row)]));

function rowText({ dimension, self, raters }: Row): Text {
  const range = raters && raters.low !== raters.high ? `, ${raters.low}–${raters.high}` : '';
  const others = raters ? ` · others ${shown(raters.mean)} (${counted(raters.count, 'rating')}${range})` : '';
  return t`${bold(DIMENSION_NAMES[dimension])}: you ${self === undefined ? 'not rated' : shown(self)}${others}`;
}

/** The same as a picture, where there is something to draw. */
function picture({ mock, level, zone, rows, raters }: Scorecard): Block[] {
  if (isUnrated({ rows })) return [];
  const data: Drawn = {
    title: 'Mock interview',
    level: capital(level),
    when: localTime(mock.begun ?? mock.created, zone).date,
    raters,
    dimensions: rows.map(({ dimension, self, raters: given }) => ({
      name: DIMENSION_NAMES[dimension],
      self: self ?? null,
      raters: given?.mean ?? null,
      low: given?.low ?? null,
      high: given?.high ?? null,
    })),
  };
  const alt = `The scorecard as a picture: ${plainOf(numbersOf(rows, '; '))}.`;
  return [{ kind: 'image', picture: 'scorecard', data, alt: cut(alt, LIMITS.alt) }];
}

function nextSteps({ mock, nextSkill, zone, first }: Scorecard): Block[] {
  const skill = nextSkill === undefined ? '' : ` on ${spaced(nextSkill)}`;
  const planned = mock.next_at;
  const next: Button = button(
    planned === null ? 'Remind me in a week' : 'No reminder',
    planned === null ? 'next' : 'no-next',
    mock.id,
    planned === null ? 'primary' : undefined,
  );
  return [
    text(
      planned === null
        ? t`**Next practice:** one more${skill}, in a week: practice that is spread out lasts longer.`
        : t`**Next practice:** one more${skill}, ${time(planned, zone)}. I will write to you then.`,
    ),
    buttons(
      next,
      button('My answers', 'answer', `${mock.id}:${first}:0`),
      button('Other levels', 'shift', `${mock.id}:${first}`),
      button('Transcript', 'transcript', mock.id),
      ...(mock.kind === 'partner' ? [button('Rate the interviewing', 'interviewing', mock.id)] : []),
    ),
  ];
}

export interface Shift {
  readonly mock: Mock;
  readonly level: Level;
  readonly n: number;
  readonly question: string;
  readonly answer: string;
  /** The numbers of all answered questions. */
  readonly answered: readonly number[];
}

/** What the same answer would need one level down and one up, from the anchors. */
export function shiftCard({ mock, level, n, question, answer, answered }: Shift): Message {
  const others = answered.filter((one) => one !== n).slice(0, 4);
  const levels = [levelBelow(level), level, levelAbove(level)].filter((one) => one !== undefined);
  return {
    title: titled(`Answer ${n} at other levels`),
    blocks: [
      text([plain(cut(question, 600))]),
      text([plain(cut(answer.replaceAll(/\s+/g, ' '), 900))]),
      ...levels.map((one) =>
        text([
          bold(one === level ? `${capital(one)}, where you practised` : capital(one)),
          ...t`\n${[{ kind: 'markdown' as const, value: DIMENSIONS.map((d) => `- ${DIMENSION_NAMES[d]}: ${ANCHORS[one][d][2]}`).join('\n') }]}`,
        ]),
      ),
      ...(others.length === 0
        ? []
        : [buttons(...others.map((one) => button(`Answer ${one}`, 'shift', `${mock.id}:${one}`)))]),
      small(t`Each line is what meets the level. It says what an answer would need, not where you stand.`),
    ],
  };
}

/** It ended before there was anything to look at. */
export const nothingCard = (words: string): Message => ({
  blocks: [
    text(
      t`The interview has ended; there was no answer yet, so there is nothing to look at. \`/${words}\` begins another.`,
    ),
  ],
});

/** The reminder a person asked for. */
export const againCard = (of: { readonly mock: Mock; readonly skill: string | undefined }): Message => ({
  title: 'Time for a mock interview',
  blocks: [
    text(
      of.skill === undefined
        ? t`A week ago you planned another one at ${of.mock.level} level.`
        : t`A week ago you planned another one at ${of.mock.level} level, with ${spaced(of.skill)} in it.`,
    ),
    ...(of.mock.change ? [text(labelled('You wanted to change', of.mock.change))] : []),
    buttons(button('Begin now', 'again', of.mock.id, 'primary'), button('In another week', 'next', of.mock.id)),
    small(t`You asked for this reminder; only you see it. It comes once.`),
  ],
});

export const reminded = (at: Instant | null, zone: string): Text =>
  at === null ? t`No reminder, then.` : t`Planned: ${time(at, zone)}. I will write to you then.`;
