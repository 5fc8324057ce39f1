/** One story for every platform: a topic, a lead with a guide, a thread, a summary, and a note that is found again. */
import { expect } from 'vitest';

/** A person of the platform, as its own stories know them. */
export interface Talker {
  says(words: string, options?: Readonly<Record<string, string>>): Promise<unknown>;
  sees(words: string | RegExp): Promise<unknown>;
  presses(label: string, on?: string | RegExp): Promise<unknown>;
  fills(values: Readonly<Record<string, string>>): Promise<unknown>;
  /** In the thread under the newest topic. */
  talks(text: string): Promise<unknown>;
  /** Everything in their DM. */
  dms(): readonly string[] | Promise<readonly string[]>;
}

export interface Company {
  readonly ana: Talker;
  readonly bo: Talker;
  readonly cleo: Talker;
  /** To the last working day of what is open now, two days on. */
  onTheLastDay(): Promise<void>;
  /** Past its close, a day later. */
  pastTheClose(): Promise<void>;
}

const SUMMARY = {
  agreed: 'Whoever is stuck for an hour says so in the channel.',
  open: 'Who writes the glossary?',
  remember: 'Ask on the first day.',
};
const TOPIC = 'stuck-for-two-days';
const CARD = /Noor joined the payments group/;
const ASKED = 'What does the team take along?';
const GUIDE = 'Ask everyone to write the one sentence they would send back';

export async function tellDiscussion({ ana, bo, cleo, onTheLastDay, pastTheClose }: Company): Promise<void> {
  await ana.says('mentor topic', { text: TOPIC });
  await cleo.sees(CARD);
  await cleo.sees('What do you write back, word for word?');
  await bo.presses('I’ll lead', CARD);
  await bo.sees(GUIDE);
  await cleo.sees(/Led by/);
  await ana.talks('I would write: I have time at two, shall we look at settlement together?');
  await cleo.talks('And say that nobody could have looked that word up.');
  await onTheLastDay();
  await bo.sees(ASKED);
  await bo.presses('Write the summary', ASKED);
  await bo.fills(SUMMARY);
  await pastTheClose();
  await ana.sees(/2 people wrote 2 messages\.[^]*Written by/);
  for (const words of Object.values(SUMMARY)) await cleo.sees(words);
  await cleo.says('mentor notes', { word: 'glossary' });
  await cleo.sees(/Only you see this list\.[^]*Ask on the first day\./);
  for (const person of [ana, cleo]) expect((await person.dms()).join('\n')).not.toContain(GUIDE);
}
