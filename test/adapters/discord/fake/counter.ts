/** An app with commands and no library in a server with two people: what hands do, and what it answers. */
import { expect } from 'vitest';
import type { Answered } from '../../../support/fake-discord/types.ts';
import { openTown, type Town } from './bot.ts';
import { call, enter, type Called, type RawApp } from './raw-app.ts';

const COMMANDS = [
  {
    name: 'practice',
    description: 'Everything',
    type: 1,
    options: [
      { type: 3, name: 'skill', description: 'Which', autocomplete: true },
      { type: 4, name: 'minutes', description: 'How long', min_value: 5, max_value: 60 },
    ],
  },
  { name: 'setup', description: 'For those who run it', type: 1, default_member_permissions: '0', contexts: [0] },
  { name: 'Use', type: 3 },
];

/** An interaction the app was told of. */
export interface Under {
  readonly id: string;
  readonly token: string;
  readonly answered: Promise<Answered>;
  readonly data: Readonly<Record<string, unknown>>;
}

export const EPHEMERAL = 64;
export const words = (content: string, more = {}) => ({ content, allowed_mentions: { parse: [] }, ...more });
export const SAY = { type: 4, data: words('said') };
export const BUTTON = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] };
export const FORM = {
  custom_id: 'form',
  title: 'A form',
  components: [{ type: 18, label: 'Words', component: { type: 4, style: 2, custom_id: 'words' } }],
};

export interface Counter {
  readonly town: Town;
  readonly app: RawApp;
  /** What a hand did, once the app was told. Throws when it cannot do it. */
  under(answered: Promise<Answered>): Promise<Under>;
  /** Ben uses a command. */
  use(): Promise<Under>;
  reply(one: Pick<Under, 'id' | 'token'>, body: unknown, query?: string): Promise<Called>;
  webhook(one: Under, method: string, tail?: string, body?: unknown): Promise<Called>;
  /** The words Ben, or another, sees in the channel. */
  seen(user?: string): readonly string[];
  /** A message of ours with a button, and Ben's press on it. */
  pressed(flags?: number): Promise<Under>;
}

async function hear(app: RawApp, answered: Promise<Answered>): Promise<Under> {
  const before = new Set(app.frames);
  const told = app.frame((one) => one.t === 'INTERACTION_CREATE' && !before.has(one));
  // A hand that cannot do it says so here.
  await Promise.race([told, answered]);
  const { d: data } = await told;
  return { id: String(data['id']), token: String(data['token']), answered, data };
}

export async function openCounter(): Promise<Counter> {
  const town = await openTown();
  const { discord, guild, channel, ben } = town;
  const registered = await call(discord, 'PUT', `/applications/${discord.applicationId}/commands`, COMMANDS);
  expect(registered).toMatchObject({ status: 200 });
  const app = await enter(discord);
  const under: Counter['under'] = (answered) => hear(app, answered);
  const use: Counter['use'] = () => under(discord.hands.command(guild.id, ben.id, channel.id, 'practice', []));
  const reply: Counter['reply'] = ({ id, token }, body, query = '') =>
    call(discord, 'POST', `/interactions/${id}/${token}/callback${query}`, body);
  return {
    town,
    app,
    under,
    use,
    reply,
    webhook: ({ token }, method, tail = '', body) =>
      call(discord, method, `/webhooks/${discord.applicationId}/${token}${tail}`, body),
    seen: (user = ben.id) => discord.visible(user, channel.id).map(({ content }) => content),
    pressed: async (flags = 0) => {
      await reply(await use(), { type: 4, data: { ...words('press'), flags, components: [BUTTON] } });
      const id = discord.visible(ben.id, channel.id).at(-1)?.id ?? '';
      return under(discord.hands.press(ben.id, channel.id, id, 'Go'));
    },
  };
}
