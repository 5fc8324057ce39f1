/** What we post comes back to us: that is how a post whose answer was lost is known to be there. */
import { afterEach, expect, it } from 'vitest';
import type { Delivery } from '../../../src/chat/outgoing.ts';
import { t } from '../../../src/chat/text.ts';
import type { Incoming } from '../../../src/chat/incoming.ts';
import { openSlackChat, type SlackHarness } from './harness.ts';
import { eventually } from './practice.ts';

let slack: SlackHarness;
afterEach(() => slack.close());

const card = (name: `test:${string}`, to: Extract<Delivery, { kind: 'post' }>['to']): Delivery => ({
  kind: 'post',
  team: slack.team,
  name,
  to,
  message: { blocks: [{ kind: 'text', text: t`words` }] },
});
const echoes = (): Incoming[] => slack.events.filter(({ kind }) => kind === 'echo');

it('with its name, from a channel, a thread and a DM', async () => {
  slack = await openSlackChat('socket');
  const root = await slack.chat.deliver(card('test:root', { in: 'channel', channel: slack.channel }));
  const reply = await slack.chat.deliver(card('test:reply', { in: 'thread', under: root }));
  const dm = await slack.chat.deliver(card('test:dm', { in: 'dm', person: slack.people[0] }));
  await eventually(() => echoes().length, 3);
  expect(echoes()).toMatchObject([
    { name: 'test:root', ref: root, team: slack.team },
    { name: 'test:reply', ref: reply },
    { name: 'test:dm', ref: dm },
  ]);
});

it('also when nobody was told that it was taken', async () => {
  slack = await openSlackChat('http');
  slack.fake.fault('chat.postMessage', { do: '500', effect: 'after' });
  const delivery = card('test:lost', { in: 'channel', channel: slack.channel });
  await expect(slack.chat.deliver(delivery)).rejects.toMatchObject({ effect: 'unknown' });
  await eventually(() => echoes().length, 1);
  expect(echoes()).toMatchObject([{ name: 'test:lost' }]);
});

it('and a reply under a message that is gone is taken back from the channel', async () => {
  slack = await openSlackChat('socket');
  const here = { in: 'channel', channel: slack.channel } as const;
  const root = await slack.chat.deliver(card('test:root', here));
  await slack.chat.deliver({ kind: 'remove', team: slack.team, name: 'test:root', ref: root });
  const reply = slack.chat.deliver(card('test:reply', { in: 'thread', under: root }));
  await expect(reply).rejects.toMatchObject({ effect: 'none', retry: 'never' });
  expect(await slack.see(slack.people[0], here)).toEqual([]);
});

it('and what was said while Slack held events back is read up', async () => {
  slack = await openSlackChat('http');
  await slack.fake.hands.holdBack(slack.team);
  await eventually(() => slack.events.some(({ kind }) => kind === 'deaf'), true);
});
