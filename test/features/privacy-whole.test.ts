/** Leaving in the middle of everything: all features together, a round answered, reviewed and told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, plus } from '../../src/chat/world.ts';
import { features } from '../../src/features/index.ts';
import { textIn } from '../support/someone.ts';
import { read } from '../support/words.ts';
import { openWorld, type TestWorld } from '../support/world.ts';
import { answers, CLOSE, COMMENT, END, openReview, rating, ratesSelf, requestsTo, resultOf } from './feedback/team.ts';

const PEOPLE = ['Ana', 'Ben', 'Cleo', 'Dora'] as const;
const TABLES = [
  'teams',
  'people',
  'inbox',
  'outbox',
  'posts',
  'threads',
  'strays',
  'versions',
  'listeners',
  'wakes',
  'schedules',
  'rounds',
  'answers',
  'begun',
  'review_windows',
  'reviews',
  'self_ratings',
  'results',
  'stories',
  'story_uses',
  'mocks',
  'mock_people',
  'mock_seats',
  'mock_questions',
  'mock_words',
  'mock_scores',
  'discussions',
  'discussion_replies',
  'discussion_leads',
  'discussion_plans',
  'mentor_profiles',
  'mentor_offers',
  'mentor_requests',
  'mentor_pairs',
  'mentor_members',
  'mentor_agenda',
  'mentor_trends',
] as const;
const ERASE = { feature: 'privacy', name: 'erase', subject: '' };
/** In each answer and each review, so that it can be told whose words stand where. */
const wrote = (name: string): string => `how ${name} handled it`;
const gave = (name: string): string => `${name.toUpperCase()}GAVE`;

let team: TestWorld;
const everything = (): Promise<string> =>
  team.store.read(async (tx) => {
    const rows: unknown[] = [];
    for (const table of TABLES) rows.push(await tx.selectFrom(table).selectAll().execute());
    return JSON.stringify(rows);
  });
const shown = (): string =>
  team.chat
    .shown()
    .map(({ message }) => read(message))
    .join('\n');
const reviewAll = async (name: string): Promise<void> => {
  const who = team.someone(name);
  while (requestsTo(team, who).length > 0) {
    const comment = `${COMMENT} ${gave(name)}`;
    expect(textIn(await who.submits(await openReview(team, who), { ...rating(3), comment }))).toContain('Thank you');
  }
};
const answerAndReview = async (): Promise<void> => {
  await answers(team, ...PEOPLE);
  await team.at(CLOSE);
  for (const name of PEOPLE) await ratesSelf(team, team.someone(name));
  for (const name of PEOPLE) await reviewAll(name);
};

beforeEach(async () => {
  team = await openWorld({ features });
});
afterEach(() => team.close());

describe('a person who leaves', () => {
  it('after the results takes their words and what they received along, and leaves what they gave', async () => {
    await answerAndReview();
    await team.at(END);
    expect(resultOf(team, team.someone('Ben'))).not.toBe('');
    expect(resultOf(team, team.someone('Cleo'))).toContain(gave('Ben'));
    await team.someone('Ben').press(ERASE);
    expect(shown()).not.toContain(wrote('Ben'));
    expect(await everything()).not.toContain(wrote('Ben'));
    expect(resultOf(team, team.someone('Ben'))).toBe('');
    expect(resultOf(team, team.someone('Cleo'))).toContain(gave('Ben'));
    const reviews = await team.store.read((tx) =>
      tx.selectFrom('reviews').select(['reviewer', 'keep', 'change']).execute(),
    );
    const byBen = reviews.filter(({ keep, change }) => `${keep}${change}`.includes(gave('Ben')));
    expect(new Set(byBen.map(({ reviewer }) => reviewer))).toEqual(new Set([null]));
  });

  it('while others still review them is taken out of their requests, and the round goes on', async () => {
    await answers(team, ...PEOPLE);
    await team.at(CLOSE);
    await team.someone('Ben').press(ERASE);
    expect(shown()).not.toContain(wrote('Ben'));
    for (const name of ['Ana', 'Cleo', 'Dora']) {
      await ratesSelf(team, team.someone(name));
      await reviewAll(name);
    }
    await team.at(END);
    for (const name of ['Ana', 'Cleo', 'Dora']) expect(resultOf(team, team.someone(name))).not.toBe('');
    expect(await everything()).not.toContain(wrote('Ben'));
  });

  it('is known to no table two days later, not even by the names of what they were told', async () => {
    await answerAndReview();
    await team.at(END);
    await team.someone('Ben').press(ERASE);
    await team.at(plus(team.now(), 2 * DAY));
    expect((await everything()).match(/[^"]*\bben\b[^"]*/gi)).toBeNull();
    expect(await everything()).toMatch(/\bcleo\b/);
  });

  it('and comes back is met like somebody new', async () => {
    await answerAndReview();
    await team.at(END);
    await team.someone('Ben').press(ERASE);
    await team.at('2026-11-30T08:00:00.000Z');
    const today = team.chat.posted.findLast(({ name }) => /^daily:[^:]+:2026-11-30$/.test(name))?.name ?? '';
    await team
      .someone('Ben')
      .replies(today, `This is ${wrote('Ben')} the second time: we listed all we knew, then asked.`);
    expect(team.someone('Ben').inbox().join('\n')).toContain('level');
    expect(textIn(await team.someone('Ben').says('me'))).toContain('1 answer and 0 reviews');
  });
});

describe('an export in the middle of it', () => {
  it('holds answer, reviews given and received, without the names of who gave them', async () => {
    await answerAndReview();
    await team.at(END);
    await team.someone('Ben').says('export');
    const file = team.chat.posted.findLast(({ delivery }) => delivery.kind === 'file')?.delivery;
    const text = file?.kind === 'file' ? file.text : '';
    expect(text).toContain(wrote('Ben'));
    expect(text).toContain(gave('Ben'));
    expect(text).toContain(gave('Cleo'));
    expect(text).not.toMatch(/"(cleo|ana|dora)"|Cleo|Dora/);
  });
});
