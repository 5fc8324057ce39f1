/** What deleting means, before anybody presses. */
import type { Action, Message } from '../../chat/message.ts';
import { t } from '../../chat/text.ts';

const on = (name: string): Action => ({ feature: 'privacy', name, subject: '' });

/** `root`: the command's name, without the slash. */
export const deleteCard = (root: string): Message => ({
  title: 'Delete your data?',
  blocks: [
    { kind: 'small', text: t`Only you see this.` },
    {
      kind: 'text',
      text: t`**This goes**\n- your answers and drafts, and the feedback and results you received\n- your story bank\n- your mentorship profile, pairs and what you wrote in them; the others read that someone left\n- topics you wrote for a discussion, and summaries of one\n- my posts that carry your words, and everything I wrote to you in direct messages\n- your level, time zone and pause`,
    },
    {
      kind: 'text',
      text: t`**This stays**\n- feedback you gave, with the people who received it, without your name\n- counts, such as how many people answered a question\n- messages you wrote yourself in a channel or thread: delete those in the chat\n- schedules you set up; admins look after them\n- that somebody never wants to be paired with you, if they said so: that is theirs`,
    },
    { kind: 'text', text: t`It cannot be undone. To take a copy along first, use \`/${root} export\`.` },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Delete my data', on: on('erase'), style: 'danger' },
        { label: 'Keep', on: on('keep') },
      ],
    },
  ],
});
