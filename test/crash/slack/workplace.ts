/** A workspace of the fake Slack, for the test that kills. */
import { expect } from 'vitest';
import { readRef } from '../../../adapters/slack/refs.ts';
import type { Ref } from '../../../src/chat/ids.ts';
import { wordsIn } from '../../adapters/slack/words.ts';
import { openFakeSlack } from '../../support/fake-slack/index.ts';
import type { Workplace } from '../chat/workplace.ts';

const POLL = { timeout: 30_000, interval: 20 };

export async function openSlackWorkplace(): Promise<Workplace> {
  const fake = await openFakeSlack();
  const workspace = fake.addWorkspace('Acme');
  const channel = workspace.addChannel('interview-practice');
  const people = ['Ana', 'Bo', 'Cleo', 'Dee', 'Eli'].map((name) => {
    const user = workspace.addUser(name, { admin: name === 'Ana', tz: 'Europe/Berlin' });
    channel.members.add(user.id);
    return user.id;
  });
  const { hands } = fake;
  const team = workspace.id;
  /** What only this person was told in the channel. */
  const whispers = (who: string): number =>
    workspace.visible(who, channel.id).filter(({ ephemeralTo }) => ephemeralTo === who).length;
  const hasForm = (who: string): boolean => workspace.modals.get(who)?.at(-1)?.view['submit'] !== undefined;
  const closeAll = async (who: string): Promise<void> => {
    while ((workspace.modals.get(who)?.length ?? 0) > 0) await hands.dismiss(team, who);
  };
  /** False when no form opens: they are told something instead, or the program died before it asked for it. */
  const opensForm = async (
    who: string,
    act: () => Promise<{ readonly ok: boolean }>,
    isOver = () => false,
  ): Promise<boolean> => {
    await closeAll(who);
    const before = whispers(who);
    if (!(await act()).ok) return false;
    await expect.poll(() => hasForm(who) || isOver() || whispers(who) > before, POLL).toBe(true);
    return hasForm(who);
  };
  const says = (who: string, text: string) => hands.command(team, who, channel.id, '/practice', text);
  return {
    platform: 'Slack',
    clock: fake.clock,
    people,
    env: { SLACK_BOT_TOKEN: workspace.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl },
    calls: () => fake.calls.length,
    questions: () =>
      fake
        .posted(team)
        .filter((one) => one.channel === channel.id && one.threadTs === undefined && /Answer/.test(wordsIn(one)))
        .map((one) => ({ id: one.ts, isOpen: /open until/.test(wordsIn(one)) })),
    async setUp(who) {
      await opensForm(who, () => says(who, 'setup'));
      await hands.submit(team, who, { channel: channel.id });
      await closeAll(who);
    },
    askNow: async (who) => void (await says(who, 'question')),
    async reply(who, { id }, text) {
      await hands.write(team, who, channel.id, text, { threadTs: id });
      return true;
    },
    async fillIn(who, { id }, text, isOver) {
      const press = () => hands.press(team, who, { channel: channel.id, ts: id }, 'Answer');
      if (!(await opensForm(who, press, isOver))) return undefined;
      const { ok } = await hands.submit(team, who, { answer: text });
      await closeAll(who);
      return ok;
    },
    waiting: () => fake.unacked,
    posted: () =>
      fake.posted(team).flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload['name'])] : [])),
    isThere(ref) {
      const at = readRef(ref as Ref);
      return (
        workspace.channels.get(at?.channel ?? '')?.messages.some(({ ts, deleted }) => ts === at?.ts && !deleted) ===
        true
      );
    },
    // The clock jumps while deliveries are on their way: some of them look late.
    complaints: () => fake.complaints.filter((said) => !said.startsWith('answered after 3 seconds')),
    close: () => fake.close(),
  };
}
