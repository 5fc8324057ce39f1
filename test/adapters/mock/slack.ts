/** A mock's stage on Slack: the real program with Bolt, and the fake workspace with its rooms as group messages. */
import { expect } from 'vitest';
import type { FakeMessage } from '../../support/fake-slack/types.ts';
import { HOW_LONG, type Member, openPractice, type Practice } from '../slack/practice.ts';
import { wordsIn } from '../slack/words.ts';
import { hasButton } from './buttons.ts';
import type { Actor, Stage } from './stage.ts';

/** Every message this person can see anywhere, oldest first. */
function sightOf({ workspace }: Practice, user: string): FakeMessage[] {
  const all = [...workspace.channels.keys(), workspace.dm(user).id].flatMap((channel) => {
    const roots = workspace.visible(user, channel);
    return [
      ...roots,
      ...roots.flatMap(({ ts }) => workspace.visible(user, channel, ts).filter((one) => one.ts !== ts)),
    ];
  });
  return [...new Set(all)].toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
}

const filesIn = (message: FakeMessage): string =>
  (message.files ?? []).map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n');

function actorOf(practice: Practice, member: Member, name: string): Actor {
  const { fake, workspace, channel } = practice;
  const team = workspace.id;
  const user = member.id;
  const words = (): string =>
    sightOf(practice, user)
      .map((one) => `${wordsIn(one)}\n${filesIn(one)}`)
      .join('\n');
  const withButton = async (label: string): Promise<FakeMessage> => {
    const find = () => sightOf(practice, user).findLast(({ blocks }) => hasButton(blocks ?? [], label));
    await expect.poll(() => find() !== undefined, { ...HOW_LONG, message: `${name} sees no ${label}` }).toBe(true);
    return find()!;
  };
  return {
    id: user,
    async mock(level, partner) {
      const other = workspace.users.get(partner?.id ?? '');
      const text = other === undefined ? level : `${level} @${other.name}`;
      expect(await fake.hands.command(team, user, channel.id, '/mock', text)).toMatchObject({ ok: true });
    },
    sees: async (text) => {
      await expect.poll(words, { ...HOW_LONG, message: `${name} should see ${text}` }).toContain(text);
    },
    async presses(label) {
      const { channel: at, ts } = await withButton(label);
      expect(await fake.hands.press(team, user, { channel: at, ts }, label)).toMatchObject({ ok: true });
    },
    fills: async (values) => void (await member.fills(values)),
    async writes(text) {
      const card = await withButton('That is my answer');
      const more = card.threadTs === undefined ? {} : { threadTs: card.threadTs };
      await fake.hands.write(team, user, card.channel, text, more);
    },
    everything: async () => words(),
  };
}

export async function slackStage(): Promise<Stage> {
  const practice = await openPractice('socket');
  const people = {
    Ana: practice.someone('Ana', { admin: true }),
    Bo: practice.someone('Bo'),
  };
  return {
    async begin() {
      await people.Ana.says('setup');
      await people.Ana.form();
      await people.Ana.fills({ channel: practice.channel.id });
      await people.Ana.sees('Running · 09:00');
    },
    someone: (name) => actorOf(practice, people[name], name),
    pass: async (minutes) => {
      const at = new Date(practice.fake.clock.now() + minutes * 60_000).toISOString();
      await practice.goTo(at);
    },
    trouble: () => [...practice.fake.complaints, ...practice.logged.filter(([level]) => level === 'error')],
    close: () => practice.close(),
  };
}
