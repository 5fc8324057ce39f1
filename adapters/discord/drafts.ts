/** Forms that people have open, sealed in the vault: a form that was rejected opens again with what was typed. */
import type { PersonId } from '../../src/chat/ids.ts';
import { HOUR, plus } from '../../src/chat/world.ts';
import type { DiscordDeps, Draft, Drafts } from './ports.ts';

const LASTS_MS = HOUR;
/** A person has few forms open; of more, the oldest are forgotten. */
export const MOST_DRAFTS = 20;

export function openDrafts({ vault, world }: Pick<DiscordDeps, 'vault' | 'world'>): Drafts {
  return {
    async keep(person, draft) {
      const id = world.newId();
      await vault.keep(keyOf(person, id), JSON.stringify(draft), plus(world.now(), LASTS_MS));
      const kept = await vault.keys(keyOf(person, ''));
      // Newer ids sort later.
      await Promise.all(kept.slice(0, -MOST_DRAFTS).map((key) => vault.forget(key)));
      return id;
    },
    read: async (person, id) => parse(await vault.read(keyOf(person, id))),
    forget: (person, id) => vault.forget(keyOf(person, id)),
  };
}

const keyOf = (person: PersonId, id: string): string => `discord/draft/${person}/${id}`;

/** What is sealed is ours; an older version may have written it differently. */
function parse(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined;
  try {
    const draft = JSON.parse(text) as Partial<Draft> | null;
    return draft?.form?.fields !== undefined && draft.values !== undefined ? (draft as Draft) : undefined;
  } catch {
    return undefined;
  }
}
