/** Two people in a mock, for the tests of it: who answers, and who interviews. */
import type { Someone } from '../../support/someone.ts';
import { buttonsOf } from '../../support/words.ts';
import type { TestWorld } from '../../support/world.ts';
import { fills, FIRST, LAST, looksBack, mockOf, pass, practice, rates, said } from './play.ts';

export interface Pair {
  readonly team: TestWorld;
  readonly ana: Someone;
  readonly bo: Someone;
  /** The room's name. */
  readonly room: string;
}

export const SCORED = { ...FIRST, evidence: 'You said that you sat down with the owner.' };
export const SCORED_TOO = {
  ...LAST,
  keep: 'When you said “we found it together”, I saw how you work.',
  change: 'At the end I missed what came of it; next time, give a number.',
  notes: '',
};

/** Ana answers, Bo interviews; both are in the room and have agreed. */
export async function together(options: { readonly level?: string; readonly second?: boolean } = {}): Promise<Pair> {
  const team = await practice();
  const ana = team.someone('Ana');
  const bo = team.someone('Bo');
  const cleo = team.someone('Cleo');
  await ana.says(`mock ${options.level ?? 'senior'} @bo${options.second ? ' @cleo' : ''}`);
  await bo.presses('Begin now');
  if (options.second) await cleo.presses('Begin now');
  await ana.presses('I agree, begin');
  await bo.presses('I agree, begin');
  if (options.second) await cleo.presses('I agree, begin');
  return { team, ana, bo, room: `mock:room:${(await mockOf(team)).id}` };
}

/** The newest card for the eyes of who rates. */
const panelButton = (team: TestWorld, who: Someone, label: string) => {
  const found = team.chat
    .dms(who.id)
    .flatMap(({ message }) => buttonsOf(message))
    .findLast((one) => one.label === label);
  if (!found) throw new Error(`${who.id} has no button ${label}`);
  return found.on;
};

export async function scores(team: TestWorld, who: Someone, first = SCORED, last = SCORED_TOO): Promise<void> {
  await fills(who, await who.press(panelButton(team, who, 'Rate this answer')), first);
  await fills(who, await who.press(panelButton(team, who, 'Step 2 of 2')), last);
}

/** All four questions, answered by Ana and each rated by those given right after, and the debrief. */
export async function playsTogether({ team, ana, bo, room }: Pair, probes = 2, raters = [bo]): Promise<void> {
  for (let n = 1; n <= 4; n += 1) {
    await pass(team, 1);
    await ana.writes(said(n), { room });
    await ana.presses('That is my answer');
    for (const rater of raters) await scores(team, rater);
    for (let probe = 1; probe <= probes; probe += 1) {
      await ana.writes(`To follow-up ${probe} of ${n}: because we had measured it.`, { room });
      await ana.presses('That is my answer');
    }
    await rates(ana);
  }
  await looksBack(ana, 'Once more: it has not failed since May.', room);
}
