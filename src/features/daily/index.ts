/** Daily question: a channel gets one a day at its own hour; people answer in its thread or by a form; at the close it is revealed. */
import type { Feature } from '../../core/feature.ts';
import { openAnswer, setLevelOf, shareAnswer, showHowTo, askReminder } from './handlers.ts';
import { closeRound, showGood } from './close.ts';
import { heardReply, useAsAnswer } from './replies.ts';
import { postDue, postNow, postRemoved, questionSettled, replan } from './post.ts';
import { erasePerson, exportPerson } from './people.ts';
import { remindOne } from './remind.ts';
import { postQuestion, showToday } from './today.ts';

export const daily: Feature = {
  name: 'daily',
  commands: {
    today: { summary: 'The question of today, and how to answer it', args: [], examples: ['today'], run: showToday },
    question: {
      summary: 'Post a question here now; it counts as today’s',
      args: [],
      admin: true,
      examples: ['question'],
      run: postQuestion,
    },
  },
  presses: { answer: openAnswer, how: showHowTo, remind: askReminder, good: showGood },
  choices: { level: setLevelOf },
  forms: { answer: shareAnswer },
  picks: { use: { label: 'Use as my answer', run: useAsAnswer } },
  replies: heardReply,
  wakes: { due: postDue, close: closeRound, remind: remindOne },
  settled: questionSettled,
  facts: {
    'schedule-set': replan,
    'question-wanted': ({ schedule }, turn) => postNow(schedule, turn).then(() => {}),
    'post-removed': postRemoved,
  },
  exports: exportPerson,
  erases: erasePerson,
};
