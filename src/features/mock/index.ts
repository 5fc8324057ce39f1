/** Mock interviews: four questions with planned follow-ups in private, each rated before any talk, feedback at the end. */
import { LEVELS } from '../../bank/question.ts';
import { capital } from '../../chat/card.ts';
import type { Feature } from '../../core/feature.ts';
import { beginAgain, dropReminder, giveTranscript, planReminder, readAnswer, remind, showShift } from './debrief.ts';
import {
  begin,
  done,
  leaveUnrated,
  openAnswer,
  openRating,
  openReflection,
  pause,
  rate,
  reflect,
  resume,
  skip,
  stop,
  writeAnswer,
} from './handlers.ts';
import { giveScore, openInterviewing, openScore, rateInterviewing, showSteps } from './interviewer.ts';
import { agree, decline, goAlone, openTime, proposeTime } from './partner.ts';
import { erasePerson, exportPerson } from './people.ts';
import { heard } from './replies.ts';
import { absent, join, leave, quit } from './room.ts';
import { mockSettled } from './settled.ts';
import { completeSkill, startByCommand, startByForm } from './start.ts';
import { swapRoles } from './swap.ts';
import { abandon, appointed, idle, nudge } from './timers.ts';

export const mock: Feature = {
  name: 'mock',
  commands: {
    mock: {
      summary: 'A mock interview in private, alone or with a partner',
      alias: 'mock',
      args: [
        {
          name: 'level',
          summary: 'The level you practise for',
          kind: 'choice',
          options: LEVELS.map((value) => ({ label: capital(value), value })),
        },
        { name: 'skill', summary: 'A skill you want in it', kind: 'word', completes: true },
        { name: 'minutes', summary: 'How long: 30 by default, 45 for staff and principal', kind: 'number' },
        { name: 'partner', summary: 'Who interviews you', kind: 'person' },
        { name: 'second', summary: 'Who else rates', kind: 'person' },
      ],
      examples: ['mock senior', 'mock staff ethics 45', 'mock senior @partner'],
      run: startByCommand,
      complete: completeSkill,
    },
  },
  presses: {
    begin,
    done,
    skip,
    write: openAnswer,
    rate: openRating,
    unrated: leaveUnrated,
    reflect: openReflection,
    pause,
    resume,
    stop,
    shift: showShift,
    answer: readAnswer,
    transcript: giveTranscript,
    next: planReminder,
    'no-next': dropReminder,
    again: beginAgain,
    agree,
    decline,
    time: openTime,
    alone: goAlone,
    join,
    leave,
    quit,
    score: openScore,
    steps: showSteps,
    interviewing: openInterviewing,
    swap: swapRoles,
  },
  forms: {
    start: startByForm,
    write: writeAnswer,
    rate,
    reflect,
    time: proposeTime,
    score: giveScore,
    interviewing: rateInterviewing,
  },
  replies: heard,
  wakes: { nudge, idle, abandon, absent, appointed, next: remind },
  settled: mockSettled,
  exports: exportPerson,
  erases: erasePerson,
};
