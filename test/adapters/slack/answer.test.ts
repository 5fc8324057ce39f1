/** What the core answers reaches the person who acted, and nobody else: in time, late, and when Slack makes trouble. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Acked, Fault } from '../../support/fake-slack/types.ts';
import { plain, t } from '../../../src/chat/text.ts';
import { CARD, FORM, type Inside, openInside, refTo, words } from './inside.ts';
import { wordsOfView } from './words.ts';
import { gate } from './world.ts';

let slack: Inside;
beforeEach(async () => {
  slack = await openInside();
});
afterEach(async () => {
  expect(slack.fake.complaints.filter((one) => !one.includes('expired_url'))).toEqual([]);
  await slack.close();
});

const team = (): string => slack.workspace.id;
const say = (text: string) => ({ kind: 'say', text: [plain(text)] });
const show = (text: string) => ({ kind: 'show', message: words(text) });
const ASK = { kind: 'ask', form: FORM } as const;
const NOTHING = { kind: 'nothing' } as const;
const type = (where = slack.channel.id): Promise<Acked> =>
  slack.fake.hands.command(team(), slack.ana.id, where, '/practice', 'today');
const press = async (to?: string, under?: Parameters<Inside['post']>[2]): Promise<Acked> =>
  slack.fake.hands.press(team(), slack.ana.id, await slack.post(CARD, to, under), 'Answer');
const callsOf = (method: string) => slack.fake.calls.filter((call) => call.method === method);
const modalWords = (): string | undefined => {
  const open = slack.modal(slack.ana);
  return open && wordsOfView(open.view);
};

/** The turn ends only when told; Slack has had its empty answer by then. */
async function late(act: () => Promise<Acked>, end: (turn: PromiseWithResolvers<unknown>) => void): Promise<Acked> {
  const turn = gate<unknown>();
  slack.answering(() => turn.promise);
  const acting = act();
  await slack.world.asleepFor(2_000);
  await slack.world.advance(2_000);
  const acked = await acting;
  end(turn);
  await slack.idle();
  return acked;
}
const failing = (turn: PromiseWithResolvers<unknown>): void => turn.reject(new Error('the disk is full'));

describe('a command', () => {
  it.each([say('hello <!channel> & you'), show('hello <!channel> & you')])(
    'is answered with words at once',
    async (answer) => {
      slack.answering(() => answer);
      const acked = await type();
      expect(acked).toMatchObject({ ok: true, body: { response_type: 'ephemeral' } });
      expect(slack.seen(slack.ana).join()).toContain('hello <!channel> & you');
      expect(slack.seen(slack.bo).join()).not.toContain('hello');
      expect(callsOf('chat.postEphemeral')).toEqual([]);
    },
  );

  it('is answered with a form', async () => {
    slack.answering(() => ASK);
    expect(await type()).toMatchObject({ ok: true, body: '' });
    await slack.idle();
    expect(modalWords()).toContain('Your answer');
  });

  it('may be answered with nothing', async () => {
    expect(await type()).toMatchObject({ ok: true, body: '' });
    expect(slack.seen(slack.ana)).toEqual([]);
  });

  it('is answered later when the core takes more than two seconds', async () => {
    expect(await late(type, (turn) => turn.resolve(say('here it is')))).toMatchObject({ ok: true, body: '' });
    expect(slack.seen(slack.ana).join()).toContain('here it is');
  });

  it('opens its form later as well, as long as Slack lets it', async () => {
    await late(type, (turn) => turn.resolve(ASK));
    expect(modalWords()).toContain('Your answer');
  });

  it('that was not committed is not acknowledged', async () => {
    slack.answering(() => {
      throw new Error('the disk is full');
    });
    expect((await type()).ok).toBe(false);
    expect(slack.log.lines.filter((line) => line.includes('the disk is full'))).toHaveLength(1);
  });

  it('that fails later says so', async () => {
    expect((await late(type, failing)).ok).toBe(true);
    expect(slack.seen(slack.ana).join()).toContain('nothing was changed');
  });

  it('where we are no member is answered too', async () => {
    const outside = slack.workspace.addChannel('elsewhere', { without: 'bot' });
    outside.members.add(slack.ana.id);
    await late(
      () => type(outside.id),
      (turn) => turn.resolve(say('here it is')),
    );
    expect(slack.seen(slack.ana, outside.id).join()).toContain('here it is');
  });
});

describe('a form that cannot be opened', () => {
  it.each(['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged'])(
    'in time asks to press again: %s',
    async (error) => {
      slack.fake.fault('views.open', { do: 'error', error });
      slack.answering(() => ASK);
      await press();
      await slack.idle();
      expect(slack.seen(slack.ana).join()).toContain('press again');
    },
  );

  it.each<Fault>([
    { do: 'error', error: 'internal_error' },
    { do: '500', effect: 'before' },
    { do: 'drop', effect: 'before' },
    { do: '429', retryAfter: 30 },
  ])('asks to try again: %j', async (fault) => {
    slack.fake.fault('views.open', fault);
    slack.answering(() => ASK);
    await press();
    await slack.idle();
    expect(slack.seen(slack.ana).join()).toContain('try again');
  });
});

it('is not waited for longer than Slack waits for us, and still comes', async () => {
  slack.fake.fault('views.open', { do: 'hold' });
  slack.answering(() => ASK);
  const acking = press();
  await slack.world.asleepFor(2_000);
  await new Promise<void>((resolve) => {
    const look = (): void => (callsOf('views.open').length > 0 ? resolve() : void setImmediate(look));
    look();
  });
  await slack.world.advance(2_000);
  expect((await acking).ok).toBe(true);
  slack.fake.release();
  await slack.idle();
});

describe('a click on a message', () => {
  it.each([say('well done'), show('well done')])('is answered for its person alone', async (answer) => {
    slack.answering(() => answer);
    expect(await press()).toMatchObject({ ok: true, body: '' });
    await slack.idle();
    expect(slack.seen(slack.ana)).toEqual([
      expect.stringContaining('The question'),
      expect.stringContaining('well done'),
    ]);
    expect(slack.seen(slack.bo)).toEqual([expect.stringContaining('The question')]);
  });

  it('in a thread is answered there', async () => {
    const root = await slack.post(words('root'));
    slack.answering(() => say('well done'));
    await press(undefined, refTo(root));
    await slack.idle();
    expect(slack.seen(slack.ana, root.channel, root.ts).at(-1)).toContain('well done');
    expect(slack.seen(slack.ana).join()).not.toContain('well done');
  });

  it('is answered later, and told when that failed', async () => {
    await late(press, (turn) => turn.resolve(say('well done')));
    await late(press, failing);
    expect(slack.seen(slack.ana).join()).toContain('well done');
    expect(slack.seen(slack.ana).join()).toContain('nothing was changed');
  });

  it('that was not committed is not acknowledged', async () => {
    slack.answering(() => {
      throw new Error('the disk is full');
    });
    expect((await press()).ok).toBe(false);
  });

  it('is answered by an only-you message once its address is too old', async () => {
    await late(press, (turn) => {
      void slack.world.advance(31 * 60_000).then(() => turn.resolve(say('at last')));
    });
    expect(callsOf('chat.postEphemeral')).toHaveLength(1);
    expect(slack.seen(slack.ana).join()).toContain('at last');
    expect(slack.seen(slack.bo).join()).not.toContain('at last');
  });

  it('is answered by an only-you message when its address is refused, which nobody writes down', async () => {
    await late(press, (turn) => {
      void slack.fake.clock.advance(31 * 60_000).then(() => turn.resolve(say('at last')));
    });
    expect(slack.seen(slack.ana).join()).toContain('at last');
    expect(slack.log.lines.join()).toContain('expired_url');
    expect(slack.log.lines.join()).not.toContain('/response/');
  });

  it('on a shortcut is answered the same', async () => {
    const card = await slack.post(words('root'));
    slack.answering(() => say('taken'));
    const acked = await slack.fake.hands.shortcut(team(), slack.ana.id, card, 'daily.use:');
    await slack.idle();
    expect(acked).toMatchObject({ ok: true, body: '' });
    expect(slack.seen(slack.ana).join()).toContain('taken');
  });
});

describe('a click on the Home tab', () => {
  const open = async (): Promise<{ readonly view: string }> => {
    slack.answering((event) => (event.kind === 'home' ? { kind: 'show', message: CARD } : NOTHING));
    await slack.fake.hands.openHome(team(), slack.ana.id);
    await slack.idle();
    return { view: slack.workspace.homes.get(slack.ana.id)?.id ?? '' };
  };

  it('is answered in a modal, and the tab is made anew', async () => {
    const home = await open();
    slack.answering((event) => (event.kind === 'home' ? show('a new page') : say('well done')));
    await slack.fake.hands.press(team(), slack.ana.id, home, 'Answer');
    await slack.idle();
    expect(modalWords()).toContain('well done');
    expect(wordsOfView(slack.workspace.homes.get(slack.ana.id)?.view ?? {})).toContain('a new page');
  });

  it('opens a form, after which the tab is made anew', async () => {
    const home = await open();
    slack.answering((event) => (event.kind === 'press' ? ASK : event.kind === 'home' ? show('a new page') : NOTHING));
    await slack.fake.hands.press(team(), slack.ana.id, home, 'Answer');
    await slack.idle();
    expect(slack.heard('home')).toHaveLength(1);
    await slack.fake.hands.submit(team(), slack.ana.id, { text: 'x' });
    await slack.idle();
    expect(slack.heard('submit')).toMatchObject([{ place: { in: 'dm', person: slack.ana.id } }]);
    expect(wordsOfView(slack.workspace.homes.get(slack.ana.id)?.view ?? {})).toContain('a new page');
  });

  it('is left as it is when the tab cannot be made anew', async () => {
    const home = await open();
    slack.answering((event) => {
      if (event.kind === 'home') throw new Error('the disk is full');
      return say('well done');
    });
    expect((await slack.fake.hands.press(team(), slack.ana.id, home, 'Answer')).ok).toBe(true);
    await slack.idle();
    expect(modalWords()).toContain('well done');
  });
});

describe('a click in a modal', () => {
  const open = async (): Promise<{ readonly view: string }> => {
    slack.answering((event) => (event.kind === 'press' ? ASK : { kind: 'show', message: CARD }));
    await press();
    await slack.idle();
    await slack.fake.hands.submit(team(), slack.ana.id, { text: 'x' });
    return { view: slack.modal(slack.ana)?.id ?? '' };
  };

  it('is answered on top of it, and in its place when three are open', async () => {
    let top = await open();
    for (const answer of ['first', 'second', 'third']) {
      slack.answering(() => ({ kind: 'show', message: { ...CARD, title: answer } }));
      await slack.fake.hands.press(team(), slack.ana.id, top, 'Answer');
      await slack.idle();
      expect(modalWords()).toContain(answer);
      top = { view: slack.modal(slack.ana)?.id ?? '' };
    }
    expect(slack.workspace.modals.get(slack.ana.id)).toHaveLength(3);
  });

  it('is answered in its place when the click is too old', async () => {
    const top = await open();
    slack.fake.fault('views.push', { do: 'error', error: 'expired_trigger_id' });
    slack.answering(() => say('well done'));
    await slack.fake.hands.press(team(), slack.ana.id, top, 'Answer');
    await slack.idle();
    expect(modalWords()).toContain('well done');
    expect(slack.workspace.modals.get(slack.ana.id)).toHaveLength(1);
  });

  it('opens a form on top of it', async () => {
    const top = await open();
    slack.answering(() => ASK);
    await slack.fake.hands.press(team(), slack.ana.id, top, 'Answer');
    await slack.idle();
    expect(modalWords()).toContain('Your answer');
    expect(slack.workspace.modals.get(slack.ana.id)).toHaveLength(2);
  });
});

describe('a form', () => {
  const send = (values: Record<string, string> = { line: 'a line', text: 'my answer' }): Promise<Acked> =>
    slack.fake.hands.submit(team(), slack.ana.id, values);
  const open = async (): Promise<void> => {
    slack.answering(() => ASK);
    await press();
    await slack.idle();
  };
  beforeEach(open);

  it('closes when there is nothing to say', async () => {
    slack.answering(() => NOTHING);
    expect(await send()).toMatchObject({ ok: true, body: '' });
    expect(slack.modal(slack.ana)).toBeUndefined();
  });

  it.each([say('thank you'), show('thank you')])('gives way to words', async (answer) => {
    slack.answering(() => answer);
    await send();
    expect(modalWords()).toContain('thank you');
    expect(modalWords()).not.toContain('A line');
  });

  it('stays with the problem beside its field, however long', async () => {
    slack.answering(() => ({ kind: 'reject', field: 'text', problem: 'x'.repeat(500) }));
    await send();
    expect(Object.keys(slack.modal(slack.ana)?.errors ?? {})).toEqual(['text']);
    expect(slack.modal(slack.ana)?.errors['text']).toHaveLength(150);
  });

  it('shows the problem at its first field when it has no such field', async () => {
    slack.answering(() => ({ kind: 'reject', field: 'elsewhere', problem: 'No.' }));
    await send();
    expect(slack.modal(slack.ana)?.errors).toEqual({ line: 'No.' });
  });

  it('that was not committed stays as it is, unacknowledged', async () => {
    slack.answering(() => {
      throw new Error('the disk is full');
    });
    expect((await send()).ok).toBe(false);
    expect(modalWords()).toContain('A line');
  });

  it('says that it is being saved, and then what came of it', async () => {
    const acked = await late(send, (turn) => turn.resolve({ kind: 'say', text: t`thank you` }));
    expect(JSON.stringify(acked.body)).toContain('Still saving');
    expect(modalWords()).toContain('thank you');
  });

  it('says that it was saved when there is nothing else to say', async () => {
    await late(send, (turn) => turn.resolve(NOTHING));
    expect(modalWords()).toContain('Saved');
  });

  it('comes back with what was typed when it is rejected late', async () => {
    await late(send, (turn) => turn.resolve({ kind: 'reject', field: 'text', problem: 'Say more.' }));
    expect(modalWords()).toContain('Text: Say more.');
    slack.answering(() => NOTHING);
    await send({});
    expect(slack.heard('submit').map(({ values }) => values)).toEqual([
      { line: 'a line', text: 'my answer' },
      { line: 'a line', text: 'my answer' },
    ]);
  });

  it('comes back with what was typed when it could not be saved after all', async () => {
    await late(send, failing);
    expect(modalWords()).toContain('nothing was changed');
    slack.answering(() => NOTHING);
    await send({});
    expect(slack.heard('submit').at(-1)?.values).toEqual({ line: 'a line', text: 'my answer' });
  });
});
