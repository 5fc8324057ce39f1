/** Slack's client brings another version of the HTTP library that Discord's uses: files go out all the same. */
import '@slack/socket-mode';
import { Routes } from 'discord.js';
import { afterEach, expect, it } from 'vitest';
import { makeRest } from '../../../adapters/discord/rest.ts';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { FakeDiscord } from '../../support/fake-discord/types.ts';

let fake: FakeDiscord;
afterEach(() => fake.close());

it('a file reaches Discord beside Slack', async () => {
  fake = await openFakeDiscord();
  const channel = fake.addGuild('Acme').addChannel('practice');
  const rest = makeRest({ token: { reveal: () => fake.token }, apiUrl: fake.apiUrl });
  const body = { content: 'here', allowed_mentions: { parse: [] } };
  const files = [{ name: 'a.json', data: Buffer.from('{"a":1}'), contentType: 'application/json' }];
  await rest.post(Routes.channelMessages(channel.id), { body, files });
  expect(fake.posted().map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([['a.json']]);
  expect(fake.complaints).toEqual([]);
});
