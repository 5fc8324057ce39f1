/** The local chat as its page knows it: every address the page asks, with the headers a browser sends. */
import type { FormView, MessageView } from '../../adapters/local/view.ts';
import type { Instant } from '../../src/chat/ids.ts';

export type Asked = Readonly<Record<string, unknown>>;

/** What came back for something a person did. */
export type Got =
  | { readonly kind: 'done' }
  | { readonly kind: 'said'; readonly ref: string }
  | { readonly kind: 'ask'; readonly form: FormView; readonly place: string }
  | { readonly kind: 'reject'; readonly field: string; readonly problem: string };

export interface Start {
  readonly clock: { readonly now: Instant; readonly next?: Instant };
  readonly channels: readonly { readonly place: string }[];
  readonly rooms: readonly MessageView[];
  readonly surface: { readonly shortcuts: readonly { readonly label: string; readonly on: string }[] };
}

export interface Page {
  start(person: string): Promise<Start>;
  /** `POST /api/<name>` as that person. */
  post(person: string, name: string, ask: Asked): Promise<Got>;
  /** What that person sees of a conversation, oldest first. */
  messages(person: string, place: string): Promise<readonly MessageView[]>;
  /** One message, in whichever of their conversations it stands. */
  find(person: string, ref: string): Promise<MessageView>;
}

/** The chat answered, and did not do it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(status: number, problem: string) {
    super(`${status} ${problem}`);
    this.status = status;
  }
}

export const isHidden = (error: unknown): boolean => error instanceof Refused && error.status === 404;

const queryOf = (asked: Record<string, string>): string => new URLSearchParams(asked).toString();

/** `send` carries a request to the chat that lives at `origin`. Throws {@link Refused} for anything but a 200. */
export function openPage(origin: string, send: (request: Request) => Promise<Response | undefined>): Page {
  const ask = async <T>(path: string, body?: Asked): Promise<T> => {
    const headers = { origin, 'sec-fetch-site': 'same-origin' };
    const init =
      body === undefined
        ? { headers }
        : {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          };
    const response = await send(new Request(new URL(path, origin), init));
    if (!response) throw new Error(`${path} is not an address of the chat`);
    if (!response.ok) throw new Refused(response.status, await response.text());
    return (await response.json()) as T;
  };
  const page: Page = {
    start: (person) => ask(`/api/start?${queryOf({ person })}`),
    post: (person, name, what) => ask(`/api/${name}`, { person, ...what }),
    async messages(person, place) {
      const { messages } = await ask<{ messages: readonly MessageView[] }>(
        `/api/messages?${queryOf({ person, place })}`,
      );
      return messages;
    },
    async find(person, ref) {
      const { channels, rooms } = await page.start(person);
      const places = [
        ...channels.map(({ place }) => place),
        `dm ${person}`,
        ...rooms.map((room) => `room ${room.ref}`),
      ];
      for (const place of places) {
        const seen = await page.messages(person, place);
        const threads = seen.filter(({ talk }) => talk).map((root) => page.messages(person, `thread ${root.ref}`));
        const found = [...seen, ...(await Promise.all(threads)).flat()].find((view) => view.ref === ref);
        if (found) return found;
      }
      throw new Error(`${person} sees no message ${ref}`);
    },
  };
  return page;
}
