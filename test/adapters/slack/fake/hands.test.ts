/** What people do, what they see of the answer, and what the app may not answer with. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, openOffice, section, type Office } from './office.ts';
import type { HttpAnswer } from './receiver.ts';

const plain = (text: string): object => ({ type: 'plain_text', text });
const field = (id: string, more: object = {}): object => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input', action_id: 'value' },
  ...more,
});
const modal = (title: string, ...blocks: object[]): object => ({
  type: 'modal',
  title: plain(title),
  submit: plain('Send'),
  blocks: blocks.length === 0 ? [section(title)] : blocks,
});

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const command = (text = ''): ReturnType<Office['slack']['hands']['command']> =>
  office.slack.hands.command(office.team, office.ana.id, office.channel.id, '/practice', text);
const submit = (values: Readonly<Record<string, string>> = {}): ReturnType<typeof command> =>
  office.slack.hands.submit(office.team, office.ana.id, values);
const triggerId = (): unknown => office.app.took.at(-1)?.body['trigger_id'];
const titles = (): unknown[] =>
  (office.workspace.modals.get(office.ana.id) ?? []).map(({ view }) => (view['title'] as { text: string }).text);
const answer = (body: unknown): void => office.app.answer((): HttpAnswer => ({ body }));

async function open(view: object): Promise<void> {
  answer('');
  await command();
  expect(await office.call('views.open', { trigger_id: triggerId(), view })).toMatchObject({ ok: true });
}

describe('a command', () => {
  it.each([
    ['text alone', 'hello', true],
    ['a message', { text: 'hello' }, true],
    ['a message for all', { text: 'hello', response_type: 'in_channel' }, false],
  ])('is answered with %s', async (_, body, only) => {
    answer(body);
    expect(await command()).toMatchObject({ ok: true });
    const { visible } = office.workspace;
    expect(visible(office.ana.id, office.channel.id).map(({ text }) => text)).toEqual(['hello']);
    expect(visible(office.ben.id, office.channel.id)).toHaveLength(only ? 0 : 1);
  });

  it('is not answered with what breaks a limit', async () => {
    answer({ text: 'x', blocks: Array.from({ length: 51 }, () => section('x')) });
    expect(await command()).toMatchObject({ ok: false, problem: expect.stringContaining('invalid_blocks') });
    expect(office.slack.complaints).toEqual([expect.stringContaining('the command /practice: invalid_blocks')]);
    expect(office.workspace.visible(office.ana.id, office.channel.id)).toEqual([]);
  });

  it('works where the bot is not, and not where the person is not', async () => {
    const far = office.workspace.addChannel('far', { without: 'bot' });
    answer('hello');
    const { hands } = office.slack;
    expect(await hands.command(office.team, office.ana.id, far.id, '/practice', '')).toMatchObject({ ok: true });
    far.members.delete(office.ana.id);
    await expect(hands.command(office.team, office.ana.id, far.id, '/practice', '')).rejects.toThrow('is not in');
  });

  it('that fails is nothing to see, and no complaint', async () => {
    office.app.answer(() => ({ status: 500 }));
    expect(await command()).toMatchObject({ ok: false, problem: 'http_error' });
    expect(office.slack.complaints).toEqual([]);
  });
});

describe('a trigger', () => {
  it('opens one modal', async () => {
    await open(modal('One'));
    const again = { trigger_id: triggerId(), view: modal('Two') };
    expect(await office.call('views.open', again)).toMatchObject({ ok: false, error: 'exchanged_trigger_id' });
    expect(titles()).toEqual(['One']);
  });

  it('is too old after three seconds', async () => {
    await command();
    await office.slack.clock.advance(3000);
    const late = await office.call('views.open', { trigger_id: triggerId(), view: modal('One') });
    expect(late).toMatchObject({ ok: false, error: 'expired_trigger_id' });
  });

  it('of nobody, or of another workspace, opens nothing', async () => {
    const view = modal('One');
    expect(await office.call('views.open', { trigger_id: '1.2.3', view })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    await command();
    const other = office.slack.addWorkspace('Other');
    const headers = { authorization: `Bearer ${other.botToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ trigger_id: triggerId(), view });
    const said = await fetch(`${office.slack.apiUrl}views.open`, { method: 'POST', headers, body });
    expect(await said.json()).toMatchObject({ error: 'invalid_trigger_id' });
  });
});

describe('a form', () => {
  it('closes with an empty answer', async () => {
    await open(modal('One', field('why')));
    expect(await submit({ why: 'because' })).toMatchObject({ ok: true });
    expect(titles()).toEqual([]);
  });

  it('stays with what was typed when the app objects, and goes with the next answer', async () => {
    await open(modal('One', field('why'), field('how', { optional: true })));
    answer({ response_action: 'errors', errors: { why: 'say more' } });
    await submit({ why: 'no', how: 'slowly' });
    expect(office.workspace.modals.get(office.ana.id)).toMatchObject([{ errors: { why: 'say more' } }]);
    answer('');
    await submit({ why: 'because' });
    expect(office.app.took.at(-1)?.body['view']).toMatchObject({
      state: { values: { why: { value: { value: 'because' } }, how: { value: { value: 'slowly' } } } },
    });
    expect(titles()).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['is replaced', { response_action: 'update', view: modal('Two') }, ['One', 'Two']],
    ['is covered', { response_action: 'push', view: modal('Two') }, ['One', 'One', 'Two']],
    ['takes all away', { response_action: 'clear' }, []],
    ['closes alone', '', ['One']],
  ])('%s by its answer', async (_, body, left) => {
    await open(modal('One'));
    answer({ response_action: 'push', view: modal('One') });
    await submit();
    answer(body);
    expect(await submit()).toMatchObject({ ok: true });
    expect(titles()).toEqual(left);
  });

  it.each<[string, unknown, string]>([
    ['an error for what is no field', { response_action: 'errors', errors: { what: 'x' } }, 'no input of the form'],
    ['errors without words', { response_action: 'errors', errors: { why: '' } }, 'no input of the form'],
    ['no errors at all', { response_action: 'errors', errors: {} }, 'without errors'],
    ['a view that is none', { response_action: 'update', view: { type: 'home', blocks: [] } }, 'modal'],
    ['a title too long', { response_action: 'update', view: modal('x'.repeat(25)) }, 'title'],
    ['nothing Slack knows', { response_action: 'wave' }, 'none Slack knows'],
    ['words', 'thanks', 'nothing or a response_action'],
  ])('is not answered with %s', async (_, body, why) => {
    await open(modal('One', field('why')));
    answer(body);
    expect(await submit({ why: 'x' })).toMatchObject({ ok: false, problem: expect.stringContaining(why) });
    expect(office.slack.complaints).toHaveLength(1);
    expect(office.workspace.modals.get(office.ana.id)).toMatchObject([{ errors: {}, typed: { why: 'x' } }]);
  });

  it('is covered twice and no more', async () => {
    await open(modal('One'));
    answer({ response_action: 'push', view: modal('More') });
    await submit();
    await submit();
    expect(await submit()).toMatchObject({ ok: false, problem: 'push_limit_reached' });
    expect(titles()).toEqual(['One', 'More', 'More']);
  });

  it('stays when no answer comes in three seconds', async () => {
    await open(modal('One', field('why')));
    office.app.answer(() => new Promise(() => {}));
    const sent = submit({ why: 'x' });
    await expect.poll(() => office.app.took.at(-1)?.body['type']).toBe('view_submission');
    await office.slack.clock.advance(3000);
    expect(await sent).toMatchObject({ ok: false, problem: 'http_timeout' });
    expect(office.workspace.modals.get(office.ana.id)).toMatchObject([{ typed: { why: 'x' } }]);
  });

  it('that is closed is told of only when the app wants to know', async () => {
    await open(modal('One'));
    await office.slack.hands.dismiss(office.team, office.ana.id);
    expect(titles()).toEqual([]);
    expect(office.app.took).toHaveLength(1);
    await open({ ...modal('Two'), notify_on_close: true });
    await office.slack.hands.dismiss(office.team, office.ana.id);
    expect(office.app.took.at(-1)?.body).toMatchObject({ type: 'view_closed', is_cleared: false });
  });
});

describe('a click', () => {
  it('is answered with nothing', async () => {
    const { ts } = await office.post({ blocks: [button('Go')] });
    answer({ text: 'thanks' });
    const on = { channel: office.channel.id, ts };
    expect(await office.slack.hands.press(office.team, office.ana.id, on, 'Go')).toMatchObject({
      ok: false,
      problem: 'the answer to a click is empty',
    });
  });

  it('hits only what is there for that person to see', async () => {
    const { hands } = office.slack;
    const { ts } = await office.post({ blocks: [button('Go')] });
    const on = { channel: office.channel.id, ts };
    await expect(hands.press(office.team, office.ana.id, on, 'Stop')).rejects.toThrow(
      'no button "Stop"; there are: Go',
    );
    await expect(hands.choose(office.team, office.ana.id, on, 'a')).rejects.toThrow('no select offers "a"');
    await office.call('chat.postEphemeral', {
      channel: office.channel.id,
      user: office.ben.id,
      text: 'x',
      blocks: [button('Only')],
    });
    const only = office.workspace.visible(office.ben.id, office.channel.id).at(-1)?.ts ?? '';
    await expect(
      hands.press(office.team, office.ana.id, { channel: office.channel.id, ts: only }, 'Only'),
    ).rejects.toThrow('sees no message');
    await office.call('chat.delete', { channel: office.channel.id, ts });
    await expect(hands.press(office.team, office.ana.id, on, 'Go')).rejects.toThrow('sees no message');
  });

  it('in a modal carries what stands in its fields, and opens another over it', async () => {
    await open(modal('One', field('why'), button('More') as never));
    const view = office.workspace.modals.get(office.ana.id)?.[0]?.id ?? '';
    await office.slack.hands.press(office.team, office.ana.id, { view }, 'More');
    expect(office.app.took.at(-1)?.body).toMatchObject({
      container: { type: 'view', view_id: view },
      view: { state: { values: { why: { value: { value: null } } } } },
    });
    await office.call('views.push', { trigger_id: triggerId(), view: modal('Two') });
    expect(titles()).toEqual(['One', 'Two']);
    await expect(office.slack.hands.press(office.team, office.ana.id, { view }, 'More')).rejects.toThrow('before them');
  });
});

describe('what somebody writes', () => {
  it('is theirs to change, and an admin’s to delete', async () => {
    const { hands } = office.slack;
    const ts = await hands.write(office.team, office.ben.id, office.channel.id, 'mine');
    const [ana, ben] = [office.ana.id, office.ben.id];
    await expect(hands.edit(office.team, ana, office.channel.id, ts, 'x')).rejects.toThrow('is not what');
    const { ts: bots } = await office.post();
    await expect(hands.erase(office.team, ben, office.channel.id, bots)).rejects.toThrow('may not delete');
    await hands.erase(office.team, ana, office.channel.id, ts);
    expect(office.workspace.visible(ben, office.channel.id).map((one) => one.ts)).toEqual([bots]);
  });

  it('is not written where it cannot be', async () => {
    const { hands } = office.slack;
    const here = office.channel.id;
    await expect(hands.write(office.team, office.ana.id, here, 'x', { threadTs: '1.000000' })).rejects.toThrow(
      'no thread',
    );
    await hands.archive(office.team, here);
    await expect(hands.write(office.team, office.ana.id, here, 'x')).rejects.toThrow('is archived');
    await hands.deleteChannel(office.team, here);
    await expect(hands.write(office.team, office.ana.id, here, 'x')).rejects.toThrow('is deleted');
  });

  it('arrives in Slack’s own notation', async () => {
    const { slack, team, ana, ben, channel, app } = office;
    const typed = '@ben <see> https://example.org/a?b=1&c=2. a@b.example #practice @here @nobody AT&T';
    await slack.hands.write(team, ana.id, channel.id, typed);
    expect(app.took.at(-1)?.body['event']).toMatchObject({
      text:
        `<@${ben.id}> &lt;see&gt; <https://example.org/a?b=1&amp;c=2>. <mailto:a@b.example|a@b.example> ` +
        `<#${channel.id}|practice> <!here> @nobody AT&amp;T`,
    });
  });
});
