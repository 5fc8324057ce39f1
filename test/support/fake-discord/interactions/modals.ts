/** The form each person has open, and where it came from. */
import type { Json, StoredMessage } from '../model.ts';
import type { FakeModal } from '../types.ts';
import type { Interaction } from './desk.ts';
import { refuseBody } from './no.ts';

const MOST_PARTS = 5;
const LONGEST_TITLE = 45;
const LONGEST_ID = 100;

export interface OpenModal extends FakeModal {
  readonly from: Interaction;
  readonly message?: StoredMessage;
}

export interface Modals {
  open(from: Interaction, data: Json): void;
  of(user: string): OpenModal | undefined;
  close(user: string): void;
}

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** What stands in a form: of labels the part inside, of rows each of theirs. */
export function inputsOf(components: readonly Json[]): readonly { readonly holder: Json; readonly input: Json }[] {
  return components.flatMap((holder) => {
    if (holder['type'] === 18) return [{ holder, input: holder['component'] as Json }];
    return listOf(holder['components']).map((input) => ({ holder, input }));
  });
}

function check({ title, custom_id: id, components }: Json): void {
  if (typeof title !== 'string' || title === '' || title.length > LONGEST_TITLE)
    refuseBody('title: 1 to 45 characters');
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) refuseBody('custom_id: 1 to 100 characters');
  const parts = listOf(components);
  if (parts.length === 0 || parts.length > MOST_PARTS) refuseBody('components: 1 to 5 parts');
  if (parts.some(({ type }) => type !== 1 && type !== 10 && type !== 18)) refuseBody('components: not in a modal');
  const ids = inputsOf(parts).map(({ input }) => input['custom_id']);
  if (new Set(ids).size !== ids.length) refuseBody('components: custom ids cannot be used twice');
}

export function openModals(): Modals {
  const open = new Map<string, OpenModal>();
  return {
    open: (from, data) => {
      check(data);
      const { message } = from;
      open.set(from.user, {
        customId: String(data['custom_id']),
        title: String(data['title']),
        components: listOf(data['components']),
        from,
        ...(message && { message }),
      });
    },
    of: (user) => open.get(user),
    close: (user) => void open.delete(user),
  };
}
