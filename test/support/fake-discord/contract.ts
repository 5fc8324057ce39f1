/** The contract of the API: what the bot asks and what the fake answers, held against Discord's own description of it. */
import type { Asked, Reply } from './model.ts';

export interface Wrong {
  /** Discord would refuse it. */
  readonly refused: readonly string[];
  /** Discord takes it; our rules do not. */
  readonly told: readonly string[];
}

export interface Contract {
  checkRequest(asked: Asked): Wrong;
  checkAnswer(asked: Asked, reply: Reply): readonly string[];
}

export const openContract = (_checked: boolean): Contract => ({
  checkRequest: () => ({ refused: [], told: [] }),
  checkAnswer: () => [],
});
