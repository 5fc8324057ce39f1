/** Interactions under way: who waits for what answer, for how long, and what each became. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Json, Model, StoredChannel, StoredMessage } from '../model.ts';
import type { Answered } from '../types.ts';

export const ANSWER_WITHIN_MS = 3000;
export const TOKEN_LIFE_MS = 15 * 60_000;
/** Of real time, left to the app when a test moves the clock on. */
const MOMENT_MS = 500;

/** As numbered by Discord. */
export const KIND = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
export type Kind = keyof typeof KIND;

export interface Asking {
  readonly kind: Kind;
  readonly user: string;
  readonly channel: StoredChannel;
  readonly data: Json;
  /** The message acted on; of a form the one whose button opened it. */
  readonly message?: StoredMessage;
  /** The command's. */
  readonly name?: string;
  /** It is a message command. */
  readonly onMessage?: true;
}

export interface Interaction extends Asking {
  readonly id: string;
  readonly token: string;
  /** By the fake's clock. */
  readonly at: number;
  state: 'waiting' | 'answered' | 'void';
  /** The callback's type. */
  type?: number;
  /** What `@original` names. */
  original?: StoredMessage;
  /** Everything its token may edit. */
  readonly messages: StoredMessage[];
  /** The answer is announced and not there yet. */
  thinking: boolean;
  settle(answered: { readonly ok: boolean; readonly data?: Json }): void;
}

export interface Desk {
  /** Makes one and has it dispatched; resolves when it is answered, or never will be. */
  ask(asking: Asking): Promise<Answered>;
  byId(id: string, token: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  tokenLives(interaction: Interaction): boolean;
  /** What was not answered yet will not be. */
  close(): void;
}

type Dispatch = (interaction: Interaction) => void;

const tokenOf = (id: string): string =>
  Buffer.from(`interaction:${id}:${randomUUID()}${randomUUID()}`).toString('base64url');

function nameOf({ kind, name, data }: Asking): string {
  return `${kind} ${name ?? String(data['custom_id'])}`;
}

/** Gives up after three seconds. A clock that was moved leaves the app a moment of real time: nothing is late by that alone. */
function watch(model: Model, interaction: Interaction, done: Promise<unknown>): { cancel(): void } {
  const began = performance.now();
  return model.clock.at(interaction.at + ANSWER_WITHIN_MS, async () => {
    const moved = ANSWER_WITHIN_MS - (performance.now() - began);
    if (moved > 0) await Promise.race([done, setTimeout(Math.min(moved, MOMENT_MS), undefined, { ref: false })]);
    if (interaction.state !== 'waiting') return;
    interaction.state = 'void';
    interaction.settle({ ok: false });
  });
}

function makeInteraction(model: Model, asking: Asking, settle: Interaction['settle']): Interaction {
  const id = model.newId();
  return {
    ...asking,
    id,
    token: tokenOf(id),
    at: model.clock.now(),
    state: 'waiting',
    messages: [],
    thinking: false,
    settle,
  };
}

export function openDesk(model: Model, dispatch: Dispatch): Desk {
  const byToken = new Map<string, Interaction>();
  const tokenLives = ({ at }: Interaction): boolean => model.clock.now() - at <= TOKEN_LIFE_MS;
  const forget = (): void => {
    for (const [token, one] of byToken) {
      if (tokenLives(one)) break;
      byToken.delete(token);
    }
  };
  const ask = async (asking: Asking): Promise<Answered> => {
    forget();
    let settle: Interaction['settle'] = () => {};
    const done = new Promise<{ readonly ok: boolean; readonly data?: Json }>((resolve) => {
      settle = resolve;
    });
    const interaction = makeInteraction(model, asking, settle);
    byToken.set(interaction.token, interaction);
    const watching = watch(model, interaction, done);
    dispatch(interaction);
    const answered = await done;
    watching.cancel();
    const { type } = interaction;
    return { ...answered, ...(type !== undefined && { type }), tookMs: model.clock.now() - interaction.at };
  };
  return {
    ask,
    byId: (id, token) => {
      const found = byToken.get(token);
      return found?.id === id ? found : undefined;
    },
    byToken: (token) => byToken.get(token),
    tokenLives,
    close: () => {
      for (const one of byToken.values()) {
        if (one.state === 'waiting') one.settle({ ok: false });
      }
    },
  };
}

export { nameOf };
