/** A story on Discord: kept from an answer in a thread and from a DM, read again, looked at in the mirror, and seen by nobody else. */
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeMessage } from '../../support/fake-discord/types.ts';
import { type Member, openPractice, type Practice } from './practice.ts';
import { wordsIn } from './words.ts';

const TITLE = 'CANARY the import that failed';
const SAID =
  'Last spring our import failed three times & nobody knew why. I asked the two newest colleagues what they had ruled ' +
  'out, and we drew the path of a record. I wrote a check that stops the run. Since then it has failed once.';

describe('a story on Discord', () => {
  let practice: Practice;
  afterEach(() => practice.close());

  /** "Save as story" on a message, and the form it opens. */
  async function picks(member: Member, channel: string, message: string): Promise<string> {
    const { fake, guild } = practice;
    expect(await fake.hands.pick(guild.id, member.id, channel, message, 'Save as story')).toMatchObject({ ok: true });
    return member.form();
  }

  async function asked(ana: Member): Promise<FakeMessage> {
    await ana.says('setup');
    await ana.fills({ channel: practice.channel.id, time: '09:00 Europe/Berlin' });
    await ana.sees('Running · 09:00');
    await ana.says('question');
    return ana.sees(/open until/);
  }

  it('is kept from a thread and from a DM, and stays with who told it', async () => {
    practice = await openPractice(true);
    const { fake, guild } = practice;
    const ana = practice.someone('Ana', { admin: true });
    const bo = practice.someone('Bo', { admin: true });
    const question = await asked(ana);
    const reply = await ana.replies(question, SAID);
    await ana.sees('Which level do you practise for?');

    expect(await picks(ana, question.id, reply)).toContain('Only you see it.');
    await ana.fills({ title: TITLE, skills: 'hiring' });
    expect(wordsIn(await ana.sees('counted as told in that answer'))).toContain('three times');
    const dm = fake.dm(ana.id).id;
    const line = await fake.hands.write(ana.id, dm, 'CANARY We were two days late, and I called the customer myself.');
    await picks(ana, dm, line);
    await ana.fills({ title: 'CANARY the call' });
    await ana.sees('Kept in your story bank.');

    await ana.says('stories');
    expect(wordsIn(await ana.sees('2 stories'))).toMatch(/CANARY the call[\s\S]*told 1 time/);
    await ana.presses(TITLE, '2 stories');
    await ana.presses('What this text shows');
    expect(wordsIn(await ana.sees('They do not measure quality'))).toContain('Last spring');

    await bo.says('stories');
    await bo.sees('No stories yet.');
    expect(await fake.hands.pick(guild.id, bo.id, question.id, reply, 'Save as story')).toMatchObject({ ok: true });
    await bo.sees('only your own words become your story');
    const places = [...guild.channels.keys(), ...fake.threads().map(({ id }) => id), fake.dm(bo.id).id];
    const seen = places.flatMap((id) => fake.visible(bo.id, id)).map(wordsIn);
    expect(seen.join('\n')).not.toContain('CANARY');
    expect(fake.complaints).toEqual([]);
    expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
  }, 60_000);
});
