/** Peer feedback: each answer goes to a few colleagues after the close; words first, then numbers, to its author alone. */
import type { Feature } from '../../core/feature.ts';
import { claimOne, showOpen, volunteer } from './give.ts';
import { giveReview, handOn, openReview, readAnswer, showSteps, signReview, unsignReview } from './handlers.ts';
import { answerLate, answerRemoved, roundClosed } from './open.ts';
import { keepNext, openNext, openSelf, rateSelf, readComment, showResult } from './own.ts';
import { erasePerson, exportPerson } from './people.ts';
import { consider } from './results.ts';
import { requestSettled } from './settled.ts';
import { close, end, nudge, reassign } from './timers.ts';

export const feedback: Feature = {
  name: 'feedback',
  presses: {
    give: showOpen,
    volunteer,
    review: openReview,
    read: readAnswer,
    steps: showSteps,
    cannot: handOn,
    sign: signReview,
    unsign: unsignReview,
    self: openSelf,
    result: showResult,
    next: openNext,
    comment: readComment,
  },
  forms: { review: giveReview, self: rateSelf, next: keepNext },
  wakes: { claim: claimOne, nudge, reassign, close, end, publish: (answer, turn) => consider(turn, answer) },
  settled: requestSettled,
  facts: { 'round-closed': roundClosed, 'answer-late': answerLate, 'answer-removed': answerRemoved },
  exports: exportPerson,
  erases: erasePerson,
};
