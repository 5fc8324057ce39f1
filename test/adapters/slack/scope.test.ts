/** A permission that is taken away while Greenroom runs: what waits for it, and what its people and its log are told. */
import { afterEach, describe, expect, it } from 'vitest';
import { openPractice, type Practice } from './practice.ts';

let practice: Practice;
afterEach(() => practice.close());

describe('without the permission to post', () => {
  it('a question waits until it is granted again, and the log names what to click', async () => {
    practice = await openPractice('socket');
    const ana = practice.someone('Ana', { admin: true });
    await ana.says('setup');
    await ana.form();
    await ana.fills({ channel: practice.channel.id });
    await ana.sees('Running · 09:00');

    practice.workspace.scopes.delete('chat:write');
    await practice.goTo('2027-03-02T08:00:30.000Z');
    const refused = () => practice.fake.calls.filter(({ outcome }) => outcome === 'missing_scope').length;
    await expect.poll(refused, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await ana.home()).toContain('Your page');

    practice.workspace.scopes.add('chat:write');
    await practice.goTo('2027-03-02T08:20:00.000Z');
    await ana.sees(/open until Wed 3 Mar/);
    const told = practice.logged.map(
      ([level, what, facts]) => `${level} ${what} ${String((facts as { error?: unknown } | undefined)?.error)}`,
    );
    expect(told).toContainEqual(
      expect.stringMatching(
        /^warn a delivery failed .*I lack the permission chat:write: add it under OAuth & Permissions/,
      ),
    );
    expect(ana.dms()).toEqual([]);
  }, 30_000);
});
