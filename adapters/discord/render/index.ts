/** What we say, as Discord shows it; what people fill in and type, as we read it. */
export { readActionId, readValue } from './controls.ts';
export { escape } from './escape.ts';
export { renderForm, valuesOf } from './form.ts';
export { markdownOf } from './marks.ts';
export { type Pictures, renderMessage } from './message.ts';
export { readText } from './read.ts';
