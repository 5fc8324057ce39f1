/** Setup: which channel gets a question when, for whom and how; shown as a card, changed by forms. */
import type { Feature } from '../../core/feature.ts';
import { cardSettled, channelRemoved, openFirst } from './start.ts';
import { openSetup, openForm, openMore, pauseNow, resumeNow, stop } from './handlers.ts';
import { saveBasics } from './save.ts';
import { saveFeedback, saveHolidays, saveQuestions, saveRhythm } from './save-more.ts';

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
    new: openForm('basics'),
    edit: openForm('basics'),
    more: openMore,
    rhythm: openForm('rhythm'),
    holidays: openForm('holidays'),
    questions: openForm('questions'),
    feedback: openForm('feedback'),
    pause: pauseNow,
    resume: resumeNow,
    stop,
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
