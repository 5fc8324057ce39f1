/** What we believe of the Web API holds on our fake and on `emulate`; where `emulate` is more lenient, it is said why. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, modal, section } from './ask.ts';
import { openOurs, openTheirs, type Stage } from './stages.ts';

type Belief = (on: Stage) => Promise<void>;

const name = { event_type: 'greenroom', event_payload: { name: 'daily' } };
const say = async ({ web, channel }: Stage, text = 'hi'): Promise<string> =>
  (await web.chat.postMessage({ channel, text, metadata: name })).ts ?? '';

const POSTING: Readonly<Record<string, Belief>> = {
  'a message comes back with its place, its time and its text': async ({ web, channel }) => {
    const said = await web.chat.postMessage({ channel, text: 'hi', blocks: [section('hi')] });
    expect(said).toMatchObject({ ok: true, channel, ts: expect.stringMatching(/^\d{10}\.\d{6}$/) });
    expect(said.message).toMatchObject({ type: 'message', text: 'hi', ts: said.ts, blocks: [{ type: 'section' }] });
  },
  'the same message said twice is there twice': async (on) => {
    const [one, two] = [await say(on), await say(on)];
    expect(one).not.toBe(two);
  },
  'a message needs something to say': async ({ web, channel }) =>
    expect(await errorOf(web.apiCall('chat.postMessage', { channel }))).toBe('no_text'),
  'a channel that is not there is not found': async ({ web }) =>
    expect(await errorOf(web.chat.postMessage({ channel: 'C404', text: 'hi' }))).toBe('channel_not_found'),
  'an archived channel takes nothing': async ({ web, archived }) =>
    expect(await errorOf(web.chat.postMessage({ channel: archived, text: 'hi' }))).toBe('is_archived'),
  'a private channel the bot is not in is not found': async ({ web, hidden }) =>
    expect(await errorOf(web.chat.postMessage({ channel: hidden, text: 'hi' }))).toBe('channel_not_found'),
  'a person stands for the DM with them': async ({ web, ana }) => {
    const { channel } = await web.chat.postMessage({ channel: ana, text: 'hi' });
    const opened = await web.conversations.open({ users: ana });
    expect(opened.channel?.id).toBe(channel);
  },
  'a text that is too long is cut with a warning': async ({ web, channel }) => {
    const { response_metadata: about } = await web.chat.postMessage({ channel, text: 'x'.repeat(40_001) });
    expect(about?.warnings).toContain('message_truncated');
  },
  'more than 50 blocks are refused': async ({ web, channel }) => {
    const blocks = Array.from({ length: 51 }, () => section('x'));
    expect(await errorOf(web.chat.postMessage({ channel, text: 'x', blocks }))).toBe('invalid_blocks');
  },
  'a section of more than 3,000 characters is refused': async ({ web, channel }) => {
    const blocks = [section('x'.repeat(3001))];
    expect(await errorOf(web.chat.postMessage({ channel, text: 'x', blocks }))).toBe('invalid_blocks');
  },
  'metadata needs a payload': async ({ web, channel }) => {
    const metadata = { event_type: 'greenroom' };
    const error = await errorOf(web.apiCall('chat.postMessage', { channel, text: 'x', metadata }));
    expect(error).toBe('invalid_metadata_schema');
  },
  'an answer to nothing stands by itself': async ({ web, channel }) => {
    const { message } = await web.chat.postMessage({ channel, text: 'x', thread_ts: '1.000000' });
    expect(message).not.toHaveProperty('thread_ts');
  },
  'a whisper needs somebody who is there': async ({ web, channel }) => {
    const whisper = web.chat.postEphemeral({ channel, user: 'U404', text: 'psst' });
    expect(await errorOf(whisper)).toBe('user_not_in_channel');
  },
  'a whisper has a time, and no place in history': async ({ web, channel, ana }) => {
    const { message_ts: ts } = await web.chat.postEphemeral({ channel, user: ana, text: 'psst' });
    expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    const { messages } = await web.conversations.history({ channel });
    expect(messages?.map(({ text }) => text)).not.toContain('psst');
  },
};

const CHANGING: Readonly<Record<string, Belief>> = {
  'an edit changes text and keeps place and time': async (on) => {
    const ts = await say(on);
    const edited = await on.web.chat.update({ channel: on.channel, ts, text: 'ho' });
    expect(edited).toMatchObject({ ok: true, channel: on.channel, ts, text: 'ho', message: { text: 'ho' } });
  },
  'an edit that says nothing of metadata keeps it': async (on) => {
    const ts = await say(on);
    await on.web.chat.update({ channel: on.channel, ts, text: 'ho' });
    const { channel, web } = on;
    const read = await web.conversations.history({
      channel,
      latest: ts,
      inclusive: true,
      limit: 1,
      include_all_metadata: true,
    });
    expect(read.messages).toMatchObject([{ ts, text: 'ho', metadata: name }]);
  },
  "somebody else's message can be neither changed nor deleted": async ({ web, channel, hers }) => {
    const edit = web.chat.update({ channel, ts: hers, text: 'mine' });
    expect(await errorOf(edit)).toBe('cant_update_message');
    expect(await errorOf(web.chat.delete({ channel, ts: hers }))).toBe('cant_delete_message');
  },
  'a message that is gone is not found': async (on) => {
    const ts = await say(on);
    const { channel, web } = on;
    expect(await web.chat.delete({ channel, ts })).toMatchObject({ ok: true, channel, ts });
    expect(await errorOf(web.chat.delete({ channel, ts }))).toBe('message_not_found');
    expect(await errorOf(web.chat.update({ channel, ts, text: 'x' }))).toBe('message_not_found');
  },
  'a permalink names channel and time': async (on) => {
    const ts = await say(on);
    const { permalink } = await on.web.chat.getPermalink({ channel: on.channel, message_ts: ts });
    expect(permalink).toContain(`/archives/${on.channel}/p${ts.replace('.', '')}`);
  },
};

const READING: Readonly<Record<string, Belief>> = {
  'history comes newest first and leaves replies out': async (on) => {
    const root = await say(on, 'root');
    await on.web.chat.postMessage({ channel: on.channel, text: 'reply', thread_ts: root });
    await say(on, 'last');
    const { messages } = await on.web.conversations.history({ channel: on.channel, limit: 2 });
    expect(messages).toMatchObject([{ text: 'last' }, { text: 'root', reply_count: 1, thread_ts: root }]);
  },
  'history goes on where its cursor says': async (on) => {
    await say(on, 'one');
    await say(on, 'two');
    const first = await on.web.conversations.history({ channel: on.channel, limit: 1 });
    expect(first).toMatchObject({ has_more: true, messages: [{ text: 'two' }] });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await on.web.conversations.history({ channel: on.channel, limit: 1, cursor });
    expect(second.messages).toMatchObject([{ text: 'one' }]);
  },
  'bounds count themselves in only when told to': async (on) => {
    const { web, channel } = on;
    const oldest = await say(on, 'one');
    await say(on, 'two');
    const out = await web.conversations.history({ channel, oldest });
    const within = await web.conversations.history({ channel, oldest, inclusive: true });
    expect([out.messages?.length, within.messages?.length]).toEqual([1, 2]);
  },
  'a thread is its root and then its replies': async (on) => {
    const { web, channel } = on;
    const ts = await say(on, 'root');
    for (const text of ['1', '2']) await web.chat.postMessage({ channel, text, thread_ts: ts });
    const { messages } = await web.conversations.replies({ channel, ts });
    expect(messages?.map(({ text }) => text)).toEqual(['root', '1', '2']);
    expect(messages?.[1]).toMatchObject({ thread_ts: ts });
  },
  'a thread that is not there is not found': async ({ web, channel }) =>
    expect(await errorOf(web.conversations.replies({ channel, ts: '1.000000' }))).toBe('thread_not_found'),
  'metadata is told whole only when asked for': async (on) => {
    await say(on);
    const plain = await on.web.conversations.history({ channel: on.channel, limit: 1 });
    expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'greenroom' });
  },
};

const PEOPLE: Readonly<Record<string, Belief>> = {
  'a token nobody was given is refused': async (on) =>
    expect(await errorOf(on.with('xoxb-stranger').auth.test())).toBe('invalid_auth'),
  'the bot learns who it is': async ({ web }) =>
    expect(await web.auth.test()).toMatchObject({
      team_id: expect.stringMatching(/^T/),
      user_id: expect.stringMatching(/^U/),
    }),
  'a person has a name': async ({ web, ana }) =>
    expect(await web.users.info({ user: ana })).toMatchObject({ user: { id: ana, name: 'ana', is_bot: false } }),
  'a person has a time zone': async ({ web, ana }) =>
    expect((await web.users.info({ user: ana })).user?.tz).toMatch(/^[A-Z][a-z]+\//),
  'a person who is not there is not found': async ({ web }) =>
    expect(await errorOf(web.users.info({ user: 'U404' }))).toBe('user_not_found'),
  'the same people have one conversation': async ({ web, ana, bo }) => {
    const first = await web.conversations.open({ users: `${ana},${bo}` });
    const again = await web.conversations.open({ users: `${bo},${ana}` });
    expect(again.channel?.id).toBe(first.channel?.id);
  },
  'members are told by id': async ({ web, channel, ana }) =>
    expect((await web.conversations.members({ channel })).members).toContain(ana),
  'an archived channel says so': async ({ web, archived }) =>
    expect((await web.conversations.info({ channel: archived })).channel).toMatchObject({ is_archived: true }),
};

const SHOWING: Readonly<Record<string, Belief>> = {
  'a trigger opens one modal': async ({ web, trigger }) => {
    const trigger_id = await trigger();
    expect(await web.views.open({ trigger_id, view: modal() })).toMatchObject({ view: { type: 'modal' } });
    expect(await errorOf(web.views.open({ trigger_id, view: modal() }))).toBe('exchanged_trigger_id');
  },
  'a trigger nobody gave opens none': async ({ web }) =>
    expect(await errorOf(web.views.open({ trigger_id: '1.2.x', view: modal() }))).toBe('invalid_trigger_id'),
  'a modal changes for a hash that is good, and for no other': async ({ web, trigger }) => {
    const { view } = await web.views.open({ trigger_id: await trigger(), view: modal() });
    const at = { view_id: view?.id ?? '', hash: view?.hash ?? '' };
    expect(await web.views.update({ ...at, view: modal('Two') })).toMatchObject({ view: { id: at.view_id } });
    expect(await errorOf(web.views.update({ ...at, view: modal('Three') }))).toBe('hash_conflict');
  },
  'a title of more than 24 characters is refused': async ({ web, trigger }) => {
    const open = web.views.open({ trigger_id: await trigger(), view: modal('x'.repeat(25)) });
    expect(await errorOf(open)).toBe('invalid_arguments');
  },
  'a Home tab keeps its id': async ({ web, ana }) => {
    const publish = (text: string) =>
      web.views.publish({ user_id: ana, view: { type: 'home', blocks: [section(text)] } });
    const [first, second] = [await publish('one'), await publish('two')];
    expect(second.view?.id).toBe(first.view?.id);
  },
  'a file is sent, completed and shared': async ({ web, channel }) => {
    await web.filesUploadV2({
      channel_id: channel,
      file: Buffer.from('abc'),
      filename: 'a.txt',
      initial_comment: 'look',
    });
    const { messages } = await web.conversations.history({ channel, limit: 1 });
    expect(messages).toMatchObject([{ text: 'look', files: [{ name: 'a.txt', size: 3 }] }]);
  },
  'a method that Slack does not have is unknown': async ({ web }) =>
    expect(await errorOf(web.apiCall('chat.shout'))).toBe('unknown_method'),
};

const BELIEFS: Readonly<Record<string, Belief>> = { ...POSTING, ...CHANGING, ...READING, ...PEOPLE, ...SHOWING };

/** Where `emulate` does otherwise, and why we keep our belief. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'a private channel the bot is not in is not found':
    'it says not_in_channel, and so tells that the channel is there; Slack hides private channels',
  'more than 50 blocks are refused': 'it checks no limits of Block Kit',
  'a section of more than 3,000 characters is refused': 'it checks no limits of Block Kit',
  'a title of more than 24 characters is refused': 'it checks no limits of Block Kit',
  'metadata needs a payload': 'it takes any record; invalid_metadata_schema is documented',
  'an answer to nothing stands by itself': 'it keeps any thread_ts; Slack was seen to drop it (slack-go issue 1571)',
  'a thread that is not there is not found': 'it answers with an empty list; thread_not_found is documented',
  'a whisper needs somebody who is there': 'it knows a second error for people it does not know at all',
  'history comes newest first and leaves replies out':
    'it tells no thread_ts of a root; Slack does, once it has replies',
  'bounds count themselves in only when told to': 'it leaves oldest and latest unread; both are documented',
  'metadata is told whole only when asked for': 'it always tells all; include_all_metadata is documented',
  'a token nobody was given is refused': 'it lets every token in as the admin, to be easy to start with',
  'a person has a time zone': 'its people have none; Slack tells tz with users:read',
  'a method that Slack does not have is unknown': 'it answers 404 instead of unknown_method',
};

describe('our fake', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openOurs();
  });
  afterAll(() => stage.close());

  it.each(Object.entries(BELIEFS))('agrees: %s', (_what, belief) => belief(stage));
});

describe('emulate', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openTheirs();
  });
  afterAll(() => stage.close());

  const agreed = Object.entries(BELIEFS).filter(([what]) => !(what in OTHERWISE));
  it.each(agreed)('agrees: %s', (_what, belief) => belief(stage));

  it.each(Object.entries(OTHERWISE))('does otherwise: %s', async (what) => {
    await expect(BELIEFS[what]?.(stage)).rejects.toThrow();
  });
});
