/** Progress: a person's own page — today, reviews owed, last answers, level, zone, pause — seen by that person alone. */
import type { Feature } from '../../core/feature.ts';
import {
  changeLevel,
  changeZone,
  openPause,
  openZone,
  pauseFromForm,
  pauseNow,
  resumeNow,
  showHome,
  showPage,
} from './handlers.ts';

export const progress: Feature = {
  name: 'progress',
  commands: {
    me: {
      summary: 'Your own page: today, reviews you owe, your level and your data',
      args: [],
      examples: ['me'],
      run: showPage,
    },
    pause: {
      summary: 'Take a break from reviews',
      args: [{ name: 'until', summary: 'How long, or until when: 2 weeks, until 24 Dec', kind: 'rest' }],
      examples: ['pause 2 weeks', 'pause until 24 Dec'],
      run: pauseNow,
    },
    resume: { summary: 'Be asked for reviews again', args: [], examples: ['resume'], run: resumeNow },
  },
  presses: { page: showPage, zone: openZone, pause: openPause, resume: resumeNow },
  choices: { level: changeLevel },
  forms: { zone: changeZone, pause: pauseFromForm },
  home: showHome,
};
