/** Telling those who look after a schedule: its maker, else who used an admin command last. */
import { plain, t, type Text } from '../../chat/text.ts';
import type { Turn } from '../../core/feature.ts';
import { keeperOf, type Schedule } from '../../store/schedules.ts';

/** `about` makes the post's name: the same thing is told once. */
export async function tellAdmins(
  turn: Turn,
  schedule: Schedule,
  about: string,
  words: { readonly title: string; readonly text: Text },
): Promise<void> {
  const person = keeperOf(schedule, turn.team);
  if (person === undefined) return;
  await turn.send({
    kind: 'post',
    name: `daily:alert:${schedule.id}:${about}`,
    to: { in: 'dm', person },
    message: {
      title: words.title,
      blocks: [
        { kind: 'text', text: words.text },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Settings', on: { feature: 'setup', name: 'more', subject: schedule.id }, style: 'primary' },
          ],
        },
        {
          kind: 'small',
          text: [...t`About the schedule `, plain(`${schedule.time} ${schedule.zone}`), ...t`. Only you see this.`],
        },
      ],
    },
  });
}
