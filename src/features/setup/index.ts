/** Setup: which channel gets a question when, for whom and how; shown as a card, changed by forms. */
import type { Feature } from '../../core/feature.ts';
import {
  askToStop,
  openBasics,
  openFeedback,
  openHolidays,
  openMore,
  openNew,
  openQuestions,
  openRhythm,
  openSetup,
  pauseNow,
  resumeNow,
  retry,
  stopNow,
} from './handlers.ts';
import { saveFeedback, saveHolidays, saveQuestions, saveRhythm } from './save-more.ts';
import { saveBasics } from './save.ts';
import { cardSettled, channelRemoved, openFirst } from './start.ts';

export const setup: Feature = {
  name: 'setup',
  commands: {
    setup: {
      summary: 'Choose the channel, time, days and levels of the daily question',
      args: [],
      admin: true,
      examples: ['setup'],
      run: openSetup,
    },
  },
  presses: {
    new: openNew,
    edit: openBasics,
    more: openMore,
    rhythm: openRhythm,
    holidays: openHolidays,
    questions: openQuestions,
    feedback: openFeedback,
    pause: pauseNow,
    resume: resumeNow,
    retry,
    stop: askToStop,
    'stop-now': stopNow,
  },
  forms: {
    basics: saveBasics,
    rhythm: saveRhythm,
    holidays: saveHolidays,
    questions: saveQuestions,
    feedback: saveFeedback,
  },
  settled: cardSettled,
  facts: { installed: openFirst, 'channel-removed': channelRemoved },
};
