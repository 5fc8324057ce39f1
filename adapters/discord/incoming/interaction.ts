/** What people do on purpose, as Discord tells it: which kind of thing, by whom, and the token to answer it with. */
import type { Instant, TeamId } from '../../../src/chat/ids.ts';
import type { Person } from '../../../src/chat/incoming.ts';
import { madeAt } from '../refs.ts';
import { personActing } from './person.ts';
import { type Body, idOf, recordOf, teamOf, textOf } from './read.ts';

export type InteractionKind = 'command' | 'pick' | 'complete' | 'click' | 'submit';

export interface Interaction {
  readonly kind: InteractionKind;
  readonly id: string;
  readonly at: Instant;
  /** Good for fifteen minutes, and for answering this alone. */
  readonly token: string;
  readonly application: string;
  /** Absent in a DM. */
  readonly team?: TeamId;
  readonly from: Person;
  /** The whole of it, for what only some kinds have. */
  readonly body: Body;
  /** What stands in it under `data`. */
  readonly data: Body;
  /** The message it was done on, where there is one. */
  readonly message?: Body;
}

/** Undefined when a part is missing without which nobody could be answered. */
export function readInteraction(raw: unknown): Interaction | undefined {
  const body = recordOf(raw) ?? {};
  const id = idOf(body['id']);
  const token = textOf(body['token']);
  const application = idOf(body['application_id']);
  const from = personActing(body);
  const data = recordOf(body['data']);
  const kind = kindOf(body, data);
  if (!id || !token || !application || !from || !data || !kind) return undefined;
  const team = teamOf(body['guild_id']);
  const message = recordOf(body['message']);
  return {
    kind,
    id,
    at: madeAt(id),
    token,
    application,
    from,
    body,
    data,
    ...(team === undefined ? {} : { team }),
    ...(message === undefined ? {} : { message }),
  };
}

const COMMAND = 2;
const KINDS = new Map<unknown, InteractionKind>([
  [3, 'click'],
  [4, 'complete'],
  [5, 'submit'],
]);
const COMMAND_KINDS = new Map<unknown, InteractionKind>([
  [1, 'command'],
  [3, 'pick'],
]);

const kindOf = (body: Body, data: Body | undefined): InteractionKind | undefined =>
  body['type'] === COMMAND ? COMMAND_KINDS.get(data?.['type']) : KINDS.get(body['type']);
