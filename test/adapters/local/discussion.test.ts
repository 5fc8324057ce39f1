/** In the local chat: a topic is discussed, summed up and found again. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Talker, tellDiscussion } from '../../contract/discussion.ts';
import { openWhole, type Whole } from './whole.ts';

let whole: Whole;
afterEach(() => whole.close());

const talker = (id: string): Talker => {
  const member = whole.someone(id);
  return {
    ...member,
    says: (words, options = {}) => member.says([words, ...Object.values(options)].join(' ')),
    talks: async (text) => member.replies(await member.sees(/Noor joined/), text),
  };
};

describe('in the local chat, a discussion', () => {
  it('goes from its topic to a note', async () => {
    whole = await openWhole();
    const onTheLastDay = () => whole.passUntil(() => whole.someone('bo').finds('What does the team take along?'));
    const pastTheClose = () => whole.passUntil(() => whole.someone('ana').finds(/2 people wrote 2 messages/));
    const [ana, bo, cleo] = [talker('ana'), talker('bo'), talker('chen')];
    await tellDiscussion({ ana, bo, cleo, onTheLastDay, pastTheClose });
    expect(whole.logged.filter(([level]) => level === 'error')).toEqual([]);
  }, 60_000);
});
