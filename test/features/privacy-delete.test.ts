/** Delete: what goes, what stays, also for what is still on its way. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Name, PersonId, Ref } from '../../src/chat/ids.ts';
import { LIMITS, overLimits } from '../../src/chat/limits.ts';
import { t } from '../../src/chat/text.ts';
import { HOUR, plus } from '../../src/chat/world.ts';
import { carries, isAbout } from '../../src/features/privacy/rules.ts';
import { deleteCard } from '../../src/features/privacy/views.ts';
import { textIn } from '../support/someone.ts';
import { buttonsOf } from '../support/words.ts';
import { answered, closeAll, erase, everything, WORDS } from './privacy-world.ts';
import { expectPlatformsTake } from '../support/fits-platforms.ts';

afterEach(closeAll);

describe('delete', () => {
  it('first says what goes and what stays, and does nothing yet', async () => {
    const { team } = await answered();
    const answer = await team.someone('Ben').says('delete');
    expect(textIn(answer)).toMatch(/This goes[\s\S]*This stays[\s\S]*cannot be undone/);
    const buttons = answer.kind === 'show' ? buttonsOf(answer.message) : [];
    expect(buttons.map(({ label, style }) => [label, style])).toEqual([
      ['Delete my data', 'danger'],
      ['Keep', undefined],
    ]);
    expect(await everything(team)).toContain('CANARY-ben');
    expect(textIn(await team.someone('Ben').press({ feature: 'privacy', name: 'keep', subject: '' }))).toContain(
      'Nothing was deleted',
    );
    expect(await everything(team)).toContain('CANARY-ben');
  });

  it('leaves no row and no word of that person, and every word of the others', async () => {
    const { team } = await answered();
    await team.someone('Ben').says('pause 2 weeks');
    expect(textIn(await team.someone('Ben').press(erase))).toContain('Done.');
    const left = await everything(team);
    expect(left).not.toMatch(/CANARY-ben|"Ben"|"person":"ben"|"id":"ben"/);
    expect(left).toContain('CANARY-cleo');
  });

  it('takes down what the bot said to them, and what it said to others with their words in it', async () => {
    const { team } = await answered();
    await team.someone('Cleo').says('note ben');
    await team.someone('Ben').says('note cleo');
    await team.someone('Ben').says('export');
    expect(team.chat.named('notes:')).toHaveLength(2);
    await team.someone('Ben').press(erase);
    expect(team.chat.dms('ben' as PersonId)).toHaveLength(0);
    expect(team.chat.named('notes:')).toHaveLength(0);
    expect(JSON.stringify(team.chat.shown().map(({ message }) => message))).not.toContain('CANARY-ben');
  });

  it('leaves alone what was said to others about others', async () => {
    const { team } = await answered();
    await team.someone('Dora').says('note cleo');
    await team.someone('Ben').press(erase);
    expect(team.chat.named('notes:')).toHaveLength(1);
  });

  it('stops what is still on its way with their words', async () => {
    const { team } = await answered();
    await team.store.write(async (tx) => {
      const [row] = await tx.selectFrom('outbox').selectAll().limit(1).execute();
      if (!row) throw new Error('nothing was sent yet');
      const late = { ...row, id: 'z9', state: 'ready', due: plus(team.now(), HOUR), tries: 0, ended: null } as const;
      const body = JSON.stringify({
        kind: 'post',
        name: 'notes:digest:1',
        to: { in: 'channel', channel: 'C9' },
        message: { blocks: [{ kind: 'text', text: t`Worth a look: ${WORDS}` }] },
      });
      const name: Name = 'notes:digest:1';
      await tx
        .insertInto('outbox')
        .values({ ...late, name, key: name, conversation: 'channel C9', body })
        .execute();
    });
    await team.someone('Ben').press(erase);
    await team.at(plus(team.now(), 2 * HOUR));
    expect(team.chat.named('notes:digest')).toHaveLength(0);
    expect(await everything(team)).not.toContain('CANARY-ben');
  });

  it('keeps the count of answers on the round', async () => {
    const { team, root } = await answered();
    await team.someone('Ben').press(erase);
    const round = await team.store.read((tx) => tx.selectFrom('rounds').selectAll().executeTakeFirstOrThrow());
    expect(round.erased).toBe(1);
    expect(team.chat.named(root)).toHaveLength(1);
  });

  it('lets each feature clear its own timers', async () => {
    const { team } = await answered();
    await team.someone('Cleo').says('note ben');
    await team.someone('Ben').press(erase);
    expect(
      await team.store.read((tx) => tx.selectFrom('wakes').selectAll().where('feature', '=', 'notes').execute()),
    ).toEqual([]);
  });

  it('is safe to press twice', async () => {
    const { team } = await answered();
    await team.someone('Ben').press(erase);
    const removals = team.chat.arrived.filter(({ kind }) => kind === 'remove').length;
    expect(textIn(await team.someone('Ben').press(erase))).toContain('Done.');
    expect(team.chat.arrived.filter(({ kind }) => kind === 'remove')).toHaveLength(removals);
    expect(await everything(team)).not.toMatch(/"Ben"|"id":"ben"/);
  });

  it('lets a person come back and start afresh', async () => {
    const { team, root } = await answered();
    await team.someone('Ben').press(erase);
    await team.someone('Ben').replies(root, `${WORDS} Again, with what I know now.`);
    const mine = await team.store.read((tx) =>
      tx
        .selectFrom('answers')
        .selectAll()
        .where('person', '=', 'ben' as PersonId)
        .execute(),
    );
    expect(mine).toHaveLength(1);
    expect(textIn(await team.someone('Ben').says('me'))).toContain('Your last answers');
  });

  it('does not take up again what stands in the thread when it is edited later', async () => {
    const { team, root } = await answered();
    const ref = team.chat.said[0]?.event.ref as Ref;
    await team.someone('Ben').press(erase);
    await team.jump(plus(team.now(), HOUR));
    await team.someone('Ben').edits(ref, root, `${WORDS} edited`);
    expect(await everything(team)).not.toContain('CANARY-ben');
  });
});

describe('recognising somebody’s words', () => {
  it('finds a text in JSON whatever its characters, and not a text too short to be anybody’s', () => {
    const odd = 'He said "no" \\ twice\nthen 🙂 smiled at the whole room of people and left';
    expect(carries(JSON.stringify({ text: odd }), [odd])).toBe(true);
    expect(carries(JSON.stringify({ text: `${odd.slice(0, 70)}…` }), [odd])).toBe(true);
    expect(carries(JSON.stringify({ text: 'something else' }), [odd])).toBe(false);
    expect(carries(JSON.stringify({ text: 'yes' }), ['yes'])).toBe(false);
  });

  it('knows posts by the ids in their names, whole parts only', () => {
    expect(isAbout('feedback:result:a1', new Set(['a1']))).toBe(true);
    expect(isAbout('feedback:result:a12', new Set(['a1']))).toBe(false);
  });
});

describe('the card', () => {
  it('fits every platform, whatever the command is called', () => {
    const card = deleteCard('p'.repeat(LIMITS.name));
    expect(overLimits(card)).toEqual([]);
    expectPlatformsTake(card);
  });
});
