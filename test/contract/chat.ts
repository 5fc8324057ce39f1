/** What the core relies on in a chat. Every adapter passes it, each against its real or faked platform. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Chat, DeliveryError } from '../../src/chat/chat.ts';
import type { ChannelId, Name, PersonId, Ref, TeamId } from '../../src/chat/ids.ts';
import type { Incoming, Of } from '../../src/chat/incoming.ts';
import type { Message } from '../../src/chat/message.ts';
import type { AnswerTo, Delivery } from '../../src/chat/outgoing.ts';
import type { Place } from '../../src/chat/place.ts';
import type { Surface } from '../../src/chat/surface.ts';
import { plain, t } from '../../src/chat/text.ts';

/** A message as a person sees it on that platform. */
export interface Seen {
  readonly ref: Ref;
  /** All its visible words. */
  readonly text: string;
  /** Only that person sees it. */
  readonly only: boolean;
}

export interface SeenForm {
  readonly title: string;
  /** By field name: what stands in it. */
  readonly values: Readonly<Record<string, string>>;
  readonly problem?: { readonly field: string; readonly text: string };
}

/** A platform with two people in one channel, driven as its people would drive it. */
export interface ChatHarness {
  readonly chat: Chat;
  readonly team: TeamId;
  readonly channel: ChannelId;
  readonly people: readonly [PersonId, PersonId];
  /** People choose commands from a list: what is not on it cannot be sent. */
  readonly onlyKnownCommands?: true;
  /** What people write in threads is hidden from us. */
  readonly hidesThreads?: true;
  /** What reached the core so far. */
  readonly events: readonly Incoming[];
  /** How the core answers from now on. Throwing stands for a turn that could not be committed. */
  answering(how: (event: Incoming) => AnswerTo[Incoming['kind']]): void;
  see(person: PersonId, place: Place<Ref>): Promise<readonly Seen[]>;
  form(person: PersonId): Promise<SeenForm | undefined>;
  press(person: PersonId, ref: Ref, label: string): Promise<void>;
  choose(person: PersonId, ref: Ref, value: string): Promise<void>;
  submit(person: PersonId, values: Readonly<Record<string, string>>): Promise<void>;
  command(person: PersonId, text: string): Promise<void>;
  write(person: PersonId, place: Place<Ref>, text: string): Promise<Ref>;
  edit(person: PersonId, ref: Ref, text: string): Promise<void>;
  erase(person: PersonId, ref: Ref): Promise<void>;
  pick(person: PersonId, ref: Ref, label: string): Promise<void>;
  close(): Promise<void>;
}

/** The surface every harness opens its chat with. */
export const SURFACE: Surface = {
  root: 'practice',
  commands: [
    { name: 'today', summary: 'The question of today', args: [], examples: ['today'] },
    {
      name: 'pause',
      summary: 'Not asked for a while',
      args: [{ name: 'until', summary: 'how long', kind: 'rest' }],
      examples: ['pause 2 weeks'],
    },
  ],
  shortcuts: [{ label: 'Use as my answer', on: { feature: 'daily', name: 'use', subject: '' } }],
};

const on = (name: string) => ({ feature: 'test', name, subject: 'one' });
const card = (words: string): Message => ({
  title: 'A title',
  blocks: [
    { kind: 'small', text: t`facts` },
    { kind: 'text', text: t`**${words}** and *ours*` },
    { kind: 'divider' },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Answer', on: on('answer'), style: 'primary' },
        { label: 'Other', on: on('other') },
      ],
    },
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
});
const FORM = {
  on: on('form'),
  title: 'Your answer',
  submit: 'Share',
  intro: t`Say it.`,
  fields: [
    { kind: 'line', name: 'line', label: 'A line', optional: true },
    { kind: 'paragraph', name: 'text', label: 'Text', value: 'before' },
    {
      kind: 'choice',
      name: 'level',
      label: 'Level',
      options: [
        { label: 'Mid', value: 'mid' },
        { label: 'Senior', value: 'senior' },
      ],
      value: 'mid',
    },
    {
      kind: 'rating',
      name: 'rate',
      label: 'Rating',
      steps: [
        { label: '1 not yet', value: '1' },
        { label: '2 partly', value: '2' },
      ],
    },
  ],
} as const;
const NOTHING = { kind: 'nothing' } as const;
const HOSTILE =
  '<script>alert(1)</script> @everyone <!channel> [a](javascript:alert(1)) *bold* &amp; \u202Eright to left';

export function chatContract(platform: string, open: () => Promise<ChatHarness>): void {
  let harness: ChatHarness | undefined;
  const start = async (): Promise<ChatHarness> => (harness = await open());
  afterEach(async () => {
    await harness?.close();
    harness = undefined;
  });

  describe(`posting on ${platform}`, () => postingCases(start));
  describe(`hearing people on ${platform}`, () => hearingCases(start));
  describe(`catching up on ${platform}`, () => catchUpCases(start));
}

type Start = () => Promise<ChatHarness>;

const post = (h: ChatHarness, name: string, message = card('words'), to?: Place<Ref>): Delivery => ({
  kind: 'post',
  team: h.team,
  name: `test:${name}`,
  to: to ?? { in: 'channel', channel: h.channel },
  message,
  thread: 'A title',
});

const textAt = async (h: ChatHarness, person: PersonId, place: Place<Ref>): Promise<string> =>
  (await h.see(person, place)).map(({ text }) => text).join('\n');

function postingCases(start: Start): void {
  it('shows a card with its title, words, buttons and choices', async () => {
    const h = await start();
    await h.chat.deliver(post(h, 'a'));
    const text = await textAt(h, h.people[0], { in: 'channel', channel: h.channel });
    for (const words of ['A title', 'facts', 'words', 'ours', 'Answer', 'Other']) expect(text).toContain(words);
    expect(text).not.toContain('**');
  });

  it('finds what it posted, and says when a name was never posted', async () => {
    const h = await start();
    const ref = await h.chat.deliver(post(h, 'a'));
    const since = h.events.at(-1)?.at ?? ('2000-01-01T00:00:00.000Z' as never);
    expect(await h.chat.find(post(h, 'a'), since)).toEqual({ kind: 'found', ref });
    expect(await h.chat.find(post(h, 'never'), since)).toEqual({ kind: 'absent' });
  });

  it('changes and removes a post, and refuses for good to change one that is gone', async () => {
    const h = await start();
    const here: Place<Ref> = { in: 'channel', channel: h.channel };
    const ref = await h.chat.deliver(post(h, 'a'));
    const name: Name = 'test:a';
    expect(await h.chat.deliver({ kind: 'edit', team: h.team, name, ref, message: card('changed') })).toBe(ref);
    expect(await textAt(h, h.people[1], here)).toContain('changed');
    await h.chat.deliver({ kind: 'remove', team: h.team, name, ref });
    expect(await textAt(h, h.people[1], here)).not.toContain('changed');
    const again = h.chat.deliver({ kind: 'edit', team: h.team, name, ref, message: card('too late') });
    await expect(again).rejects.toMatchObject({ name: 'DeliveryError', effect: 'none', retry: 'never' });
  });

  it('keeps a direct message to its person and a room to its members', async () => {
    const h = await start();
    const [ana, bo] = h.people;
    await h.chat.deliver(post(h, 'dm', card('for ana'), { in: 'dm', person: ana }));
    expect(await textAt(h, ana, { in: 'dm', person: ana })).toContain('for ana');
    const room = await h.chat.deliver({
      kind: 'room',
      team: h.team,
      name: 'test:room',
      title: 'A pair',
      members: [bo],
      near: h.channel,
    });
    await h.chat.deliver(post(h, 'in-room', card('for bo'), { in: 'room', room }));
    expect(await textAt(h, bo, { in: 'room', room })).toContain('for bo');
    await expect(textAt(h, ana, { in: 'room', room })).resolves.not.toContain('for bo');
  });

  it('posts in the thread under a post, and a file where it belongs', async () => {
    const h = await start();
    const root = await h.chat.deliver(post(h, 'root'));
    await h.chat.deliver(post(h, 'reply', card('in the thread'), { in: 'thread', under: root }));
    expect(await textAt(h, h.people[1], { in: 'thread', under: root })).toContain('in the thread');
    const dm: Place<Ref> = { in: 'dm', person: h.people[0] };
    await h.chat.deliver({
      kind: 'file',
      team: h.team,
      name: 'test:file',
      to: dm,
      type: 'application/json',
      text: '{"a":1}',
    });
    expect((await h.see(h.people[0], dm)).length).toBeGreaterThan(0);
  });

  it('refuses a channel that does not exist, for good and without effect', async () => {
    const h = await start();
    const nowhere = post(h, 'a', card('x'), { in: 'channel', channel: 'C0NOWHERE' as ChannelId });
    const failure: unknown = await h.chat.deliver(nowhere).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryError);
    expect(failure).toMatchObject({ effect: 'none', retry: 'never' });
  });

  it('shows what people typed as they typed it, and nothing of it works', async () => {
    const h = await start();
    await h.chat.deliver(post(h, 'a', { blocks: [{ kind: 'text', text: [plain(HOSTILE)] }] }));
    expect(await textAt(h, h.people[0], { in: 'channel', channel: h.channel })).toContain('<script>alert(1)</script>');
  });

  it('states its facts as data', async () => {
    const { chat, ...h } = await start();
    expect(chat.timeoutMs).toBeGreaterThan(0);
    expect(chat.lateMs).toBeGreaterThanOrEqual(0);
    const delivery = post({ chat, ...h }, 'a');
    expect(chat.lanes(delivery)).toEqual(chat.lanes(delivery));
  });
}

const heard = <K extends Incoming['kind']>(h: ChatHarness, kind: K): Of<K>[] =>
  h.events.filter((event): event is Of<K> => event.kind === kind);

/** What we get to read of what was written in a thread. */
const shown = (h: ChatHarness, text: string): string | undefined => (h.hidesThreads === true ? undefined : text);

function hearingCases(start: Start): void {
  it('tells who pressed what, where, and shows the answer to them alone', async () => {
    const h = await start();
    h.answering((event) => (event.kind === 'press' ? { kind: 'say', text: t`only for you` } : NOTHING));
    const ref = await h.chat.deliver(post(h, 'a'));
    await h.press(h.people[1], ref, 'Answer');
    expect(heard(h, 'press')[0]).toMatchObject({
      on: on('answer'),
      from: { id: h.people[1] },
      team: h.team,
      place: { in: 'channel', channel: h.channel },
    });
    const here: Place<Ref> = { in: 'channel', channel: h.channel };
    expect(
      (await h.see(h.people[1], here))
        .filter(({ only }) => only)
        .map(({ text }) => text)
        .join(),
    ).toContain('only for you');
    expect(await textAt(h, h.people[0], here)).not.toContain('only for you');
  });

  it('gives every press an id of its own, and a choice its value', async () => {
    const h = await start();
    const ref = await h.chat.deliver(post(h, 'a'));
    await h.press(h.people[0], ref, 'Other');
    await h.press(h.people[0], ref, 'Other');
    await h.choose(h.people[0], ref, 'senior');
    expect(new Set(heard(h, 'press').map(({ id }) => id)).size).toBe(2);
    expect(heard(h, 'choose')[0]).toMatchObject({ on: on('level'), value: 'senior' });
  });

  it('opens a form filled as asked, sends its values, and keeps it open with the problem when rejected', async () => {
    const h = await start();
    h.answering((event) => {
      if (event.kind === 'press') return { kind: 'ask', form: FORM };
      if (event.kind !== 'submit') return NOTHING;
      return event.values['text'] === 'good'
        ? { kind: 'say', text: t`thanks` }
        : { kind: 'reject', field: 'text', problem: 'Write something good.' };
    });
    const [ana] = h.people;
    await h.press(ana, await h.chat.deliver(post(h, 'a')), 'Answer');
    expect(await h.form(ana)).toMatchObject({ title: 'Your answer', values: { text: 'before', level: 'mid' } });
    await h.submit(ana, { line: 'a line', text: 'bad', level: 'senior', rate: '2' });
    const kept = await h.form(ana);
    expect(kept?.problem).toEqual({ field: 'text', text: 'Write something good.' });
    expect(kept?.values).toMatchObject({ line: 'a line', text: 'bad' });
    await h.submit(ana, { line: 'a line', text: 'good', level: 'senior', rate: '2' });
    expect(heard(h, 'submit').at(-1)).toMatchObject({
      on: on('form'),
      values: { line: 'a line', text: 'good', level: 'senior', rate: '2' },
    });
    expect(await h.form(ana)).toBeUndefined();
  });

  it('hears commands with their arguments', async () => {
    const h = await start();
    await h.command(h.people[0], 'pause 2 weeks');
    expect(heard(h, 'command')).toMatchObject([{ command: 'pause', args: { until: '2 weeks' } }]);
  });

  it('hears an unknown command as such, where people can send one at all', async () => {
    const h = await start();
    const sent = h.command(h.people[0], 'nonsense here');
    if (h.onlyKnownCommands === true) return expect(sent).rejects.toThrow('nonsense');
    await sent;
    expect(heard(h, 'command')).toMatchObject([{ command: '', args: { text: 'nonsense here' } }]);
  });

  it('hears replies as they are written, changed and deleted', async () => {
    const h = await start();
    const root = await h.chat.deliver(post(h, 'a'));
    const ref = await h.write(h.people[1], { in: 'thread', under: root }, 'hello there');
    await h.edit(h.people[1], ref, 'hello again');
    await h.erase(h.people[1], ref);
    const replies = heard(h, 'reply');
    expect(replies.map(({ change, text }) => [change, text])).toEqual([
      ['new', shown(h, 'hello there')],
      ['edited', shown(h, 'hello again')],
      ['deleted', undefined],
    ]);
    for (const reply of replies)
      expect(reply).toMatchObject({ ref, from: { id: h.people[1] }, place: { in: 'thread', under: root } });
  });

  it('hears a message shortcut with the message it was used on', async () => {
    const h = await start();
    const root = await h.chat.deliver(post(h, 'a'));
    const ref = await h.write(h.people[1], { in: 'thread', under: root }, 'mine');
    await h.pick(h.people[1], ref, 'Use as my answer');
    expect(heard(h, 'pick')[0]).toMatchObject({
      on: { feature: 'daily', name: 'use' },
      ref,
      author: h.people[1],
      text: 'mine',
      place: { in: 'thread', under: root },
    });
  });
}

function catchUpCases(start: Start): void {
  const readAll = async (h: ChatHarness, under: Ref, cursor?: string) => {
    const page = await h.chat.replies({ team: h.team, under, ...(cursor === undefined ? {} : { cursor }) });
    return page;
  };

  it('reads what was said with the very ids it was pushed with, and none of our own posts', async () => {
    const h = await start();
    const root = await h.chat.deliver(post(h, 'a'));
    await h.chat.deliver(post(h, 'ours', card('ours'), { in: 'thread', under: root }));
    await h.write(h.people[0], { in: 'thread', under: root }, 'first');
    await h.write(h.people[1], { in: 'thread', under: root }, 'second');
    const page = await readAll(h, root);
    expect(page.events.map(({ id }) => id)).toEqual(heard(h, 'reply').map(({ id }) => id));
    expect(page.events.map(({ text }) => text)).toEqual([shown(h, 'first'), shown(h, 'second')]);
  });

  it('goes on from its cursor and misses nothing', async () => {
    const h = await start();
    const root = await h.chat.deliver(post(h, 'a'));
    await h.write(h.people[0], { in: 'thread', under: root }, 'first');
    const { next } = await readAll(h, root);
    expect(next).toBeTypeOf('string');
    await h.write(h.people[0], { in: 'thread', under: root }, 'second');
    const page = await readAll(h, root, next);
    expect(page.events.map(({ text }) => text)).toContain(shown(h, 'second'));
  });

  it('still has a reply whose event could not be taken in', async () => {
    const h = await start();
    const root = await h.chat.deliver(post(h, 'a'));
    h.answering(() => {
      throw new Error('the database is away');
    });
    await h.write(h.people[0], { in: 'thread', under: root }, 'not lost');
    h.answering(() => NOTHING);
    expect((await readAll(h, root)).events.map(({ text }) => text)).toEqual([shown(h, 'not lost')]);
  });

  it('says when the thread is gone', async () => {
    const h = await start();
    expect(await readAll(h, 'nowhere' as Ref)).toMatchObject({ events: [], gone: true });
  });
}
