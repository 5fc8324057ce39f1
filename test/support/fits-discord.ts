/** Whether Discord takes a card or a form of a feature, wherever it may be shown. */
import { expect } from 'vitest';
import { renderForm, renderMessage } from '../../adapters/discord/render/index.ts';
import type { Form, Message } from '../../src/chat/message.ts';
import { messageProblems, modalProblems } from './components/index.ts';

export function expectDiscordTakes(message: Message): void {
  expect(messageProblems(renderMessage(message))).toEqual([]);
}

export function expectDiscordTakesForm(form: Form): void {
  expect(modalProblems(renderForm(form, 'form:01K'))).toEqual([]);
}
