/** A mock from `/mock` to the scorecard, played on any platform: the same words, the same presses. */
import { expect } from 'vitest';
import type { Actor, Stage } from './stage.ts';

/** In what the candidate rates and thinks for themselves; nobody else may ever read it. */
export const OWN = 'CANARY-OWN';
/** In what an interviewer writes down; it reaches the candidate at the end. */
const HEARD = 'I heard you say we';

const FIRST = { setup: '3', action: '4', result: '2', reflection: '3' };
const LAST = { reach: '3', 'trade-offs': '3' };

const answer = (n: number): string => `Answer ${n}: the import <failed> & I sat down with its owner.`;

export interface Played {
  readonly level: string;
  readonly probes: number;
}

async function rates(ana: Actor): Promise<void> {
  await ana.presses('Rate it');
  await ana.fills(FIRST);
  await ana.sees('Four are kept');
  await ana.presses('Rate the last two');
  await ana.fills(LAST);
}

async function questions(stage: Stage, ana: Actor, { probes }: Played, bo?: Actor): Promise<void> {
  for (let n = 1; n <= 4; n += 1) {
    await ana.sees(`Question ${n} of 4`);
    await stage.pass(2);
    await ana.writes(answer(n));
    await ana.presses('That is my answer');
    if (bo) await scores(bo, n);
    for (let probe = 1; probe <= probes; probe += 1) {
      await ana.sees(`Question ${n}, follow-up ${probe} of ${probes}`);
      await ana.writes(`To ${probe} of ${n}: we had measured it.`);
      await ana.presses('That is my answer');
    }
    await ana.sees(`Your own rating of answer ${n}`);
    await rates(ana);
  }
}

async function scores(bo: Actor, n: number): Promise<void> {
  await bo.sees(`For you alone: question ${n}`);
  await bo.presses('Rate this answer');
  await bo.fills({ ...FIRST, evidence: `${HEARD}, in ${n}.` });
  await bo.presses('Step 2 of 2');
  await bo.fills({ ...LAST, keep: `Keep ${n}.`, change: `Change ${n}.` });
}

async function debrief(ana: Actor): Promise<void> {
  await ana.sees('Looking back');
  await ana.presses('Look back');
  await ana.fills({ overall: '3', keep: `${OWN} keep`, change: `${OWN} change` });
  await ana.sees('Once more: question');
  await ana.writes('It has not failed since May.');
  await ana.presses('That is my answer');
  await ana.sees('Scorecard: mock interview');
}

export async function playSolo(stage: Stage, played: Played): Promise<void> {
  await stage.begin();
  const [ana, bo] = [stage.someone('Ana'), stage.someone('Bo')];
  await ana.mock(played.level);
  await ana.sees('Four questions');
  await ana.presses('Begin');
  await questions(stage, ana, played);
  await debrief(ana);
  await ana.sees('your own rating alone');
  await ana.sees('## Scorecard');
  expect(await bo.everything()).not.toMatch(/CANARY-OWN|Answer 1|Scorecard/);
  expect(stage.trouble()).toEqual([]);
}

/** `signs`: what only an interviewer may read, known beforehand. */
export async function playTogether(stage: Stage, played: Played, signs: readonly string[]): Promise<void> {
  await stage.begin();
  const [ana, bo] = [stage.someone('Ana'), stage.someone('Bo')];
  await ana.mock(played.level, bo);
  await bo.sees('asks you to interview');
  await bo.presses('Begin now');
  await ana.sees('answers,');
  await ana.presses('I agree, begin');
  await ana.sees('Here:');
  await bo.presses('I agree, begin');
  await questions(stage, ana, played, bo);
  await debrief(ana);
  await ana.sees('rated by you and 1 other');
  await ana.sees('Rating by ');
  await bo.sees('Thank you for interviewing');
  const [toAna, toBo] = [await ana.everything(), await bo.everything()];
  for (const sign of signs) expect(toAna).not.toContain(sign);
  expect(signs.filter((sign) => toBo.includes(sign)).length).toBeGreaterThan(3);
  expect(toBo).not.toContain(OWN);
  expect(toBo).not.toContain('Scorecard: mock');
  expect(toAna).toContain(HEARD);
  expect(stage.trouble()).toEqual([]);
}
