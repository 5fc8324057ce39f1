/** Whether every platform takes a card or a form of a feature, wherever it may be shown. */
import type { Form, Message } from '../../src/chat/message.ts';
import { expectDiscordTakes, expectDiscordTakesForm } from './fits-discord.ts';
import { expectSlackTakes, expectSlackTakesForm } from './fits-slack.ts';

export function expectPlatformsTake(message: Message): void {
  expectSlackTakes(message);
  expectDiscordTakes(message);
}

export function expectPlatformsTakeForm(form: Form): void {
  expectSlackTakesForm(form);
  expectDiscordTakesForm(form);
}
