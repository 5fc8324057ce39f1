/** Export: what a person takes along. */
import { afterEach, describe, expect, it } from 'vitest';
import type { PersonId, Ref } from '../../src/chat/ids.ts';
import { textIn } from '../support/someone.ts';
import { TEAM, type TestWorld } from '../support/world.ts';
import { answered, closeAll, erase, everything, WORDS } from './privacy-world.ts';

afterEach(closeAll);

const filesTo = (team: TestWorld, person: string) =>
  team.chat.dms(person as PersonId).filter(({ delivery }) => delivery.kind === 'file');
const exported = (team: TestWorld, person: string): Record<string, unknown> => {
  const delivery = filesTo(team, person).at(-1)?.delivery;
  return delivery?.kind === 'file' ? (JSON.parse(delivery.text) as Record<string, unknown>) : {};
};

describe('export', () => {
  it('brings a file to the person’s direct messages, and to nobody else’s', async () => {
    const { team } = await answered();
    expect(textIn(await team.someone('Ben').says('export'))).toContain('on its way to our direct messages');
    expect(filesTo(team, 'ben')).toHaveLength(1);
    expect(filesTo(team, 'cleo')).toHaveLength(0);
    expect(filesTo(team, 'ben')[0]?.delivery).toMatchObject({ kind: 'file', type: 'application/json' });
  });

  it('holds what every feature keeps and what belongs to none, in words a person can read', async () => {
    const { team } = await answered();
    await team.someone('Ben').choose({ feature: 'progress', name: 'level', subject: '' }, 'senior');
    await team.someone('Cleo').says('note ben');
    await team.someone('Ben').says('export');
    expect(exported(team, 'ben')).toMatchObject({
      you: { id: 'ben', name: 'Ben', level: 'senior' },
      keptForDays: 180,
      daily: { answers: [{ text: WORDS }] },
      notes: { reminders: 1 },
      messagesSeen: [{}],
    });
    const file = filesTo(team, 'ben')[0]?.delivery;
    expect(file?.kind === 'file' && file.text.split('\n').length > 20).toBe(true);
  });

  it('holds nothing of anybody else', async () => {
    const { team } = await answered();
    await team.someone('Ben').says('export');
    expect(JSON.stringify(exported(team, 'ben'))).toContain('CANARY-ben');
    expect(JSON.stringify(exported(team, 'ben'))).not.toMatch(/CANARY-cleo|Cleo|cleo/);
  });

  it('holds a message that still waits for its post', async () => {
    const { team } = await answered();
    await team.chat.emit({
      kind: 'reply',
      id: 'early',
      team: TEAM,
      at: team.now(),
      from: { id: 'ben' as PersonId, name: 'Ben', admin: false },
      place: { in: 'thread', under: 'not linked' as Ref },
      ref: 'm99' as Ref,
      change: 'new',
      text: 'words that wait',
      extras: 0,
    });
    await team.someone('Ben').says('export');
    expect(exported(team, 'ben')['messagesWaiting']).toMatchObject([{ text: 'words that wait' }]);
    await team.someone('Ben').press(erase);
    expect(await everything(team)).not.toContain('words that wait');
  });

  it('sends one file when asked twice before the first is out', async () => {
    const { team } = await answered();
    const press = (id: string) =>
      team.chat.emit({
        kind: 'press',
        id,
        team: TEAM,
        at: team.now(),
        from: { id: 'ben' as PersonId, name: 'Ben', admin: false },
        place: { in: 'dm', person: 'ben' as PersonId },
        on: { feature: 'privacy', name: 'export', subject: '' },
      });
    await press('p1');
    expect(textIn(await press('p2'))).toContain('already on its way');
    await team.settle();
    expect(filesTo(team, 'ben')).toHaveLength(1);
  });
});
