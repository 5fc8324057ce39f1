/** What happens on Slack becomes what the core understands: each deed of a person, once, in its place, from its author. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD, FORM, type Inside, on, openInside, refTo, words } from './inside.ts';

let slack: Inside;
beforeEach(async () => {
  slack = await openInside();
});
afterEach(() => slack.close());

const team = (): string => slack.workspace.id;
const here = () => ({ in: 'channel', channel: slack.channel.id });
const ana = () => ({ id: slack.ana.id, name: 'ana', admin: true });
const type = (command: string, text: string, where = slack.channel.id) =>
  slack.fake.hands.command(team(), slack.ana.id, where, command, text);
const write = (text: string, threadTs?: string, more: object = {}, user = slack.bo) =>
  slack.fake.hands.write(team(), user.id, slack.channel.id, text, {
    ...(threadTs === undefined ? {} : { threadTs }),
    ...more,
  });

describe('a command', () => {
  it('is read in the grammar of the surface', async () => {
    await type('/practice', 'today');
    expect(slack.heard('command')).toMatchObject([
      { command: 'today', args: {}, from: ana(), place: here(), team: team() },
    ]);
    expect(slack.events[0]?.id).toMatch(new RegExp(`^slack:${team()}:trigger:.+`));
  });

  it('under another name of its own is the same', async () => {
    await type('/mock', 'senior 20');
    expect(slack.heard('command')).toMatchObject([{ command: 'mock', args: { level: 'senior', minutes: '20' } }]);
  });

  it.each([
    ['/practice', 'nonsense <b> & more', { text: 'nonsense <b> & more' }],
    ['/practice', '', {}],
    ['/other', 'today', { text: 'today' }],
    ['/OTHER', '', {}],
  ])('nobody knows asks for none: %s %s', async (command, text, args) => {
    await type(command, text);
    expect(slack.heard('command')).toMatchObject([{ command: '', args }]);
    expect(Object.keys(slack.heard('command')[0]?.args ?? {})).toEqual(Object.keys(args));
  });

  it('gives who is asked for as an id, and everybody else by name', async () => {
    await type(
      '/practice',
      'mentor add @bo because @ana said so in #interview-practice, see https://example.org/a?b=1&c=2',
    );
    expect(slack.heard('command')[0]).toMatchObject({
      command: 'mentor add',
      args: {
        who: slack.bo.id,
        note: 'because @ana said so in #interview-practice, see https://example.org/a?b=1&c=2',
      },
    });
  });

  it('typed to us alone is between us', async () => {
    await type('/practice', 'today', slack.workspace.dm(slack.ana.id).id);
    expect(slack.heard('command')[0]?.place).toEqual({ in: 'dm', person: slack.ana.id });
  });
});

describe('a click', () => {
  it('on a button and in a list tell what they stand for', async () => {
    const card = await slack.post(CARD);
    await slack.fake.hands.press(team(), slack.ana.id, card, 'Answer');
    await slack.fake.hands.choose(team(), slack.bo.id, card, 'senior');
    expect(slack.events).toMatchObject([
      { kind: 'press', on: on('answer'), from: ana(), place: here() },
      { kind: 'choose', on: on('level'), value: 'senior', from: { id: slack.bo.id }, place: here() },
    ]);
  });

  it('in a thread is in that thread, on its head in the channel, with us alone between us', async () => {
    const root = await slack.post(words('root'));
    const inside = await slack.post(CARD, undefined, refTo(root));
    const head = await slack.post(CARD);
    await write('a reply', head.ts);
    const alone = await slack.post(CARD, slack.workspace.dm(slack.ana.id).id);
    for (const card of [inside, head, alone]) await slack.fake.hands.press(team(), slack.ana.id, card, 'Answer');
    expect(slack.heard('press').map(({ place }) => place)).toEqual([
      { in: 'thread', under: refTo(root) },
      here(),
      { in: 'dm', person: slack.ana.id },
    ]);
  });

  it('in a modal is where the modal was opened', async () => {
    const root = await slack.post(words('root'));
    const card = await slack.post(CARD, undefined, refTo(root));
    slack.answering((event) =>
      event.kind === 'press' ? { kind: 'ask', form: FORM } : { kind: 'show', message: CARD },
    );
    await slack.fake.hands.press(team(), slack.ana.id, card, 'Answer');
    await slack.fake.hands.submit(team(), slack.ana.id, { text: 'my answer' });
    const view = slack.modal(slack.ana)?.id ?? '';
    await slack.fake.hands.choose(team(), slack.ana.id, { view }, 'mid');
    const place = { in: 'thread', under: refTo(root) };
    expect(slack.heard('submit')).toMatchObject([{ on: FORM.on, values: { text: 'my answer' }, place, from: ana() }]);
    expect(slack.heard('choose')).toMatchObject([{ value: 'mid', place }]);
  });

  it('on an older card we no longer know is let be', async () => {
    const { client } = slack.tenant;
    const text = { type: 'plain_text', text: 'Old' } as const;
    const old = { type: 'actions', elements: [{ type: 'button', action_id: 'OLD STYLE', text }] } as const;
    const { ts = '' } = await client.chat.postMessage({ channel: slack.channel.id, text: 'old', blocks: [old] });
    const acked = await slack.fake.hands.press(team(), slack.ana.id, { channel: slack.channel.id, ts }, 'Old');
    expect(acked.ok).toBe(true);
    expect(slack.events).toEqual([]);
  });
});

describe('a shortcut', () => {
  it('tells the message it was used on, its author and its place', async () => {
    const root = await slack.post(words('root'));
    const ts = await write('mine, @ana', root.ts);
    const picked = { channel: slack.channel.id, ts };
    await slack.fake.hands.shortcut(team(), slack.ana.id, picked, 'daily.use:');
    expect(slack.heard('pick')).toMatchObject([
      {
        on: { feature: 'daily', name: 'use', subject: '' },
        ref: refTo(picked),
        author: slack.bo.id,
        text: 'mine, @ana',
        place: { in: 'thread', under: refTo(root) },
        from: ana(),
      },
    ]);
  });

  it('on our own message names us as its author', async () => {
    const card = await slack.post(words('root'));
    await slack.fake.hands.shortcut(team(), slack.ana.id, card, 'daily.use:');
    expect(slack.heard('pick')).toMatchObject([{ author: slack.workspace.botUser, place: here() }]);
  });
});

describe('a message', () => {
  it('in a thread of ours is heard when it is written, changed and deleted', async () => {
    const root = await slack.post(words('root'));
    const ts = await write('hello & <you>, @ana', root.ts);
    await slack.fake.hands.edit(team(), slack.bo.id, slack.channel.id, ts, 'changed');
    await slack.fake.hands.erase(team(), slack.bo.id, slack.channel.id, ts);
    const ref = refTo({ channel: slack.channel.id, ts });
    const replies = slack.heard('reply');
    const place = { in: 'thread', under: refTo(root) };
    for (const reply of replies) expect(reply).toMatchObject({ ref, place, from: { id: slack.bo.id }, extras: 0 });
    expect(replies.map(({ change, text }) => [change, text])).toEqual([
      ['new', 'hello & <you>, @ana'],
      ['edited', 'changed'],
      ['deleted', undefined],
    ]);
    const ids = replies.map(({ id }) => id.replace(`slack:${team()}:${ref}:`, ''));
    expect(ids).toEqual(['new', expect.stringMatching(/^edited:\d+\.\d{6}$/), 'deleted']);
  });

  it('counts what hangs on it, and is heard as well when it is shown in the channel', async () => {
    const root = await slack.post(words('root'));
    await write('with files', root.ts, { files: 2 });
    await write('for all', root.ts, { broadcast: true });
    expect(slack.heard('reply')).toMatchObject([
      { text: 'with files', extras: 2 },
      { text: 'for all', extras: 0, place: { in: 'thread', under: refTo(root) } },
    ]);
  });

  it('to us alone is between us', async () => {
    const dm = slack.workspace.dm(slack.ana.id).id;
    await slack.fake.hands.write(team(), slack.ana.id, dm, 'hello');
    expect(slack.heard('reply')).toMatchObject([{ place: { in: 'dm', person: slack.ana.id }, text: 'hello' }]);
  });

  it('that names us in our thread is heard once', async () => {
    const root = await slack.post(words('root'));
    await write(`hey <@${slack.workspace.botUser}>`, root.ts);
    await slack.idle();
    expect(slack.heard('reply')).toHaveLength(1);
  });

  it('in the channel, or in the thread of somebody else, is none of our business', async () => {
    const theirs = await write('a talk of our own');
    await write('quite so', theirs, {}, slack.ana);
    await slack.fake.hands.edit(team(), slack.ana.id, slack.channel.id, theirs, 'x').catch(() => undefined);
    await slack.fake.hands.erase(team(), slack.bo.id, slack.channel.id, theirs);
    expect(slack.events).toEqual([]);
    expect(slack.fake.calls.filter(({ method }) => method === 'users.info')).toEqual([]);
  });

  it('of ours comes back with the name we gave it; what has none does not', async () => {
    const blocks = [{ type: 'divider', block_id: 'post daily:s1:2026-11-23' }];
    await slack.post(words('nameless'));
    const named = { channel: slack.channel.id, text: 'named', blocks };
    const { ts = '' } = await slack.tenant.client.chat.postMessage(named);
    await slack.tenant.client.chat.update({ channel: slack.channel.id, ts, text: 'changed', blocks });
    await slack.hears('echo');
    await slack.idle();
    expect(slack.events).toMatchObject([
      { kind: 'echo', name: 'daily:s1:2026-11-23', ref: refTo({ channel: slack.channel.id, ts }) },
    ]);
  });
});

describe('what ends', () => {
  it.each([[false], [true]])('a post of ours that somebody deleted, with replies: %s', async (hasReplies) => {
    const root = await slack.post(words('root'));
    if (hasReplies) await write('a reply', root.ts);
    await slack.fake.hands.erase(team(), slack.ana.id, root.channel, root.ts);
    expect(slack.heard('removed').map(({ what }) => what)).toEqual([{ kind: 'post', ref: refTo(root) }]);
  });

  it('a channel that was archived or deleted, or that we were put out of', async () => {
    const others = ['one', 'two'].map((name) => slack.workspace.addChannel(name).id);
    await slack.fake.hands.archive(team(), slack.channel.id);
    await slack.fake.hands.deleteChannel(team(), others[0] ?? '');
    await slack.fake.hands.kick(team(), others[1] ?? '');
    const gone = slack.heard('removed').map(({ what }) => (what.kind === 'channel' ? what.channel : what.kind));
    expect(new Set(gone)).toEqual(new Set([slack.channel.id, ...others]));
  });

  it('an installation: what was kept of it is to go, and its tokens are forgotten', async () => {
    await slack.fake.hands.uninstall(team());
    expect(slack.heard('removed').map(({ what }) => what)).toContainEqual({ kind: 'team', why: 'uninstalled' });
    expect(slack.forgotten).toEqual([team()]);
  });

  it('our access alone: what was kept stays', async () => {
    await slack.fake.hands.revokeTokens(team());
    expect(slack.heard('removed').map(({ what }) => what)).toEqual([{ kind: 'team', why: 'revoked' }]);
    expect(slack.forgotten).toEqual([team()]);
  });
});

describe('the Home tab', () => {
  it('shows what the core has for its person', async () => {
    slack.answering(() => ({ kind: 'show', message: words('your page') }));
    await slack.fake.hands.openHome(team(), slack.ana.id);
    await slack.idle();
    const place = { in: 'dm', person: slack.ana.id };
    expect(slack.events).toMatchObject([{ kind: 'home', from: ana(), place }]);
    expect(JSON.stringify(slack.workspace.homes.get(slack.ana.id)?.view)).toContain('your page');
  });
});

it('hears that somebody changed', async () => {
  await type('/practice', 'today');
  await slack.fake.hands.changeUser(team(), slack.ana.id, { admin: false, tz: 'Asia/Tokyo' });
  await type('/practice', 'today');
  expect(slack.heard('command')[1]?.from).toMatchObject({ admin: false, zone: 'Asia/Tokyo' });
  expect(slack.fake.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
});
