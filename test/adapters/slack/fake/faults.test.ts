/** The script of faults: each happens once, to the next call of its method, with the effect it says. */
import { afterEach, describe, expect, it } from 'vitest';
import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { Fault } from '../../../support/fake-slack/types.ts';
import { clientOf, closeOffices, openOffice, refusal, type Office } from './ask.ts';

afterEach(closeOffices);

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  return undefined;
}

const post = ({ web, channel }: Office) => web.chat.postMessage({ channel: channel.id, text: 'hi' });

describe('a fault', () => {
  it.each<[Fault, string, (error: unknown) => boolean]>([
    [{ do: '500', effect: 'before' }, '500 before', (error) => error instanceof WebAPIHTTPError],
    [{ do: '500', effect: 'after' }, '500 after', (error) => error instanceof WebAPIHTTPError],
    [{ do: 'drop', effect: 'before' }, 'drop before', (error) => error instanceof WebAPIRequestError],
    [{ do: 'drop', effect: 'after' }, 'drop after', (error) => error instanceof WebAPIRequestError],
    [{ do: 'cut', effect: 'before' }, 'cut before', (error) => error instanceof TypeError],
    [{ do: 'cut', effect: 'after' }, 'cut after', (error) => error instanceof TypeError],
    [{ do: 'html', effect: 'before' }, 'html before', (error) => String(error).includes('<!doctype html>')],
    [{ do: 'html', effect: 'after' }, 'html after', (error) => String(error).includes('<!doctype html>')],
  ])('%o is seen once', async (fault, outcome, isIt) => {
    const office = await openOffice();
    const { fake, acme } = office;
    fake.fault('chat.postMessage', fault);
    const error = await failureOf(post(office));
    expect(isIt(error), String(error)).toBe(true);
    expect(fake.calls.map((call) => call.outcome)).toEqual([outcome]);
    expect(fake.posted(acme.id)).toHaveLength('effect' in fault && fault.effect === 'after' ? 1 : 0);
    expect((await post(office)).ok).toBe(true);
  });

  it.each(['before', 'after'] as const)('can leave a call without an answer, %s its effect', async (effect) => {
    const { fake, acme, channel } = await openOffice();
    const impatient = clientOf(fake.apiUrl, acme.botToken, 200);
    fake.fault('chat.postMessage', { do: 'hang', effect });
    const error = await failureOf(impatient.chat.postMessage({ channel: channel.id, text: 'hi' }));
    expect(error).toBeInstanceOf(WebAPIRequestError);
    expect(fake.posted(acme.id)).toHaveLength(effect === 'after' ? 1 : 0);
  });

  it('can be any refusal, with anything in it', async () => {
    const office = await openOffice();
    office.fake.fault('chat.postMessage', { do: 'error', error: 'fatal_error', extra: { needed: 'x' } });
    expect(await refusal(post(office))).toMatchObject({ error: 'fatal_error', needed: 'x' });
    expect(office.fake.posted(office.acme.id)).toEqual([]);
  });

  it('can ask for patience', async () => {
    const office = await openOffice();
    office.fake.fault('chat.postMessage', { do: '429', retryAfter: 7 }, { do: '429' });
    expect(await failureOf(post(office))).toMatchObject({ retryAfter: 7 });
    expect(await failureOf(post(office))).toBeInstanceOf(WebAPIRateLimitedError);
    expect((await post(office)).ok).toBe(true);
  });

  it('can hold a call until it is released', async () => {
    const office = await openOffice();
    const { fake, acme } = office;
    fake.fault('chat.postMessage', { do: 'hold' });
    const held = post(office);
    await expect.poll(() => fake.calls.map(({ outcome }) => outcome)).toEqual(['pending']);
    expect(fake.posted(acme.id)).toEqual([]);
    fake.release();
    expect((await held).ok).toBe(true);
    expect(fake.calls.map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  it('of one method leaves the others alone, and they come in their order', async () => {
    const office = await openOffice();
    const { fake, web } = office;
    fake.fault('chat.postMessage', { do: 'error', error: 'first' }, { do: 'error', error: 'second' });
    expect((await web.auth.test()).ok).toBe(true);
    expect(await refusal(post(office))).toMatchObject({ error: 'first' });
    expect(await refusal(post(office))).toMatchObject({ error: 'second' });
  });
});

describe('the ledger', () => {
  it('has every call with its workspace and arguments, and no token', async () => {
    const { fake, acme, web, channel } = await openOffice();
    await web.chat.postMessage({ channel: channel.id, text: 'hi', blocks: [] });
    expect(fake.calls).toMatchObject([
      { method: 'chat.postMessage', team: acme.id, args: { channel: channel.id, blocks: [] }, outcome: 'ok' },
    ]);
    expect(JSON.stringify(fake.calls)).not.toContain(acme.botToken);
  });

  it('keeps what the bot said and took back', async () => {
    const office = await openOffice();
    const { fake, acme, web, channel } = office;
    const { ts = '' } = await post(office);
    await web.chat.delete({ channel: channel.id, ts });
    expect(fake.posted(acme.id)).toMatchObject([{ ts, deleted: true }]);
  });
});
