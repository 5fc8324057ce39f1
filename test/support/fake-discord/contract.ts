/** The contract of the API: what the bot asks and what the fake answers, held against Discord's description and our overlay. */
import type { Asked, Reply } from './model.ts';
import { checkAnswered, checkBody, checkParams, checkQuery } from './openapi.ts';
import { checkRules, type Broken } from './overlay.ts';

export interface Contract {
  checkRequest(asked: Asked): Broken;
  checkAnswer(asked: Asked, reply: Reply): readonly string[];
}

const PERFECT: Broken = { refused: [], told: [] };

/** With `checked` false everything passes: for measuring. */
export const openContract = (checked: boolean): Contract => ({
  checkRequest: (asked) => {
    if (!checked) return PERFECT;
    const { refused, told } = checkRules(asked);
    const described = [...checkParams(asked), ...checkQuery(asked, asked.query), ...checkBody(asked, asked.raw)];
    return { refused: [...described, ...refused], told };
  },
  checkAnswer: (asked, reply) => (checked ? checkAnswered(asked, reply.status, reply.body) : []),
});
