/** Modals open on a trigger, stack up to three, and change only for who has seen them last; Home tabs likewise. */
import { afterEach, describe, expect, it } from 'vitest';
import { button, openOffice, section, type Office } from './office.ts';

let office: Office | undefined;
afterEach(() => office?.close());

const modal = (title: string, more: object = {}): object => ({
  type: 'modal',
  title: { type: 'plain_text', text: title },
  blocks: [section('hello')],
  ...more,
});

/** The trigger of somebody who presses a button. */
async function trigger(here: Office): Promise<string> {
  const { slack, team, ana, channel, post, app } = here;
  const { ts } = await post({ blocks: [button('Open')] });
  const before = app.took.length;
  await slack.hands.press(team, ana.id, { channel: channel.id, ts }, 'Open');
  const body = app.took.slice(before).find((took) => typeof took.body['trigger_id'] === 'string');
  return String(body?.body['trigger_id']);
}

const open = async (here: Office, view: object): Promise<Readonly<Record<string, unknown>>> =>
  here.call('views.open', { trigger_id: await trigger(here), view });

describe('a modal', () => {
  it('opens once for a trigger, within three seconds', async () => {
    office = await openOffice();
    const { call, slack, workspace, ana } = office;
    const trigger_id = await trigger(office);
    expect(await call('views.open', { trigger_id, view: modal('One') })).toMatchObject({ ok: true });
    expect(workspace.modals.get(ana.id)).toMatchObject([{ user: ana.id, view: { title: { text: 'One' } } }]);
    const again = await call('views.open', { trigger_id, view: modal('Two') });
    expect(again['error']).toBe('exchanged_trigger_id');
    const late = await trigger(office);
    await slack.clock.advance(3000);
    expect((await call('views.open', { trigger_id: late, view: modal('Three') }))['error']).toBe('expired_trigger_id');
    const made = await call('views.open', { trigger_id: '1.2.abc', view: modal('Four') });
    expect(made['error']).toBe('invalid_trigger_id');
    expect((await call('views.open', { view: modal('Five') }))['error']).toBe('invalid_arguments');
  });

  it.each([
    ['a title that is too long', modal('x'.repeat(25))],
    ['no blocks', modal('A', { blocks: undefined })],
    ['too many blocks', modal('A', { blocks: Array.from({ length: 101 }, () => section('x')) })],
    ['another kind', { type: 'home', blocks: [section('x')] }],
    ['too long private metadata', modal('A', { private_metadata: 'x'.repeat(3001) })],
  ])('with %s does not open, and costs no trigger', async (_what, view) => {
    office = await openOffice();
    const trigger_id = await trigger(office);
    const refused = await office.call('views.open', { trigger_id, view });
    expect(refused['error']).toBe('invalid_arguments');
    expect(JSON.stringify(refused['response_metadata'])).toContain('[ERROR] ');
    expect(await office.call('views.open', { trigger_id, view: modal('Fine') })).toMatchObject({ ok: true });
  });

  it('stacks three high', async () => {
    office = await openOffice();
    const here = office;
    const lonely = await here.call('views.push', { trigger_id: await trigger(here), view: modal('Alone') });
    expect(lonely['ok']).toBe(false);
    await open(here, modal('One'));
    const push = async (title: string) =>
      here.call('views.push', { trigger_id: await trigger(here), view: modal(title) });
    expect(await push('Two')).toMatchObject({ ok: true });
    expect(await push('Three')).toMatchObject({ ok: true });
    expect((await push('Four'))['error']).toBe('push_limit_reached');
    const titles = here.workspace.modals.get(here.ana.id)?.map(({ view }) => view['title']);
    expect(titles).toMatchObject([{ text: 'One' }, { text: 'Two' }, { text: 'Three' }]);
  });

  it('changes only for a hash that is still good', async () => {
    office = await openOffice();
    const { call } = office;
    const { view } = await open(office, modal('One'));
    const { id, hash } = view as { id: string; hash: string };
    const first = await call('views.update', { view_id: id, hash, view: modal('Two') });
    expect(first).toMatchObject({ ok: true, view: { id, title: { text: 'Two' } } });
    expect((await call('views.update', { view_id: id, hash, view: modal('Three') }))['error']).toBe('hash_conflict');
    expect(await call('views.update', { view_id: id, view: modal('Four') })).toMatchObject({ ok: true });
    expect((await call('views.update', { view_id: 'V404', view: modal('Five') }))['error']).toBe('not_found');
  });

  it('goes by a name of the app, which is taken once', async () => {
    office = await openOffice();
    const { call } = office;
    const named = (title: string) => modal(title, { external_id: 'mine' });
    await open(office, named('One'));
    expect(await call('views.update', { external_id: 'mine', view: named('Two') })).toMatchObject({ ok: true });
    expect((await open(office, named('Three')))['error']).toBe('duplicate_external_id');
  });

  it('may be larger than 250 kB nowhere', async () => {
    office = await openOffice();
    const much = Array.from({ length: 100 }, () => section('x'.repeat(2900)));
    expect((await open(office, modal('Much', { blocks: much })))['error']).toBe('view_too_large');
  });
});

describe('a Home tab', () => {
  const home = (text: string): object => ({ type: 'home', blocks: [section(text)] });

  it('is one for each person, and keeps its id', async () => {
    office = await openOffice();
    const { call, ana, ben, workspace } = office;
    const first = await call('views.publish', { user_id: ana.id, view: home('one') });
    const second = await call('views.publish', { user_id: ana.id, view: home('two') });
    const other = await call('views.publish', { user_id: ben.id, view: home('three') });
    const idOf = (answer: typeof first): unknown => (answer['view'] as { id: string }).id;
    expect(idOf(second)).toBe(idOf(first));
    expect(idOf(other)).not.toBe(idOf(first));
    expect(workspace.homes.get(ana.id)?.view['blocks']).toMatchObject([{ text: { text: 'two' } }]);
  });

  it('is refused for nobody, for a hash that is past, and for another kind of view', async () => {
    office = await openOffice();
    const { call, ana } = office;
    const { view } = await call('views.publish', { user_id: ana.id, view: home('one') });
    const { hash } = view as { hash: string };
    expect(await call('views.publish', { user_id: ana.id, view: home('two'), hash })).toMatchObject({ ok: true });
    const past = await call('views.publish', { user_id: ana.id, view: home('three'), hash });
    expect(past['error']).toBe('hash_conflict');
    expect((await call('views.publish', { user_id: 'U404', view: home('x') }))['error']).toBe('user_not_found');
    expect((await call('views.publish', { user_id: ana.id, view: modal('x') }))['error']).toBe('invalid_arguments');
  });
});
