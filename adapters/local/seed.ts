/** The practice team on its first start: three sample people and two channels. */
import type { ChannelId, PersonId } from '../../src/chat/ids.ts';
import type { Start } from '../../src/chat/incoming.ts';
import type { ChannelRow, PersonRow } from './ports.ts';

/** `zone` is the host's: everybody sits in the same place here. */
export const samplePeople = (zone: string): readonly PersonRow[] => [
  { id: 'ana', name: 'Ana', admin: 1, zone, sample: 0, position: 1 },
  { id: 'bo', name: 'Bo', admin: 0, zone, sample: 1, position: 2 },
  { id: 'chen', name: 'Chen', admin: 0, zone, sample: 1, position: 3 },
];

export const SAMPLE_CHANNELS: readonly ChannelRow[] = [
  {
    id: 'interview-practice',
    name: 'interview-practice',
    purpose: 'A leadership question a day, answered and reviewed by the team',
    position: 1,
  },
  { id: 'mentorship', name: 'mentorship', purpose: 'Topics and scenarios to talk over together', position: 2 },
];

/** The first schedule: the practice channel, looked after by Ana. */
export const firstStart = (zone: string): Start => ({
  channel: 'interview-practice' as ChannelId,
  person: { id: 'ana' as PersonId, name: 'Ana', admin: true, zone },
  zone,
});
