/** A story on Slack: kept from an answer in a thread and from a DM, read again, looked at in the mirror, and seen by nobody else. */
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeMessage } from '../../support/fake-slack/types.ts';
import { type Member, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

const TITLE = 'CANARY the import that failed';
const SAID =
  'Last spring our import failed three times & nobody knew why. I asked the two newest colleagues what they had ruled ' +
  'out, and we drew the path of a record. I wrote a check that stops the run. Since then it has failed once.';

describe('a story on Slack', () => {
  let practice: Practice;
  afterEach(() => practice.close());

  /** "Save as story" on a message, and the form it opens. */
  async function picks(member: Member, on: { channel: string; ts: string }): Promise<string> {
    const { fake, workspace } = practice;
    expect(await fake.hands.shortcut(workspace.id, member.id, on, 'stories.save:')).toMatchObject({ ok: true });
    return member.form();
  }

  /** Everything anybody but Ana can see. */
  const seenBy = ({ id }: Member): string => {
    const { workspace, channel } = practice;
    const roots = workspace.visible(id, channel.id);
    const threads = roots.flatMap(({ ts }) => workspace.visible(id, channel.id, ts));
    return [...roots, ...threads, ...workspace.visible(id, workspace.dm(id).id)].map(wordsIn).join('\n');
  };

  async function asked(ana: Member): Promise<FakeMessage> {
    await ana.says('setup');
    await ana.form();
    await ana.fills({ channel: practice.channel.id });
    await ana.sees('Running · 09:00');
    await ana.says('question');
    return ana.sees(/open until/);
  }

  it('is kept from a thread and from a DM, and stays with who told it', async () => {
    practice = await openPractice('socket');
    const { fake, workspace } = practice;
    const ana = practice.someone('Ana', { admin: true });
    const bo = practice.someone('Bo', { admin: true });
    const question = await asked(ana);
    const ts = await ana.replies(question, SAID);
    await ana.sees(/1 answer/);

    expect(await picks(ana, { channel: question.channel, ts })).toContain('Only you see it.');
    expect(await ana.fills({ title: TITLE, skills: 'hiring' })).toMatch(
      /counted as told in that answer[\s\S]*three times & nobody/,
    );
    const dm = workspace.dm(ana.id).id;
    const words = 'CANARY We were two days late, and I called the customer myself.';
    const line = await fake.hands.write(workspace.id, ana.id, dm, words);
    await picks(ana, { channel: dm, ts: line });
    expect(await ana.fills({ title: 'CANARY the call' })).toContain('Kept in your story bank.');

    await ana.says('stories');
    expect(wordsIn(await ana.sees('Your story bank'))).toMatch(/2 stories[\s\S]*CANARY the call[\s\S]*told 1 time/);
    await ana.presses(TITLE, 'Your story bank');
    await ana.presses('What this text shows');
    expect(wordsIn(await ana.sees('They do not measure quality'))).toContain('Last spring');

    await bo.says('stories');
    expect(wordsIn(await bo.sees('Your story bank'))).toContain('No stories yet.');
    expect(
      await fake.hands.shortcut(workspace.id, bo.id, { channel: question.channel, ts }, 'stories.save:'),
    ).toMatchObject({ ok: true });
    await bo.sees('only your own words become your story');
    expect(seenBy(bo)).not.toContain('CANARY');
    expect(fake.complaints).toEqual([]);
    expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
  }, 60_000);
});
