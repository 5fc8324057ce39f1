/** Forms that are open are remembered for the one who opened them, and not for ever. */
import { describe, expect, it } from 'vitest';
import { MOST_DRAFTS, openDrafts } from '../../../adapters/discord/drafts.ts';
import type { Vault } from '../../../src/chat/adapter.ts';
import type { Instant, PersonId } from '../../../src/chat/ids.ts';
import { openManualWorld } from '../slack/world.ts';
import { FORM, makeVault } from './inside.ts';

const ana = '100000000000000001' as PersonId;
const bo = '100000000000000002' as PersonId;
const draft = { form: FORM, values: { text: 'mine' } };

describe('a form that is open', () => {
  it('is read as it was kept, until it is forgotten', async () => {
    const drafts = openDrafts({ vault: makeVault(), world: openManualWorld() });
    const id = await drafts.keep(ana, draft);
    expect(await drafts.read(ana, id)).toEqual(draft);
    expect(await drafts.read(ana, id)).toEqual(draft);
    await drafts.forget(ana, id);
    expect(await drafts.read(ana, id)).toBeUndefined();
  });

  it('is nobody else’s', async () => {
    const drafts = openDrafts({ vault: makeVault(), world: openManualWorld() });
    const id = await drafts.keep(ana, draft);
    expect(await drafts.read(bo, id)).toBeUndefined();
    await drafts.forget(bo, id);
    expect(await drafts.read(ana, id)).toEqual(draft);
  });

  it('is kept for an hour', async () => {
    const ends: (Instant | undefined)[] = [];
    const vault: Vault = { ...makeVault(), keep: async (_key, _text, until) => void ends.push(until) };
    await openDrafts({ vault, world: openManualWorld('2026-11-23T09:00:00.000Z') }).keep(ana, draft);
    expect(ends).toEqual(['2026-11-23T10:00:00.000Z']);
  });

  it('makes room for newer ones of the same person', async () => {
    const vault = makeVault();
    const drafts = openDrafts({ vault, world: openManualWorld() });
    const others = await drafts.keep(bo, draft);
    const ids: string[] = [];
    for (let i = 0; i <= MOST_DRAFTS; i++) ids.push(await drafts.keep(ana, draft));
    expect(await drafts.read(ana, ids[0] ?? '')).toBeUndefined();
    expect(await drafts.read(ana, ids[1] ?? '')).toEqual(draft);
    expect(await drafts.read(ana, ids.at(-1) ?? '')).toEqual(draft);
    expect(await drafts.read(bo, others)).toEqual(draft);
    expect(await vault.keys('discord/draft/')).toHaveLength(MOST_DRAFTS + 1);
  });

  it.each(['', 'null', '{', '{"values":{}}', '[]', '7'])(
    'that nobody can read any more counts as forgotten: %j',
    async (text) => {
      const vault = makeVault();
      const drafts = openDrafts({ vault, world: openManualWorld() });
      const id = await drafts.keep(ana, draft);
      const [key = ''] = await vault.keys('discord/draft/');
      await vault.keep(key, text);
      expect(await drafts.read(ana, id)).toBeUndefined();
    },
  );
});
