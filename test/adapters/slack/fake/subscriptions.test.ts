/** An app hears what its manifest asks for, and nothing else. */
import { afterEach, describe, expect, it } from 'vitest';
import { EVENTS } from '../../../../adapters/slack/scopes.ts';
import { openOffice, type Office } from './office.ts';

let office: Office | undefined;
afterEach(() => office?.close());

const heard = ({ app }: Office): unknown[] => app.took.map(({ body }) => (body['event'] as { type?: string }).type);

async function react(here: Office): Promise<void> {
  const { slack, team, ana, channel, post } = here;
  const { ts } = await post();
  await slack.hands.react(team, ana.id, { channel: channel.id, ts }, 'eyes');
}

const SCOPES = ['chat:write', 'channels:history', 'channels:read', 'reactions:read'];

describe('an event', () => {
  it('nobody asked for is not sent', async () => {
    office = await openOffice({ scopes: SCOPES, subscribed: EVENTS.map(({ event }) => event) });
    await react(office);
    const here = office;
    await expect.poll(() => heard(here)).toEqual(['message']);
  });

  it('is sent to an app that asked for it', async () => {
    office = await openOffice({ scopes: SCOPES, subscribed: ['reaction_added'] });
    await react(office);
    expect(heard(office)).toEqual(['reaction_added']);
  });

  it('of a message is asked for by the kind of conversation', async () => {
    office = await openOffice({ scopes: [...SCOPES, 'im:history'], subscribed: ['message.im'] });
    const { slack, team, ana, channel, workspace } = office;
    await slack.hands.write(team, ana.id, channel.id, 'to all');
    await slack.hands.write(team, ana.id, workspace.dm(ana.id).id, 'to the bot');
    expect(office.app.took.map(({ body }) => body['event'])).toMatchObject([
      { text: 'to the bot', channel_type: 'im' },
    ]);
  });
});
