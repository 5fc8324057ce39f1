/** A server of the fake Discord, for the test that kills. */
import { readRef } from '../../../adapters/discord/refs.ts';
import type { Ref } from '../../../src/chat/ids.ts';
import { wordsIn } from '../../adapters/discord/words.ts';
import { openFakeDiscord } from '../../support/fake-discord/index.ts';
import type { Workplace } from '../chat/workplace.ts';

export async function openDiscordWorkplace(): Promise<Workplace> {
  // The program starts again and again within seconds.
  const fake = await openFakeDiscord({ identifyEveryMs: 0, checked: false });
  const guild = fake.addGuild('Acme');
  const channel = guild.addChannel('interview-practice');
  const people = ['Ana', 'Bo', 'Cleo', 'Dee', 'Eli'].map((name) => {
    const { id } = fake.addUser(name);
    fake.join(guild.id, id, { admin: name === 'Ana' });
    return id;
  });
  const { hands } = fake;
  /** Nobody waits three seconds for a program that is dead. */
  const hurried = async <T>(act: Promise<T>, isOver: () => boolean): Promise<T> => {
    let isDone = false;
    const done = act.finally(() => (isDone = true));
    while (!isDone && !isOver()) await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 20))]);
    if (!isDone) await fake.clock.advance(3_000);
    return done;
  };
  const says = (who: string, words: string) => hands.command(guild.id, who, channel.id, 'practice', [words]);
  const isChannel = (id: string): boolean => {
    try {
      return !fake.channel(id).deleted;
    } catch {
      return false;
    }
  };
  return {
    platform: 'Discord',
    clock: fake.clock,
    people,
    env: { DISCORD_TOKEN: fake.token, DISCORD_APPLICATION_ID: fake.applicationId, DISCORD_API_URL: fake.apiUrl },
    calls: () => fake.calls.length,
    questions: () =>
      fake
        .posted()
        .filter((one) => one.channel === channel.id && one.ephemeralTo === undefined && /Answer/.test(wordsIn(one)))
        .map((one) => ({ id: one.id, isOpen: /open until/.test(wordsIn(one)) })),
    async setUp(who) {
      await says(who, 'setup');
      await hands.submit(who, { channel: channel.id, time: '09:00 Europe/Berlin' });
    },
    askNow: async (who) => void (await says(who, 'question')),
    async reply(who, { id }, text) {
      if (!isChannel(id)) return false;
      await hands.write(who, id, text);
      return true;
    },
    async fillIn(who, { id }, text, isOver) {
      hands.dismiss(who);
      if (isOver()) return undefined;
      const pressed = await hurried(hands.press(who, channel.id, id, 'Answer'), isOver);
      if (!pressed.ok || fake.modal(who) === undefined) return undefined;
      const { ok } = await hurried(hands.submit(who, { answer: text }), isOver);
      hands.dismiss(who);
      return ok;
    },
    waiting: () => 0,
    posted: () => [
      ...fake.posted().flatMap(({ nonce, channel: at }) => (nonce === undefined ? [] : [`${at} ${nonce}`])),
      ...fake
        .threads()
        .map(({ parent, name, kind }) => `${kind} ${name} in ${parent}`)
        .filter((mark) => mark.startsWith('private')),
    ],
    isThere(ref) {
      const at = readRef(ref as Ref);
      if (at?.kind !== 'message') return at !== undefined && isChannel(at.id);
      return (
        isChannel(at.channel) && fake.channel(at.channel).messages.some(({ id, deleted }) => id === at.id && !deleted)
      );
    },
    // The clock jumps while answers are on their way: some of them look late.
    complaints: () => fake.complaints.filter((said) => !/after 3 s/.test(said)),
    close: () => fake.close(),
  };
}
