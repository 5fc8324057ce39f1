/** The local chat on a real store, driven through its addresses as the page drives it. */
import { connectLocal } from '../../../adapters/local/index.ts';
import type { MessageView } from '../../../adapters/local/view.ts';
import type { ChannelId, PersonId, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import type { AnswerTo, OnEvent } from '../../../src/chat/outgoing.ts';
import { placeKey } from '../../../src/chat/place.ts';
import type { Log } from '../../../src/chat/world.ts';
import { openClock } from '../../../src/core/clock.ts';
import { localStore } from '../../../src/store/local.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open.ts';
import { type ChatHarness, type Seen, type SeenForm, SURFACE } from '../../contract/chat.ts';
import { type Asked, type Got, isHidden, openPage, type Page } from '../../support/local-page.ts';
import { wordsOf } from './words.ts';

const ORIGIN = 'http://127.0.0.1:3000';
const CHANNEL = 'interview-practice' as ChannelId;
const PEOPLE: readonly [PersonId, PersonId] = ['ana' as PersonId, 'bo' as PersonId];
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export async function openLocalChat(): Promise<ChatHarness> {
  const store = await openStore('sqlite::memory:');
  await migrate(store);
  const world = openClock();
  const clock = { now: () => world.now(), nextEvent: async () => undefined, moveTo: async () => {} };
  const local = connectLocal({
    world,
    log: SILENT,
    paint: async () => undefined,
    store: localStore(store),
    clock,
    zone: 'Europe/Berlin',
  });
  const heard = makeCore();
  await local.chat.open(heard.onEvent, SURFACE);
  return {
    chat: local.chat,
    team: 'local' as TeamId,
    channel: CHANNEL,
    people: PEOPLE,
    events: heard.events,
    answering: heard.answering,
    ...hands(openPage(ORIGIN, local.http)),
    async close() {
      await local.chat.close();
      await store.close();
    },
  };
}

type How = (event: Incoming) => AnswerTo[Incoming['kind']];

/** Stands where the core stands: keeps what arrived, and answers as it is told to. */
function makeCore(): { events: Incoming[]; onEvent: OnEvent; answering(how: How): void } {
  const events: Incoming[] = [];
  let how: How = () => ({ kind: 'nothing' });
  return {
    events,
    onEvent: async (event) => {
      events.push(event);
      return how(event) as never;
    },
    answering(next) {
      how = next;
    },
  };
}

type Hands = Omit<ChatHarness, 'chat' | 'team' | 'channel' | 'people' | 'events' | 'answering' | 'close'>;

function hands(page: Page): Hands {
  /** The form a person has open, as their page keeps it. */
  const forms = new Map<PersonId, Open>();
  const act = async (person: PersonId, name: string, ask: Asked): Promise<Ref> => {
    const got = await page.post(person, name, ask);
    if (got.kind === 'ask') forms.set(person, { form: got.form, place: got.place, values: standing(got.form) });
    return (got.kind === 'said' ? got.ref : '') as Ref;
  };
  return {
    async see(person, place) {
      const views = await page.messages(person, placeKey(place)).catch((error: unknown) => {
        if (isHidden(error)) return [];
        throw error;
      });
      return views.map(seenOf);
    },
    form: async (person) => {
      const open = forms.get(person);
      return (
        open && { title: open.form.title, values: open.values, ...(open.problem ? { problem: open.problem } : {}) }
      );
    },
    async press(person, ref, label) {
      const card = await page.find(person, ref);
      const buttons = card.card?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? [];
      await act(person, 'press', { ref, on: must(buttons.find((button) => button.label === label)).on });
    },
    async choose(person, ref, value) {
      const card = await page.find(person, ref);
      const choice = card.card?.blocks.find(
        (block) => block.kind === 'choice' && block.options.some((option) => option.value === value),
      );
      if (choice?.kind !== 'choice') throw new Error(`no choice ${value} on ${ref}`);
      await act(person, 'choose', { ref, on: choice.on, value });
    },
    async submit(person, values) {
      const open = must(forms.get(person));
      forms.delete(person);
      const got = await page.post(person, 'submit', { on: open.form.on, place: open.place, values });
      if (got.kind === 'reject') {
        const problem = { field: got.field, text: got.problem };
        forms.set(person, { ...open, values: { ...open.values, ...values }, problem });
      }
    },
    async command(person, text) {
      await act(person, 'command', { place: `channel ${CHANNEL}`, text: `/${SURFACE.root} ${text}` });
    },
    write: (person, place, text) => act(person, 'say', { place: placeKey(place), text }),
    edit: async (person, ref, text) => void (await act(person, 'edit', { ref, text })),
    erase: async (person, ref) => void (await act(person, 'delete', { ref })),
    async pick(person, ref, label) {
      const { surface } = await page.start(person);
      const shortcut = must(surface.shortcuts.find((one) => one.label === label));
      await act(person, 'pick', { ref, on: shortcut.on });
    },
  };
}

interface Open extends Omit<SeenForm, 'title'> {
  readonly form: Extract<Got, { kind: 'ask' }>['form'];
  readonly place: string;
}

const standing = (form: Open['form']): Record<string, string> =>
  Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));

const seenOf = (view: MessageView): Seen => ({ ref: view.ref as Ref, text: wordsOf(view), only: view.only });

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the page shows no such thing');
  return value;
}
