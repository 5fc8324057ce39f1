/** What the core answers reaches the person who acted, and nobody else: in time, late, and when Discord makes trouble. */
import { RateLimitError, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/chat/ids.ts';
import { plain } from '../../../src/chat/text.ts';
import type { Answered, Fault } from '../../support/fake-discord/types.ts';
import { CARD, FORM, type Inside, openInside, words } from './inside.ts';
import { wordsIn, wordsOfModal } from './words.ts';

let discord: Inside;
/** What a form that is sent off is answered with. */
let answer: unknown;
beforeEach(async () => {
  answer = NOTHING;
  discord = await openInside();
});
afterEach(async () => {
  await discord.listening.idle();
  expect(discord.fake.complaints).toEqual([]);
  await discord.close();
});

const say = (text: string) => ({ kind: 'say', text: [plain(text)] });
const show = (text: string) => ({ kind: 'show', message: words(text) });
const ASK = { kind: 'ask', form: FORM } as const;
const NOTHING = { kind: 'nothing' } as const;
const CALLBACK = 'POST /interactions/:id/:token/callback';
const EPHEMERAL = 64;

const guild = (): string => discord.guild.id;
const channel = (): string => discord.channel.id;
const ana = (): string => discord.ana.id;
const type = (): Promise<Answered> => discord.fake.hands.command(guild(), ana(), channel(), 'practice', ['today']);
const press = async (label = 'Answer', message?: string): Promise<Answered> =>
  discord.fake.hands.press(ana(), channel(), message ?? (await discord.post(CARD)), label);
const choose = async (): Promise<Answered> =>
  discord.fake.hands.choose(ana(), channel(), await discord.post(CARD), 'senior');
const pick = async (): Promise<Answered> => {
  const message = await discord.fake.hands.write(discord.bo.id, channel(), 'mine');
  return discord.fake.hands.pick(guild(), ana(), channel(), message, 'Use as my answer');
};
const submit = async (): Promise<Answered> => {
  await openForm();
  return sendOff();
};
const sendOff = (): Promise<Answered> => discord.fake.hands.submit(ana(), { text: 'what I think' });
/** The form is open; submissions are answered as before. */
async function openForm(by: () => Promise<unknown> = press): Promise<void> {
  discord.answering((event) => (event.kind === 'submit' ? answer : ASK));
  await by();
}
const answering = (how: unknown): void => {
  answer = how;
  discord.answering(() => how);
};

const whispered = (): string => discord.whispers(discord.ana).map(wordsIn).join('\n');
const callbacks = () => discord.fake.calls.filter(({ route }) => route.endsWith('/callback'));
const form = () => discord.fake.modal(ana());

/** Discord has heard that an answer follows; the turn ends only when told. */
async function deferred(act: () => Promise<Answered>): Promise<[Answered, PromiseWithResolvers<unknown>]> {
  const turn = Promise.withResolvers<unknown>();
  if (act === submit) await openForm();
  if (act === submit) answer = turn.promise;
  else discord.answering(() => turn.promise);
  const acting = act === submit ? sendOff() : act();
  await discord.world.asleepFor(2_000);
  await discord.world.advance(2_000);
  return [await acting, turn];
}
async function late(
  act: () => Promise<Answered>,
  end: (turn: PromiseWithResolvers<unknown>) => void,
): Promise<Answered> {
  const [answered, turn] = await deferred(act);
  end(turn);
  await discord.listening.idle();
  return answered;
}
const failing = (turn: PromiseWithResolvers<unknown>): void => turn.reject(new Error('the disk is full'));

const ACTS: readonly (readonly [string, () => Promise<Answered>])[] = [
  ['a command', type],
  ['a button', press],
  ['a choice', choose],
  ['a message command', pick],
];
const ALL = [...ACTS, ['a form', submit]] as const;

describe.each(ALL)('%s', (_name, act) => {
  it.each([say('hello @everyone'), show('hello @everyone')])('is answered with words at once', async (how) => {
    answering(how);
    expect(await act()).toMatchObject({ ok: true, type: 4, data: { allowed_mentions: { parse: [] } } });
    expect(whispered()).toContain('hello @everyone');
    expect(discord.seen(discord.bo).join()).not.toContain('hello');
  });

  it('is answered later when the core takes more than two seconds', async () => {
    const answered = await late(act, (turn) => turn.resolve(say('here it is')));
    expect(answered).toMatchObject({ ok: true, type: 5, data: { flags: EPHEMERAL } });
    expect(whispered()).toContain('here it is');
    expect(discord.seen(discord.bo).join()).not.toContain('here it is');
    const edits = discord.fake.calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(edits).toEqual([expect.objectContaining({ flags: 32_768, allowed_mentions: { parse: [] } })]);
  });

  it('that was on its way for long is put off sooner', async () => {
    if (act === submit) await openForm();
    const turn = Promise.withResolvers<unknown>();
    if (act === submit) answer = turn.promise;
    else discord.answering(() => turn.promise);
    await discord.world.advance(1_600);
    const acting = act === submit ? sendOff() : act();
    await discord.world.asleepFor(1_200);
    await discord.world.advance(1_600);
    expect((await acting).type).toBe(5);
    turn.resolve(NOTHING);
  });

  it('is not answered after a quarter of an hour', async () => {
    const [, turn] = await deferred(act);
    await discord.world.advance(16 * 60_000);
    turn.resolve(say('long ago'));
    await discord.listening.idle();
    expect(whispered()).not.toContain('long ago');
    expect(discord.log.lines.join('\n')).toContain('too late');
  });

  it('whose turn fails says so', async () => {
    answer = Promise.reject(new Error('the disk is full'));
    await Promise.resolve(answer).catch(() => {});
    if (act !== submit) discord.answering(() => answer);
    expect(await act()).toMatchObject({ ok: true, type: 4 });
    expect(whispered()).toContain('nothing was changed');
    expect(discord.log.lines.filter((line) => line.includes('the disk is full'))).toHaveLength(1);
  });

  it('whose turn fails later says so', async () => {
    await late(act, failing);
    expect(whispered()).toContain('nothing was changed');
  });

  it('that came too late is not begun', async () => {
    if (act === submit) await openForm();
    const [events, calls] = [discord.events.length, callbacks().length];
    await discord.world.advance(10_000);
    const acting = act === submit ? sendOff() : act();
    await discord.log.said('came too late');
    await discord.fake.clock.advance(3_000);
    expect((await acting).ok).toBe(false);
    expect(discord.events).toHaveLength(events);
    expect(callbacks()).toHaveLength(calls);
  });
});

describe.each(ACTS)('%s', (_name, act) => {
  it('is answered with a form', async () => {
    answering(ASK);
    expect(await act()).toMatchObject({ ok: true, type: 9 });
    const modal = form();
    expect(modal && wordsOfModal(modal)).toContain('Your answer');
  });

  it('asks to press again when its form comes too late', async () => {
    await late(act, (turn) => turn.resolve(ASK));
    expect(whispered()).toContain('press again');
    expect(form()).toBeUndefined();
  });
});

describe('an answer with nothing in it', () => {
  it.each([
    ['a button', press],
    ['a choice', choose],
  ])('leaves %s as it was', async (_name, act) => {
    answering(NOTHING);
    expect(await act()).toMatchObject({ ok: true, type: 6 });
    expect(discord.whispers(discord.ana)).toEqual([]);
  });

  it.each([
    ['a command', type],
    ['a message command', pick],
  ])('still answers %s', async (_name, act) => {
    answering(NOTHING);
    expect(await act()).toMatchObject({ ok: true, type: 4 });
    expect(whispered()).toContain('Done');
  });

  it('takes its announcement away when it comes late', async () => {
    await late(press, (turn) => turn.resolve(NOTHING));
    expect(discord.whispers(discord.ana)).toEqual([]);
  });

  it('closes a form', async () => {
    answering(NOTHING);
    expect(await submit()).toMatchObject({ ok: true, type: 6 });
    expect(form()).toBeUndefined();
  });

  it('closes a form that came from a command', async () => {
    answer = NOTHING;
    await openForm(type);
    expect(await discord.fake.hands.submit(ana(), { text: 'x' })).toMatchObject({ ok: true, type: 4 });
    expect(whispered()).toContain('Saved');
  });

  it('closes a form late', async () => {
    await late(submit, (turn) => turn.resolve(NOTHING));
    expect(whispered()).toContain('Saved');
  });
});

const REJECT = { kind: 'reject', field: 'text', problem: 'Write a little more.' };
const valuesShown = (): string => JSON.stringify(form()?.components);

describe('a form that is rejected', () => {
  it('says why, opens again as it was sent off, and is sent off again', async () => {
    answer = REJECT;
    await openForm();
    await discord.fake.hands.submit(ana(), { line: 'a line', text: 'too short' });
    expect(whispered()).toContain('Text: Write a little more.');
    const [offer] = discord.whispers(discord.ana);
    expect(await press('Open again', offer?.id)).toMatchObject({ ok: true, type: 9 });
    const modal = form();
    expect(modal && wordsOfModal(modal)).toContain('Write a little more.');
    expect(valuesShown()).toContain('"too short"');
    expect(valuesShown()).toContain('"a line"');
    answer = say('thanks');
    await discord.fake.hands.submit(ana(), { text: 'long enough' });
    expect(discord.heard('submit').map(({ values, on }) => [values['line'], values['text'], on.name])).toEqual([
      ['a line', 'too short', 'form'],
      ['a line', 'long enough', 'form'],
    ]);
    expect(whispered()).toContain('thanks');
    expect(discord.heard('press').map(({ on }) => on.name)).toEqual(['answer']);
  });

  it('may be rejected twice, and shows only the last problem', async () => {
    answer = REJECT;
    await openForm();
    await discord.fake.hands.submit(ana(), { text: 'a' });
    await press('Open again', discord.whispers(discord.ana).at(-1)?.id);
    answer = { ...REJECT, problem: 'Still too short.' };
    await discord.fake.hands.submit(ana(), { text: 'b' });
    await press('Open again', discord.whispers(discord.ana).at(-1)?.id);
    const modal = form();
    expect(modal && wordsOfModal(modal)).toContain('Still too short.');
    expect(modal && wordsOfModal(modal)).not.toContain('a little more');
  });

  it('late opens again too', async () => {
    await late(submit, (turn) => turn.resolve(REJECT));
    const offer = discord.whispers(discord.ana).at(-1);
    expect(await press('Open again', offer?.id)).toMatchObject({ ok: true, type: 9 });
    expect(valuesShown()).toContain('what I think');
  });

  it('opens for nobody once it was forgotten', async () => {
    answer = REJECT;
    await submit();
    for (const key of await discord.vault.keys('discord/draft/')) await discord.vault.forget(key);
    await press('Open again', discord.whispers(discord.ana)[0]?.id);
    expect(whispered()).toContain('too long');
  });

  it('after a turn that failed is offered again, filled in', async () => {
    answer = Promise.reject(new Error('the disk is full'));
    await Promise.resolve(answer).catch(() => {});
    await submit();
    await press('Open again', discord.whispers(discord.ana)[0]?.id);
    expect(valuesShown()).toContain('what I think');
  });
});

describe('a form that was forgotten here', () => {
  it('gives back what was written, in as many messages as it takes', async () => {
    await openForm();
    for (const key of await discord.vault.keys('discord/draft/')) await discord.vault.forget(key);
    const long = 'word '.repeat(599).trim();
    await discord.fake.hands.submit(ana(), { line: 'one line', text: long });
    await discord.listening.idle();
    expect(discord.heard('submit')).toEqual([]);
    const all = discord.whispers(discord.ana).map(wordsIn);
    expect(all[0]).toContain('what you wrote');
    expect(all[1]).toContain('one line');
    expect(all.slice(2).join(' ').replace(/\s+/g, ' ')).toBe(long);
  });

  it('is done with after it was taken', async () => {
    answer = say('thanks');
    await submit();
    expect(await discord.vault.keys('discord/draft/')).toEqual([]);
  });
});

it('a form opened in a DM is sent off from the card it was opened on, also again', async () => {
  const dm = discord.fake.dm(ana()).id;
  const card = await discord.post(CARD, dm);
  answer = REJECT;
  discord.answering((event) => (event.kind === 'submit' ? answer : ASK));
  await discord.fake.hands.press(ana(), dm, card, 'Answer');
  await discord.fake.hands.submit(ana(), { text: 'a' });
  const offer = discord.fake.visible(ana(), dm).at(-1);
  await discord.fake.hands.press(ana(), dm, offer?.id ?? '', 'Open again');
  await discord.fake.hands.submit(ana(), { text: 'b' });
  const [first, second] = discord.heard('submit');
  expect(first?.card).toContain(card);
  expect(second?.card).toBe(first?.card);
  expect(offer?.flags).toBe((offer?.flags ?? 0) & ~EPHEMERAL);
});

describe('when Discord makes trouble', () => {
  it('an answer it has already is no error', async () => {
    discord.fake.fault(CALLBACK, { do: 'status', status: 500, effect: 'after' });
    answering(say('hello'));
    const acting = type();
    await discord.world.asleepFor(1_000);
    await discord.world.advance(1_000);
    expect((await acting).ok).toBe(true);
    await discord.listening.idle();
    expect(callbacks().map(({ status }) => status)).toEqual([500, 400]);
    expect(discord.whispers(discord.ana)).toHaveLength(1);
    expect(discord.log.lines.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
  });

  it.each<Fault>([
    { do: 'status', status: 503, effect: 'before' },
    { do: 'drop', effect: 'before' },
    { do: '429', retryAfter: 1, scope: 'user' },
  ])('a first answer is tried again as long as it waits: %j', async (fault) => {
    discord.fake.fault(CALLBACK, fault);
    answering(say('hello'));
    const acting = type();
    await discord.world.asleepFor(1_000);
    await discord.world.advance(1_300);
    expect((await acting).ok).toBe(true);
    expect(whispered()).toContain('hello');
  });

  it('an answer is given at once, though everything else is held back (429 over all routes)', async () => {
    discord.fake.fault('POST /channels/:id/messages', { do: '429', retryAfter: 60, scope: 'global' });
    const post = discord.client.rest.post(Routes.channelMessages(discord.channel.id), {
      body: { content: 'x', allowed_mentions: { parse: [] } },
    });
    await expect(post).rejects.toBeInstanceOf(RateLimitError);
    answering(say('hello'));
    expect((await type()).ok).toBe(true);
    expect(whispered()).toContain('hello');
  });

  it('nobody works for an interaction it does not know any more', async () => {
    discord.fake.fault(CALLBACK, { do: 'status', status: 404, code: 10_062, effect: 'before' });
    answering(say('hello'));
    const acting = type();
    await discord.hears('command');
    await discord.listening.idle();
    expect(discord.log.lines.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
    await discord.fake.clock.advance(3_000);
    expect((await acting).ok).toBe(false);
  });

  it('an answer it refuses is replaced by words', async () => {
    discord.fake.fault(CALLBACK, { do: 'status', status: 400, code: 50_035, effect: 'before' });
    answering(say('hello'));
    expect((await type()).ok).toBe(true);
    expect(whispered()).toContain('would not show');
  });

  it('a form it refuses is replaced by words', async () => {
    discord.fake.fault(CALLBACK, { do: 'status', status: 400, code: 50_035, effect: 'before' });
    answering(ASK);
    expect((await press()).ok).toBe(true);
    expect(whispered()).toContain('press again');
  });

  it.each<Fault>([
    { do: 'status', status: 502, effect: 'before' },
    { do: 'drop', effect: 'after' },
    { do: '429', retryAfter: 1, scope: 'shared' },
  ])('a late answer is tried again: %j', async (fault) => {
    discord.fake.fault('PATCH /webhooks/:app/:token/messages/:message', fault);
    const [, turn] = await deferred(type);
    turn.resolve(say('here it is'));
    await discord.world.asleepFor(1_000);
    await discord.world.advance(1_300);
    await discord.listening.idle();
    expect(whispered()).toContain('here it is');
  });

  it('a late answer is not waited for without end', async () => {
    discord.fake.fault('PATCH /webhooks/:app/:token/messages/:message', { do: '429', retryAfter: 600, scope: 'user' });
    await late(type, (turn) => turn.resolve(say('here it is')));
    expect(discord.log.lines.join('\n')).toContain('could not be shown');
  });

  it('a message that follows is never sent twice', async () => {
    await openForm();
    for (const key of await discord.vault.keys('discord/draft/')) await discord.vault.forget(key);
    discord.fake.fault('POST /webhooks/:app/:token', { do: 'drop', effect: 'after' });
    await discord.fake.hands.submit(ana(), { text: 'what I think' });
    await discord.listening.idle();
    expect(whispered().match(/what I think/g)).toHaveLength(1);
  });
});

describe('proposals', () => {
  const complete = (): Promise<Answered> =>
    discord.fake.hands.complete(guild(), ana(), channel(), 'practice', ['mentor', 'add'], 'skill', 'd');
  const choices = ({ data }: Answered): readonly unknown[] => (data?.['choices'] ?? []) as readonly unknown[];

  it('are at most 25, and none that Discord would refuse', async () => {
    const options = Array.from({ length: 30 }, (_, at) => ({ label: `Option ${at}`, value: `o${at}` }));
    answering({
      kind: 'offer',
      options: [{ label: '', value: 'x' }, { label: 'x', value: 'v'.repeat(101) }, ...options],
    });
    const answered = await complete();
    expect(choices(answered)).toHaveLength(25);
    expect(choices(answered)[0]).toEqual({ name: 'Option 0', value: 'o0' });
  });

  it('are none when the core fails', async () => {
    discord.answering(() => Promise.reject(new Error('the disk is full')));
    expect(choices(await complete())).toEqual([]);
    await discord.log.said('the disk is full');
  });

  it('are none when the core is slow', async () => {
    const turn = Promise.withResolvers<unknown>();
    discord.answering(() => turn.promise);
    const acting = complete();
    await discord.world.asleepFor(2_000);
    await discord.world.advance(2_000);
    expect(choices(await acting)).toEqual([]);
    turn.resolve({ kind: 'offer', options: [] });
  });
});

it('a button of nobody’s says that it is old', async () => {
  const id = await discord.post({
    blocks: [{ kind: 'buttons', buttons: [{ label: 'Old', on: { feature: 'a', name: 'b', subject: '' } }] }],
  });
  const message = discord.fake.channel(channel()).messages.find((one) => one.id === id);
  if (message)
    message.components = JSON.parse(
      JSON.stringify(message.components).replaceAll('a.b:', 'what was here'),
    ) as typeof message.components;
  await press('Old', id);
  expect(whispered()).toContain('older version');
  expect(discord.events).toEqual([]);
});

it('a draft belongs to its person', async () => {
  await openForm();
  const [key = ''] = await discord.vault.keys('discord/draft/');
  expect(key).toContain(`/${ana()}/`);
  expect(await discord.drafts.read(discord.bo.id as PersonId, key.split('/').at(-1) ?? '')).toBeUndefined();
});
