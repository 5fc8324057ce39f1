/** A card to be drawn as one platform shows it, with the same people on each of them. */
import type { PersonId, Platform } from '../../../src/chat/ids.ts';
import type { Block, Message } from '../../../src/chat/message.ts';
import type { Text } from '../../../src/chat/text.ts';

export interface Card {
  /** With the platform it names the picture: `scorecard` on Slack is `scorecard-slack.png`. */
  readonly name: string;
  readonly platform: Platform;
  /** People in it are `ana`, `bo` and `chen`, on every platform. */
  readonly message: Message;
}

export const fileOf = ({ name, platform }: Card): string => `${name}-${platform}.png`;

export const onEvery = (name: string, message: Message): readonly Card[] =>
  (['local', 'slack', 'discord'] as const).map((platform) => ({ name, platform, message }));

export const NAMES: Readonly<Record<string, string>> = { ana: 'Ana', bo: 'Bo', chen: 'Chen' };
const IDS: Readonly<Record<string, (person: string) => string>> = {
  slack: (person) => `U0${person.toUpperCase()}`,
  discord: (person) => `10000000000000000${Object.keys(NAMES).indexOf(person) + 1}`,
};

/** The name of the person whom a platform calls so. */
export const nameOf = (platform: Platform, id: string): string =>
  NAMES[Object.keys(NAMES).find((person) => IDS[platform]?.(person) === id) ?? ''] ?? 'someone';

/** The message as the core would send it there: people by the ids that platform gives them. */
export function messageFor({ platform, message }: Card): Message {
  const idOf = IDS[platform];
  if (!idOf) return message;
  const told = (text: Text): Text =>
    text.map((span) =>
      span.kind === 'person' && span.id in NAMES ? { ...span, id: idOf(span.id) as PersonId } : span,
    );
  const blocks = message.blocks.map((block): Block =>
    block.kind === 'text' || block.kind === 'small' ? { ...block, text: told(block.text) } : block,
  );
  return { ...message, blocks };
}
