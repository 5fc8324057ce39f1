/** The practice clock, and the sample colleagues who answer and review on request. */
import { afterEach, describe, expect, it } from 'vitest';
import { nextMinute, tomorrowNine } from '../../../adapters/local/hour.ts';
import type { Instant } from '../../../src/chat/ids.ts';
import type { Of } from '../../../src/chat/incoming.ts';
import type { Form, Message } from '../../../src/chat/message.ts';
import { person, t } from '../../../src/chat/text.ts';
import { ANA, BO, card, CHANNEL, CHEN, MONDAY, on, openPractice, type Practice, replies } from './practice.ts';

let practice: Practice | undefined;
const open = async (given?: Parameters<typeof openPractice>[0]): Promise<Practice> =>
  (practice = await openPractice(given));
afterEach(async () => {
  await practice?.close();
  practice = undefined;
});

const at = (text: string): Instant => new Date(text).toISOString() as Instant;

describe('the practice clock', () => {
  it.each([
    ['2026-11-23T09:00:00Z', 'Europe/Berlin', '2026-11-24T08:00:00Z'],
    ['2026-11-23T23:30:00Z', 'Europe/Berlin', '2026-11-25T08:00:00Z'],
    ['2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-29T07:00:00Z'],
    ['2026-10-24T12:00:00Z', 'Europe/London', '2026-10-25T09:00:00Z'],
    ['2026-03-07T20:00:00Z', 'America/Los_Angeles', '2026-03-08T16:00:00Z'],
    ['2026-11-23T01:00:00Z', 'America/New_York', '2026-11-23T14:00:00Z'],
    ['2026-10-03T12:00:00Z', 'Australia/Lord_Howe', '2026-10-03T22:00:00Z'],
    ['2026-12-31T12:00:00Z', 'Pacific/Apia', '2027-01-01T20:00:00Z'],
    ['2026-12-31T12:00:00Z', 'Asia/Kathmandu', '2027-01-01T03:15:00Z'],
  ])('knows when it is nine tomorrow: after %s in %s it is %s', (now, zone, nine) => {
    expect(tomorrowNine(at(now), zone)).toBe(at(nine));
  });

  it('moves to the next minute, the next event and to nine tomorrow', async () => {
    const next = at('2026-11-23T09:42:00Z');
    const { page, now } = await open({ next });
    expect((await page.start('ana')).clock).toEqual({ now: MONDAY, next });
    await page.post('ana', 'clock', { to: 'minute' });
    expect(now()).toBe(nextMinute(MONDAY));
    expect(await page.post('ana', 'clock', { to: 'event' })).toEqual({ now: next, moved: true });
    expect(await page.post('ana', 'clock', { to: 'event' })).toEqual({ now: next, moved: false });
    expect(await page.post('ana', 'clock', { to: 'tomorrow' })).toMatchObject({ now: at('2026-11-24T08:00:00Z') });
  });
});

const TYPED = 'I wrote down what we knew, asked the two people closest to it, and chose one small step.';
const review: Message = {
  title: 'An answer waits for you',
  blocks: [
    { kind: 'text', text: t`> ${TYPED}` },
    { kind: 'buttons', buttons: [{ label: 'Give feedback', style: 'primary', on: on('review', 'a1') }] },
  ],
};
const steps = ['1', '2', '3', '4', '5', 'unclear'].map((value) => ({ label: `Step ${value}`, value }));
const FORM: Form = {
  on: on('give', 'a1'),
  title: 'Feedback',
  submit: 'Send',
  fields: [
    { kind: 'rating', name: 'action', label: 'Action', steps },
    { kind: 'paragraph', name: 'keep', label: 'Keep' },
    { kind: 'paragraph', name: 'both', label: 'Both', value: 'Keep: \n\nChange: ' },
    { kind: 'choice', name: 'sign', label: 'Sign', options: [{ label: 'No', value: 'no' }], optional: true },
    { kind: 'person', name: 'who', label: 'Who' },
  ],
};

const submits = ({ events }: Practice): Of<'submit'>[] => events.filter((event) => event.kind === 'submit');

describe('let them answer', () => {
  it('has both colleagues reply once under the newest open question, as samples', async () => {
    const { page, post, events } = await open();
    await post('old', CHANNEL, card('old'), 'Old');
    const today = await post('today', CHANNEL, card('today'), 'Today');
    await post('talk', CHANNEL, { title: 'No thread', blocks: [] });
    expect(await page.post('ana', 'colleagues', {})).toMatchObject({
      done: [
        { name: 'Bo', answers: 1, forms: 0 },
        { name: 'Chen', answers: 1, forms: 0 },
      ],
    });
    expect(await page.post('ana', 'colleagues', {})).toMatchObject({ done: [{ answers: 0 }, { answers: 0 }] });
    const said = replies(events);
    expect(said.map(({ from, place }) => [from.id, place])).toEqual([
      [BO, { in: 'thread', under: today }],
      [CHEN, { in: 'thread', under: today }],
    ]);
    expect(new Set(said.map(({ text }) => text)).size).toBe(2);
    for (const { text } of said) {
      expect(text).toMatch(/^Sample answer: /);
      expect(text?.split(/\s+/).length).toBeGreaterThanOrEqual(15);
    }
  });

  it('does not answer again for somebody whose answer by the form stands in the thread', async () => {
    const { page, post, events } = await open();
    const today = await post('today', CHANNEL, card('today'), 'Today');
    const told: Message = { blocks: [{ kind: 'small', text: t`${person(BO)} · mid` }] };
    await post('by-form', { in: 'thread', under: today }, told);
    await page.post('ana', 'colleagues', {});
    expect(replies(events).map(({ from }) => from.id)).toEqual([CHEN]);
  });

  it('leaves out whoever sits at the page', async () => {
    const { page, post, events } = await open();
    await post('today', CHANNEL, card('today'), 'Today');
    expect(await page.post('bo', 'colleagues', {})).toMatchObject({ done: [{ name: 'Chen', answers: 1 }] });
    expect(replies(events).map(({ from }) => from.id)).toEqual([CHEN]);
  });

  it('answers nothing once the question asks for nothing more', async () => {
    const { page, post } = await open();
    await post('today', CHANNEL, { title: 'Closed', blocks: [] }, 'Today');
    expect(await page.post('ana', 'colleagues', {})).toMatchObject({ done: [{ answers: 0 }, { answers: 0 }] });
  });

  it('fills in the forms that wait in their direct messages, quoting what they read, once', async () => {
    const it_ = await open();
    it_.answering((event) => (event.kind === 'press' ? { kind: 'ask', form: FORM } : { kind: 'nothing' }));
    for (const one of [ANA, BO, CHEN]) await it_.post(`for-${one}`, { in: 'dm', person: one }, review);
    expect(await it_.page.post('ana', 'colleagues', {})).toMatchObject({ done: [{ forms: 1 }, { forms: 1 }] });
    expect(await it_.page.post('ana', 'colleagues', {})).toMatchObject({ done: [{ forms: 0 }, { forms: 0 }] });
    expect(submits(it_).map(({ from, on: about }) => [from.id, about])).toEqual([
      [BO, FORM.on],
      [CHEN, FORM.on],
    ]);
    for (const { values } of submits(it_)) {
      expect(['3', '4']).toContain(values['action']);
      expect(values['keep']).toMatch(/^Sample feedback: /);
      expect(values['keep']?.length).toBeGreaterThanOrEqual(60);
      expect(values['both']).toMatch(/^Keep: Sample feedback: .{30,}\n\nChange: Sample feedback: .{30,}$/);
      for (const name of ['keep', 'both']) expect(values[name]).toContain('“I wrote down what we knew');
      expect(values).toMatchObject({ sign: 'no', who: expect.stringMatching(/^(?:ana|bo)$/) });
    }
  });

  it('tries a form again that was not taken', async () => {
    const it_ = await open();
    let isTaken = false;
    it_.answering((event) => {
      if (event.kind === 'press') return { kind: 'ask', form: FORM };
      return isTaken ? { kind: 'nothing' } : { kind: 'reject', field: 'keep', problem: 'no' };
    });
    await it_.post('for-bo', { in: 'dm', person: BO }, review);
    expect(await it_.page.post('ana', 'colleagues', {})).toMatchObject({ done: [{ forms: 0 }, { forms: 0 }] });
    isTaken = true;
    expect(await it_.page.post('ana', 'colleagues', {})).toMatchObject({ done: [{ forms: 1 }, { forms: 0 }] });
  });
});
