/** A withdrawn answer stays its author's: what was said about it is nobody else's to read or to delete. */
import { expect, it } from 'vitest';
import { beginTurn, commit } from '../../../src/core/turn.ts';
import { feedback } from '../../../src/features/feedback/index.ts';
import { TEAM } from '../../support/world.ts';
import { answerOf, cardOf, CLOSE, END, practice, ratesSelf, reviewsAll } from './team.ts';

it('the feedback on an answer somebody took back is not in the export of another person, nor deleted with them', async () => {
  const team = await practice();
  const people = ['Ana', 'Bo', 'Cleo'].map((name) => team.someone(name));
  const refs = [];
  for (const [i, one] of people.entries())
    refs.push(await one.replies(cardOf(team).name, answerOf(['Ana', 'Bo', 'Cleo'][i] ?? '')));
  const [ana, bo] = people;
  await team.at(CLOSE);
  for (const one of people) await reviewsAll(team, one);
  for (const one of people) await ratesSelf(team, one);
  await team.at(END);
  await ana!.deletes(refs[0]!, cardOf(team).name);
  await team.settle();
  const left = () =>
    team.store.read((tx) => tx.selectFrom('results').selectAll().where('person', '=', ana!.id).execute());
  expect(await left()).toHaveLength(1);
  const exported = await commit(team.core, async (tx, nudges) => {
    const begin = await beginTurn(team.core, tx, nudges, TEAM);
    return feedback.exports?.(bo!.id, begin!(feedback));
  });
  expect(exported?.['feedbackReceived']).toHaveLength(1);
  await commit(team.core, async (tx, nudges) => {
    const begin = await beginTurn(team.core, tx, nudges, TEAM);
    await feedback.erases?.(bo!.id, begin!(feedback));
  });
  expect(await left()).toHaveLength(1);
});

it('what was written about an answer nobody will read any more is kept nowhere', async () => {
  const team = await practice();
  const [ana, bo, cleo] = ['Ana', 'Bo', 'Cleo'].map((name) => team.someone(name));
  const ref = await ana!.replies(cardOf(team).name, answerOf('Ana'));
  await bo!.replies(cardOf(team).name, answerOf('Bo'));
  await cleo!.replies(cardOf(team).name, answerOf('Cleo'));
  await team.at(CLOSE);
  await reviewsAll(team, bo!);
  await ana!.deletes(ref, cardOf(team).name);
  await team.settle();
  const reviews = await team.store.read((tx) =>
    tx.selectFrom('reviews').selectAll().where('state', '=', 'done').execute(),
  );
  expect(reviews.filter(({ keep }) => keep === null)).toMatchObject([{ reviewer: 'bo', change: null, scores: null }]);
  expect(reviews.filter(({ keep }) => keep !== null)).toHaveLength(1);
});
