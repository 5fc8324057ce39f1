/** Where a mock interview stands and what may happen next, as a rule over plain values. Nothing else decides it. */
import type { Row } from '../../store/schema.ts';

export type Mock = Row<'mocks'>;
export type Stage = Mock['stage'];
export type Standing = Pick<Mock, 'stage' | 'question' | 'part' | 'paused'>;

/** What a mock is made of: how many probes each of its questions has, and whether there is an answer to give once more. */
export interface Plan {
  readonly probes: readonly number[];
  readonly canReplay: boolean;
}

export type Deed =
  /** Everybody who was asked has agreed to come. */
  | 'accept'
  | 'begin'
  /** That is my answer, to the question, a probe, or once more in the debrief. */
  | 'answer'
  | 'skip'
  /** One step of the self-rating is given. */
  | 'rate'
  | 'leave unrated'
  | 'reflect'
  | 'pause'
  | 'resume'
  | 'stop';

/** Self-rating takes two forms: four dimensions, then two. */
const RATING_STEPS = 2;
const TALKING: readonly Stage[] = ['answering', 'rating', 'reflecting', 'replaying'];

export const isOver = ({ stage }: Pick<Standing, 'stage'>): boolean => stage === 'done' || stage === 'stopped';
/** It goes on by what the candidate does. */
export const isUnderway = ({ stage }: Pick<Standing, 'stage'>): boolean => TALKING.includes(stage);

/** What it stands at, in one word that a button carries: a press on an older card is known by it. */
export const keyOf = ({ stage, question, part }: Standing): string => `${stage}.${question}.${part}`;

/** Where a deed leads, or undefined when it is not one that can be done there. */
export function step(at: Standing, deed: Deed, plan: Plan): Standing | undefined {
  if (isOver(at)) return undefined;
  if (deed === 'stop') return { ...at, stage: at.stage === 'replaying' ? 'done' : 'stopped', paused: 0 };
  if (deed === 'pause') return isUnderway(at) && at.paused === 0 ? { ...at, paused: 1 } : undefined;
  if (deed === 'resume') return at.paused === 1 ? { ...at, paused: 0 } : undefined;
  return at.paused === 1 ? undefined : onward(at, deed, plan);
}

function onward(at: Standing, deed: Deed, plan: Plan): Standing | undefined {
  switch (at.stage) {
    case 'invited':
      return deed === 'accept' ? { ...at, stage: 'opening' } : undefined;
    case 'opening':
      return deed === 'begin' ? nextQuestion(at, plan) : undefined;
    case 'answering':
      return afterAnswer(at, deed, plan);
    case 'rating':
      return afterRating(at, deed, plan);
    case 'reflecting':
      if (deed !== 'reflect' && deed !== 'skip') return undefined;
      return { ...at, stage: plan.canReplay ? 'replaying' : 'done', question: 0, part: 0 };
    case 'replaying':
      return deed === 'answer' || deed === 'skip' ? { ...at, stage: 'done' } : undefined;
    default:
      return undefined;
  }
}

/** The planned probes come one after another; skipping a question leaves out its probes and its rating. */
function afterAnswer(at: Standing, deed: Deed, plan: Plan): Standing | undefined {
  if (deed !== 'answer' && deed !== 'skip') return undefined;
  if (deed === 'skip' && at.part === 0) return nextQuestion(at, plan);
  const probes = plan.probes[at.question - 1] ?? 0;
  return at.part < probes ? { ...at, part: at.part + 1 } : { ...at, stage: 'rating', part: 1 };
}

function afterRating(at: Standing, deed: Deed, plan: Plan): Standing | undefined {
  if (deed === 'leave unrated') return nextQuestion(at, plan);
  if (deed !== 'rate') return undefined;
  return at.part < RATING_STEPS ? { ...at, part: at.part + 1 } : nextQuestion(at, plan);
}

const nextQuestion = (at: Standing, plan: Plan): Standing =>
  at.question < plan.probes.length
    ? { ...at, stage: 'answering', question: at.question + 1, part: 0 }
    : { ...at, stage: 'reflecting', question: 0, part: 0 };
