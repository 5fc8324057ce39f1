/** What we say, as Slack shows it; what people fill in and type, as we read it. */
export { readActionId, readValue } from './controls.ts';
export { escape, readText } from './escape.ts';
export { renderForm, valuesOf } from './form.ts';
export { renderMessage } from './message.ts';
export { mrkdwn } from './mrkdwn.ts';
export { renderHome, renderModal } from './view.ts';
