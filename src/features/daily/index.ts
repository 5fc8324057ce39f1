/** Daily question: a channel gets one a day at its own hour; people answer in its thread or by a form; at the close it is revealed. */
import type { Feature } from '../../core/feature.ts';
import { closeRound, showGood, showGoodOf } from './close.ts';
import { askReminder, openAnswer, readAnswer, setLevelOf, shareAnswer, showHowTo } from './handlers.ts';
import { erasePerson, exportPerson } from './people.ts';
import { replan, wakeAgain } from './plan.ts';
import { postDue, postFirst } from './post.ts';
import { remindOne } from './remind.ts';
import { heardReply, useAsAnswer } from './replies.ts';
import { channelRemoved, postRemoved, questionSettled } from './settled.ts';
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
  presses: { answer: openAnswer, how: showHowTo, remind: askReminder, read: readAnswer, good: showGood },
  choices: { level: setLevelOf, 'good-level': showGoodOf },
  forms: { answer: shareAnswer },
  picks: { use: { label: 'Use as my answer', run: useAsAnswer } },
  replies: heardReply,
  wakes: { due: postDue, close: closeRound, remind: remindOne },
  settled: questionSettled,
  facts: {
    installed: wakeAgain,
    'schedule-set': replan,
    'question-wanted': postFirst,
    'post-removed': postRemoved,
    'channel-removed': channelRemoved,
  },
  exports: exportPerson,
  erases: erasePerson,
};
