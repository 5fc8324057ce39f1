/** Slack with the real Bolt against the fake platform, in either mode, driven as people drive it. */
import { expect } from 'vitest';
import { connectSlack } from '../../../adapters/slack/index.ts';
import type { Mode, SlackDeps } from '../../../adapters/slack/ports.ts';
import { readRef, refOf } from '../../../adapters/slack/refs.ts';
import type { Vault } from '../../../src/chat/adapter.ts';
import type { ChannelId, PersonId, Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import type { AnswerTo, OnEvent } from '../../../src/chat/outgoing.ts';
import type { Place } from '../../../src/chat/place.ts';
import type { Log } from '../../../src/chat/world.ts';
import { encodeAction } from '../../../src/chat/wire.ts';
import { openClock } from '../../../src/core/clock.ts';
import { openSite } from '../../../src/serve.ts';
import { type ChatHarness, type Seen, type SeenForm, SURFACE } from '../../contract/chat.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeSlack, FakeView, FakeWorkspace } from '../../support/fake-slack/types.ts';
import { wordsIn } from './words.ts';

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface SlackHarness extends ChatHarness {
  readonly fake: FakeSlack;
  readonly workspace: FakeWorkspace;
  /** What a platform said that makes the process end. */
  readonly fatal: readonly string[];
}

export async function openSlackChat(kind: Mode['kind'], log = SILENT): Promise<SlackHarness> {
  const fake = await openFakeSlack();
  const workspace = fake.addWorkspace('Acme');
  const channel = workspace.addChannel('interview-practice');
  const people = [workspace.addUser('Ana', { admin: true }), workspace.addUser('Bo')] as const;
  for (const { id } of people) channel.members.add(id);
  const fatal: string[] = [];
  const slack = connectSlack(depsOf(fake, workspace, kind, log, fatal));
  const site = await openSite({
    host: '127.0.0.1',
    port: 0,
    log,
    ready: () => ({ ok: true }),
    http: slack.http,
  });
  if (kind === 'http') fake.sendTo(`${site.url}/slack/events`);
  const heard = makeCore();
  await slack.chat.open(heard.onEvent, SURFACE);
  return {
    fake,
    workspace,
    fatal,
    chat: slack.chat,
    team: workspace.id as TeamId,
    channel: channel.id as ChannelId,
    people: [people[0].id as PersonId, people[1].id as PersonId],
    events: heard.events,
    answering: heard.answering,
    ...handsOf(fake, workspace, channel.id, heard.lastAnswer),
    async close() {
      await slack.chat.close();
      await site.close();
      await fake.close();
    },
  };
}

function depsOf(fake: FakeSlack, workspace: FakeWorkspace, kind: Mode['kind'], log: Log, fatal: string[]): SlackDeps {
  const secret = (text: string) => ({ reveal: () => text });
  return {
    world: openClock(),
    log,
    vault: memoryVault(),
    known: () => Promise.resolve(undefined),
    paint: () => Promise.resolve(undefined),
    fatal: (why) => void fatal.push(why),
    randomToken: () => 'not used with one workspace',
    apiUrl: fake.apiUrl,
    access: { kind: 'one', botToken: secret(workspace.botToken) },
    mode:
      kind === 'socket'
        ? { kind, appToken: secret(fake.appToken) }
        : { kind, signingSecret: secret(fake.signingSecret) },
  };
}

/** Kept only while the test runs. */
export function memoryVault(): Vault {
  const kept = new Map<string, string>();
  return {
    keep: async (key, text) => void kept.set(key, text),
    read: async (key) => kept.get(key),
    async take(key) {
      const text = kept.get(key);
      kept.delete(key);
      return text;
    },
    forget: async (key) => void kept.delete(key),
    keys: async (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
  };
}

type How = (event: Incoming) => AnswerTo[Incoming['kind']];

/** Stands where the core stands: keeps what people did, and answers as it is told to. */
function makeCore(): { events: Incoming[]; onEvent: OnEvent; answering(how: How): void; lastAnswer(): string } {
  const events: Incoming[] = [];
  let last = 'nothing';
  let how: How = () => ({ kind: 'nothing' });
  return {
    events,
    onEvent: async (event) => {
      events.push(event);
      const answer = how(event);
      last = answer.kind;
      return answer as never;
    },
    lastAnswer: () => last,
    answering(next) {
      how = next;
    },
  };
}

type Hands = Omit<ChatHarness, 'chat' | 'team' | 'channel' | 'people' | 'events' | 'answering' | 'close'>;

function handsOf({ hands }: FakeSlack, workspace: FakeWorkspace, channel: string, lastAnswer: () => string): Hands {
  const team = workspace.id;
  /** Acts, and waits for what the person is shown: it follows the acknowledgement by a call of its own. */
  const act = async (person: string, how: () => Promise<unknown>): Promise<void> => {
    const forms = (): number => workspace.modals.get(person)?.length ?? 0;
    const words = (): number =>
      [...workspace.channels.keys()].flatMap((id) =>
        workspace.visible(person, id).filter(({ ephemeralTo }) => ephemeralTo === person),
      ).length;
    const before = { forms: forms(), words: words() };
    await how();
    if (lastAnswer() === 'ask') await expect.poll(forms).toBeGreaterThan(before.forms);
    if (lastAnswer() === 'say' || lastAnswer() === 'show')
      await expect.poll(() => forms() + words()).toBeGreaterThan(before.forms + before.words);
  };
  return {
    async see(person, place) {
      const where = whereIs(workspace, place);
      return workspace.visible(person, where.channel, where.threadTs).map((message): Seen => ({
        ref: refOf(message.channel, message.ts),
        text: wordsIn(message),
        only: message.ephemeralTo !== undefined,
      }));
    },
    form: async (person) => formOf(workspace.modals.get(person)?.at(-1)),
    async press(person, ref, label) {
      await act(person, () => hands.press(team, person, must(readRef(ref)), label));
    },
    async choose(person, ref, value) {
      await act(person, () => hands.choose(team, person, must(readRef(ref)), value));
    },
    async submit(person, values) {
      await hands.submit(team, person, values);
    },
    async command(person, text) {
      await act(person, () => hands.command(team, person, channel, `/${SURFACE.root}`, text));
    },
    async write(person, place, text) {
      const where = whereIs(workspace, place);
      const thread = where.threadTs === undefined ? {} : { threadTs: where.threadTs };
      return refOf(where.channel, await hands.write(team, person, where.channel, text, thread));
    },
    async edit(person, ref, text) {
      const { channel: at, ts } = must(readRef(ref));
      await hands.edit(team, person, at, ts, text);
    },
    async erase(person, ref) {
      const { channel: at, ts } = must(readRef(ref));
      await hands.erase(team, person, at, ts);
    },
    async pick(person, ref, label) {
      const shortcut = must(SURFACE.shortcuts.find((one) => one.label === label));
      await act(person, () => hands.shortcut(team, person, must(readRef(ref)), encodeAction(shortcut.on)));
    },
  };
}

function whereIs(workspace: FakeWorkspace, place: Place<Ref>): { channel: string; threadTs?: string } {
  if (place.in === 'channel') return { channel: place.channel };
  if (place.in === 'dm') return { channel: workspace.dm(place.person).id };
  const { channel, ts } = must(readRef(place.in === 'thread' ? place.under : place.room));
  return { channel, threadTs: ts };
}

/** The modal as a form; a modal that only tells something is none. */
function formOf(open: FakeView | undefined): SeenForm | undefined {
  const blocks = (open?.view['blocks'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const inputs = blocks.filter(({ type }) => type === 'input');
  if (!open || inputs.length === 0) return undefined;
  const [field, text] = Object.entries(open.errors)[0] ?? [];
  return {
    title: (open.view['title'] as { text: string }).text,
    values: Object.fromEntries(inputs.map((input) => [String(input['block_id']), standing(open, input)])),
    ...(field === undefined || text === undefined ? {} : { problem: { field, text } }),
  };
}

function standing(open: FakeView, input: Readonly<Record<string, unknown>>): string {
  const element = input['element'] as Readonly<Record<string, unknown>>;
  const initial =
    (element['initial_value'] as string | undefined) ??
    (element['initial_option'] as { value?: string } | undefined)?.value;
  return open.typed[String(input['block_id'])] ?? initial ?? '';
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Slack shows no such thing');
  return value;
}
