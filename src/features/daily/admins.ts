/** Telling those who look after a schedule: its maker, else who changed settings last. */
import { bold, type Text } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import type { Schedule } from '../../store/schedules.ts';

/** `about` makes the post's name: the same thing is told once. */
export async function tellAdmins(
  turn: Turn,
  schedule: Schedule,
  about: string,
  words: { readonly title: string; readonly text: Text },
): Promise<void> {
  const person = schedule.creator === '' ? turn.team.last_admin : schedule.creator;
  if (person === null) return;
  await turn.send({
    kind: 'post',
    name: `daily:alert:${schedule.id}:${about}`,
    to: { in: 'dm', person },
    message: {
      title: words.title,
      blocks: [
        { kind: 'text', text: words.text },
        { kind: 'text', text: [bold('Schedule: '), { kind: 'plain', value: `${schedule.time} ${schedule.zone}` }] },
        {
          kind: 'buttons',
          buttons: [{ label: 'Settings', on: { feature: 'setup', name: 'more', subject: schedule.id } }],
        },
      ],
    },
  });
}
