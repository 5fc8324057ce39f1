/** The real Bolt works with the fake Slack as with the real one, in Socket Mode and over HTTP. */
import { App, LogLevel } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { openFakeSlack } from '../../../support/fake-slack/index.ts';
import type { FakeSlack, FakeWorkspace } from '../../../support/fake-slack/types.ts';

interface Running {
  readonly slack: FakeSlack;
  readonly workspace: FakeWorkspace;
  readonly app: App;
}

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function run(mode: 'socket' | 'http'): Promise<Running> {
  const slack = await openFakeSlack();
  const workspace = slack.addWorkspace('Acme');
  const app = new App({
    token: workspace.botToken,
    ...(mode === 'socket' ? { socketMode: true, appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
    clientOptions: { slackApiUrl: slack.apiUrl },
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
  });
  await app.init();
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  if (mode === 'socket') await slack.socketsOpen(1);
  else slack.sendTo(`http://127.0.0.1:${(server as { address(): { port: number } }).address().port}/slack/events`);
  ended.push(
    () => slack.close(),
    () => app.stop(),
  );
  return { slack, workspace, app };
}

const FORM = {
  type: 'modal' as const,
  callback_id: 'why',
  title: { type: 'plain_text' as const, text: 'Why?' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: { type: 'plain_text' as const, text: 'Reason' },
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
  ],
};

describe.each(['socket', 'http'] as const)('an app of the real Bolt by %s', (mode) => {
  it('answers a command, opens a modal, takes its form and hears what is written', async () => {
    const { slack, workspace, app } = await run(mode);
    const ana = workspace.addUser('Ana');
    const channel = workspace.addChannel('practice');
    const seen: unknown[] = [];
    app.command('/ask', async ({ ack, client, body }) => {
      await ack({ text: `you said ${body.text}` });
      await client.views.open({ trigger_id: body.trigger_id, view: FORM });
    });
    app.view('why', async ({ ack, view }) => {
      const said = view.state.values['reason']?.['value']?.value;
      if (said === 'no') await ack({ response_action: 'errors', errors: { reason: 'say more' } });
      else await ack();
    });
    app.message(async ({ message, say }) => {
      seen.push(message);
      await say('heard');
    });

    expect(await slack.hands.command(workspace.id, ana.id, channel.id, '/ask', 'a & b')).toMatchObject({ ok: true });
    expect(workspace.visible(ana.id, channel.id)).toMatchObject([{ text: 'you said a &amp; b', ephemeralTo: ana.id }]);
    await expect.poll(() => workspace.modals.get(ana.id)?.length).toBe(1);

    await expect(slack.hands.submit(workspace.id, ana.id, {})).rejects.toThrow('has to be filled in');
    expect(await slack.hands.submit(workspace.id, ana.id, { reason: 'no' })).toMatchObject({ ok: true });
    expect(workspace.modals.get(ana.id)).toMatchObject([{ errors: { reason: 'say more' }, typed: { reason: 'no' } }]);
    expect(await slack.hands.submit(workspace.id, ana.id, { reason: 'because' })).toMatchObject({ ok: true, body: '' });
    expect(workspace.modals.get(ana.id)).toEqual([]);

    const ts = await slack.hands.write(workspace.id, ana.id, channel.id, 'see https://example.org <now>');
    await expect.poll(() => slack.posted(workspace.id).map(({ text }) => text)).toContain('heard');
    expect(seen).toMatchObject([{ ts, text: 'see <https://example.org> &lt;now&gt;', channel_type: 'channel' }]);
    await expect.poll(() => slack.unacked).toBe(0);
    expect(slack.complaints).toEqual([]);
  });
});
