/** Whatever comes from outside: what is missing or strange is left out, nothing is made up, and nothing throws. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Body } from '../../../adapters/slack/incoming/read.ts';
import { CARD, FORM, type Inside, openInside, refTo, words } from './inside.ts';

const RUNS = process.env['LONG'] ? 10_000 : 500;

let slack: Inside;
beforeEach(async () => {
  slack = await openInside();
});
afterEach(() => slack.close());

const team = (): string => slack.workspace.id;
const TS = '1700000000.000100';
const event = (facts: Body, envelope: Body = {}): Body => ({
  type: 'event_callback',
  team_id: team(),
  event_id: 'Ev1',
  event_time: 1_700_000_000,
  event: facts,
  authorizations: [{ team_id: team(), user_id: slack.workspace.botUser, is_bot: true, is_enterprise_install: false }],
  ...envelope,
});
/** Said under a post of ours. */
const said = (facts: Body = {}): Body => ({
  type: 'message',
  channel: slack.channel.id,
  channel_type: 'channel',
  user: slack.bo.id,
  text: 'hello',
  ts: TS,
  thread_ts: '1600000000.000100',
  parent_user_id: slack.workspace.botUser,
  event_ts: TS,
  ...facts,
});
const changed = (message: Body, before: Body, facts: Body = {}): Body => ({
  type: 'message',
  subtype: 'message_changed',
  channel: slack.channel.id,
  channel_type: 'channel',
  ts: '1700000009.000100',
  event_ts: '1700000009.000100',
  message,
  previous_message: before,
  ...facts,
});
const edited = (ts: string): Body => ({ edited: { user: slack.bo.id, ts } });
const tell = (facts: Body, envelope?: Body) => slack.take({ body: event(facts, envelope) });
const tellAgain = (facts: Body, count: number) => slack.take({ body: event(facts), retry: { count } });
const clicked = (facts: Body = {}): Body => ({
  type: 'block_actions',
  team: { id: team(), domain: 'acme' },
  user: { id: slack.ana.id, name: 'ana', team_id: team() },
  container: { type: 'message', channel_id: slack.channel.id, message_ts: TS, is_ephemeral: true },
  channel: { id: slack.channel.id, name: 'x' },
  trigger_id: '1.2.3',
  response_url: 'https://example.org/steal',
  actions: [{ type: 'button', action_id: 'daily.answer:1', action_ts: TS }],
  ...facts,
});

describe('a message is left alone', () => {
  it.each<[string, () => Body]>([
    ['from another app', () => said({ bot_id: 'B0OTHER' })],
    ['from another app of old', () => said({ subtype: 'bot_message', bot_id: 'B0OTHER', user: undefined })],
    ['that only says who came', () => said({ subtype: 'channel_join' })],
    ['without an author', () => said({ user: undefined })],
    ['without a time', () => said({ ts: 'yesterday' })],
    ['in no channel', () => said({ channel: { id: 'C1' } })],
    ['under a message of somebody else', () => said({ parent_user_id: 'U0OTHER' })],
    [
      'broadcast from a thread of somebody else',
      () => said({ subtype: 'thread_broadcast', parent_user_id: undefined, root: { user: 'U0OTHER' } }),
    ],
    ['outside threads', () => said({ thread_ts: undefined, parent_user_id: undefined })],
    ['of a kind nobody has heard of', () => said({ subtype: 'hologram' })],
    ['that is only previewed anew', () => changed(said({ attachments: [{}] }), said())],
    ['that was edited before, and is now previewed', () => changed(said(edited(TS)), said(edited(TS)))],
    ['that was edited once and is no longer marked so', () => changed(said(), said(edited(TS)))],
    ['of ours that we changed', () => changed(said({ user: slack.workspace.botUser, ...edited(TS) }), said())],
    ['that changed into nothing', () => changed(undefined as never, said())],
    ['that was deleted without a trace', () => ({ ...said(), subtype: 'message_deleted', ts: undefined })],
    [
      'of another app that was deleted',
      () => ({
        ...said({ subtype: 'message_deleted', deleted_ts: TS }),
        previous_message: said({ bot_id: 'B0OTHER' }),
      }),
    ],
  ])('%s', async (_what, make) => {
    await tell(make());
    expect(slack.events).toEqual([]);
  });

  it('without an id of its event', async () => {
    await tell(said(), { event_id: undefined });
    expect(slack.events).toEqual([]);
    expect(slack.log.lines.join()).toContain('missing parts');
  });
});

describe('a message', () => {
  it('where Slack does not say whose thread it is in is the core’s to judge', async () => {
    await tell(said({ parent_user_id: undefined }));
    expect(slack.heard('reply')).toMatchObject([{ place: { in: 'thread' }, text: 'hello' }]);
  });

  it('in a thread of a direct conversation or a group is in that thread', async () => {
    await tell(said({ channel: 'D0000000001', channel_type: 'im' }));
    await tell(said({ channel: 'G0000000001', channel_type: 'mpim' }));
    expect(slack.heard('reply').map(({ place }) => place)).toEqual([
      { in: 'thread', under: 'D0000000001/1600000000.000100' },
      { in: 'thread', under: 'G0000000001/1600000000.000100' },
    ]);
  });

  it('edited twice is heard twice, each with its own id and time', async () => {
    await tell(changed(said({ text: 'b', ...edited('1700000001.000000') }), said()));
    await tell(changed(said({ text: 'c', ...edited('1700000002.000000') }), said(edited('1700000001.000000'))));
    const id = `slack:${team()}:${refTo({ channel: slack.channel.id, ts: TS })}:edited:`;
    expect(slack.heard('reply')).toMatchObject([
      { id: `${id}1700000001.000000`, at: '2023-11-14T22:13:21.000Z', text: 'b' },
      { id: `${id}1700000002.000000`, at: '2023-11-14T22:13:22.000Z', text: 'c' },
    ]);
  });

  it('of endless length is cut', async () => {
    await tell(said({ text: '€'.repeat(50_000) }));
    expect(slack.heard('reply')[0]?.text).toHaveLength(40_000);
  });

  it('counts shared messages and files, not previews', async () => {
    await tell(said({ files: [{}, {}, 7], attachments: [{ from_url: 'x' }, { from_url: 'x', is_share: true }, {}] }));
    expect(slack.heard('reply')).toMatchObject([{ extras: 4 }]);
  });

  it('that Slack hides from us has no words', async () => {
    await tell(said({ text: null }));
    expect(slack.heard('reply')[0]).not.toHaveProperty('text');
  });

  it('deleted by whoever is a post removed when Slack no longer knows its author', async () => {
    await tell({ ...said({ subtype: 'message_deleted', deleted_ts: TS }), previous_message: undefined });
    expect(slack.heard('removed')).toMatchObject([{ what: { kind: 'post', ref: `${slack.channel.id}/${TS}` } }]);
  });
});

describe('a click', () => {
  it('that brings several deeds brings each, answered once', async () => {
    const actions = [
      { type: 'button', action_id: 'daily.answer:1', action_ts: TS },
      { type: 'static_select', action_id: 'daily.level:1', selected_option: { value: 'mid' } },
      { type: 'datepicker', action_id: 'daily.date:1', selected_date: '2026-11-23' },
      { type: 'static_select', action_id: 'daily.level:2', selected_option: null },
    ];
    expect(await slack.take({ body: clicked({ actions }) })).toBe('');
    expect(slack.events.map(({ kind, id }) => [kind, id])).toEqual([
      ['press', `slack:${team()}:trigger:1.2.3`],
      ['choose', `slack:${team()}:trigger:1.2.3:1`],
    ]);
    expect(slack.log.lines.join()).not.toContain('answered twice');
  });

  it('on a message only one person sees is where that message is', async () => {
    const thread_ts = '1600000000.000100';
    const container = { type: 'message', channel_id: slack.channel.id, message_ts: TS, is_ephemeral: true, thread_ts };
    await slack.take({ body: clicked({ container, channel: undefined }) });
    expect(slack.heard('press')[0]?.place).toEqual({ in: 'thread', under: `${slack.channel.id}/${thread_ts}` });
  });

  it('is never answered at an address that is not Slack’s', async () => {
    slack.answering(() => ({ kind: 'say', text: [{ kind: 'plain', value: 'hello' }] }));
    await slack.take({ body: clicked() });
    await slack.idle();
    expect(slack.fake.calls.map(({ method }) => method)).toContain('chat.postEphemeral');
    expect(slack.log.lines.join()).not.toContain('example.org');
  });

  it.each<[string, Body]>([
    ['nobody', { user: {} }],
    ['somebody strange', { user: { id: 'me; drop table' } }],
    ['no trigger', { trigger_id: 7 }],
    ['no deeds', { actions: [] }],
    ['deeds that are none', { actions: [null, 7, 'x', {}, { type: 'button', action_id: 5 }] }],
  ])('with %s is answered with nothing and heard by nobody', async (_what, facts) => {
    expect(await slack.take({ body: clicked(facts) })).toBe('');
    expect(slack.events).toEqual([]);
  });

  it.each(['', 'x', '[]', '7', 'null', '{"channel":7}', '{"channel":"C1; x","thread":"y"}', `"${'x'.repeat(4_000)}"`])(
    'in a modal that lost its origin is between us: %s',
    async (private_metadata) => {
      const view = { id: 'V1', type: 'modal', private_metadata };
      await slack.take({ body: clicked({ view, channel: undefined, container: { type: 'view', view_id: 'V1' } }) });
      expect(slack.heard('press')[0]?.place).toEqual({ in: 'dm', person: slack.ana.id });
    },
  );
});

describe('an end', () => {
  it('of somebody else’s membership is none of ours', async () => {
    const left = { type: 'member_left_channel', channel: slack.channel.id };
    await tell({ ...left, user: slack.bo.id });
    expect(slack.events).toEqual([]);
    await tell({ ...left, user: slack.workspace.botUser });
    expect(slack.heard('removed')).toMatchObject([{ what: { kind: 'channel', channel: slack.channel.id } }]);
  });

  it('of people’s tokens is none of ours', async () => {
    slack.workspace.revoked = true;
    await tell({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    await tell({ type: 'tokens_revoked', tokens: 'all' });
    expect(slack.events).toEqual([]);
  });

  it('told late, when we were installed again long since, ends nothing', async () => {
    const end = { type: 'app_uninstalled' };
    await expect(tell(end)).rejects.toThrow('still works');
    await expect(tellAgain(end, 1)).rejects.toThrow('still works');
    await tellAgain(end, 2);
    expect(slack.events).toEqual([]);
    expect(slack.forgotten).toEqual([]);
    expect(slack.log.lines.join()).toContain('nothing is deleted');
  });

  it('told a moment before the token stops working is told again, and then ends it', async () => {
    await expect(tell({ type: 'app_uninstalled' })).rejects.toThrow('still works');
    slack.workspace.revoked = true;
    await tellAgain({ type: 'app_uninstalled' }, 1);
    expect(slack.heard('removed')).toHaveLength(1);
    expect(slack.forgotten).toEqual([team()]);
  });

  it('that cannot be made certain now is told again', async () => {
    slack.fake.fault('auth.test', { do: '500', effect: 'before' });
    await expect(tell({ type: 'app_uninstalled' })).rejects.toThrow();
    expect(slack.events).toEqual([]);
  });

  it('that the core did not commit forgets nothing, so that it is told again', async () => {
    slack.workspace.revoked = true;
    slack.answering(() => {
      throw new Error('the disk is full');
    });
    await expect(tell({ type: 'app_uninstalled' })).rejects.toThrow('the disk is full');
    expect(slack.forgotten).toEqual([]);
    slack.answering(() => ({ kind: 'nothing' }));
    await tell({ type: 'app_uninstalled' });
    expect(slack.forgotten).toEqual([team()]);
  });
});

describe('the Home tab', () => {
  it('is not asked for when somebody opens the messages beside it', async () => {
    await tell({ type: 'app_home_opened', user: slack.ana.id, tab: 'messages' });
    expect(slack.events).toEqual([]);
  });

  it('counts as opened though Slack would not show it', async () => {
    slack.fake.fault('views.publish', { do: 'error', error: 'internal_error' });
    slack.answering(() => ({ kind: 'show', message: words('your page') }));
    expect(await tell({ type: 'app_home_opened', user: slack.ana.id, tab: 'home' })).toBe('');
    expect(slack.log.lines.join()).toContain('could not be shown');
  });

  it('does not keep Slack waiting for itself', async () => {
    slack.fake.fault('views.publish', { do: 'hold' });
    slack.answering(() => ({ kind: 'show', message: words('your page') }));
    const told = tell({ type: 'app_home_opened', user: slack.ana.id, tab: 'home' });
    await slack.world.asleepFor(2_000);
    await slack.world.advance(2_000);
    expect(await told).toBe('');
    slack.fake.release();
  });
});

/** One of each delivery, as Slack sends them. */
async function deedsOfAllKinds(): Promise<void> {
  const { hands } = slack.fake;
  const [ana, bo] = [slack.ana.id, slack.bo.id];
  slack.answering(({ kind }) => {
    if (kind === 'home') return { kind: 'show', message: CARD };
    return kind === 'press' ? { kind: 'ask', form: FORM } : { kind: 'nothing' };
  });
  const card = await slack.post(CARD);
  await hands.command(team(), ana, slack.channel.id, '/practice', 'mentor add @bo');
  await hands.press(team(), ana, card, 'Answer');
  await hands.submit(team(), ana, { text: 'x' });
  await hands.choose(team(), bo, card, 'mid');
  await hands.shortcut(team(), ana, card, 'daily.use:');
  const ts = await hands.write(team(), bo, slack.channel.id, 'hello @ana', { threadTs: card.ts, files: 1 });
  await hands.edit(team(), bo, slack.channel.id, ts, 'changed @ana');
  await hands.erase(team(), bo, slack.channel.id, ts);
  await hands.openHome(team(), ana);
  await hands.press(team(), ana, { view: slack.workspace.homes.get(ana)?.id ?? '' }, 'Answer');
  await hands.changeUser(team(), bo, { realName: 'Bo' });
  await hands.archive(team(), slack.channel.id);
  await hands.revokeTokens(team());
  await slack.idle();
}

/** The value at a path of `value` replaced; the path is walked as far as it goes. */
function put(value: unknown, path: readonly number[], what: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== 'object' || value === null) return what;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return what;
  const copy: Record<string, unknown> = { ...value };
  copy[key] = put(copy[key], rest, what);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

/** The end of an installation that still works is only believed when Slack says so again; nothing else is asked for twice. */
const isDoubted = (error: unknown): boolean => error instanceof Error && error.message.endsWith('still works');

it('makes no listener throw, however a delivery is mangled', { timeout: 600_000 }, async () => {
  await slack.close();
  // A workspace that ends asks Slack whether it did; only here that happens a thousand times a minute.
  slack = await openInside({ rates: false });
  await deedsOfAllKinds();
  const bodies = [...slack.bodies];
  expect(new Set(bodies.map((body) => body['type'] ?? 'command')).size).toBeGreaterThanOrEqual(5);
  slack.answering(() => ({ kind: 'nothing' }));
  slack.comeBack();
  slack.workspace.revoked = false;
  const before = slack.events.length;
  const mangled = fc
    .tuple(
      fc.constantFrom(...bodies),
      fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.jsonValue({ maxDepth: 2 })), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([body, changes]) => changes.reduce<unknown>((now, [path, what]) => put(now, path, what), body) as Body);
  await fc.assert(
    fc.asyncProperty(mangled, async (body) => {
      const before = slack.thrown.length;
      await slack.take({ body }).catch(() => undefined);
      const thrown = slack.thrown.slice(before);
      expect(thrown.filter((error) => !isDoubted(error))).toEqual([]);
      // Told to the end, it is over.
      if (thrown.length > 0) expect(await slack.take({ body, retry: { count: 2 } })).toBe('');
    }),
    { numRuns: RUNS },
  );
  // Most of them still say enough to be understood.
  expect(slack.events.length - before).toBeGreaterThan(RUNS / 4);
});
