/** Story bank: what a person keeps to tell again, seen by that person alone; and a mirror that shows what their text holds. */
import type { Feature } from '../../core/feature.ts';
import { askRemove, listStories, openStory, removeStory, showMirror } from './handlers.ts';
import { changeStory, keepMessage, keepWords, openEdit, saveStory, writeStory } from './keep.ts';
import { erasePerson, exportPerson } from './people.ts';
import { askTold, noteTold } from './told.ts';

export const stories: Feature = {
  name: 'stories',
  commands: {
    stories: {
      summary: 'Your story bank: what you keep to tell again, for you alone',
      args: [{ name: 'word', summary: 'A word to look for', kind: 'rest' }],
      examples: ['stories', 'stories hiring'],
      run: listStories,
    },
  },
  presses: {
    list: listStories,
    open: openStory,
    save: keepWords,
    write: writeStory,
    edit: openEdit,
    remove: askRemove,
    drop: removeStory,
    mirror: showMirror,
    told: askTold,
  },
  choices: { told: noteTold },
  forms: { save: saveStory, edit: changeStory },
  picks: { save: { label: 'Save as story', run: keepMessage } },
  exports: exportPerson,
  erases: erasePerson,
};
