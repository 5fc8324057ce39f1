/** Discussions: a situation in the channel, a thread to talk in, a lead in turn, a summary that can be found again. */
import type { Feature } from '../../core/feature.ts';
import { askForSummary, closeDue, forgetWho } from './close.ts';
import { changeTurns, passLead, takeLead, volunteer } from './lead.ts';
import { readNote, showNotes } from './notes.ts';
import { erasePerson, exportPerson } from './people.ts';
import {
  askToStop,
  editPlan,
  openMore,
  openNewPlan,
  openPlan,
  openPlans,
  pausePlan,
  resumePlan,
  saveMore,
  savePlanForm,
  stopNow,
} from './plan-handlers.ts';
import { postDue, replanAll, wakeAgain } from './plan.ts';
import { channelRemoved, postRemoved, postSettled } from './settled.ts';
import { closeNow, openSummary, saveSummary } from './summary.ts';
import { heardReply, nudgeQuiet } from './thread.ts';
import { offerTopics, startTopic } from './topic.ts';

const TURNS = [
  { value: 'on', label: 'Take turns' },
  { value: 'off', label: 'Not me any more' },
];

export const discussion: Feature = {
  name: 'discussion',
  commands: {
    'mentor topic': {
      summary: 'Discuss a situation from work here, now',
      args: [
        {
          name: 'text',
          summary: 'A word to search by, or a topic of your own; empty for the next one',
          kind: 'rest',
          completes: true,
        },
      ],
      examples: ['mentor topic', 'mentor topic hiring', 'mentor topic how we say no to a good idea'],
      run: startTopic,
      complete: offerTopics,
    },
    'mentor schedule': {
      summary: 'Let discussions come by themselves: channel, time, days',
      args: [],
      admin: true,
      examples: ['mentor schedule'],
      run: openPlans,
    },
    'mentor notes': {
      summary: 'Find what a discussion left behind',
      args: [{ name: 'word', summary: 'What to look for; empty for the newest', kind: 'rest' }],
      examples: ['mentor notes estimate'],
      run: showNotes,
    },
    'mentor lead': {
      summary: 'Take turns in leading discussions, or stop',
      args: [{ name: 'turns', summary: 'On or off; empty to see how it is', kind: 'choice', options: TURNS }],
      examples: ['mentor lead on'],
      run: volunteer,
    },
  },
  presses: {
    lead: takeLead,
    pass: passLead,
    volunteer: changeTurns,
    summary: openSummary,
    'close-now': closeNow,
    new: openNewPlan,
    plan: openPlan,
    edit: editPlan,
    more: openMore,
    pause: pausePlan,
    resume: resumePlan,
    stop: askToStop,
    'stop-now': stopNow,
  },
  choices: { note: readNote },
  forms: { summary: saveSummary, plan: savePlanForm, more: saveMore },
  replies: heardReply,
  wakes: { due: postDue, nudge: nudgeQuiet, ask: askForSummary, close: closeDue, over: forgetWho },
  housekeeping: ['over'],
  settled: postSettled,
  facts: {
    installed: wakeAgain,
    'schedule-set': replanAll,
    'post-removed': postRemoved,
    'channel-removed': channelRemoved,
  },
  exports: exportPerson,
  erases: erasePerson,
};
