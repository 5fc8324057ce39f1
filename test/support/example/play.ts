/** A whole mock with a partner on the engine, under a clock that is moved, from `/mock` to the scorecard: what the papers show. */
import type { Message } from '../../../src/chat/message.ts';
import { plus } from '../../../src/chat/world.ts';
import { features } from '../../../src/features/index.ts';
import { loadBank } from '../../../src/bank/load.ts';
import { DIMENSIONS } from '../../../src/rubric/anchors.ts';
import { formIn, type Someone } from '../someone.ts';
import { buttonsOf } from '../words.ts';
import { openWorld, type TestWorld } from '../world.ts';
import { ABOUT_INTERVIEWING, LOOKED_BACK, ONCE_MORE, SAID, type Said } from './said.ts';

export interface Example {
  /** The candidate's copy. */
  readonly transcript: string;
  readonly scorecard: Message;
}

const stepOf = (ratings: readonly string[], from: number, to: number): Record<string, string> =>
  Object.fromEntries(DIMENSIONS.slice(from, to).map((dimension, i) => [dimension, ratings[from + i] ?? 'none']));

export async function playExample(): Promise<Example> {
  const bank = await loadBank('content');
  const questions = bank.questions.filter(({ id }) => Object.hasOwn(SAID, id));
  const team = await openWorld({ features, bank: { ...bank, questions } });
  try {
    return await play(team);
  } finally {
    await team.close();
  }
}

async function play(team: TestWorld): Promise<Example> {
  const ana = team.someone('Ana', { zone: 'Europe/Berlin' });
  const bo = team.someone('Bo', { zone: 'Europe/Berlin' });
  const pass = (seconds: number): Promise<void> => team.at(plus(team.now(), seconds * 1000));
  await pass(60 * 60);
  await ana.says('mock senior @bo');
  await bo.presses('Begin now');
  await pass(60);
  await ana.presses('I agree, begin');
  await bo.presses('I agree, begin');
  for (let n = 1; n <= Object.keys(SAID).length; n += 1) await answerOne({ team, ana, bo, pass }, n);
  await pass(60);
  await ana.submits(formIn(await ana.presses('Look back')), LOOKED_BACK);
  await pass(90);
  await ana.writes(ONCE_MORE, { room: roomOf(team) });
  await ana.presses('That is my answer');
  await ana.submits(formIn(await ana.presses('Rate the interviewing')), ABOUT_INTERVIEWING);
  await ana.presses('Transcript');
  const scorecard = team.chat.named('mock:card:').at(-1)?.message;
  const transcript = team.chat.posted
    .flatMap(({ delivery }) =>
      delivery.kind === 'file' && 'person' in delivery.to && delivery.to.person === ana.id ? [delivery.text] : [],
    )
    .at(-1);
  if (!scorecard || transcript === undefined) throw new Error('the example did not come to its end');
  return { transcript, scorecard };
}

interface Stage {
  readonly team: TestWorld;
  readonly ana: Someone;
  readonly bo: Someone;
  pass(seconds: number): Promise<void>;
}

const roomOf = (team: TestWorld): string =>
  team.chat.posted.find(({ delivery }) => delivery.kind === 'room')?.name ?? 'no room was opened';

/** What belongs to the question that is asked now. */
async function saidTo({ team }: Stage, n: number): Promise<Said> {
  const asked = await team.store.read((tx) =>
    tx.selectFrom('mock_questions').selectAll().where('n', '=', n).executeTakeFirst(),
  );
  const said = SAID[asked?.question ?? ''];
  if (!said) throw new Error(`the example has no answer to ${asked?.question}`);
  return said;
}

async function answerOne(stage: Stage, n: number): Promise<void> {
  const { team, ana, pass } = stage;
  const said = await saidTo(stage, n);
  const room = roomOf(team);
  await pass(150);
  for (const part of said.answer.split('\n\n')) await ana.writes(part, { room });
  await ana.presses('That is my answer');
  await rate(stage, said);
  for (const words of said.followed) {
    await pass(50);
    await ana.writes(words, { room });
    await ana.presses('That is my answer');
  }
  await pass(20);
  await ana.submits(formIn(await ana.presses('Rate it')), stepOf(said.own, 0, 4));
  await ana.submits(formIn(await ana.presses('Rate the last two')), stepOf(said.own, 4, 6));
}

/** Bo rates in his own direct messages, right after the answer. */
async function rate({ team, bo }: Stage, { rated, evidence, keep, change }: Said): Promise<void> {
  const press = (label: string) => {
    const found = team.chat
      .dms(bo.id)
      .flatMap(({ message }) => buttonsOf(message))
      .findLast((one) => one.label === label);
    if (!found) throw new Error(`Bo has no button ${label}`);
    return bo.press(found.on);
  };
  await bo.submits(formIn(await press('Rate this answer')), { ...stepOf(rated, 0, 4), evidence });
  await bo.submits(formIn(await press('Step 2 of 2')), { ...stepOf(rated, 4, 6), keep, change });
}
