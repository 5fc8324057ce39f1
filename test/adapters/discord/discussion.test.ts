/** On Discord: a topic is discussed, summed up and found again, whether or not messages can be read. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Talker, tellDiscussion } from '../../contract/discussion.ts';
import { type Member, openPractice, type Practice } from './practice.ts';

describe.each([true, false])('on Discord (message content: %s), a discussion', (content) => {
  let practice: Practice;
  afterEach(() => practice.close());

  const talker = (name: string, facts: { readonly admin?: boolean } = {}): Talker => {
    const member: Member = practice.someone(name, facts);
    return { ...member, talks: async (text) => member.replies(await member.sees(/Noor joined/), text) };
  };

  it('goes from its topic to a note', async () => {
    practice = await openPractice(content);
    const [ana, bo, cleo] = [talker('Ana', { admin: true }), talker('Bo'), talker('Cleo')];
    const onTheLastDay = () => practice.goTo('2027-03-03T08:31:00.000Z');
    const pastTheClose = () => practice.goTo('2027-03-04T08:31:00.000Z');
    await tellDiscussion({ ana, bo, cleo, onTheLastDay, pastTheClose });
    expect(practice.fake.complaints).toEqual([]);
    expect(practice.logged.filter(([level]) => level === 'error')).toEqual([]);
  }, 60_000);
});
