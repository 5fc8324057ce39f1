/** Whether Slack takes a card or a form of a feature, wherever it may be shown. */
import { expect } from 'vitest';
import { renderForm, renderHome, renderMessage, renderModal } from '../../adapters/slack/render/index.ts';
import type { Form, Message } from '../../src/chat/message.ts';
import { messageProblems, viewProblems } from './block-kit/index.ts';

/** Posted, answered inside a modal, and on the Home tab. */
export function expectSlackTakes(message: Message): void {
  expect(messageProblems(renderMessage(message))).toEqual([]);
  expect(viewProblems(renderModal(message))).toEqual([]);
  expect(viewProblems(renderHome(message))).toEqual([]);
}

export function expectSlackTakesForm(form: Form): void {
  expect(viewProblems(renderForm(form, '{}'))).toEqual([]);
}
