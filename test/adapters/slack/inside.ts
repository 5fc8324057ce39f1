/** What people do on Slack, with the real Bolt against the fake platform; a core that answers as told, a clock that moves when told. */
import type { App } from '@slack/bolt';
import { makeClient } from '../../../adapters/slack/api.ts';
import { openBolt } from '../../../adapters/slack/bolt.ts';
import { makeHttp } from '../../../adapters/slack/http.ts';
import { listen } from '../../../adapters/slack/listen.ts';
import { openPeople } from '../../../adapters/slack/people.ts';
import type { Envelope, Take, Tenant } from '../../../adapters/slack/ports.ts';
import { refOf } from '../../../adapters/slack/refs.ts';
import { renderMessage } from '../../../adapters/slack/render/index.ts';
import type { Ref, TeamId } from '../../../src/chat/ids.ts';
import type { Incoming, Of } from '../../../src/chat/incoming.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import type { OnEvent } from '../../../src/chat/outgoing.ts';
import type { Surface } from '../../../src/chat/surface.ts';
import { plain, t } from '../../../src/chat/text.ts';
import { openClock } from '../../../src/core/clock.ts';
import { openSite } from '../../../src/serve.ts';
import { type FakeSlackOptions, openFakeSlack } from '../../support/fake-slack/index.ts';
import type { FakeChannel, FakeSlack, FakeUser, FakeView, FakeWorkspace } from '../../support/fake-slack/types.ts';
import { wordsIn } from './words.ts';
import { keepLog, type KeptLog, type ManualWorld, openManualWorld, secret } from './world.ts';

type How = (event: Incoming) => unknown;

export interface Inside {
  readonly fake: FakeSlack;
  readonly workspace: FakeWorkspace;
  readonly tenant: Tenant;
  readonly channel: FakeChannel;
  readonly ana: FakeUser;
  readonly bo: FakeUser;
  readonly world: ManualWorld;
  readonly log: KeptLog;
  readonly take: Take;
  /** Every delivery of Slack's so far, as it came. */
  readonly bodies: readonly Envelope['body'][];
  /** What listeners threw at Bolt. */
  readonly thrown: readonly unknown[];
  /** What reached the core. */
  readonly events: readonly Incoming[];
  readonly forgotten: readonly string[];
  /** We may act in the workspace again. */
  comeBack(): void;
  heard<K extends Incoming['kind']>(kind: K): readonly Of<K>[];
  /** Resolves once an event of this kind was heard. */
  hears(kind: Incoming['kind']): Promise<void>;
  /** How the core answers from now on; a promise is a turn that takes its time, a throw one that was not committed. */
  answering(how: How): void;
  /** Our own message somewhere. */
  post(message: Message, to?: string, under?: Ref): Promise<{ readonly channel: string; readonly ts: string }>;
  /** All words this person sees there, one message a line. */
  seen(user: FakeUser, channel?: string, under?: string): readonly string[];
  modal(user: FakeUser): FakeView | undefined;
  /** Everything that is under way has ended. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const SURFACE: Surface = {
  root: 'practice',
  commands: [
    { name: 'today', summary: 'The question of today', args: [], examples: ['today'] },
    {
      name: 'mentor add',
      summary: 'A mentor for somebody',
      args: [
        { name: 'who', summary: 'whom', kind: 'person' },
        { name: 'note', summary: 'why', kind: 'rest' },
      ],
      examples: ['mentor add @ana'],
    },
    {
      name: 'mock',
      alias: 'mock',
      summary: 'A mock interview',
      args: [
        {
          name: 'level',
          summary: 'for whom',
          kind: 'choice',
          options: [{ label: 'Senior', value: 'senior' }],
        },
        { name: 'minutes', summary: 'how long', kind: 'number' },
      ],
      examples: ['mock senior'],
    },
  ],
  shortcuts: [{ label: 'Use as my answer', on: { feature: 'daily', name: 'use', subject: '' } }],
};

export const on = (name: string) => ({ feature: 'test', name, subject: 'one' });
export const words = (text: string): Message => ({ blocks: [{ kind: 'text', text: [plain(text)] }] });
export const CARD: Message = {
  title: 'The question',
  blocks: [
    { kind: 'buttons', buttons: [{ label: 'Answer', on: on('answer'), style: 'primary' }] },
    {
      kind: 'choice',
      on: on('level'),
      prompt: 'Choose',
      options: [
        { label: 'Mid', value: 'mid' },
        { label: 'Senior', value: 'senior' },
      ],
    },
  ],
};
export const FORM: Form = {
  on: on('form'),
  title: 'Your answer',
  submit: 'Share',
  intro: t`Say it.`,
  fields: [
    { kind: 'line', name: 'line', label: 'A line', optional: true },
    { kind: 'paragraph', name: 'text', label: 'Text' },
  ],
};

export async function openInside(options: FakeSlackOptions = {}): Promise<Inside> {
  const fake = await openFakeSlack(options);
  const workspace = fake.addWorkspace('Acme');
  const channel = workspace.addChannel('interview-practice');
  const [ana, bo] = [workspace.addUser('Ana', { admin: true }), workspace.addUser('Bo')];
  for (const { id } of [ana, bo]) channel.members.add(id);
  const world = openManualWorld(new Date(fake.clock.now()).toISOString());
  const log = keepLog();
  const tenant = tenantOf(fake, workspace);
  const core = makeCore();
  const there = new Map([[tenant.team, tenant]]);
  const forgotten: string[] = [];
  const tenants = {
    of: async (team: TeamId) => there.get(team),
    forget: async (team: TeamId) => void (there.delete(team) && forgotten.push(team)),
  };
  const people = openPeople({ world, log, known: async () => undefined });
  const stage = { world, log, apiUrl: fake.apiUrl, onEvent: core.onEvent, surface: SURFACE, tenants, people };
  const thrown: unknown[] = [];
  const bodies: Envelope['body'][] = [];
  const { take: taken, idle } = openBolt({ tenants, log, register: (app) => listen(watch(app, thrown), stage) });
  const take: Take = (envelope) => {
    bodies.push(envelope.body);
    return taken(envelope);
  };
  const close = await connect(fake, take, log);
  return {
    fake,
    workspace,
    tenant,
    channel,
    ana,
    bo,
    world,
    log,
    take,
    bodies,
    thrown,
    forgotten,
    comeBack: () => void there.set(tenant.team, tenant),
    idle,
    ...core,
    ...sightOf(workspace, channel, tenant),
    async close() {
      await close();
      await fake.close();
    },
  };
}

type Listener = (args: never) => Promise<void>;

/** Every listener is noted when it throws, and throws all the same. */
function watch(app: App, thrown: unknown[]): App {
  const watched =
    (listener: Listener): Listener =>
    (args) =>
      listener(args).catch((error: unknown) => {
        thrown.push(error);
        throw error;
      });
  const register =
    (name: 'command' | 'action' | 'shortcut' | 'view' | 'event') =>
    (what: never, listener: Listener): void =>
      (app[name] as (what: never, listener: Listener) => void).call(app, what, watched(listener));
  const { command, action, shortcut, view, event } = Object.fromEntries(
    (['command', 'action', 'shortcut', 'view', 'event'] as const).map((name) => [name, register(name)]),
  );
  return { command, action, shortcut, view, event } as unknown as App;
}

function tenantOf(fake: FakeSlack, workspace: FakeWorkspace): Tenant {
  return {
    team: workspace.id as TeamId,
    name: workspace.name,
    botUser: workspace.botUser,
    botId: workspace.botId,
    client: makeClient({ token: secret(workspace.botToken), apiUrl: fake.apiUrl }),
  };
}

/** Over HTTP, by the real clock: only what answers take is moved by hand. */
async function connect(fake: FakeSlack, take: Take, log: KeptLog): Promise<() => Promise<void>> {
  const { line, http } = makeHttp({ signingSecret: secret(fake.signingSecret), take, world: openClock(), log });
  const site = await openSite({ host: '127.0.0.1', port: 0, log, ready: () => ({ ok: true }), http });
  fake.sendTo(`${site.url}/slack/events`);
  await line.open();
  return async () => {
    await line.close();
    await site.close();
  };
}

function makeCore(): Pick<Inside, 'events' | 'heard' | 'hears' | 'answering'> & { readonly onEvent: OnEvent } {
  const events: Incoming[] = [];
  const lookers = new Set<() => void>();
  let how: How = () => ({ kind: 'nothing' });
  return {
    events,
    heard: (kind) => events.filter((event): event is never => event.kind === kind),
    hears: (kind) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (events.some((event) => event.kind === kind) && lookers.delete(look)) resolve();
        };
        lookers.add(look);
        look();
      }),
    answering(next) {
      how = next;
    },
    async onEvent(event) {
      events.push(event);
      for (const look of lookers) look();
      return (await how(event)) as never;
    },
  };
}

function sightOf(
  workspace: FakeWorkspace,
  channel: FakeChannel,
  { client }: Tenant,
): Pick<Inside, 'post' | 'seen' | 'modal'> {
  return {
    async post(message, to = channel.id, under) {
      const thread = under === undefined ? {} : { thread_ts: under.split('/')[1] ?? '' };
      const sent = await client.chat.postMessage({ channel: to, ...renderMessage(message), ...thread });
      return { channel: String(sent.channel), ts: String(sent.ts) };
    },
    seen: (user, where = channel.id, under) => workspace.visible(user.id, where, under).map(wordsIn),
    modal: (user) => workspace.modals.get(user.id)?.at(-1),
  };
}

export const refTo = ({ channel, ts }: { readonly channel: string; readonly ts: string }): Ref => refOf(channel, ts);
